import json
import pickle
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from esfkit.layouts.complaint import Complaint, told
from esfkit.layouts.folder import MOST_BYTES, MOST_FILES, look_at_folder, read_folder
from esfkit.layouts.layout import all_layouts
from esfkit.layouts.taught import NOTHING, Taught, in_force, teach
from esfkit.model.errors import BadRequest
from esfkit.vocabulary.labels import label_table

LAYOUT = {
    "name": "bank",
    "summary": "A bank.",
    "kind": "project",
    "style": "inline",
    "fields": ["project_number", "owner", "total_budget"],
    "signature": ["owner"],
}
LABELS = "field,language,label\nowner,sv,Huvudman\n"


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def toml(**changes: object) -> str:
    stated = {key: value for key, value in (LAYOUT | changes).items() if value is not None}
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in stated.items())


def complaints(folder: Path) -> list[tuple[str, int, str, str]]:
    return [
        (Path(each.file).name, each.line, each.key, each.said)
        for each in look_at_folder(folder).complaints
    ]


def test_a_folder_teaches_its_layouts_and_labels(tmp_path: Path) -> None:
    write(tmp_path, "bank.toml", toml())
    write(tmp_path, "labels.csv", LABELS)
    write(tmp_path, "README.md", "Not read.")

    taught = read_folder(tmp_path)

    assert [layout.name for layout in taught.layouts] == ["bank"]
    [row] = taught.rows["labels"]
    assert (row["field"], row["label"], row["section"]) == ("owner", "Huvudman", "")


def test_what_is_taught_is_in_force_until_something_else_is(tmp_path: Path) -> None:
    write(tmp_path, "bank.toml", toml())
    write(tmp_path, "labels.csv", LABELS)
    taught = read_folder(tmp_path)

    teach(taught)
    assert in_force() is taught
    assert "bank" in {layout.name for layout in all_layouts()}
    assert label_table().by_key["huvudman"].field == "owner"

    teach(NOTHING)
    assert "bank" not in {layout.name for layout in all_layouts()}
    assert "huvudman" not in label_table().by_key


def test_threads_that_teach_at_once_leave_one_folder_whole(tmp_path: Path) -> None:
    folders = []
    for name in ("bank", "register"):
        write(tmp_path / name, "x.toml", toml(name=name))
        write(tmp_path / name, "labels.csv", f"field,language,label\nowner,sv,Som {name}\n")
        folders.append(read_folder(tmp_path / name))

    for _ in range(20):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(teach, folders * 4))
        [layout] = in_force().layouts
        assert layout.name in {each.name for each in all_layouts()}
        assert f"som {layout.name}" in label_table().by_key


def test_one_thread_waits_until_another_has_taught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "labels.csv", LABELS)
    given = read_folder(tmp_path)
    other = given._replace(digest="another")
    inside: list[int] = []

    def add_rows(_: object) -> None:
        inside.append(1)
        sleep(0.05)
        inside.append(-1)

    monkeypatch.setattr("esfkit.layouts.taught.add_rows", add_rows)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(teach, (given, other)))

    assert inside == [1, -1, 1, -1]


def test_a_folder_without_layouts_and_rows_teaches_nothing(tmp_path: Path) -> None:
    assert read_folder(tmp_path) == NOTHING


def test_what_is_taught_can_be_sent_to_another_machine(tmp_path: Path) -> None:
    write(tmp_path, "bank.toml", toml())
    write(tmp_path, "labels.csv", LABELS)
    taught = read_folder(tmp_path)

    sent = pickle.loads(pickle.dumps(taught))  # noqa: S301 - our own bytes

    assert isinstance(sent, Taught)
    assert sent == taught


def test_the_digest_follows_what_is_said_and_not_how_it_is_written(tmp_path: Path) -> None:
    write(tmp_path, "bank.toml", toml())
    first = read_folder(tmp_path).digest
    write(tmp_path, "bank.toml", f"# A note.\n{toml()}")
    same = read_folder(tmp_path).digest
    write(tmp_path, "bank.toml", toml(minimum_labels=2))

    assert first == same
    assert read_folder(tmp_path).digest != first


