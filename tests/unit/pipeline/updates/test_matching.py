import pytest

from esfkit.pipeline.updates.matching import Doc, Pair, Place, matched


def a_page(path: str, sha256: str | None, url: str | None = None) -> Doc:
    return Doc(Place(path, None, None), sha256, url)


def a_line(line: int, sha256: str, url: str | None = None) -> Doc:
    return Doc(Place("dump.jsonl", None, line), sha256, url)


def test_the_same_text_in_the_same_place_is_the_same() -> None:
    page = a_page("a.txt", "aa")

    assert matched([page], [page]) == [Pair(page, page)]
    assert Pair(page, page).is_same_text
    assert not Pair(page, page).is_moved


def test_another_text_in_the_same_place_is_the_same_document() -> None:
    then, now = a_page("a.txt", "aa"), a_page("a.txt", "bb")

    assert matched([then], [now]) == [Pair(then, now)]
    assert not Pair(then, now).is_same_text


def test_a_renamed_file_is_told_by_its_text() -> None:
    then, now = a_page("a.txt", "aa"), a_page("b.txt", "aa")

    assert matched([then], [now]) == [Pair(then, now)]
    assert Pair(then, now).is_moved


def test_a_line_put_in_first_moves_the_others_and_changes_none() -> None:
    then = [a_line(1, "aa"), a_line(2, "bb")]
    now = [a_line(1, "new"), a_line(2, "aa"), a_line(3, "bb")]

    assert set(matched(then, now)) == {
        Pair(then[0], now[1]),
        Pair(then[1], now[2]),
        Pair(None, now[0]),
    }


def test_a_changed_page_of_a_crawl_is_told_by_its_address() -> None:
    then = [a_line(1, "aa", "https://exempel.se/1"), a_line(2, "bb", "https://exempel.se/2")]
    now = [a_line(1, "cc", "https://exempel.se/0"), a_line(2, "dd", "https://exempel.se/1")]

    assert Pair(then[0], now[1]) in matched(then, now)


def test_an_address_that_several_pages_name_tells_none_of_them() -> None:
    site = "https://exempel.se/"
    then = [a_page("a.html", "aa", site), a_page("b.html", "bb", site)]
    now = [a_page("b.html", "cc", site), a_page("c.html", "dd", site)]

    assert set(matched(then, now)) == {
        Pair(then[1], now[0]),
        Pair(then[0], None),
        Pair(None, now[1]),
    }


def test_pages_that_changed_places_are_both_moved() -> None:
    then = [a_page("a.txt", "aa"), a_page("b.txt", "bb")]
    now = [a_page("a.txt", "bb"), a_page("b.txt", "aa")]

    assert [pair.is_moved for pair in matched(then, now)] == [True, True]


def test_a_copy_is_new_beside_the_page_that_stayed() -> None:
    page, copy = a_page("b.txt", "aa"), a_page("a.txt", "aa")

    assert matched([page], [copy, page]) == [Pair(page, page), Pair(None, copy)]


@pytest.mark.parametrize("sha256", [None, "aa"])
def test_what_gave_no_text_is_told_by_its_place_alone(sha256: str | None) -> None:
    then, now = a_page("a.txt", None), a_page("a.txt", sha256)

    assert matched([then], [now]) == [Pair(then, now)]
    assert not Pair(then, now).is_same_text
