"""Whatever happens → an exit code and at most one line on stderr; never a traceback.

====  ==========================================================================
0     done
1     done, but findings reached ``--fail-on``, or an expected file differs
2     bad request
3     input refused
4     output could not be written; the old file is untouched
70    a fault of esfkit itself
130   interrupted
141   whoever read the output went away (silent: that is how ``| head`` ends)
143   terminated
====  ==========================================================================
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType
from typing import Final, NoReturn, TextIO

from esfkit.cli.interrupting import INTERRUPTED, unwind_from_here
from esfkit.cli.notes import say
from esfkit.model.errors import BadRequest, EsfkitError, InputRefused, OutputFailed

DONE: Final = 0
FINDINGS: Final = 1
BAD_REQUEST: Final = 2
INPUT_REFUSED: Final = 3
OUTPUT_FAILED: Final = 4
OUR_FAULT: Final = 70
READER_GONE: Final = 141
TERMINATED: Final = 143

_CODES: Final[dict[type[EsfkitError], int]] = {
    BadRequest: BAD_REQUEST,
    InputRefused: INPUT_REFUSED,
    OutputFailed: OUTPUT_FAILED,
}
_LARGEST_STREAM: Final = 2


class Terminated(BaseException):
    """The process was asked to end by SIGTERM; unwinds like ``KeyboardInterrupt``."""


def leave_after(action: Callable[[], object]) -> NoReturn:
    """Do something, flush what it printed, and end the process with the exit code."""
    with _standing_streams(), _terminable():
        code = code_of(partial(_unwinding, action))
    if code == INTERRUPTED:
        # All is unwound and printed. Python itself would end by the signal if it once met
        # the interrupt in code made at run time, and listen for a second one meanwhile.
        os._exit(code)
    sys.exit(code)


def _unwinding(action: Callable[[], object]) -> object:
    unwind_from_here()
    return action()


def code_of(action: Callable[[], object]) -> int:
    """Do something and return its exit code; a whole number that it returns is one."""
    try:
        result = action()
    except BaseException as error:  # noqa: BLE001 - the one place where everything ends
        return _flushed(_code_of_error(error))
    if result == INTERRUPTED:  # typer turns the exception into a code
        say("interrupted")
    return _flushed(result if isinstance(result, int) else DONE)


def _flushed(code: int) -> int:
    """Return the code, or that of a failure to print what is left to print."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError) as error:
        failed = _code_of_error(error)
        _let_go_of_stdout()
        return code or failed
    return code


def _code_of_error(error: BaseException) -> int:
    """Return the exit code of what was raised, after saying what it was."""
    if isinstance(error, BrokenPipeError):
        return READER_GONE
    if isinstance(error, KeyboardInterrupt):
        say("interrupted")
        return INTERRUPTED
    if isinstance(error, Terminated):
        say("terminated")
        return TERMINATED
    if isinstance(error, EsfkitError):
        say(str(error))
        return _CODES.get(type(error), BAD_REQUEST)
    return _code_of_foreign(error)


def _code_of_foreign(error: BaseException) -> int:
    """Return the exit code of an error that is not of our own making."""
    wrong_use = getattr(error, "format_message", None)
    if callable(wrong_use):  # typer's own; its class moved between versions
        say(_with_help(str(wrong_use()), getattr(error, "ctx", None)))
        return BAD_REQUEST
    if isinstance(error, SystemExit) or hasattr(error, "exit_code"):
        code = getattr(error, "exit_code", None) or getattr(error, "code", DONE)
        return code if isinstance(code, int) else DONE
    if isinstance(error, OSError):
        say(f"{error.filename or 'standard output'}: {error.strerror or error}")
        return OUTPUT_FAILED
    say(
        f"This should not have happened ({type(error).__name__}: {error}). "
        "Please report it together with the command."
    )
    return OUR_FAULT


def _with_help(message: str, context: object) -> str:
    command = getattr(context, "command_path", "esfkit")
    end = "" if message.endswith(("?", "!")) else "."
    return f"{message.rstrip('.')}{end} See `{command} --help`."


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM unwind the program, so that files in the making are removed."""

    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        raise Terminated

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def let_interrupt_reading() -> None:
    """Let Ctrl-C end a wait for input.

    polars, once loaded, has the system take up an interrupted wait again, so that
    Python does not hear of the interrupt before the next byte comes.
    """
    if hasattr(signal, "siginterrupt"):  # not on Windows
        signal.siginterrupt(signal.SIGINT, True)


# --- streams ----------------------------------------------------------------------------


@contextmanager
def _standing_streams() -> Iterator[None]:
    """Make sure that there are three streams, and that all of them can print anything.

    A closed one is replaced: else the next file to be opened would take its number,
    and messages would go into that file. A closed stdout is a reader that went away.
    """
    _fill_closed_descriptors()
    if sys.stdout is None:
        sys.stdout = _nobody_reads()
    if sys.stderr is None:
        sys.stderr = _discarding()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    yield


def _fill_closed_descriptors() -> None:
    for number in range(_LARGEST_STREAM + 1):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _nobody_reads() -> TextIO:
    """Return a stream that fails as a pipe does whose reader went away."""
    read, write = os.pipe()
    os.close(read)
    return os.fdopen(write, "w", encoding="utf-8")


def _discarding() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - stays open to the end


def _let_go_of_stdout() -> None:
    """Point stdout nowhere, so that Python's own flush at the end cannot fail again."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
