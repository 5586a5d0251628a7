import pytest

from esfkit.model.record import ParticipantTarget
from esfkit.parsing.lines import split_lines
from esfkit.parsing.prose import (
    LONGEST_HEADING,
    Stretch,
    as_heading,
    cut_sections,
    is_municipality_list,
    list_items,
    targets,
)


def sections(text: str) -> list[Stretch]:
    lines = split_lines(text)
    return cut_sections(lines, 0, len(lines.words))


def told(text: str) -> list[tuple[str | None, str]]:
    return [(each.heading, text[each.start : each.end]) for each in sections(text)]


def targets_of(text: str) -> list[ParticipantTarget]:
    lines = split_lines(text)
    [section] = cut_sections(lines, 0, len(lines.words))
    return [target for target, _ in targets(lines, section)]


@pytest.mark.parametrize("text", ["", "\n \n", "Stäng\n\nCookies\n"])
def test_nothing_but_blanks_and_furniture_is_no_section(text: str) -> None:
    assert sections(text) == []


def test_prose_before_any_heading_is_a_section_of_its_own() -> None:
    assert told("\nEtt.\n\nTvå.\n\nSyfte\n\nTre.\n") == [
        (None, "Ett.\n\nTvå."),
        ("Syfte", "Tre."),
    ]


def test_a_heading_without_prose_is_an_empty_section() -> None:
    assert told("Bakgrund\n\nSyfte\nEtt.\n\nMetod") == [
        ("Bakgrund", ""),
        ("Syfte", "Ett."),
        ("Metod", ""),
    ]


def test_a_heading_that_stands_three_times_begins_three_sections() -> None:
    assert [heading for heading, _ in told("Bakgrund\nA\nBakgrund\nB\nBakgrund\nC")] == [
        "Bakgrund",
        "Bakgrund",
        "Bakgrund",
    ]


def test_a_section_knows_its_role_its_heading_s_place_and_its_lines() -> None:
    text = "  Mål:\n\nEtt.\n\nTvå.\n"
    [section] = sections(text)

    assert (section.heading, section.role, section.lines) == ("Mål", "goals", (2, 4))
    assert text[slice(*section.heading_at)] == "Mål:"


def test_furniture_at_both_ends_belongs_to_no_section() -> None:
    text = (
        "Stäng\n\nLogotyp på utskrifter\nEtt.\nStäng\nTvå.\n\nHjälpte informationen dig?\nJa\n"
    )

    assert told(text) == [(None, "Ett.\nStäng\nTvå.")]


def test_a_long_line_is_no_furniture_though_it_speaks_of_cookies() -> None:
    line = "Deltagarna bakar cookies " + "och annat " * 40

    assert told(line) == [(None, line.strip())]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Sammanfattning", "Sammanfattning"),
        ("SAMMANFATTNING:", "SAMMANFATTNING"),
        ("  ** Syfte ** ", "Syfte"),
        ("> Syfte", "Syfte"),
        ("FÖRVÄNTADE EFFEKTER:", "FÖRVÄNTADE EFFEKTER"),
        ("VÅRA MÅL", "VÅRA MÅL"),
        ("Så här arbetar vi:", "Så här arbetar vi"),
        ("# Så här", "Så här"),
        ("Target group", "Target group"),
    ],
)
def test_a_line_is_a_heading(line: str, heading: str) -> None:
    found = as_heading(line)

    assert found is not None
    assert found.words == heading


@pytest.mark.parametrize(
    "line",
    [
        "",
        "***",
        "Syftet är gott",
        "Prosa.",
        "ESF",
        "• VÅRA MÅL",
        "- Så här arbetar vi:",
        "vi arbetar så här:",
        f"{'X' * 60}x:",
        "X" * (LONGEST_HEADING + 1),
        "1998 70% 38% 96%",
    ],
)
def test_a_line_is_no_heading(line: str) -> None:
    assert as_heading(line) is None


