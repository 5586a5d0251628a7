import pytest

from esfkit.parsing.lines import line_at, on_one_line, split_lines


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\nb\n", ["a", "b", ""]),
        ("a\r\nb", ["a", "b"]),
        ("a\rb\r\nc\nd", ["a", "b", "c", "d"]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\fb\u2028c\u2029d\u0085e", ["a", "b", "c", "d", "e"]),
    ],
)
def test_a_text_is_cut_at_the_line_ends_of_files(text: str, words: list[str]) -> None:
    assert split_lines(text).words == words


@pytest.mark.parametrize("separator", ["\x0b", "\x1c", "\x1d", "\x1e", "\x00"])
def test_a_text_is_not_cut_where_only_str_splitlines_would(separator: str) -> None:
    assert split_lines(f"a{separator}b\nc").words == [f"a{separator}b", "c"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\u2028", "\u2029", "\u0085"])
def test_each_line_begins_where_its_offset_says(end: str) -> None:
    lines = split_lines(end.join(("åäö", "", "b c")))

    places = zip(lines.words, lines.starts, strict=False)
    assert [lines.text[start : start + len(words)] for words, start in places] == lines.words


@pytest.mark.parametrize("text", ["", "ab", "ab\n", "ab\r\nc", "ab\f"])
def test_one_more_offset_closes_the_last_line(text: str) -> None:
    lines = split_lines(text)

    assert len(lines.starts) == len(lines.words) + 1
    assert lines.starts[-1] == len(text) + 1


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("ab c", "ab c"),
        ("\t ab \u00a0", "ab"),
        ("\u200b \u200båb c\u200b", "åb c"),
        ("a\u200bb", "a\u200bb"),
        ("\u200b", ""),
        ("", ""),
        (" \t", ""),
    ],
)
def test_the_content_of_a_line_leaves_out_the_blanks_around_it(line: str, bare: str) -> None:
    lines = split_lines(f"x\n{line}\ny")

    start, end = lines.content(1)
    assert lines.text[start:end] == bare
    assert start >= lines.starts[1]


@pytest.mark.parametrize(
    ("begin", "stop", "span"), [(0, 9, (2, 7)), (2, 7, (2, 7)), (4, 5, (4, 4)), (3, 3, (3, 3))]
)
def test_a_span_is_trimmed_of_blanks(begin: int, stop: int, span: tuple[int, int]) -> None:
    assert split_lines("  ab cd  ").trim(begin, stop) == span


@pytest.mark.parametrize(
    ("begin", "stop", "found"), [(0, 5, 2), (3, 5, 4), (3, 4, 4), (0, 0, 0)]
)
def test_the_first_filled_line_is_found_or_the_stop(begin: int, stop: int, found: int) -> None:
    assert split_lines("\n \na\n\nb").first_filled(begin, stop) == found


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Nya  vägar\n i Umeå ", "Nya vägar i Umeå"),
        ("A\u00a0B\u2009C", "A B C"),
        ("Umea\u030a", "Umeå"),
        ("”Å” – ﬁn", "”Å” – ﬁn"),
    ],
)
def test_words_on_one_line_keep_everything_but_blanks_and_decomposed_letters(
    printed: str, words: str
) -> None:
    assert on_one_line(printed) == words


@pytest.mark.parametrize(
    ("line", "blank"),
    [("", True), (" \t\u00a0\u2003", True), ("> |", True), ("-", False), ("a", False)],
)
def test_a_line_with_nothing_but_marks_of_quotation_is_blank(line: str, blank: object) -> None:
    assert split_lines(f"x\n{line}").is_blank(1) is blank


@pytest.mark.parametrize(
    ("offset", "line"), [(0, 0), (1, 0), (2, 1), (3, 2), (4, 2), (5, 2), (99, 2)]
)
def test_an_offset_lies_in_a_line(offset: int, line: int) -> None:
    assert line_at(split_lines("a\n\nbc"), offset) == line


@pytest.mark.parametrize("mark", ["- ", "* ", "•\t", "> ", " –\u00a0 "])
def test_a_mark_before_every_line_is_left_out(mark: str) -> None:
    text = f"{mark}Ny kraft\n\n{mark}Namn\n{mark}a - b\n{mark}- c\n"
    lines = split_lines(text)

    assert lines.words == ["Ny kraft", "", "Namn", "a - b", "- c", ""]
    assert [text[start] for start in lines.starts[:3:2]] == ["N", "N"]
    assert lines.starts[-1] == len(text) + 1


@pytest.mark.parametrize(
    "text",
    [
        "Ny kraft\n- a\n- b\n- c\n- d",
        "- a\n- b\n- c\nd",
        "- a\n- b\n• c\n- d",
        "-a\n-b\n-c\n-d",
        "- a\n- b\n- c",
        "**a:** b\n**c:** d\n**e:** f\n**g:** h",
        "- a\n- b\n- c\n\f- d",
    ],
)
def test_marks_before_some_lines_belong_to_them(text: str) -> None:
    assert "".join(split_lines(text).words) == text.replace("\n", "").replace("\f", "")
