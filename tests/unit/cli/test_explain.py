from pathlib import Path

import pytest

from esfkit.cli.explaining.about import FORMS
from esfkit.parsing.scan import Form
from programs import Harmless, Invoke, Run

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"
PAGES = sorted((*EXAMPLES.glob("*.*"), *ROOT.glob("tests/fixtures/layouts/*/*.txt")))


def lines(invoke: Invoke, *arguments: str | Path) -> list[str]:
    shown: str = invoke("explain", *arguments).stdout
    return shown.replace("\xa0", " ").splitlines()


def test_each_line_stands_beside_what_claims_it(invoke: Invoke, page: Path) -> None:
    shown = lines(invoke, page)

    assert shown[0] == str(page)
    assert "  1 title                │ 2016/00999 - Nya vägar i Arvika" in shown
    assert " 17 esf_support_sek      │ Beviljat ESF-stöd:" in shown
    assert " 30 § Sammanfattning     │ Den som saknar arbete får en väg dit." in shown
    place = shown.index(" 18 esf_support_sek      │ 3 350 000")
    assert shown[place + 1] == "                         │ ~~~~~~~~~"


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_page_is_explained_in_80_columns(document: Path, invoke: Invoke) -> None:
    shown = lines(invoke, document)

    assert max(map(len, shown[1:])) <= 80  # a path is never cut
    assert any(line.startswith(("RECORD", "NO RECORD")) for line in shown)


def test_lists_are_numbered_and_counted(invoke: Invoke) -> None:
    shown = "\n".join(lines(invoke, EXAMPLES / "kompetens-i-kalmarsund.txt"))

    assert " municipalities " in shown
    assert " actors 1/" in shown


def test_targets_are_told_with_their_split(invoke: Invoke) -> None:
    shown = "\n".join(lines(invoke, EXAMPLES / "fyren-skelleftea.txt"))

    assert "Antal deltagare i vägledning: 210 (126 women, 84 men)" in shown
    assert "project_number_missing: pages of layout esf-2007-glued print no" in shown


def test_a_target_claims_its_figure_and_a_split_below_it_and_no_line_more(
    invoke: Invoke, page: Path
) -> None:
    goals = (
        "Målsättning\n\nAntal deltagare i kurs\n60 (30/30)\nAntal deltagare\n40\n20/20\nMer."
    )
    page.write_text(f"{page.read_text(encoding='utf-8')}\n\n{goals}\n", "utf-8")

    claims = [line[4:24].strip() for line in lines(invoke, page) if line[:3].strip()]
    begin = claims.index("participant_targets")

    assert claims[begin : begin + 6] == [*["participant_targets"] * 5, "§ Målsättning"]


def test_a_record_on_one_line_is_taken_apart(invoke: Invoke) -> None:
    shown = lines(invoke, EXAMPLES / "lots-linkoping-on-one-line.txt")

    assert "    esf_support_sek      │ Beviljat ESF-stöd: 3 770 500 kr" in shown
    assert any("note email_protected" in line for line in shown)


def test_findings_stand_below_their_lines(invoke: Invoke, page: Path) -> None:
    page.write_text(
        page.read_text(encoding="utf-8").replace("3 350 000", "en påse pengar"), "utf-8"
    )

    shown = lines(invoke, page)

    place = next(n for n, line in enumerate(shown) if line.endswith("│ en påse pengar"))
    assert shown[place].startswith(" 18 (esf_support)")
    assert shown[place + 1].startswith("    ! warning unreadable_value: ")


