"""The command line: one file a command in ``commands/``, one set of options for all.

``options.py`` spells the shared options, ``data.py`` opens what they name, ``results.py``
and ``notes.py`` are the two ways out (a result, and a word to the user), ``exits.py``
turns whatever happens into an exit code, and ``app.py`` puts the commands together.
"""

import sys

from esfkit.cli.interrupting import leave_at_once


def main() -> None:
    """Run the program and leave with its exit code."""
    leave_at_once()
    if sys.argv[1:] == ["--version"]:  # answered before anything large is loaded
        from esfkit.cli.exits import leave_after
        from esfkit.cli.version import print_version

        leave_after(print_version)
    from esfkit.cli.app import run

    run()