def test_a_heading_has_eighty_letters_at_most_and_with_a_colon_sixty() -> None:
    assert as_heading("X" * LONGEST_HEADING) is not None
    assert as_heading(f"X{'x' * 59}:") is not None
    assert as_heading(f"X{'x' * 60}:") is None


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Projektsammanfattning", "summary"),
        ("Målsättning", "goals"),
        ("Deltagande aktörer", "actors"),
        ("Kommun", "municipalities"),
        ("Beskrivning", "practice"),
        ("EGEN RUBRIK", "prose"),
    ],
)
def test_a_heading_has_a_role(line: str, role: str) -> None:
    found = as_heading(line)

    assert found is not None
    assert found.role == role


def test_a_name_in_capitals_in_a_list_is_no_heading() -> None:
    text = "Deltagande aktörer\n • ABF\nBODENS KOMMUN\nKommun\nBODEN\nLULEÅ\n"

    assert told(text) == [
        ("Deltagande aktörer", "• ABF\nBODENS KOMMUN"),
        ("Kommun", "BODEN\nLULEÅ"),
    ]


def test_a_list_with_bullets_ends_at_a_line_without_one_behind_a_blank_line() -> None:
    text = "Deltagande aktörer\n\n • ABF\n • LO\n\nFonden\nBox 1\n\nSyfte\nEtt.\n"

    assert told(text) == [
        ("Deltagande aktörer", "• ABF\n • LO"),
        (None, "Fonden\nBox 1"),
        ("Syfte", "Ett."),
    ]


