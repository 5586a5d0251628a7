"""Table → a data package: CSV files beside a ``datapackage.json`` that says what they hold.

The package follows the Frictionless standards Data Package and Table Schema, version 2
(https://datapackage.org). It goes into a folder or a zip file, whole or not at all.
"""

from esfkit.output.datapackage.descriptor import About
from esfkit.output.datapackage.package import write_package

__all__ = ["About", "write_package"]