def test_a_folder_that_is_not_there_is_a_bad_request(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="nowhere: There is no such folder"):
        read_folder(tmp_path / "nowhere")


def test_the_first_complaint_is_told_and_how_many_more(tmp_path: Path) -> None:
    write(tmp_path, "bank.toml", toml(style="inlin", kind="projet", foo=3))

    with pytest.raises(BadRequest) as refused:
        read_folder(tmp_path)

    assert str(refused.value).startswith(f"{tmp_path}/bank.toml:")
    assert str(refused.value).endswith("And 2 more: `esfkit layouts test` shows all.")


@pytest.mark.parametrize(
    ("changes", "line", "key", "said"),
    [
        ({"style": "inlin"}, 4, "style", "“inlin” is not a style. Did you mean 'inline'?"),
        ({"fild": 1}, 7, "fild", "“fild” is not a key of layouts. Did you mean 'fields'?"),
        ({"name": None}, 0, "name", "It is missing. Every layout states it."),
        ({"colon": "yess"}, 7, "colon", "“yess”: it must be true or false."),
        ({"minimum_labels": "x"}, 7, "minimum_labels", "“x”: it must be a whole number."),
        ({"fields": "owner"}, 5, "fields", "“owner”: it must be a list of words in brackets"),
        ({"name": "esf-call"}, 1, "name", "“esf-call” is taken by esfkit."),
        ({"name": "learn"}, 1, "name", "“learn” is taken by esfkit."),
        ({"name": "../x"}, 1, "name", "“../x”: it must be small letters, digits"),
        ({"style": "narrative"}, 4, "style", "“narrative” is not a style that can be taught."),
        ({"period": "2014"}, 7, "period", "“2014” is not a period."),
        ({"absent": ["owner"]}, 7, "absent", "“owner” stands in fields too."),
        ({"signature": ["title"]}, 6, "signature", "“title” does not stand in fields."),
        ({"sufficient": ["title"]}, 7, "sufficient", "“title” does not stand in fields."),
        ({"named_by": ["ownr"]}, 7, "named_by", "“ownr” is not a field."),
        ({"minimum_labels": 9}, 7, "minimum_labels", "minimum_labels is 9 but must be 2 to 3"),
        ({"signature": []}, 6, "signature", "minimum_signature is 1 but must be"),
    ],
)
def test_what_is_wrong_in_a_layout_is_told_with_its_line(
    tmp_path: Path, changes: dict[str, object], line: int, key: str, said: str
) -> None:
    write(tmp_path, "bank.toml", toml(**changes))

    [(_, at, of, words)] = complaints(tmp_path)

    assert (at, of) == (line, key)
    assert words.startswith(said)


def test_an_item_of_a_list_over_several_lines_is_found_in_its_own(tmp_path: Path) -> None:
    text = toml(fields=None) + 'fields = [\n  "owner",\n  "ownr",\n  "title",\n]\n'
    write(tmp_path, "bank.toml", text)

    [(_, line, key, said)] = complaints(tmp_path)

    assert (line, key) == (8, "fields")
    assert said == "“ownr” is not a field. Did you mean 'owner'?"


def test_brackets_quotes_and_line_ends_inside_of_words_end_no_statement(
    tmp_path: Path,
) -> None:
    summary = '"""A ] \\""" bank\n[rename]\n# ""]""""'
    text = toml(summary=None, fields=None, signature=None).replace("\n", "\r\n")
    text += f"summary = {summary} # [\nsignature = ['owner']\nfields = [ # ]\n"
    text += "'owner', \"project_number\",\n'ownr']\n"
    write(tmp_path, "bank.toml", text)

    assert [(line, key) for _, line, key, _ in complaints(tmp_path)] == [(10, "fields")]


