"""The console command ``rongbiao``: the same work as the pages, for scripts and for the office's own machines."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from rongbiao.shell.complaint import Complaint, stopped_by
from rongbiao.shell.words_of_command import parser

# These need no database: they start at once and run anywhere.
PLAIN = {"document", "draw", "number", "policy", "rank"}


def run(arguments: list[str] | None = None) -> int:
    """Carry out one command line; return its exit status. Raises Complaint for bad usage."""
    asked = parser().parse_args(arguments)
    if asked.command in PLAIN:
        return import_module(f"rongbiao.shell.{asked.command}").run(asked)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongbiao.settings")
    import django

    django.setup()
    troubles = import_module("rongbiao.shell.troubles")  # it knows the database
    with troubles.told_in_a_sentence():
        troubles.judge_foundation(asked)
        return import_module(f"rongbiao.shell.{asked.command}").run(asked)


def main() -> None:
    """Run the command line and leave; bad usage, bad input and a machine that fails end with 2."""
    try:
        status = run()
    except Complaint as complaint:
        print(f"rongbiao：{complaint}", file=sys.stderr)
        status = 2
    except BrokenPipeError:  # the reader of our output has gone: nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as bad:  # a full or failing disk, a folder of somebody else's
        print(f"rongbiao：{stopped_by(bad)}", file=sys.stderr)
        status = 2
    except KeyboardInterrupt:
        print("\nrongbiao：已停止。", file=sys.stderr)
        status = 130
    sys.exit(status)
