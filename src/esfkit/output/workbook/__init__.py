"""The workbook of ``esfkit export --as xlsx``; see ``docs/workbook.md``."""

from esfkit.output.workbook.about import About
from esfkit.output.workbook.whole import write_workbook

__all__ = ["About", "write_workbook"]
