"""The engine in PostgreSQL: bigrams in a ``text[]`` under a GIN index, in a table of its own.

The table is derived from the register and made by ``rebuild``, never by a migration: on
SQLite there is none. Several machines share it, which the embedded index cannot. Words
sort by two tiers (titles that begin with them, the rest) in the fixed order of editions;
how often a word stands in a text does not weigh.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from rongbiao.standards.search import generations, rows
from rongbiao.standards.search.answering import Engine
from rongbiao.standards.search.entry import EDGES, entry
from rongbiao.standards.search.finding import Asked, Found
from rongbiao.standards.search.query import COUNTED, Difference, Order, Told
from rongbiao.standards.search.typed import Phrase, slips
from rongbiao.texts.folding import unit_of

TABLE = "standards_search"
STATE = "standards_search_state"
COLUMNS = "pk, tokens, chained, marks, counted, rank, newest, number, stamp"
MADE = f"""
create table {{table}} (
    pk bigint not null, tokens text[] not null, chained text not null, marks text[] not null,
    counted text[] not null, rank bigint not null, newest bigint not null, number bigint not null,
    stamp bigint not null
);
create table if not exists {STATE} (made_by text not null, generation bigint not null);
"""
INDEXED = """
alter table {table} add primary key (pk);
create index on {table} using gin (tokens);
create index on {table} using gin (marks);
create index on {table} (rank desc, pk desc);
create index on {table} (newest desc, pk desc);
create index on {table} (number, pk);
analyze {table};
"""
ORDERS = {
    Order.RELEVANCE: "rank desc, pk desc",
    Order.NEWEST: "newest desc, pk desc",
    Order.NUMBER: "number, pk",
}
LOOKED = 20_000  # editions that are compared with a phrase that nothing holds
Clause = tuple[str, list[Any]]


class PostgreSQL(Engine):
    """Search in the database itself."""

    name = "postgresql"

    def ready(self) -> bool:
        return bool(self.generation())

    def generation(self) -> str:
        if connection.vendor != "postgresql":
            return ""
        with connection.cursor() as cursor:
            cursor.execute("select to_regclass(%s) is not null", [STATE])
            if not cursor.fetchone()[0]:
                return ""
            cursor.execute(f"select generation from {STATE} where made_by = %s", [_made_by()])  # noqa: S608
            row = cursor.fetchone()
        return str(row[0]) if row else ""

    def find(self, asked: Asked) -> Found | None:
        if not (generation := self.generation()):
            return None
        where, values = _match(asked, asked.filters, listed=True)
        order, more = ORDERS[asked.order], []
        if asked.order is Order.RELEVANCE and asked.wanted:
            order = f"(marks @> %s) desc, {order}"
            more = [[f"edge:{''.join(asked.wanted[0][0].units[:EDGES])}"]]
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {TABLE} where {where}", values)  # noqa: S608
            total = cursor.fetchone()[0]
            cursor.execute(
                f"select pk from {TABLE} where {where} order by {order} limit %s offset %s",  # noqa: S608
                [*values, *more, asked.size, asked.start],
            )
            pks = [pk for (pk,) in cursor.fetchall()]
            return Found(pks, total, _facets(cursor, asked), generation)

    def beginning(self, phrase: Phrase, size: int) -> list[int]:
        if not self.ready():
            return []
        where, values = "marks @> %s", [[f"edge:{''.join(phrase.units[:EDGES])}"]]
        if len(phrase.units) > EDGES:
            more, further = _stands(phrase)
            where, values = f"{where} and {more}", values + further
        return _first(where, values, size)

    def abbreviated(self, letters: str, size: int) -> list[int]:
        if not self.ready():
            return []
        return _first("marks @> %s", [[f"initials:{letters}"]], size)

    def nearest(self, phrase: Phrase) -> list[int]:
        shared = list(dict.fromkeys((*phrase.tokens, *phrase.units)))
        slipped = [
            slip
            for one in shared
            if one.isascii() and one.isalpha() and len(one) > 3
            for slip in slips(one)
        ]
        likeness = " + ".join(["(tokens @> %s)::int"] * len(shared))
        with connection.cursor() as cursor:
            cursor.execute(
                f"select pk from (select pk, tokens, rank from {TABLE} where tokens && %s "  # noqa: S608
                f"limit {LOOKED}) near order by {likeness} desc, rank desc limit 20",
                [shared + slipped, *([one] for one in shared)],
            )
            return [pk for (pk,) in cursor.fetchall()]

    # Writing, with the lock of ``generations`` held; other machines wait for one another here

    def apply(self, pks: Iterable[int]) -> None:
        asked = list(dict.fromkeys(pks))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [TABLE])
            cursor.execute(f"delete from {TABLE} where pk = any(%s)", [asked])  # noqa: S608
            _copy(cursor, TABLE, rows.some_rows(asked))
            cursor.execute(f"update {STATE} set generation = generation + 1")  # noqa: S608

    def rebuild(self, told: Told = bool) -> int:
        draft, written = f"{TABLE}_draft", 0
        with connection.cursor() as cursor:
            cursor.execute(f"drop table if exists {draft};" + MADE.format(table=draft))
            for stretch in rows.stretches():
                _copy(cursor, draft, stretch)
                written += len(stretch)
                told(written)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 0; set local lock_timeout = 0")
            cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [TABLE])
            cursor.execute(INDEXED.format(table=draft))
            cursor.execute(f"drop table if exists {TABLE}; alter table {draft} rename to {TABLE}")
            cursor.execute(f"select coalesce(max(generation), 0) + 1 from {STATE}")  # noqa: S608
            generation = cursor.fetchone()[0]
            cursor.execute(f"delete from {STATE}")  # noqa: S608
            cursor.execute(f"insert into {STATE} values (%s, %s)", [_made_by(), generation])  # noqa: S608
        return written

    def difference(self, told: Told = bool) -> Difference:
        if not self.ready():
            return Difference(lacking=rows.count())
        lacking = stale = met = seen = 0
        with connection.cursor() as cursor:
            for stretch in rows.stretches():
                cursor.execute(
                    f"select pk, stamp from {TABLE} where pk between %s and %s",  # noqa: S608
                    [stretch[0].pk, stretch[-1].pk],
                )
                stamps = dict(cursor.fetchall())
                told(seen := seen + len(stretch))
                for row in stretch:
                    stamp = stamps.get(row.pk)
                    lacking += stamp is None
                    stale += stamp is not None and stamp != entry(row).stamp
                    met += stamp is not None
            cursor.execute(f"select count(*) from {TABLE}")  # noqa: S608
            return Difference(lacking, cursor.fetchone()[0] - met, stale)


def _made_by() -> str:
    return json.dumps(generations.made_by())


def _first(where: str, values: list[Any], size: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select pk from {TABLE} where {where} order by rank desc, pk desc limit %s",  # noqa: S608
            [*values, size],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _copy(cursor: CursorWrapper, table: str, entered: Sequence[rows.Row]) -> None:
    with cursor.copy(f"copy {table} ({COLUMNS}) from stdin") as copy:
        for row in entered:
            copy.write_row(_columns(row))


def _columns(row: rows.Row) -> tuple[Any, ...]:
    """Return what stands in the columns for one edition; single characters are tokens as well."""
    one = entry(row)
    chains = [[unit_of(token) for token in text.split()] for text in one.texts]
    every = {token for text in one.texts for token in text.split()}
    every |= {unit for chained in chains for unit in chained}
    counted = [f"{facet}:{value}" for facet, values in one.counted.items() for value in values]
    counted += [f"organization:{name}" for name in one.organizations]
    letters = one.initials
    marks = [f"edge:{edge}" for edge in one.edges]
    marks += [f"initials:{letters[:end]}" for end in range(2, len(letters) + 1)]
    chained = f" {' | '.join(' '.join(units) for units in chains)} "
    marks += [*one.marks, *(f"organization:{name}" for name in one.organizations)]
    return one.pk, sorted(every), chained, marks, counted, one.rank, one.day, one.order, one.stamp


def _stands(phrase: Phrase) -> Clause:
    """Return what finds a chain of units: all its tokens, and their order where it matters."""
    tokens = list(phrase.tokens)
    if not phrase.closed:
        tokens.append(phrase.open_end)
    if len(tokens) == 1:
        return "tokens @> %s", [tokens]
    return "(tokens @> %s and chained like %s)", [tokens, f"% {' '.join(phrase.units)} %"]


def _match(asked: Asked, filters: Mapping[str, Sequence[str]], *, listed: bool) -> Clause:
    """Return what finds the answer; ``listed``: as a page lists it, without the named editions."""
    clauses = [_any(_stands(one) for one in group) for group in asked.wanted]
    clauses += [_not(_stands(one)) for one in asked.unwanted]
    found = _all(clauses)
    if asked.named:
        if listed and asked.order is Order.RELEVANCE:
            found = _all([found, ("pk <> all(%s)", [list(asked.named)])])
        else:
            found = _any([found, ("pk = any(%s)", [list(asked.named)])])
    within = [
        ("marks && %s", [[f"{facet}:{value}" for value in values]])
        for facet, values in filters.items()
    ]
    return _all([found, *within])


def _not(clause: Clause) -> Clause:
    return f"not {clause[0]}", clause[1]


def _any(clauses: Iterable[Clause]) -> Clause:
    given = list(clauses)
    return f"({' or '.join(text for text, _ in given)})", [v for _, values in given for v in values]


def _all(clauses: Iterable[Clause]) -> Clause:
    given = list(clauses) or [("true", [])]
    return " and ".join(text for text, _ in given), [v for _, values in given for v in values]


def _facets(cursor: CursorWrapper, asked: Asked) -> dict[str, list[tuple[str, int]]]:
    """Count values; each facet that filters is counted without its own filter."""
    counts: dict[str, list[tuple[str, int]]] = {facet: [] for facet in asked.facets}
    for own, filters in _groups(asked):
        where, values = _match(asked, filters, listed=False)
        cursor.execute(
            f"select one, count(*) from {TABLE}, unnest(counted) one where {where} "  # noqa: S608
            "group by one order by count(*) desc, one",
            values,
        )
        for one, count in cursor.fetchall():
            facet, _, value = one.partition(":")
            if facet in own and len(counts[facet]) < COUNTED:
                counts[facet].append((value, count))
    return counts


def _groups(asked: Asked) -> Iterator[tuple[list[str], Mapping[str, Sequence[str]]]]:
    """Give which facets are counted within which filters."""
    plain = [facet for facet in asked.facets if facet not in asked.filters]
    if plain:
        yield plain, asked.filters
    for facet in asked.facets:
        if facet in asked.filters:
            yield [facet], {k: v for k, v in asked.filters.items() if k != facet}