@pytest.mark.parametrize("entries", ["ABF\nLO", " • ABF\n • LO"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_list_ends_at_page_furniture(entries: str, between: str) -> None:
    text = f"Kommun\n{entries}{between}Senast uppdaterad: 2013-02-01\nFonden\n"
    section, rest = sections(text)

    assert [item.words for item in list_items(split_lines(text), section)] == ["ABF", "LO"]
    assert text[rest.start : rest.end] == "Senast uppdaterad: 2013-02-01\nFonden"
    assert rest.heading_at == (rest.start, rest.start)


@pytest.mark.parametrize(
    "entries",
    ["• ABF\n\n• LO", "ABF\n\nLO", "• ABF\nLO", "Dessa deltar:\n• ABF\n• LO", "1. ABF\n2. LO"],
)
def test_blank_lines_and_a_lead_in_end_no_list(entries: str) -> None:
    text = f"Deltagande aktörer\n\n{entries}\n"
    [section] = sections(text)

    assert [item.words for item in list_items(split_lines(text), section)] == ["ABF", "LO"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Boden, Luleå och Piteå", ["Boden", "Luleå", "Piteå"]),
        ("Bodens kommun; Luleå", ["Bodens kommun", "Luleå"]),
        ("Boden, landet runt", ["Boden, landet runt"]),
        ("Upplands-Bro", ["Upplands-Bro"]),
    ],
)
def test_a_line_may_name_several_municipalities(line: str, names: list[str]) -> None:
    text = f"Kommun\n• {line}\n"
    [section] = sections(text)
    items = list(list_items(split_lines(text), section))

    assert [item.words for item in items] == names
    assert [text[item.start : item.end] for item in items] == names


def test_where_every_line_has_a_bullet_headings_do_too() -> None:
    assert told("- Sammanfattning\n\n- Ett.\n- Kommun\n- Boden\n\n- Luleå\n") == [
        ("Sammanfattning", "Ett."),
        ("Kommun", "Boden\n\n- Luleå"),
    ]
    assert told("Ett:\n- Syfte\n- Metod\n") == [("Ett", "- Syfte\n- Metod")]


@pytest.mark.parametrize("bullet", ["", "• ", "- ", "* ", "  ▪\t", "> • ", "– "])
def test_the_entries_of_a_list_lose_their_bullets(bullet: str) -> None:
    text = f"Deltagande aktörer\n{bullet}Boden-Luleå  AB\n\n{bullet}Å\n"
    lines = split_lines(text)
    [section] = sections(text)
    items = list(list_items(lines, section))

    assert [item.words for item in items] == ["Boden-Luleå AB", "Å"]
    assert [text[item.start : item.end] for item in items] == ["Boden-Luleå  AB", "Å"]
    assert [item.line for item in items] == [1, 3]


def test_a_bullet_without_words_is_no_entry() -> None:
    text = "Kommun\n• \u00a0>\n> \nBoden\n"
    [section] = sections(text)

    assert [item.words for item in list_items(split_lines(text), section)][-1] == "Boden"


@pytest.mark.parametrize(
    ("entries", "is_list"),
    [
        (" • Boden\n • Luleå", True),
        ("Bodens kommun", True),
        ("Kommunen växer.\nBoden", False),
        ("saknas", False),
        ("", False),
    ],
)
def test_a_list_of_municipalities_begins_with_one(
    entries: str,
    is_list: object,
) -> None:
    text = f"Kommun\n{entries}\n"
    [section] = sections(text)

    assert is_municipality_list(split_lines(text), section) is is_list


@pytest.mark.parametrize(
    ("goals", "target"),
    [
        ("Antal deltagare i kurs\n640\n320/320", ("Antal deltagare i kurs", 640, 320, 320)),
        ("Antal deltagare: 90\n60/30", ("Antal deltagare", 90, 60, 30)),
        ("Antal deltagare\n100", ("Antal deltagare", 100, None, None)),
        ("> Antal deltagare\n> 100\n> Uppföljning", ("Antal deltagare", 100, None, None)),
        ("antal deltagare: 0", ("antal deltagare", 0, None, None)),
    ],
)
def test_a_target_is_read_with_its_split(
    goals: str, target: tuple[str, int, int | None, int | None]
) -> None:
    label, total, women, men = target

    assert targets_of(f"Mål\n{goals}\n") == [
        ParticipantTarget(label=label, total=total, women=women, men=men)
    ]


@pytest.mark.parametrize(
    "goals",
    [
        "Antal deltagare",
        "Antal deltagare\nmånga",
        "Antal utbildade rådgivare\n2",
        "Deltagare\n100",
        f"Antal deltagare {'x' * 120}\n100",
        "Antal deltagare: se nedan\n100",
    ],
)
def test_other_lines_of_a_goals_section_are_no_targets(goals: str) -> None:
    assert targets_of(f"Mål\n{goals}\n") == []


def roles(text: str) -> list[str]:
    return [each.role for each in sections(text)]


@pytest.mark.parametrize(
    "lead",
    ["De viktigaste är:", "EFFEKTER", "Kvantitativa mål:", "Delmål"],
)
@pytest.mark.parametrize("between", ["", "Ett.\n\n"])
def test_an_author_s_heading_in_a_goals_section_stands_over_goals(
    lead: str, between: str
) -> None:
    text = f"Målsättning\n\n{between}{lead}\nTvå.\n\nMetod\nTre.\n"

    assert roles(text) == ["goals", "goals", "prose"]


def test_headings_of_the_same_manner_stand_beside_each_other() -> None:
    assert roles("Projektets mål:\nEtt.\n\nAktiviteter:\nTvå.\n") == ["goals", "prose"]
    assert roles("## Mål\nEtt.\n### Kurser\nTvå.\n## Annat\nTre.\n") == [
        "goals",
        "goals",
        "prose",
    ]
    assert roles("Mål\nEtt.\nKurser:\nTvå.\nAnnat:\nTre.\n") == ["goals"] * 3


def test_an_author_s_heading_may_speak_of_goals_itself() -> None:
    assert roles("Syfte\nEtt.\nVÅRA MÅL\nTvå.\nKURSER\nTre.\n") == ["prose", "goals", "prose"]


def test_several_targets_come_in_order() -> None:
    goals = (
        "Mål\nAntal deltagare A\n1\n1/0\nProsa.\nAntal deltagare B\n2\nAntal deltagare C\n3\n"
    )

    assert [(one.label[-1], one.total, one.women) for one in targets_of(goals)] == [
        ("A", 1, 1),
        ("B", 2, None),
        ("C", 3, None),
    ]
