"""Ctrl-C while the program is being loaded ends it as quietly as later.

Once a command works, an interrupt unwinds it, so that files in the making are removed.
While modules are loaded there is nothing to be removed, and an interrupt that is raised
among them ends in a traceback, or is lost where Python calls back on its own.
"""

import os
import signal
from contextlib import suppress
from types import FrameType
from typing import Final, NoReturn

INTERRUPTED: Final = 130
"""The exit code."""

_SAID: Final = b"esfkit: interrupted\n"
_STDERR: Final = 2


def leave_at_once() -> None:
    """From now on let an interrupt end the process with one line and its exit code.

    Where interrupts are ignored, as in the background of a shell, they stay so.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)


def unwind_from_here() -> None:
    """From now on let an interrupt unwind the program, if it was to end it at once."""
    if signal.getsignal(signal.SIGINT) is _leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    with suppress(OSError):  # nobody reads it
        os.write(_STDERR, _SAID)
    os._exit(INTERRUPTED)
