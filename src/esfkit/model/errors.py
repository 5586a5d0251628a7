"""What the caller must act on.

::

    EsfkitError
    ├── BadRequest      the call itself is wrong: unknown column, unknown format   exit 2
    ├── InputRefused    nothing could be read from what was given                  exit 3
    └── OutputFailed    the output could not be written; the old file is untouched exit 4

What is wrong *in the data* is never an exception: it is a
:class:`~esfkit.model.finding.Finding`.
"""


class EsfkitError(Exception):
    """Any failure that esfkit reports to its caller."""


class BadRequest(EsfkitError):  # noqa: N818 - named for what happened, like its siblings
    """The request cannot be carried out as put, whatever the data."""


class InputRefused(EsfkitError):  # noqa: N818 - named for what happened, like its siblings
    """The input as a whole cannot be read or breaks a limit."""


class OutputFailed(EsfkitError):  # noqa: N818 - named for what happened, like its siblings
    """The output could not be written; what stood there before still stands."""
