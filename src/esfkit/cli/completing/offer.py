"""One thing that may come next."""

from typing import NamedTuple


class Offer(NamedTuple):
    """A whole word that may stand where the cursor is.

    Attributes:
        value: The word, without quotes.
        about: What it means, in a few words; shells that can show it beside the word.
        goes_on: Whether it is surely not finished, so that no blank should follow.
    """

    value: str
    about: str = ""
    goes_on: bool = False
