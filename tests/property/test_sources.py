from hypothesis import given
from hypothesis import strategies as st

from esfkit.model.document import Document, Origin
from esfkit.sources import Limits, decode, looks_like_html, read_html, read_text_document

SWEDISH = st.text(st.sampled_from("abgjkmnorstvABÅÄÖRåäöåäö  .,-0123456789\n"), max_size=80)
TAGS = st.sampled_from(
    [
        *("<dl>", "<dt>", "<dd>", "</dl>", "<table>", "<tbody>", "<tr>", "<td>", "<th>"),
        *("</table>", "<div>", "</div>", "<span>", "</span>", "<p>", "</p>", "<br>", "<b>"),
        *("</b>", "<ul>", "<li>", "<pre>", "</pre>", "<h1>", "</h1>", "<hr>", "<nav>"),
        *("</nav>", "<aside>", "<script>", "</script>", "<!--", "-->", "<svg>", "<form>"),
        *("<select>", "<option>", "<template>", "<frameset>", "<button>", "<p hidden>"),
        *("<div role=navigation>", "<a href='?dnr=1'>", "<base href='//['>"),
        *("<link rel=canonical href='https://a.example/b'>", "<th>A<th>B<tr><td>"),
        *("&nbsp;", "&#xD800;", "&amp", "\0", "\r\n", " "),
    ]
)
SOUP = st.lists(TAGS | st.text(max_size=8), max_size=40).map("".join)


@given(st.binary())
def test_any_bytes_decode_to_valid_text(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.text.encode("utf-8").decode("utf-8") == decoded.text


@given(st.text().filter(lambda text: "\0" not in text))
def test_clean_utf_8_comes_back_as_it_was_unless_told_otherwise(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text.lstrip("\ufeff") or decoded.findings


@given(SWEDISH)
def test_swedish_letters_are_never_altered(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())


@given(SWEDISH, st.binary(max_size=3))
def test_a_few_bad_bytes_leave_what_stands_before_them(text: str, bad: bytes) -> None:
    start = "Åtgärder för äldre på Öland: "
    assert decode(start.encode() + bad + text.encode()).text.startswith(start)


@given(SOUP)
def test_any_soup_of_tags_is_read(html: str) -> None:
    looks_like_html(html)
    page = read_html(html)
    assert page is not None
    assert page.text.encode().decode() == page.text
    assert not page.text.startswith("\n")


@given(st.text(st.characters()))
def test_any_characters_at_all_are_read_or_given_up_in_peace(text: str) -> None:
    looks_like_html(text)
    read_html(f"<p>{text}</p>")


@given(st.binary() | SOUP.map(str.encode))
def test_any_bytes_give_a_document_or_a_reason(data: bytes) -> None:
    result = read_text_document(data, Origin(path="a"), Limits())
    if isinstance(result, Document):
        assert result.text.strip()
        assert result.origin.encoding
    else:
        assert result.finding.message.endswith(".")
