from datetime import date
from decimal import Decimal

import pytest

from esfkit.dataset.plain import json_value


def test_only_dates_and_decimals_have_a_form_in_json() -> None:
    assert json_value(date(2016, 9, 1)) == "2016-09-01"
    assert json_value(Decimal("1E+3")) == "1000"
    with pytest.raises(TypeError):
        json_value(object())
