"""Values that JSON has no form of its own for."""

from datetime import date
from decimal import Decimal


def json_value(value: object) -> str:
    """Return a date or a decimal as text; what ``json.dumps`` calls for the unknown.

    Raises:
        TypeError: The value is something else.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no form in JSON")
