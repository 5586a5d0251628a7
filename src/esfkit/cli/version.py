"""Which esfkit this is."""

import sys


def print_version() -> None:
    """Print name and version on one line."""
    from importlib.metadata import version  # slow to load, and seldom asked for

    sys.stdout.write(f"esfkit {version('esfkit')}\n")
