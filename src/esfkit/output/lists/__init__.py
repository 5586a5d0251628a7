"""Records → rows of official lists: the lists the law asks for, ESF-rådet's and Kohesio's.

What stands in which column is data: ``lists.csv`` names the lists, ``columns.csv`` their
columns with heading, form and source, ``causes.csv`` why a column is empty or a row left out.
"""

from esfkit.output.lists.columns import (
    ListColumn,
    OfficialList,
    list_columns,
    official_list,
    words_for,
)
from esfkit.output.lists.forms import Given
from esfkit.output.lists.rows import Cause, Filled, Listed, Refusal, filled_columns, listed

__all__ = [
    "Cause",
    "Filled",
    "Given",
    "ListColumn",
    "Listed",
    "OfficialList",
    "Refusal",
    "filled_columns",
    "list_columns",
    "listed",
    "official_list",
    "words_for",
]
