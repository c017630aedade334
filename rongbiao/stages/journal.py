"""The journal as a chain: read out by one plain query, so that a copy is read as the original is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from rongbiao.texts.chains import Fault, Linked, check

STRETCH = 5000
ROWS = """
SELECT e.seq, c.number, e.at, e.day, e.actor_id, e.stage_key, e.action_key, e.answers, a.seq,
       e.receipt, e.sealed, e.before, e.digest, p.salt, p.words
FROM cases_entry e
JOIN cases_case c ON c.id = e.case_id
LEFT JOIN cases_entry a ON a.id = e.about_id
LEFT JOIN cases_personal p ON p.entry_id = e.id
WHERE e.demonstration = {world}
ORDER BY e.seq
"""


def linked(cursor: Any = None, *, demonstration: bool = False) -> Iterator[Linked]:
    """Yield the entries of a chain in order, by a cursor on this database or on a copy."""
    ours = cursor is None
    cursor = connection.cursor() if ours else cursor
    world = str(demonstration).upper() if ours and connection.vendor != "sqlite" else demonstration
    cursor.execute(ROWS.format(world=world if isinstance(world, str) else int(world)))
    while rows := cursor.fetchmany(STRETCH):
        for row in rows:
            yield _one(*row)


def _one(
    seq: int, case: str, at: Any, day: Any, actor: int | None, stage: str, action: str,
    answers: str, about: int | None, receipt: str | None, sealed: str, before: str, digest: str,
    salt: str | None, words: str | None,
) -> Linked:  # fmt: skip
    said = {
        "seq": seq,
        "case": case,
        "at": _moment(at).isoformat(),
        "day": str(day) if isinstance(day, (str, date)) else str(day.date()),
        "actor": actor,
        "stage": stage,
        "action": action,
        "answers": json.loads(answers),
        "about": about,
        "receipt": receipt,
        "sealed": sealed,
    }
    kept = json.loads(words) if words is not None else None
    return Linked(seq, said, before, digest, sealed, salt or "", kept)


def _moment(at: Any) -> datetime:
    """Return a moment in UTC, as a database or a copy of one gives it."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def faults(
    known: Mapping[int, str] | None = None, cursor: Any = None, *, demonstration: bool = False
) -> Iterator[Fault]:
    """Yield what is wrong with a chain, against checkpoints kept elsewhere if there are some."""
    return check(linked(cursor, demonstration=demonstration), known)
