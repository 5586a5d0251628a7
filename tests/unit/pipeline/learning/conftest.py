from collections.abc import Iterator

import pytest

from esfkit.layouts.taught import NOTHING, teach


@pytest.fixture(autouse=True)
def untaught() -> Iterator[None]:
    """Nothing is taught before a test nor after it."""
    teach(NOTHING)
    yield
    teach(NOTHING)
