import pytest

from esfkit.values.remarks import changes_the_figure, part_remark


@pytest.mark.parametrize(
    ("folded", "value", "remark"),
    [
        ("5 kr", "5 kr", ""),
        ("5 kr*", "5 kr", ""),
        ("5 kr **", "5 kr", ""),
        ("5 kr (inkl. moms)", "5 kr", "inkl. moms"),
        ("5 kr (preliminärt)*", "5 kr", "preliminärt"),
        ("5 kr, exkl. moms", "5 kr", "exkl. moms"),
        ("5 kr inklusive medfinansiering", "5 kr", "inklusive medfinansiering"),
        ("5 kr (a) (b)", "5 kr (a)", "b"),
        ("5 kr (a (b))", "5 kr (a (b))", ""),
        ("(5 kr)", "(5 kr)", ""),
        ("5 kr inkl. 3 kr", "5 kr inkl. 3 kr", ""),
    ],
)
def test_one_remark_is_taken_off_the_end(folded: str, value: str, remark: str) -> None:
    assert part_remark(folded) == (value, remark)


@pytest.mark.parametrize("remark", ["per år", "årligen", "max", "minst", "beviljat år 2017"])
def test_a_remark_may_make_another_figure_of_it(remark: str) -> None:
    assert changes_the_figure(remark)


@pytest.mark.parametrize("remark", ["", "preliminärt", "persontimmar", "67 %", "maxi"])
def test_most_remarks_leave_the_figure_alone(remark: str) -> None:
    assert not changes_the_figure(remark)
