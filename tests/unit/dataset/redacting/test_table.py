from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.frame import to_frame, to_records
from esfkit.dataset.redacting.table import REDACTED, redact
from esfkit.model.record import ParticipantTarget, Section
from factories import a_finding, a_full_project, a_place, a_project

RECORD = a_full_project(
    title="Vägen in, med Berit Påhittad",
    actors=("Berit Påhittads byrå", "Växjö kommun"),
    summary="Ring 0470 00000 eller skriv till berit (at) example.se.",
    sections=(
        Section(
            heading="Kontakt: Berit", text="Kontakta Berit. Projekt 2015/00394, 1 200 000 kr."
        ),
        Section(heading=None, text="Inget här."),
    ),
    participant_targets=(ParticipantTarget(label="Hos Berit Påhittad", total=3),),
    provenance=(
        a_place("title", "Vägen in, med Berit Påhittad", 0),
        a_place("contact_person", "Berit Påhittad", 40),
        a_place("esf_support_sek", "3 350 000 kr", 80),
    ),
    findings=(
        a_finding(field="email", message="'berit at example' is no address", start=3, end=9),
        a_finding(message="unknown line 'Berit Påhittad'"),
    ),
    source_path="pages/berit-pahittad.txt",
    source_url="https://example.se/?to=berit.pahittad%40example.se",
)


def test_no_trace_of_the_contact_is_left_in_any_column() -> None:
    redacted = redact(to_frame([RECORD]))

    text = redacted.frame.write_ndjson().casefold()
    assert not [word for word in ("berit", "påhittad", "pahittad", "0470") if word in text]
    [record] = to_records(redacted.frame)
    assert record.title == f"Vägen in, med {REDACTED}"
    assert record.actors == (f"{REDACTED} byrå", "Växjö kommun")
    assert record.summary == f"Ring {REDACTED} eller skriv till {REDACTED}."
    assert record.sections[0].heading == f"Kontakt: {REDACTED}"
    assert record.sections[0].text == f"Kontakta {REDACTED}. Projekt 2015/00394, 1 200 000 kr."
    assert record.sections[1] == RECORD.sections[1]
    assert record.source_path == f"pages/{REDACTED}.txt"
    assert record.source_url == f"https://example.se/?to={REDACTED}"


def test_what_is_left_of_provenance_keeps_its_characters() -> None:
    [record] = to_records(redact(to_frame([RECORD])).frame)

    assert record.provenance == (RECORD.provenance[2],)


def test_findings_keep_their_code_and_place() -> None:
    [record] = to_records(redact(to_frame([RECORD])).frame)

    about_email, other = record.findings
    assert (about_email.message, about_email.start) == (REDACTED, 3)
    assert other.message == f"unknown line '{REDACTED}'"


def test_findings_go_where_that_is_asked_for() -> None:
    assert redact(to_frame([RECORD]), findings="drop").frame["findings"].to_list() == [[]]


def test_the_rest_of_the_table_stays_as_it_is() -> None:
    frame = to_frame([RECORD, a_project()])

    redacted = redact(frame).frame
    assert redacted.schema == SCHEMA
    untouched = [
        name
        for name in frame.columns
        if name
        not in {
            *("contact_person", "email", "phone", "title", "actors", "summary", "sections"),
            *("participant_targets", "provenance", "findings", "source_path", "source_url"),
        }
    ]
    assert redacted.select(untouched).equals(frame.select(untouched))
    assert redacted.row(1) == frame.row(1)


def test_a_contact_of_one_record_is_found_in_another() -> None:
    other = a_project("2016/00002", summary="Berit Påhittad hjälpte till. Berit är glad.")

    summary = redact(to_frame([RECORD, other])).frame["summary"][1]
    assert summary == f"{REDACTED} hjälpte till. Berit är glad."


def test_a_contact_of_one_record_takes_no_places_out_of_another() -> None:
    contacts = [
        a_full_project(contact_person=name, provenance=(), email=None)
        for name in ("Bo Dén", "Bo Berg")
    ]
    places = (a_place("municipality_codes", "Boden", 0), a_place("counties", "Boden", 9))
    other = a_project("2016/00002", summary="Boden, Boberg skola", provenance=places)

    *_, record = to_records(redact(to_frame([*contacts, other])).frame)
    assert record.summary == "Boden, Boberg skola"
    assert record.provenance == places


def test_a_name_glued_together_is_found_in_a_source_path() -> None:
    contact = a_full_project(contact_person="Bo Dén", provenance=(), email=None)
    other = a_project("2016/00002", source_path="sidor/boden.txt")

    paths = redact(to_frame([contact, other])).frame["source_path"]
    assert paths[1] == f"sidor/{REDACTED}.txt"


def test_half_of_a_given_name_is_found_in_another_record() -> None:
    contact = a_full_project(contact_person="Anna-Karin Svensson", provenance=(), email=None)
    other = a_project("2016/00002", summary="Ring Svensson Anna.")

    summary = redact(to_frame([contact, other])).frame["summary"][1]
    assert summary == f"Ring {REDACTED}."


def test_an_organisation_that_stands_for_a_person_stays_the_owner() -> None:
    record = a_full_project(contact_person="Växjö kommun", provenance=(), email=None)

    redacted = redact(to_frame([record])).frame
    assert redacted["owner"].to_list() == ["Växjö kommun, Växjö kommun"]
    assert redacted["contact_person"].to_list() == [None]


def test_what_was_taken_out_is_counted_by_kind_and_column() -> None:
    counts = redact(to_frame([RECORD])).counts

    assert {key: counts[key] for key in (("value", "email"), ("name", "title"),
                                         ("phone", "summary"), ("email", "source_url"),
                                         ("place", "provenance"), ("finding", "findings"))} == {
        ("value", "email"): 1,
        ("name", "title"): 1,
        ("phone", "summary"): 1,
        ("email", "source_url"): 1,
        ("place", "provenance"): 2,
        ("finding", "findings"): 1,
    }  # fmt: skip


def test_redacting_twice_changes_nothing_more() -> None:
    once = redact(to_frame([RECORD])).frame

    again = redact(once)
    assert again.frame.equals(once)
    assert not again.counts


def test_an_empty_table_stays_empty() -> None:
    assert redact(to_frame([])).frame.equals(to_frame([]))