def test_lines_that_nothing_accounts_for_are_named(invoke: Invoke, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    page.write_text(f"Okänd rad långt ovanför\n\n\n{text}", "utf-8")

    shown = lines(invoke, page)

    assert "  1 ? unclaimed          │ Okänd rad långt ovanför" in shown
    assert any("nothing accounts for line 1" in line for line in shown)


def test_several_records_are_told_apart(invoke: Invoke, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\n" + text.replace("00999", "00998"), "utf-8")

    shown = lines(invoke, page)

    assert "──── esf:2016/00998" in shown
    assert [line for line in shown if line.startswith("RECORD")] == [
        "RECORD esf:2016/00999",
        "RECORD esf:2016/00998",
    ]


def test_a_document_without_record_is_told_why(invoke: Invoke) -> None:
    shown = lines(invoke, EXAMPLES / "no-record-job-ad.txt")

    assert "  3 (region)             │ Region: Norra Mellansverige" in shown
    place = shown.index("NO RECORD")
    assert shown[place + 1].startswith("reason         too_few_labels: ")
    assert shown[place + 3] == "labels met     contact_person, email, region"


def test_several_documents_and_stdin_are_explained(run: Run, page: Path) -> None:
    done = run("explain", page, "-", stdin=page.read_bytes())

    assert done.stdout.decode().count("RECORD esf:2016/00999") == 2


def test_a_file_that_holds_no_text_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-")

    done = run("explain", tmp_path / "a.txt")

    assert done.returncode == 3
    assert b"PDF" in done.stderr


def test_one_file_that_was_read_is_enough(run: Run, tmp_path: Path, page: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-")

    assert run("explain", tmp_path / "a.txt", page).returncode == 0


def test_an_empty_folder_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()

    done = run("explain", tmp_path / "none")

    assert done.returncode == 3
    assert b"Nothing was found to explain" in done.stderr


def test_nothing_in_a_document_or_its_name_is_obeyed(
    run: Run, hostile_page: Path, harmless: Harmless
) -> None:
    for arguments in ((), ("--field", "title"), ("--field", "call_number")):
        done = run("explain", hostile_page, *arguments)

        assert done.returncode == 0
        assert harmless(done.stdout)
        assert harmless(done.stderr)
    assert b"[red]bold[/] [/]" in run("explain", hostile_page, env={"COLUMNS": "200"}).stdout


# --- one field


def test_a_stated_field_is_traced_to_its_line(invoke: Invoke, page: Path) -> None:
    shown = lines(invoke, page, "--field", "esf_support_sek")

    assert shown[1:] == [
        "esf:2016/00999: esf_support_sek = 3350000",
        "  read from line 18, label “Beviljat ESF-stöd”: “3 350 000”",
    ]


def test_a_field_in_another_currency_is_told(invoke: Invoke) -> None:
    page = EXAMPLES / "kohesio-time-to-teach.txt"
    shown = "\n".join(lines(invoke, page, "--field", "total_budget_sek"))

    assert "total_budget_sek is not stated." in shown
    assert "It was read as total_budget_eur:" in shown
    assert "total_budget_eur = " in shown


def test_a_label_that_was_read_as_another_is_not_missing(invoke: Invoke) -> None:
    for call in EXAMPLES.glob("call-esf-plus-*.txt"):
        shown = "\n".join(lines(invoke, call))
        last = shown[shown.index("RECORD") :]
        assert "call_amount" not in last.partition("not printed")[2]
        assert "It was read as call_amount_sek" in "\n".join(
            lines(invoke, call, "--field", "total_budget_sek")
        )


def test_a_derived_field_is_told_to_be_one(invoke: Invoke, page: Path) -> None:
    assert "  derived from other columns" in lines(invoke, page, "--field", "esf_share")


def test_a_list_is_told_with_its_count(invoke: Invoke) -> None:
    document = EXAMPLES / "fyren-skelleftea.txt"

    assert "municipalities = Norsjö; Skellefteå (2)" in "\n".join(
        lines(invoke, document, "--field", "municipalities")
    )


def test_a_refused_value_is_quoted_with_what_refused_it(invoke: Invoke, page: Path) -> None:
    page.write_text(
        page.read_text(encoding="utf-8").replace("3 350 000", "en påse pengar"), "utf-8"
    )

    shown = " ".join("\n".join(lines(invoke, page, "--field", "esf_support")).split())

    assert "esf_support_sek is not stated" in shown
    assert "warning unreadable_value: Beviljat ESF-stöd: “en påse pengar”" in shown
    assert "Labels that name it: Beviljat ESF-stöd |" in shown


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Beviljad ESF-stöd:", "is like “Beviljat ESF-stöd”"),
        ("Vi fick Beviljat ESF-stöd i år.", "stands within the line"),
        (
            "Beviljat ESF-stödet räckte länge.",
            "a label could stand here glued to words in lower case",
        ),
    ],
)
def test_the_nearest_lines_are_shown_with_what_keeps_them_off(
    line: str, said: str, invoke: Invoke, page: Path
) -> None:
    page.write_text(
        page.read_text(encoding="utf-8").replace("Beviljat ESF-stöd:\n3 350 000", line), "utf-8"
    )

    shown = " ".join("\n".join(lines(invoke, page, "--field", "esf_support_sek")).split())

    assert line.rstrip(":") in shown
    assert said in shown


def test_a_label_far_from_the_others_is_told(invoke: Invoke, page: Path) -> None:
    text = page.read_text(encoding="utf-8").replace("Beviljat ESF-stöd:\n3 350 000\n", "")
    page.write_text(f"{text}\nMer prosa här.\n\nBeviljat ESF-stöd:\n3 350 000\n", "utf-8")

    shown = " ".join("\n".join(lines(invoke, page, "--field", "esf_support_sek")).split())

    assert "but apart from the labels" in shown


def test_a_field_of_a_document_without_record_is_looked_for(invoke: Invoke) -> None:
    shown = " ".join(
        lines(invoke, EXAMPLES / "no-record-job-ad.txt", "--field", "contact_person")
    )

    assert "the document gives no record" in shown
    assert "too few others stand near it" in shown


def test_a_field_without_label_tells_what_it_would_be_read_from(
    invoke: Invoke, page: Path
) -> None:
    assert any(
        "the list under Deltagande aktörer" in line
        for line in lines(invoke, page, "--field", "actors")
    )
    assert lines(invoke, page, "--field", "intervention_name")[1:] == [
        "esf:2016/00999: intervention_name is not stated.",
        "  derived from other columns",
    ]


def test_every_form_of_a_label_has_words() -> None:
    assert set(FORMS) == set(Form)


def test_an_unknown_field_is_refused(run: Run, page: Path) -> None:
    done = run("explain", page, "--field", "esf_suport_sek")

    assert done.returncode == 2
    assert b"esf_support_sek" in done.stderr
