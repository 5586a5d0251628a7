"""``esfkit help``: what stands behind several commands, with examples."""

from typing import Annotated, Any, Final

import typer

from esfkit.cli.screen import print_text
from esfkit.cli.topics import all_topics, topic_named
from esfkit.model.errors import BadRequest

Subject = Annotated[
    str | None,
    typer.Argument(
        metavar="[TOPIC]",
        show_default=False,
        help="A topic, or a command; without it the topics are named.",
    ),
]

EXAMPLES: Final = (
    "esfkit help",
    "esfkit help where",
    "esfkit help measures",
)
"""Shown below the help."""


def command(context: typer.Context, subject: Subject = None) -> None:
    """Explain a topic, such as conditions or money, with examples."""
    commands = _commands_of(context)
    if subject is None:
        print_text(_overview())
    elif subject in commands:
        print_text(f"{_help_of(context, subject, commands[subject])}\n")
    elif topic := topic_named(subject):
        print_text(f"{topic.name.upper()}: {topic.title}\n\n{topic.text}\n")
    else:
        raise _unknown(subject, commands)


def _commands_of(context: typer.Context) -> dict[str, Any]:
    program: Any = context.parent.command if context.parent else None
    return dict(program.commands) if program else {}


def _help_of(context: typer.Context, name: str, asked: Any) -> str:  # noqa: ANN401 - typer moved the type between versions
    inner = type(context)(asked, info_name=name, parent=context.parent)
    return str(asked.get_help(inner))


def _overview() -> str:
    rows = [f"  {topic.name:15}{topic.title}" for topic in all_topics()]
    return "\n".join(
        (
            "Topics:",
            *rows,
            "",
            "`esfkit help TOPIC` explains one, `esfkit COMMAND --help` a command.",
            "The examples ask a dataset such as this one writes, where esfkit's sources lie:",
            "",
            "  $ esfkit ingest examples -o projects.parquet",
            "",
        )
    )


def _unknown(subject: str, commands: dict[str, Any]) -> BadRequest:
    from esfkit.dataset.columns import did_you_mean

    topics = [topic.name for topic in all_topics()]
    others = [word for topic in all_topics() for word in topic.also]
    hint = did_you_mean(subject, [*topics, *commands]) or did_you_mean(subject, others)
    return BadRequest(f"There is no help on {subject!r}. {hint}Topics: {', '.join(topics)}.")
