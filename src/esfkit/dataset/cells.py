r"""A text as a cell of a CSV file: harmless to open, and read back unchanged.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula,
and a file may be opened with another separator than it was written with: Swedish
Excel cuts at ``;``, so ``"Mål","x;=1+1"`` holds a formula although no cell of the
writer's begins with one. A cell can therefore begin at the start of the text and after
any ``,``, ``;``, tab or line end inside it. At each of these places a single quote is
put in where a trigger follows; blanks and double quotes before the trigger do not help
it. One is also put in where nothing but those follows to the end, since the reader
would then take the next cell's or row's first characters for this one's.

A place that already has single quotes there gets one more, so taking one away from
each place gives the text back: ``unguarded(guarded(text)) == text`` for every text.
"""

import re

_TRIGGERS = "=+\\-@\uff1d\uff0b\uff0d\uff20\t\0"
_PASSED_OVER = (
    '[ "\\x0b\\x0c\\xa0\\xad\\u1680\\u2000-\\u200f\\u202f\\u205f\\u2060\\u3000\\ufeff]*'
)
_DANGER = f"{_PASSED_OVER}(?:[{_TRIGGERS}]|\\Z)"
# A line end at the very start is a trigger too; later ones only end the line.
_FIRST_DANGER = f"{_PASSED_OVER}(?:[{_TRIGGERS}\r\n]|\\Z)"
_CELL_MAY_BEGIN = "(?<=[,;\t\r\n])"

_UNGUARDED = re.compile(f"\\A(?='*{_FIRST_DANGER})|{_CELL_MAY_BEGIN}(?='*{_DANGER})")
_GUARDED = re.compile(f"\\A'(?='*{_FIRST_DANGER})|{_CELL_MAY_BEGIN}'(?='*{_DANGER})")
_JSON_DANGER = re.compile(f"([,;]{_PASSED_OVER})([{_TRIGGERS}])")

# Plain words, the usual case, need no look at every separator.
_PLAIN = re.compile("[A-Za-zÅÄÖåäö0-9(][^,;\t\r\n]*")


def guarded(text: str) -> str:
    """Return the text with a single quote wherever a cell could begin with a trigger.

    The empty text stays empty: it can begin nothing.
    """
    if not text or _PLAIN.fullmatch(text):
        return text
    return _UNGUARDED.sub("'", text)


def unguarded(cell: str) -> str:
    """Return the text that :func:`guarded` made the cell from."""
    if not cell or _PLAIN.fullmatch(cell):
        return cell
    return _GUARDED.sub("", cell)


def guarded_json(text: str) -> str:
    r"""Return the same JSON with triggers after ``,`` and ``;`` written as ``\uXXXX``.

    A JSON text begins with a bracket and holds no raw tab or line end, and an escape
    keeps it readable by every JSON reader, which a single quote would not.
    """
    return _JSON_DANGER.sub(lambda found: f"{found[1]}\\u{ord(found[2]):04x}", text)
