import gzip
import hashlib
import io
import zipfile

import pytest

from esfkit.model.document import Document, Origin, Unread
from esfkit.model.finding import Problem, Severity
from esfkit.sources.limits import Limits
from esfkit.sources.pages import textfile
from esfkit.sources.pages.textfile import read_text_document

ORIGIN = Origin(path="sida.txt")


def read(data: bytes, limits: Limits | None = None) -> Document | Unread:
    return read_text_document(data, ORIGIN, limits or Limits())


def document(data: bytes) -> Document:
    result = read(data)
    assert isinstance(result, Document)
    return result


def refusal(data: bytes, limits: Limits | None = None) -> tuple[Problem, Severity, str]:
    result = read(data, limits)
    assert isinstance(result, Unread)
    assert result.origin.path == "sida.txt"
    return result.finding.code, result.finding.severity, result.finding.message


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("sida.txt"), "Region: Väst")
    return buffer.getvalue()


def test_a_text_keeps_its_line_ends_and_tells_where_it_came_from() -> None:
    data = "Region:\r\nVästsverige\r\n".encode("cp1252")
    result = document(data)
    assert result.text == "Region:\r\nVästsverige\r\n"
    assert result.origin == Origin(
        path="sida.txt", sha256=hashlib.sha256(data).hexdigest(), encoding="cp1252"
    )
    assert result.heading is None
    assert [one.code for one in result.findings] == [Problem.DECODED_AS_LEGACY]


def test_a_saved_page_gives_its_lines_heading_and_address() -> None:
    result = document(
        "<html><link rel=canonical href='https://esf.example/p'><h1>Väg in</h1>"
        "<dl><dt>Region</dt><dd>VÃ¤st</dd></dl>".encode()
    )
    assert result.text == "Väg in\n\nRegion\nVäst"
    assert result.heading == "Väg in"
    assert result.origin.url == "https://esf.example/p"
    assert [one.code for one in result.findings] == [Problem.DOUBLE_ENCODING_REPAIRED]


def test_an_address_known_from_outside_stays() -> None:
    data = b"<html><link rel=canonical href='https://esf.example/p'><p>a"
    origin = Origin(member="a", url="https://esf.example/crawled")
    result = read_text_document(data, origin, Limits())
    assert isinstance(result, Document)
    assert result.origin.url == "https://esf.example/crawled"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t ",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf \n",
        b"\xff\xfe",
        " \n".encode("utf-16"),
        "\xa0\u2003\n".encode(),
        b"<html><body><nav>meny</nav></body></html>",
    ],
)
def test_a_document_without_words_is_empty(data: bytes) -> None:
    assert refusal(data) == (
        Problem.DOCUMENT_EMPTY,
        Severity.WARNING,
        "The document holds no text.",
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 text", "a PDF file; save its text, for example with pdftotext"),
        (zipped(), "a ZIP archive or an Office file; unpack it, or save it as text"),
        (gzip.compress(b"Region", mtime=0), "a gzip file; unpack it"),
        (b"\x89PNG\r\n\x1a\n....", "a PNG picture; give the page as text or HTML"),
        (b"{\\rtf1 text}", "an RTF file; save it as text"),
        (b"PAR1....", "a Parquet file; give the pages that it was made from"),
        (
            b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n",
            "a web archive (MHTML); save the page as HTML",
        ),
        (bytes(range(256)) * 4, "binary; give the page as text or HTML"),
        (b"\0" * 100, "binary; give the page as text or HTML"),
    ],
)
def test_what_is_not_text_is_named_with_what_to_do(data: bytes, words: str) -> None:
    code, severity, message = refusal(data)
    assert (code, severity) == (Problem.DOCUMENT_BINARY, Severity.WARNING)
    assert message == f"The file is {words}."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_not_taken_for_binary(encoding: str) -> None:
    text = "Projektägare: Östersunds kommun\n" * 20
    assert document(text.encode(encoding)).text == text


def test_a_few_stray_nuls_are_no_reason_to_refuse() -> None:
    assert document(b"Region\0: V\0st").text == "Region\0: V\0st"


def test_the_limit_of_bytes_holds_on_both_sides() -> None:
    limits = Limits(document_bytes=10)
    assert isinstance(read(b"0123456789", limits), Document)
    assert refusal(b"0123456789a", limits) == (
        Problem.DOCUMENT_TOO_LONG,
        Severity.ERROR,
        (
            "The document has 11 bytes or more; the limit document_bytes is 10."
            " Split it into one file a page, or raise the limit with --limit document_bytes=…."
        ),
    )


def test_the_limit_of_a_line_holds_on_both_sides() -> None:
    limits = Limits(line_characters=10)
    assert isinstance(read(b"0123456789\n0123456789\n", limits), Document)
    code, _, message = refusal(b"kort\n0123456789a\n", limits)
    assert code is Problem.DOCUMENT_TOO_LONG
    assert message.startswith(
        "The document has 11 characters in one line; the limit line_characters is 10."
    )


def test_the_limit_of_tags_keeps_a_page_of_nothing_else_from_the_parser() -> None:
    limits = Limits(page_tags=10)
    page = b"<html><body>" + b"<b>" * 8 + b"Jobb"

    seen = read(page, limits)
    assert isinstance(seen, Document)
    assert seen.text == "Jobb"
    assert refusal(page + b"<b>", limits)[2] == (
        "The document has 11 tags; the limit page_tags is 10."
        " Split it into one file a page, or raise the limit with --limit page_tags=…."
    )


@pytest.mark.parametrize(
    "data",
    [
        b'{"title": "Region"}',
        b'{"a": 1}\n{"a": 2}\n',
    ],
)
def test_json_is_no_page(data: bytes) -> None:
    assert refusal(data) == (
        Problem.SOURCE_UNREADABLE,
        Severity.NOTE,
        "The file is JSON, not a page; give the pages that it was made from.",
    )


@pytest.mark.parametrize("data", [b'\xef\xbb\xbf [{"a": 1}]\n', b"[" * 100_000])
def test_an_array_of_pages_is_told_with_what_to_do(data: bytes) -> None:
    code, severity, message = refusal(data)

    assert (code, severity) == (Problem.FORMAT_UNSUPPORTED, Severity.WARNING)
    assert "jq -c '.[]'" in message


@pytest.mark.parametrize(
    "text", ["[email protected] är adressen", "[1] En fotnot", "{ klammer", "[1]\n[2] Not"]
)
def test_text_that_begins_with_a_bracket_is_a_page(text: str) -> None:
    assert document(text.encode()).text == text


def test_html_that_the_parser_gives_up_on_is_unreadable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(textfile, "read_html", lambda _: None)
    code, severity, message = refusal(b"<p>a</p>")
    assert (code, severity) == (Problem.SOURCE_UNREADABLE, Severity.WARNING)
    assert message == "The HTML cannot be parsed; save the page again, or as plain text."
