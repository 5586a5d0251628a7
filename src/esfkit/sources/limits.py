"""Every number that guards the reader."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything is read before it is refused.

    Attributes:
        document_bytes: The most bytes that one document may have.
        line_characters: The most characters that one line of a document may have.
    """

    document_bytes: int = 8 * 1024 * 1024
    line_characters: int = 16 * 1024 * 1024


DEFAULT_LIMITS = Limits()
"""What is refused unless the caller says otherwise."""
