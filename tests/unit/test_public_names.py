import ast
import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import esfkit


def test_the_public_names_are_sorted_and_stand_once() -> None:
    assert esfkit.__all__ == sorted(set(esfkit.__all__))


@pytest.mark.parametrize("name", esfkit.__all__)
def test_each_public_name_is_there(name: str) -> None:
    assert getattr(esfkit, name) is not None


@pytest.mark.parametrize("name", [one for one in esfkit.__all__ if one != "__version__"])
def test_each_public_name_is_the_thing_of_that_name_in_its_home(name: str) -> None:
    value = getattr(esfkit, name)

    assert value.__name__ == name
    assert value.__module__.startswith("esfkit.")
    assert getattr(sys.modules[value.__module__], name) is value


def test_dir_tells_the_public_names_and_nothing_more() -> None:
    assert dir(esfkit) == esfkit.__all__


def test_star_gives_the_public_names_and_nothing_more() -> None:
    given: dict[str, object] = {}
    exec("from esfkit import *", given)  # noqa: S102 - what a user may write

    assert sorted(given.keys() - {"__builtins__"}) == esfkit.__all__


def test_nothing_else_is_defined_without_an_underscore() -> None:
    source = ast.parse(Path(str(esfkit.__file__)).read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name
        for node in source.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    defined = {node.name for node in source.body if isinstance(node, ast.FunctionDef)}

    assert imported == {"import_module", "Any"}
    assert defined == {"__getattr__", "__dir__"}


@pytest.mark.parametrize("name", ["parsa", "Problem_", "_nothing"])
def test_an_unknown_name_is_an_attribute_error_that_names_it(name: str) -> None:
    with pytest.raises(AttributeError, match=rf"module 'esfkit' has no attribute '{name}'"):
        getattr(esfkit, name)


def test_a_name_is_imported_when_it_is_first_asked_for() -> None:
    code = (
        "import sys, esfkit;"
        "assert 'esfkit.pipeline' not in sys.modules;"
        "assert 'pydantic' not in sys.modules;"
        "esfkit.parse;"
        "assert 'esfkit.pipeline' in sys.modules;"
        "assert 'polars' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_name_once_asked_for_is_kept() -> None:
    assert esfkit.parse is esfkit.parse
    assert "parse" in vars(esfkit)


def test_the_example_of_the_docstring_runs() -> None:
    results = doctest.testmod(esfkit)

    assert results.attempted >= 3
    assert results.failed == 0