def test_of_many_complaints_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    fields = [f"x{number}" for number in range(30)]
    write(tmp_path, "bank.toml", toml(fields=["owner", *fields]))

    met = complaints(tmp_path)

    assert [said.partition(" ")[0] for _, _, _, said in met[:20]] == [
        f"“{name}”" for name in fields[:20]
    ]
    assert met[20:] == [("bank.toml", 0, "", "And 10 more.")]


def test_each_statement_is_read_once_however_many_lines_and_complaints_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def loads(text: str) -> dict[str, object]:
        read.append(len(text))
        return really(text)

    really = tomllib.loads
    monkeypatch.setattr(tomllib, "loads", loads)
    listed = "".join(f'"x{number}",\n' for number in range(400))
    write(tmp_path, "bank.toml", toml(fields=None) + f"fields = [\n{listed}]\n")

    assert len(complaints(tmp_path)) == 21
    assert sum(read) <= 2 * (tmp_path / "bank.toml").stat().st_size


def test_a_field_renamed_to_none_there_is_is_found_below_its_heading(tmp_path: Path) -> None:
    write(tmp_path, "bank.toml", toml() + '\n[rename]\n# so\nowner = "titel"\n')

    [(_, line, key, said)] = complaints(tmp_path)

    assert (line, key) == (10, "rename")
    assert said == "“titel” is not a field. Did you mean 'title'?"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('name = "x"\nstyle = \n', 2, "This is no TOML: Invalid value."),
        ('name = "x', 1, "This is no TOML: "),
        ("x = " + "[" * 5000, 0, "Its lists are nested too deep."),
        ("\n" * 501, 0, "It has more than 500 lines."),
        ("x = " + "9" * 5000, 0, "A whole number is too long."),
        ("minimum_labels = 0x" + "F" * 5000, 0, "A whole number is too long."),
        ("# " + "å" * 16384, 0, "It is longer than 32768 bytes."),
    ],
)
def test_what_is_no_toml_is_told(tmp_path: Path, text: str, line: int, said: str) -> None:
    write(tmp_path, "bank.toml", text)

    [(_, at, _, words)] = complaints(tmp_path)

    assert at == line
    assert words.startswith(said)


@pytest.mark.parametrize(
    ("text", "line", "key", "said"),
    [
        ("field,language\n", 1, "label", "This column is missing;"),
        ("fild,language,label\n", 1, "fild", "“fild” is not a column of this table."),
        ("field,language,label\nownr,sv,Hej\n", 2, "field", "“ownr” is not a field."),
        ("field,language,label\nowner,fi,Hej\n", 2, "language", "“fi” is not known."),
        ("field,language,label\n\nowner,sv,Hej:\n", 3, "label", "“Hej:”: leave out the colon"),
        ("field,language,label\nowner,sv,1 kap\n", 2, "label", "“1 kap”: a label begins"),
        ("field,language,label\nowner,sv,\n", 2, "label", "“”: a label has 2 to 80 letters."),
        ('field,language,label\nowner,sv,"A\nb"\n', 2, "label", "“A b”: it holds line ends"),
        (
            "field,language,label\nowner,sv,Region\n",
            2,
            "label",
            "“Region” names region already in",
        ),
        (
            "field,language,label\nowner,sv,Hej\ntitle,sv,HEJ\n",
            *(3, "label", "“HEJ” names owner already in line 2."),
        ),
        ("field,language,label\nowner,sv\n", 2, "", "2 cells stand below 3 columns."),
        ('field,language,label\n"owner,sv,Hej\n', 2, "", "This is no CSV: "),
        (
            "field,language,label,section\nowner,sv,Hej,genric\n",
            *(2, "section", "“genric” is not a section"),
        ),
    ],
)
def test_what_is_wrong_in_labels_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, key: str, said: str
) -> None:
    write(tmp_path, "labels.csv", text)

    [(_, at, of, words)] = complaints(tmp_path)

    assert (at, of) == (line, key)
    assert words.startswith(said)


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("sections.csv", "role,language,heading\nprosa,sv,Om oss\n", "role"),
        ("sections.csv", "role,language,heading\nprose,xx,Om oss\n", "language"),
        ("sections.csv", "role,language,heading\nprose,sv,Om oss:\n", "heading"),
        ("chrome.csv", "match,words\nlines,Hem\n", "match"),
        ("chrome.csv", "match,words\nstart,H\n", "words"),
        ("chrome.csv", "match,words\nstart,Hem\0sida\n", "words"),
        ("chrome.csv", 'match,words\nline,"Hem\n\x1b[2J"\n', "words"),
        ("sure_words.csv", "words\nåtgärd\n", "words"),
        ("sure_words.csv", "words\nabc\n", "words"),
    ],
)
def test_the_other_tables_are_looked_at_too(
    tmp_path: Path, name: str, text: str, key: str
) -> None:
    write(tmp_path, name, text)

    [(file, line, of, _)] = complaints(tmp_path)

    assert (file, line, of) == (name, 2, key)


