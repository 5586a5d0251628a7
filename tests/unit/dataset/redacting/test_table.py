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


def test_a_former_contact_is_found_in_the_rows_that_are_true_now() -> None:
    """One of the record's own no stranger: a part of the name beside a title is enough."""
    former = to_frame([RECORD])
    own = a_project(summary="Projektledare Påhittad slutade. Berit Påhittad är saknad.")
    other = a_project("2016/00002", summary="Berit Påhittad kom hit. Berit är glad.")

    texts = redact(to_frame([own, other]), everyone=former).frame["summary"].to_list()

    assert texts == [
        f"Projektledare {REDACTED} slutade. {REDACTED} är saknad.",
        f"{REDACTED} kom hit. Berit är glad.",
    ]
    assert redact(to_frame([other])).frame["summary"].to_list() == [other.summary]


def test_observations_of_a_record_know_the_same_contact() -> None:
    seen_again = a_project(RECORD.project_number or "", summary="Kontakta Berit, 0470 00000.")

    texts = redact(to_frame([RECORD, seen_again])).frame["summary"]
    assert texts[1] == f"Kontakta {REDACTED}, {REDACTED}."


def test_whom_prose_tells_is_found_in_every_text_of_the_record() -> None:
    record = a_project(
        title="Vägen, av Tuva Ekeroth",
        owner="Växjö kommun",
        sections=(
            Section(heading=None, text="Projektledare Tuva Ekeroth, 0470-123 45."),
            Section(heading="Tack", text="Tuva Ekeroth och Ekeroths vän i Ekeroth."),
        ),
        findings=(a_finding(message="“Tuva Eke…” is no known label"),),
    )
    other = a_project("2016/00002", summary="Tuva Ekeroth kom hit.")

    first, second = to_records(redact(to_frame([record, other])).frame)

    assert first.title == f"Vägen, av {REDACTED}"
    assert first.sections[0].text == f"Projektledare {REDACTED}, {REDACTED}."
    assert first.sections[1].text == f"{REDACTED} och {REDACTED} vän i Ekeroth."
    assert first.findings[0].message == f"“{REDACTED} {REDACTED}…” is no known label"
    assert second.summary == "Tuva Ekeroth kom hit."


def test_what_a_record_is_called_is_no_person_where_it_stands_alone() -> None:
    record = a_project(
        title="Projekt Tuva",
        contact_person="Tuva Ekeroth",
        summary="I Tuva möts vi. Kvinnor har valt Tuva. Ekeroth leder, och bra är Ekeroth.",
    )

    [text] = redact(to_frame([record])).frame["summary"]
    assert text == (
        f"I Tuva möts vi. Kvinnor har valt Tuva. Ekeroth leder, och bra är {REDACTED}."
    )


def test_a_contact_with_a_particle_is_found() -> None:
    contact = a_full_project(contact_person="Eva af Klercker", provenance=(), email=None)
    other = a_project("2016/00002", summary="Eva af Klerckers kurs; E. af Klercker.")

    texts = redact(to_frame([contact, other])).frame["summary"]
    assert texts[1] == f"{REDACTED} kurs; {REDACTED}."


def test_a_personal_identity_number_is_counted() -> None:
    redacted = redact(to_frame([a_project(summary="Sökande 850101-1234.")]))

    assert redacted.frame["summary"].to_list() == [f"Sökande {REDACTED}."]
    assert redacted.counts == {("identity_number", "summary"): 1}


def test_only_the_columns_that_are_wanted_come_back() -> None:
    frame = redact(to_frame([RECORD]), only=["title"]).frame

    assert frame.columns == ["title"]
    assert frame["title"].to_list() == [f"Vägen in, med {REDACTED}"]


def test_a_contact_whose_name_has_no_plain_letter_is_found_too() -> None:
    contact = a_full_project(contact_person="Åö Öå", provenance=(), email=None, phone="12")
    other = a_project("2016/00002", summary="Fråga Åö Öå om 12 platser.")

    assert redact(to_frame([contact, other])).frame["summary"][1] == (
        f"Fråga {REDACTED} om 12 platser."
    )


def test_a_table_without_records_of_its_own_knows_each_row_for_itself() -> None:
    frame = to_frame([RECORD, a_project()]).select("contact_person", "summary")

    assert redact(frame).frame["summary"].to_list() == [
        f"Ring {REDACTED} eller skriv till {REDACTED}.",
        None,
    ]
