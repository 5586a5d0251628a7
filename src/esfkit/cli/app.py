"""All commands, in the order in which one meets them."""

import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from types import ModuleType
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from esfkit.cli.commands import (
    check,
    codes,
    config,
    coverage,
    diff,
    explain,
    export,
    golden,
    help_,
    ingest,
    labels,
    layouts,
    list_,
    merge,
    pivot,
    receipts,
    reconcile,
    redact,
    schema,
    show,
    summary,
    timeline,
)
from esfkit.cli.exits import leave_after
from esfkit.cli.teaching.option import with_layouts
from esfkit.cli.version import print_version

_NAME: Final = "esfkit"
_COMMANDS: Final[Mapping[str, Mapping[str, ModuleType]]] = {
    "Texts to records": {"ingest": ingest, "explain": explain, "receipts": receipts},
    "Records to figures": {
        "summary": summary,
        "pivot": pivot,
        "timeline": timeline,
        "list": list_,
        "show": show,
        "check": check,
        "merge": merge,
        "diff": diff,
        "reconcile": reconcile,
        "coverage": coverage,
        "export": export,
        "redact": redact,
    },
    "What esfkit knows": {
        "layouts": layouts,
        "labels": labels,
        "codes": codes,
        "config": config,
        "schema": schema,
        "help": help_,
    },
    "For those who extend it": {"golden": golden},
}

_WITHOUT_TEXTS: Final = frozenset({"receipts", "codes", "config", "schema", "help"})
"""The commands that read no texts; all others take ``--layouts``."""


class _Grouped(TyperGroup):
    """The program, whose help lists the commands in groups without loading rich."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # type: ignore[explicit-override]  # noqa: ANN401, ARG002 - typing.override came with 3.12; typer moved these types between versions
        room = formatter.width - 6 - max(map(len, self.commands))
        for group, members in _COMMANDS.items():
            rows = [(name, self.commands[name].get_short_help_str(room)) for name in members]
            with formatter.section(group):
                formatter.write_dl(rows)


program = typer.Typer(
    name=_NAME,
    cls=_Grouped,
    help="""Swedish texts about European Social Fund projects in, figures that can be
    defended out.

    \b
      esfkit ingest pages/ -o projects.parquet
      esfkit summary projects.parquet --by programme_period,region
      esfkit explain pages/one-page.txt

    Results go to standard output, everything else to standard error. Exit codes:
    0 done, 1 what --fail-on and its like ask about is so, 2 bad request,
    3 input refused, 4 output not written, 130 interrupted, 141 the reader of the pipe
    went away, 143 terminated.
    """,
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=False,  # typer's cuts words where the shells do not; ours is in completing/
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print_version()
        raise typer.Exit


def _print_script(shell: str | None) -> None:
    if shell is not None:
        from esfkit.cli.completing.answer import script_of

        sys.stdout.write(script_of(shell))
        raise typer.Exit


@program.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback does all there is to do
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    completion: Annotated[  # noqa: ARG001 - as above
        str | None,
        typer.Option(
            "--completion",
            metavar="SHELL",
            callback=_print_script,
            is_eager=True,
            show_default=False,
            help="Print what makes bash, zsh or fish complete words; see `esfkit help "
            "completion`.",
        ),
    ] = None,
) -> None:
    if context.invoked_subcommand is None:
        sys.stdout.write(f"{context.get_help()}\n")


for _members in _COMMANDS.values():
    for _name, _module in _members.items():
        _examples = "\b\nExamples:\n" + "\n".join(f"  {line}" for line in _module.EXAMPLES)
        _command = _module.command if _name in _WITHOUT_TEXTS else with_layouts(_module.command)
        program.command(_name, epilog=_examples)(_command)


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that the arguments ask for, and leave with its exit code."""
    leave_after(partial(_invoke, sys.argv[1:] if arguments is None else arguments))


def _invoke(arguments: Sequence[str]) -> object:
    command = typer.main.get_command(program)
    if os.environ.get("_ESFKIT_COMPLETE"):  # the shell asks what may come next
        from esfkit.cli.completing.answer import answer

        return answer(command, arguments)
    # Not command.main(): it has exit codes of its own for a pipe that closed.
    with command.make_context(_NAME, list(arguments)) as context:
        return command.invoke(context)
