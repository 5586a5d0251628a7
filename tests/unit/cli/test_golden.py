import json
from pathlib import Path
from typing import Any

import pytest

from esfkit.cli.expected import Verdict, expected_path, hash_of, judge
from esfkit.cli.goldens import documents
from esfkit.model.errors import InputRefused
from programs import Invoke, Run


@pytest.fixture
def checked(page: Path, invoke: Invoke) -> Path:
    """A page with its expected file."""
    assert invoke("golden", "--write", page).exit_code == 0
    return page


def expected(page: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(expected_path(page).read_text(encoding="utf-8"))
    return content


def test_making_and_only_checking_exclude_each_other(run: Run, tmp_path: Path) -> None:
    assert run("golden", tmp_path, "--write", "--check").returncode == 2


def test_an_expected_file_holds_the_record_without_its_source(checked: Path) -> None:
    text = expected_path(checked).read_text(encoding="utf-8")
    content = expected(checked)
    [record] = content["records"]

    assert text.endswith("}\n")
    assert text.startswith('{\n "hash": "sha256:')
    assert "Nya vägar" in text
    assert record["esf_support_sek"] == 3_350_000
    assert not [name for name in record if name.startswith("source_")]
    assert not [name for name, value in record.items() if value in (None, [])]
    assert content.pop("hash") == hash_of(content)


def test_what_was_written_passes(checked: Path, invoke: Invoke) -> None:
    done = invoke("golden", checked.parent)

    assert (done.exit_code, done.stdout) == (0, "1 passed\n")


def test_a_missing_expected_file_fails(page: Path, run: Run) -> None:
    done = run("golden", page)

    assert done.returncode == 1
    assert b"page.txt: expected file missing" in done.stdout


def test_a_difference_is_shown_field_by_field(checked: Path, run: Run) -> None:
    text = checked.read_text(encoding="utf-8").replace("120", "130")
    checked.write_text(text, "utf-8")

    done = run("golden", checked)

    assert done.returncode == 1
    assert b"page.txt: differs" in done.stdout
    assert "record 1, planned_participants: 120 → 130" in done.stdout.decode()
    assert "record 1, provenance[" in done.stdout.decode()


def test_a_document_that_should_have_been_recognised_is_told(checked: Path, run: Run) -> None:
    checked.write_text("Bara prosa.\n", "utf-8")

    done = run("golden", checked)

    assert done.returncode == 1
    assert b"should have been recognised" in done.stdout
    assert "record 1: esf:2016/00999 Nya vägar i Arvika → (nothing)" in done.stdout.decode()


def test_a_record_too_many_differs(checked: Path) -> None:
    text = checked.read_text(encoding="utf-8")
    checked.write_text(text + "\n" + text.replace("00999", "00998"), "utf-8")

    assert judge(checked).verdict is Verdict.DIFFERS


def test_an_edit_by_hand_is_noticed(checked: Path, run: Run) -> None:
    path = expected_path(checked)
    path.write_text(path.read_text(encoding="utf-8").replace(": 120", ": 121"), "utf-8")

    done = run("golden", checked)

    assert done.returncode == 1
    assert b"edited by hand" in done.stdout


@pytest.mark.parametrize("text", ["[]", "{}", '{"hash": "x", "records": []}'])
def test_a_file_of_another_shape_was_edited(text: str, checked: Path) -> None:
    expected_path(checked).write_text(text, "utf-8")

    assert judge(checked).verdict is Verdict.EDITED


def test_a_broken_expected_file_is_refused(checked: Path, run: Run) -> None:
    expected_path(checked).write_text("{", "utf-8")

    assert run("golden", checked).returncode == 3


def test_nothing_is_overwritten_without_force(checked: Path, run: Run) -> None:
    before = expected_path(checked).read_bytes()
    checked.write_text(checked.read_text(encoding="utf-8").replace("120", "130"), "utf-8")

    assert run("golden", "--write", checked).returncode == 1
    assert expected_path(checked).read_bytes() == before

    done = run("golden", "--write", "--force", checked)
    assert (done.returncode, done.stdout) == (
        0, f"{checked}: written\n1 written\n".encode(),
    )  # fmt: skip
    assert run("golden", checked).returncode == 0


def test_what_is_as_expected_is_not_written_again(checked: Path, invoke: Invoke) -> None:
    assert invoke("golden", "--write", checked).stdout == "1 passed\n"


def test_force_is_for_writing(run: Run, page: Path) -> None:
    assert run("golden", "--force", page).returncode == 2


@pytest.mark.parametrize(
    ("content", "reason"), [("Prosa om livet.\n", "no_labels"), ("", "document_empty")]
)
def test_a_page_without_record_has_a_reason(
    content: str, reason: str, tmp_path: Path, invoke: Invoke
) -> None:
    page = tmp_path / "none.txt"
    page.write_text(content, "utf-8")
    invoke("golden", "--write", page)

    assert expected(page)["records"] == []
    assert expected(page)["reason"] == reason
    page.write_text("" if content else "Prosa.", "utf-8")
    [difference] = judge(page).differences
    assert difference.startswith(f'reason: "{reason}" → ')


def test_documents_are_files_named_and_texts_in_folders(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.html", "a.expected.json"):
        (tmp_path / name).write_text("", "utf-8")

    found = documents([str(tmp_path), str(tmp_path / "c.html"), str(tmp_path / "a.txt")])

    assert [path.name for path in found] == ["a.txt", "b.txt", "c.html"]


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_no_document_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputRefused):
        documents([name])
