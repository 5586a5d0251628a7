"""How the cells of an HTML table stand to each other: which name a value, and which are one.

A table holds records in three ways: a label and its value side by side, several such
pairs in a row, or labels in a first row above the values. Anything else is a list of
figures and stays one line a row.
"""

from resiliparse.parse.html import ElementNode, Node

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_BOLD = frozenset({"b", "strong"})
_WITH_LINES = "p,div,br,table,ul,ol,dl,pre,h1,h2,h3,h4,h5,h6"
_VALUE_HEADINGS = frozenset({"värde", "innehåll", "uppgift", "value", "content", "data"})
"""What the second column is called where the first one holds labels."""

_PAIR = 2
_TWO_PAIRS = 4


def table_parts(table: ElementNode) -> list[Node]:
    """Return the rows of a table in order, with what else stands in it."""
    parts: list[Node] = []
    for child in table.child_nodes.values():
        if (
            isinstance(child, ElementNode)
            and child.tag in _GROUPS
            and not child.hasattr("hidden")
        ):
            parts.extend(child.child_nodes.values())
        else:
            parts.append(child)
    return parts


def row_cells(row: ElementNode) -> list[ElementNode]:
    """Return the cells of a row."""
    elements = (one for one in row.child_nodes.values() if isinstance(one, ElementNode))
    return [one for one in elements if one.tag in _CELLS and not one.hasattr("hidden")]


def column_labels(parts: list[Node]) -> tuple[str, ...]:
    """Return the labels that the first row gives to the columns, or nothing."""
    rows = [part for part in parts if isinstance(part, ElementNode) and part.tag == "tr"][:2]
    if len(rows) < _PAIR:
        return ()
    first, second = (row_cells(row) for row in rows)
    if len(first) != len(second) or len(first) < _PAIR:
        return ()
    if not _are_headings(first) or all(map(is_label, second)):
        return ()
    labels = tuple(cell_text(cell) for cell in first)
    return () if _are_pairs(labels, second) else labels


def is_row_of_pairs(cells: list[ElementNode]) -> bool:
    """Whether the cells are label, value, label, value and so on."""
    if len(cells) < _TWO_PAIRS or len(cells) % _PAIR:
        return False
    values = cells[1::2]
    return all(map(is_label, cells[0::2])) and not any(cell.tag == "th" for cell in values)


def is_plain_row(cells: list[ElementNode]) -> bool:
    """Whether the cells are one line together, such as a row of figures."""
    if len(cells) <= _PAIR or is_row_of_pairs(cells):
        return False
    return all(cell.query_selector(_WITH_LINES) is None for cell in cells)


def is_label(cell: ElementNode) -> bool:
    """Whether the cell names another: a heading cell, all in bold, or ended by a colon."""
    if cell.tag == "th":
        return True
    text = cell_text(cell)
    if not text or text.endswith(":"):
        return bool(text)
    bold = [cell_text(one) for one in cell.children.values() if one.tag in _BOLD]
    return bold == [text]


def cell_text(cell: ElementNode) -> str:
    """Return the words of a cell, single blanks between them.

    A cell with a table inside names nothing, and reading it at each level of tables
    nested a thousand deep would never end.
    """
    if cell.query_selector("table") is not None:
        return ""
    return " ".join((cell.text_content or "").split())


def _are_headings(cells: list[ElementNode]) -> bool:
    if any(cell.query_selector("table") is not None for cell in cells):
        return False
    if all(cell.tag == "th" for cell in cells):
        return True
    # A first row in bold may be a pair like those below it; three columns may not.
    return len(cells) > _PAIR and all(map(is_label, cells))


def _are_pairs(labels: tuple[str, ...], second: list[ElementNode]) -> bool:
    """Whether two headed columns are "label" and "value" themselves."""
    if len(labels) != _PAIR:
        return False
    return is_label(second[0]) or labels[1].casefold() in _VALUE_HEADINGS
