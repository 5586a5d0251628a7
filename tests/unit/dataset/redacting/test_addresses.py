import time

import pytest

from esfkit.dataset.redacting.addresses import find_emails


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skriv till tuva@exempel.se.", ["tuva@exempel.se"]),
        ("E-posttuva@exempel.se", ["E-posttuva@exempel.se"]),
        ("tuva.ek (at) exempel.se", ["tuva.ek (at) exempel.se"]),
        ("tuva[at]exempel.se", ["tuva[at]exempel.se"]),
        ("tuva(a)exempel (punkt) se", ["tuva(a)exempel (punkt) se"]),
        ("tuva snabel-a exempel.se", ["tuva snabel-a exempel.se"]),
        ("tuva snabela exempel.se", ["tuva snabela exempel.se"]),
        ("tuva.ek at exempel.se", ["tuva.ek at exempel.se"]),
        ("tuva @ exempel.se", ["tuva @ exempel.se"]),
        ("tuva.ek@\nexempel.se", ["tuva.ek@\nexempel.se"]),
        ("åsa.öst@malmö.se", ["åsa.öst@malmö.se"]),
        ("https://exempel.se/?to=tuva%40exempel.se&x=1", ["tuva%40exempel.se"]),
        ("<mailto:a@b.se>, c@d.se", ["a@b.se", "c@d.se"]),
        ("tuva.ek&#x40;exempel.se", ["tuva.ek&#x40;exempel.se"]),
        ("tuva.ek\n@exempel.se", ["tuva.ek\n@exempel.se"]),
        ("tuva＠exempel.se", ["tuva＠exempel.se"]),
        ("tu\u00adva@exempel.se", ["tu\u00adva@exempel.se"]),
        ("tuva.ek snabel a exempel.se", ["tuva.ek snabel a exempel.se"]),
        ("tuva.ek(snabel a)exempel.se", ["tuva.ek(snabel a)exempel.se"]),
        (
            "tuva punkt ek snabel-a exempel punkt se",
            ["tuva punkt ek snabel-a exempel punkt se"],
        ),
        ("tuva dot ek at exempel dot se", ["tuva dot ek at exempel dot se"]),
        ("tuva.ek_at_exempel.se", ["tuva.ek_at_exempel.se"]),
        ("tuva.ek*at*exempel.se", ["tuva.ek*at*exempel.se"]),
        ("tuva.ek -at- exempel.se", ["tuva.ek -at- exempel.se"]),
        ("tuva.ek @ exempel . se", ["tuva.ek @ exempel . se"]),
        ("tuva.ek=40exempel.se", ["tuva.ek=40exempel.se"]),
    ],
)
def test_an_address_is_found_printed_plainly_or_hidden(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_emails(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Följ oss @ESFradet i flödet",
        "The guide is available at www.exempel.se",
        "[email protected]",
        "E-post: -",
        "3 st à 100 kr",
        "www.work-at-home.se",
        "Vi mejlar @ lunchtid. Se hemsidan",
        "En punkt om arbete",
    ],
)
def test_what_is_no_address_stays(text: str) -> None:
    assert not list(find_emails(text))


def test_a_long_run_of_letters_is_read_in_one_pass() -> None:
    begun = time.perf_counter()

    assert not list(find_emails("a" * 200_000 + " @ " + "." * 200_000))

    assert time.perf_counter() - begun < 5
