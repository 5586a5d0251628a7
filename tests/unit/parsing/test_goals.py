import pytest

from esfkit.model.record import ParticipantTarget
from esfkit.parsing.goals import Figure, names_participants, read_figure, read_target


@pytest.mark.parametrize(
    "label",
    [
        "Antal deltagare",
        "ANTAL DELTAGARE I KURS",
        "Antalet deltagare som fullföljer",
        "Totalt antal deltagare",
        "Det totala antalet kursdeltagare",
        "Antal nyanlända kvinnliga deltagare",
        "Antal deltagare/praktikanter",
        "Antal av deltagarna som får arbete",
    ],
)
def test_a_label_names_participants(label: str) -> None:
    assert names_participants(label)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "Deltagare",
        "Antal företag",
        "Antal deltagande företag",
        "Antal deltagardagar",
        "Antal deltagartimmar i kurs",
        "Antal timmar per deltagare",
        "Antal kurser för deltagare",
        "Antal kvinnor bland deltagarna",
        "Vi räknar med ett stort antal deltagare",
        f"Antal deltagare {'x' * 120}",
    ],
)
def test_a_label_names_something_else(label: str) -> None:
    assert not names_participants(label)


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("60", Figure(60)),
        ("ca 60 st", Figure(60)),
        ("1 200", Figure(1200)),
        ("1,200", Figure(1200)),
        ("60 (30/30)", Figure(60, 30, 30)),
        ("60, 40/20", Figure(60, 40, 20)),
        ("60 40/20", Figure(60, 40, 20)),
        ("1 200 (700/500)", Figure(1200, 700, 500)),
        ("60 varav 40 kvinnor", Figure(60, 40)),
        ("60 personer, varav 20 män", Figure(60, None, 20)),
        ("60 (40 kvinnor, 20 män)", Figure(60, 40, 20)),
        ("60 (20 män och 40 kvinnor)", Figure(60, 40, 20)),
        ("60 (40 kv/20 män)", Figure(60, 40, 20)),
        ("60, kvinnor: 40, män: 20", Figure(60, 40, 20)),
        ("60 (varav minst hälften kvinnor)", Figure(60)),
        ("40 (50/50)", Figure(40)),
        ("60 (2012/2013)", Figure(60)),
    ],
)
def test_a_figure_is_read_with_its_split(words: str, figure: Figure) -> None:
    assert read_figure(words) == figure


@pytest.mark.parametrize(
    "words",
    [
        "",
        "många",
        "60-80",
        "15-24 år",
        "60 per år",
        "60 %",
        "30/30",
        "30 kvinnor och 30 män",
        "60, 80",
        "60, 30, 30",
        "60 (² kvinnor)",
    ],
)
def test_other_words_are_no_figure(words: str) -> None:
    assert read_figure(words) is None


def target(label: str, total: int, women: int | None, men: int | None) -> ParticipantTarget:
    return ParticipantTarget(label=label, total=total, women=women, men=men)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("Antal deltagare i kurs: 60 (30/30)", ("Antal deltagare i kurs", 60, 30, 30)),
        ("Antal deltagare (totalt): 60 varav 40 kvinnor", ("Antal deltagare (totalt)", 60, 40)),
        ("- Antal deltagare: 60", ("Antal deltagare", 60)),
        ("2. Antal deltagare: 60", ("Antal deltagare", 60)),
        ("**Antal deltagare:** 60", ("Antal deltagare", 60)),
        ("Antal deltagare i kurs – 60", ("Antal deltagare i kurs", 60)),
        ("Antal deltagare i kurs 60 (30/30)", ("Antal deltagare i kurs", 60, 30, 30)),
        ("Antal deltagare i kurs 60 st", ("Antal deltagare i kurs", 60)),
        ("| Antal deltagare | 60 | 30/30 |", ("Antal deltagare", 60, 30, 30)),
        ("Antal deltagare\t60\t100", ("Antal deltagare", 60)),
        ("• Antal deltagare\n• 60\n• 40/20", ("Antal deltagare", 60, 40, 20)),
        ("Antal deltagare\n60 (40/20)", ("Antal deltagare", 60, 40, 20)),
        ("Antal deltagare\n60\n40 kvinnor\n20 män", ("Antal deltagare", 60, 40, 20)),
        ("Antal deltagare: 60\nVarav kvinnor: 40\nMer.", ("Antal deltagare", 60, 40)),
        ("Antal deltagare: 60\nAntal kvinnor: 40", ("Antal deltagare", 60)),
        ("Antal deltagare - kurs: 60", ("Antal deltagare - kurs", 60)),
        (
            "Antal deltagare i praktiska\nstudieresor\n60\n40/20",
            ("Antal deltagare i praktiska studieresor", 60, 40, 20),
        ),
    ],
)
def test_a_target_is_read_from_lines(
    lines: str, wanted: tuple[str, int, int | None, int | None]
) -> None:
    label, total, women, men = (*wanted, None, None)[:4]

    assert read_target(lines.split("\n")) == target(label, total, women, men)


@pytest.mark.parametrize(
    "lines",
    [
        "Antal deltagare",
        "Antal deltagare i åldern 15-24 år",
        "Antal deltagare i steg 2",
        "Antal deltagare: se nedan\n100",
        "Antal deltagare\nvarav kvinnor\n40",
        "Antal deltagare i förra projektet var 55 personer",
        "Antal deltagare\nmånga\n100",
    ],
)
def test_other_lines_are_no_target(lines: str) -> None:
    assert read_target(lines.split("\n")) is None
