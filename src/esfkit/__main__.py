"""``python -m esfkit``: the same program as ``esfkit``."""

from esfkit.cli import main

main()
