"""Records for tests: say what matters, leave the rest to the factory."""

from datetime import date
from decimal import Decimal

from esfkit.model.finding import Finding, Problem, Severity
from esfkit.model.record import ParticipantTarget, Provenance, Record, Section


def a_project(number: str = "2016/00130", **values: object) -> Record:
    """Return a project that states little more than its number."""
    return _a_record(number, values)


def _a_record(number: str, values: dict[str, object]) -> Record:
    stated: dict[str, object] = {
        "record_id": f"esf:{number}",
        "kind": "project",
        "layout": "esf-2014-lines",
        "project_number": number,
        "source_path": f"pages/{number.replace('/', '-')}.txt",
    }
    return Record.model_validate(stated | values)


def a_full_project(**values: object) -> Record:
    """Return a project that states something in every column."""
    stated: dict[str, object] = {
        "call_number": "2015/00201",
        "title": "Vägen in",
        "programme_period": "2014-2020",
        "programme_period_basis": "number",
        "programme_cci": "2014SE05M9OP001",
        "fund": "ESF",
        "programme_area": "2",
        "programme_area_name": "Öka övergångarna till arbete",
        "specific_objective": "2.1",
        "intervention_code": "102",
        "intervention_name": "Access to employment",
        "phase": "Genomförande",
        "region": "Småland och Öarna",
        "region_code": "SE21",
        "municipalities": ("Växjö", "Jönköping"),
        "municipality_codes": ("0780", "0680"),
        "owner": "Växjö kommun, Växjö kommun",
        "owner_name": "Växjö kommun",
        "owner_unit": "Arbetsmarknadsenheten",
        "owner_org_number": "2120000662",
        "postal_code": "35112",
        "postal_address": "Box 1222",
        "postal_town": "Växjö",
        "country": "Sverige",
        "contact_person": "Berit Påhittad",
        "email": "berit.pahittad@example.se",
        "phone": "0470-000 00",
        "period_start": date(2016, 9, 1),
        "period_end": date(2019, 2, 28),
        "total_budget_sek": 5_000_000,
        "esf_support_sek": 3_350_000,
        "call_amount_sek": 40_000_000,
        "total_budget_eur": Decimal("500000.50"),
        "esf_support_eur": Decimal("335000.00"),
        "esf_share": 0.67,
        "union_cofinancing_rate": 0.5,
        "planned_participants": 50,
        "planned_women": 30,
        "planned_men": 20,
        "participant_targets": (ParticipantTarget(label="I utbildning", total=40, women=25),),
        "secondary_theme_child_poverty": True,
        "strategic_importance": False,
        "published": date(2017, 1, 31),
        "summary": "Vi provar ett nytt arbetssätt.",
        "sections": (
            Section(heading=None, text="Inledning"),
            Section(heading="Mål", text="a\nb"),
        ),
        "actors": ("Arbetsförmedlingen", "Arbetsförmedlingen"),
        "evaluation_reports": ("Slutrapport; del 1",),
        "provenance": (
            a_place("title", "Vägen in", 0),
            a_place("contact_person", "Berit Påhittad", 40),
            a_place("esf_support_sek", "3 350 000 kr", 80),
        ),
        "findings": (a_finding(Problem.AMOUNT_ROUNDED, field="esf_support_sek"),),
        "claimed_share": 0.98,
        "source_member": "page-1.txt",
        "source_line": 7,
        "source_url": "https://example.se/projekt/1",
        "source_sha256": "ab" * 32,
        "source_encoding": "utf-8",
    }
    return _a_record("2016/00130", stated | values)


def a_call(number: str = "2015/00201", **values: object) -> Record:
    """Return a call for proposals."""
    stated: dict[str, object] = {"kind": "call", "layout": "esf-call"}
    return _a_record(number, stated | values)


def a_place(field: str, raw: str, start: int, line: int = 1) -> Provenance:
    """Return where a value was read."""
    return Provenance(
        field=field, raw=raw, label=None, start=start, end=start + len(raw), line=line
    )


def a_finding(
    code: Problem = Problem.VALUE_MISSING,
    severity: Severity = Severity.WARNING,
    message: str = "nothing stands after the label",
    **values: object,
) -> Finding:
    """Return a finding."""
    stated = {"code": code, "severity": severity, "message": message}
    return Finding.model_validate(stated | values)
