import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from esfkit.cli import app, exits
from esfkit.cli.records.exporting import OFFICIAL_LISTS, PACKAGE
from esfkit.cli.topics import all_topics, topic_named, topic_names
from esfkit.cli.words import KEYS, MEASURES, STATISTICS
from esfkit.output.writers import WRITERS
from esfkit.vocabulary.rates import annual_rates
from programs import Invoke, Run

EXAMPLES = Path(__file__).parents[3] / "examples"
EXIT_CODE = re.compile(r"# exit code ([0-9]+)\Z")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which somebody tries the examples out."""
    here = tmp_path_factory.mktemp("examples")
    shutil.copytree(EXAMPLES, here / "examples")
    ingest = [sys.executable, "-m", "esfkit", "ingest", "examples", "-o", "projects.parquet"]
    subprocess.run([*ingest, "--quiet"], cwd=here, check=True)
    return here


def examples_of(topic: str) -> list[str]:
    """The commands of a topic; the overview of the topics for an empty name."""
    found = topic_named(topic)
    lines = found.text.splitlines() if found else []
    return [line.strip().removeprefix("$ ") for line in lines if line.startswith("  $ ")]


def stated_code(example: str) -> int:
    found = EXIT_CODE.search(example)
    return int(found[1]) if found else 0


def code_of(example: str, folder: Path) -> int:
    """The exit code of a command; one with a pipe runs in a shell."""
    if "|" in example:
        shell = f'esfkit() {{ {shlex.quote(sys.executable)} -m esfkit "$@"; }}; {example}'
        command = ["bash", "-o", "pipefail", "-c", shell]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode
    words = shlex.split(example, comments=True)
    with pytest.raises(SystemExit) as left:
        app.run(words[1:])
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize("topic", topic_names())
def test_the_examples_of_a_topic_end_as_they_say(
    topic: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = examples_of(topic)
    if any("|" in each for each in examples) and shutil.which("bash") is None:
        pytest.skip("a pipe takes a shell")
    monkeypatch.chdir(folder)

    codes = {each: code_of(each, folder) for each in examples}

    assert codes == {each: stated_code(each) for each in examples}
    assert examples


def test_the_python_of_its_topic_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = topic_named("python")
    assert topic is not None
    lines = [line[2:] for line in topic.text.splitlines() if line.startswith("  ")]
    code = "\n".join(line for line in lines if not line.startswith("$"))
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}

    exec(compile(code, "topic", "exec"), names)  # noqa: S102 - what the topic shows

    assert {"frame", "found", "table"} <= names.keys()


@pytest.mark.parametrize("topic", all_topics(), ids=topic_names())
def test_a_topic_fits_eighty_columns(topic: object, invoke: Invoke) -> None:
    shown = invoke("help", getattr(topic, "name", "")).stdout

    assert max(map(len, shown.splitlines())) <= 80
    assert "{" not in shown


def test_without_a_topic_all_are_named_with_what_they_are_about(invoke: Invoke) -> None:
    shown = invoke("help").stdout

    assert [f"  {each.name:15}{each.title}" in shown for each in all_topics()] == [True] * len(
        topic_names()
    )
    assert max(map(len, shown.splitlines())) <= 80


def test_every_file_of_a_topic_is_listed() -> None:
    folder = Path(app.__file__).parent / "topics"

    assert sorted(topic_names()) == sorted(path.stem for path in folder.glob("*.txt"))


def test_no_word_leads_to_two_topics_nor_hides_a_command() -> None:
    words = [word for topic in all_topics() for word in (topic.name, *topic.also)]
    commands = {name for members in app._COMMANDS.values() for name in members}  # noqa: SLF001

    assert sorted(words) == sorted(set(words))
    assert {topic.name for topic in all_topics()}.isdisjoint(commands)


def test_all_keys_measures_and_statistics_are_explained(invoke: Invoke) -> None:
    keys, measures = invoke("help", "by").stdout, invoke("help", "measures").stdout

    assert [key for key in KEYS if f"\n  {key} " not in keys] == []
    assert [word for word in MEASURES if f"\n  {word} " not in measures] == []
    assert [word for word in STATISTICS if f"\n  .{word} " not in measures] == []
    assert "  region               Region. One of the eight ESF regions" in keys


def test_all_formats_lists_and_exit_codes_are_explained(invoke: Invoke) -> None:
    formats, lists = invoke("help", "formats").stdout, invoke("help", "lists").stdout
    codes = invoke("help", "exit-codes").stdout
    known = [value for name, value in vars(exits).items() if name.isupper() and name[0] != "_"]

    assert [each.name for each in WRITERS if f"\n  {each.name} " not in formats] == []
    assert [name for name in (*OFFICIAL_LISTS, PACKAGE) if f"\n  {name} " not in lists] == []
    assert [code for code in known if f"\n  {code:3}   " not in codes] == []
    assert len(known) >= 9


def test_the_years_of_the_rates_are_those_there_are(invoke: Invoke) -> None:
    years = [*annual_rates()]

    assert f"{years[0]} to {years[-1]}" in invoke("help", "money").stdout


@pytest.mark.parametrize("word", ["where", "WHERE", "filter", "--where"])
def test_a_topic_is_found_by_other_words_too(word: str, invoke: Invoke) -> None:
    assert invoke("help", "--", word).stdout.startswith("WHERE: which records take part")


def test_a_mistaken_name_is_answered_with_the_nearest(run: Run) -> None:
    done = run("help", "mesures")

    assert done.returncode == 2
    assert b"Did you mean measures" in done.stderr


def test_a_mistaken_other_word_is_answered_too(run: Run) -> None:
    assert b"Did you mean inflation?" in run("help", "inflatoin").stderr


def test_help_on_a_command_is_its_own(invoke: Invoke) -> None:
    shown = invoke("help", "summary").stdout

    assert shown.startswith("Usage: esfkit summary [OPTIONS] [DATA]...")
    assert "--require-coverage" in shown
