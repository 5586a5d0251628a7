"""Which esfkit this is."""

import sys
from importlib.metadata import version


def print_version() -> None:
    """Print name and version on one line."""
    sys.stdout.write(f"esfkit {version('esfkit')}\n")
