"""Which esfkit this is."""

import sys

from esfkit import __version__


def print_version() -> None:
    """Print name and version on one line."""
    sys.stdout.write(f"esfkit {__version__}\n")
