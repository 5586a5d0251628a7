"""What stands in the way of reading a source to its end."""

from esfkit.model.document import Origin, Unread
from esfkit.model.finding import Finding, Problem, Severity


class Obstacle(Exception):  # noqa: N818 - named for what it is; never leaves this package
    """A source cannot be read on: raised by readers, told as a value by who called them.

    Everything read before stands. Nothing outside :mod:`esfkit.sources` sees it.
    """

    def __init__(
        self, code: Problem, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.severity = severity

    def at(self, origin: Origin) -> Unread:
        """Return it as what is told of a source."""
        return unread(origin, self.code, self.message, self.severity)


def unread(
    origin: Origin, code: Problem, message: str, severity: Severity = Severity.WARNING
) -> Unread:
    """Return what stood in the way of a document, as a value."""
    return Unread(origin, Finding(code=code, severity=severity, message=message))


class Dangerous(Exception):  # noqa: N818 - no error: another process has to read it
    """A source holds what can bring down the process that reads it: Parquet, a workbook."""


def limit_met(
    what: str, met: str, limit: str, most: int, severity: Severity = Severity.ERROR
) -> Obstacle:
    """Return the obstacle that a limit is met.

    Args:
        what: What has too much of something, as the subject of a sentence.
        met: How much, in words.
        limit: The attribute of :class:`~esfkit.sources.limits.Limits`.
        most: Its value.
        severity: How much it weighs.
    """
    return Obstacle(
        Problem.LIMIT_MET,
        f"{what} {met}; the limit {limit} is {most}. Raise it with --limit {limit}=…"
        " if the source is to be trusted.",
        severity,
    )
