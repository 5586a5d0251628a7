import io

import polars as pl

from esfkit.output.markdown import write_markdown

FRAME = pl.DataFrame({"region": ["Öst|Väst", None], "sek": [1_234_567, None]})


def test_a_table_has_its_figures_to_the_right() -> None:
    stream = io.BytesIO()
    write_markdown(FRAME, stream)

    assert stream.getvalue().decode() == (
        "| region | sek |\n"
        "| --- | ---: |\n"
        "| Öst&#124;Väst | 1,234,567 |\n"
        "| (not stated) | – |\n"
    )


def test_a_swedish_table_has_swedish_words() -> None:
    stream = io.BytesIO()
    write_markdown(FRAME, stream, language="sv", headings={"sek": "Total projektbudget"})

    lines = stream.getvalue().decode().splitlines()
    assert lines[0] == "| region | Total projektbudget |"
    assert lines[2] == "| Öst&#124;Väst | 1\xa0234\xa0567 |"
    assert lines[3] == "| (ej angivet) | – |"


def test_a_share_is_a_percentage() -> None:
    stream = io.BytesIO()
    write_markdown(pl.DataFrame({"share": [0.5]}), stream, units={"share": "fraction"})

    assert stream.getvalue().decode().splitlines()[2] == "| 50.0% |"
