from pathlib import PurePosixPath, PureWindowsPath

import pytest

from esfkit.output.sarif_places import Places

ROOT = PurePosixPath("/home/tuva/arbete")


def told(*paths: str) -> list[str]:
    """Return base and URI of each path."""
    places = Places(paths, ROOT)
    return [":".join(reversed([*places.of(path).values()])) for path in paths]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("sidor/åäö.txt", "sidor/%C3%A5%C3%A4%C3%B6.txt"),
        ("./sidor/1.txt", "sidor/1.txt"),
        ("/home/tuva/arbete/sidor/1.txt", "sidor/1.txt"),
        ("s3://tuva@lager/1.txt", "s3://lager/1.txt"),
        ("https://exempel.se/1.txt?a=1", "https://exempel.se/1.txt?a=1"),
        ("/home/tuva/1.txt", "OUTSIDE:1.txt"),
        ("../1.txt", "OUTSIDE:1.txt"),
        ("../../../1.txt", "OUTSIDE:1.txt"),
        ("sidor/../1.txt", "1.txt"),
        ("C:\\Users\\tuva\\sidor\\1.txt", "OUTSIDE:1.txt"),
        ("\\\\lager\\tuva\\1.txt", "OUTSIDE:1.txt"),
        ("/1.txt", "OUTSIDE:1.txt"),
    ],
)
def test_no_folder_above_is_told(path: str, uri: str) -> None:
    assert told(path) == [uri]


def test_files_elsewhere_share_the_base_that_holds_them_all() -> None:
    assert told("/data/a/1.txt", "/data/a/b/2.txt", "/srv/3.txt") == [
        "OUTSIDE:1.txt",
        "OUTSIDE:b/2.txt",
        "OUTSIDE_2:3.txt",
    ]
    assert told("/home/bo/x/1.txt", "/home/bo/y/2.txt", "/home/eva/3.txt") == [
        "OUTSIDE:x/1.txt",
        "OUTSIDE:y/2.txt",
        "OUTSIDE_2:3.txt",
    ]
    assert told("/mnt/c/Users/bo/1.txt", "/mnt/c/Users/eva/2.txt") == [
        "OUTSIDE:1.txt",
        "OUTSIDE_2:2.txt",
    ]


def test_on_windows_the_folder_where_the_command_runs_is_taken_off() -> None:
    root = PureWindowsPath("C:\\Users\\tuva")

    places = Places(["C:\\Users\\tuva\\sidor\\1.txt"], root)

    assert places.of("C:\\Users\\tuva\\sidor\\1.txt") == {"uri": "sidor/1.txt"}