def test_a_column_may_stand_only_once(tmp_path: Path) -> None:
    write(tmp_path, "chrome.csv", "match,words,words\nline,Hem,Start\n")

    assert complaints(tmp_path) == [
        ("chrome.csv", 1, "words", "This column stands twice. Take one of them away.")
    ]


def test_rows_may_be_divided_by_semicolons_and_end_as_windows_ends_them(
    tmp_path: Path,
) -> None:
    write(tmp_path, "labels.csv", "\ufefffield;language;label\r\nowner;sv;Huvudman\r\n")

    assert [row["label"] for row in read_folder(tmp_path).rows["labels"]] == ["Huvudman"]


def test_a_label_that_esfkit_has_already_adds_nothing(tmp_path: Path) -> None:
    write(tmp_path, "labels.csv", "field,language,label\nregion,sv,Region\n")

    assert read_folder(tmp_path) == NOTHING


def test_a_table_of_another_name_is_told_and_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "label.csv", LABELS)

    [(_, _, _, said)] = complaints(tmp_path)

    assert said.startswith(
        "“label.csv” is not a table that can be taught. Did you mean 'labels.csv'?"
    )


def test_two_layouts_may_not_have_one_name(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", toml())
    write(tmp_path, "b.toml", toml())

    [(file, _, key, said)] = complaints(tmp_path)

    assert (file, key) == ("b.toml", "name")
    assert "a.toml too" in said


def test_files_that_are_too_long_too_many_or_not_utf_8_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "labels.csv", "x" * (MOST_BYTES + 1))
    (tmp_path / "a.toml").write_bytes(b'name = "x"\nsummary = "\xe5"\n')
    (tmp_path / "b.toml").mkdir()
    assert [(file, line) for file, line, _, _ in complaints(tmp_path)] == [
        *[("a.toml", 2), ("b.toml", 0), ("labels.csv", 0)],
    ]

    many = tmp_path / "many"
    for number in range(MOST_FILES + 1):
        write(many, f"{number}.toml", toml(name=f"bank-{number}"))
    assert [said for _, _, _, said in complaints(many)] == [
        f"There are {MOST_FILES + 1} files of layouts; at most {MOST_FILES} are read."
    ]


def test_a_complaint_is_told_on_one_line() -> None:
    assert told(Complaint("a.toml", 3, "style", "No.")) == "a.toml:3: style: No."
    assert told(Complaint("a.toml", 0, "", "No.")) == "a.toml: No."


def test_nothing_in_a_folder_is_run(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    write(tmp_path, "esfkit.py", f"open({str(mark)!r}, 'w')")
    write(tmp_path, "labels.csv", "field,language,label\nowner,sv,(Hej|Region).*\n")

    assert [key for _, _, key, _ in complaints(tmp_path)] == ["label"]
    write(tmp_path, "labels.csv", "field,language,label\nowner,sv,Hej (a|b)*+\n")
    teach(read_folder(tmp_path))
    assert "hej (a|b)*+" in label_table().by_key
    assert not mark.exists()
    teach(NOTHING)
