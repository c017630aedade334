"""``rongbiao citing --follow``: works off the citation checks that wait, and removes what had its time."""

import argparse
import os
import signal
import time
from typing import NoReturn

from django.db import DatabaseError, close_old_connections

from rongbiao.exchange.citing import working
from rongbiao.exchange.loading import apart
from rongbiao.shell.beside import keeper

PAUSE = 0.3  # seconds between two looks for what waits
SWEPT = 20.0  # seconds between two looks for what had its time


def run(asked: argparse.Namespace) -> int:
    """Work off what waits; with ``--follow`` stay and go on as it comes."""
    if asked.follow:
        follow()
    with working.at_work() as alone:
        while alone and working.step_all():
            pass
    working.tidy()
    return 0


def follow() -> NoReturn:
    """Work off what comes, until told to stop; one process at a time does."""
    apart.end_with(keeper())
    signal.signal(
        signal.SIGTERM, lambda number, frame: os._exit(0)
    )  # what is begun is taken up again
    swept = 0.0
    while True:
        with working.at_work() as alone:
            try:
                busy = alone and working.step_all()
            except DatabaseError:
                busy = False
        if time.monotonic() - swept > SWEPT:
            working.tidy()
            swept = time.monotonic()
        close_old_connections()
        if not busy:
            time.sleep(PAUSE)
