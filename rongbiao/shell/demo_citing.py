"""Registered citations of the story: handed in, confirmed, told of changes, answered by the acts of all."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from rongbiao.parties.models import Organization, Post
from rongbiao.procedures.citation_duty import dispose
from rongbiao.standards import edits
from rongbiao.standards.citing import alerts, registering, telling
from rongbiao.standards.models import Duty, Relation, Standard
from rongbiao.standards.numbering import keyed

Event = tuple[date, str, Callable[[date], None]]


def read(folder: Path) -> dict[str, Any]:
    """Read the citing documents of a city's story."""
    with (folder / "citing.yaml").open() as file:
        told: dict[str, Any] = yaml.safe_load(file)
        return told


def events(
    told: dict[str, Any], office: Post, reporters: dict[int, Post], today: date
) -> Iterator[Event]:
    """Yield every act, on its day."""

    def day_of(ago: int) -> date:
        return today - timedelta(days=ago)

    def reporter(row: dict[str, Any]) -> Post:
        return reporters[Organization.objects.get(name=row["unit"]).pk]

    for row in told["documents"]:
        act = lambda day, row=row: hand_in(row, reporter(row), day)  # noqa: E731
        yield day_of(row["ago"]), f"登记引用文件{row['title']}", act
    for row in told["editions"]:
        issue = partial(enter, row, day_of(row["holds"]), office, today)
        yield day_of(row["ago"]), f"登记新版本{row['number']}", issue
        yield day_of(row["ago"] - 1), f"告警{row['of']}", partial(run, alerts.tick)
    for row in told["answers"]:
        act = lambda day, row=row: answer(row, reporter(row), today, day)  # noqa: E731
        yield day_of(row["ago"]), f"答复{row['title']}", act
    for ago in (10, 3):
        yield day_of(ago), "催办引用处置", partial(run, telling.remind)


def run(clock: Callable[[date], list[str]], day: date) -> None:
    """Let the clock do what is due."""
    clock(day)


def hand_in(row: dict[str, Any], actor: Post, day: date) -> None:
    """A unit registers a document and confirms what was found; general words are struck out."""
    paper = registering.Paper(
        row["kind"], row["title"], row["number"], day, row["text"].encode(), f"{row['title']}.txt"
    )
    document = registering.register(paper, actor=actor, day=day)
    said = {one.place: one.number for one in document.citations.all()}
    registering.confirm(document, said, actor=actor, day=day)


def enter(row: dict[str, Any], holds: date, office: Post, today: date, day: date) -> None:
    """The office enters a new edition; when it holds the old one is replaced."""
    old = Standard.objects.get(key=keyed(row["of"]))
    same = ("title", "title_en", "level", "nature", "ics", "ccs", "owner", "publisher")
    columns = {name: getattr(old, name) for name in same}
    columns |= {"issued_on": day, "implemented_on": holds}
    columns |= {"status": Standard.Status.UPCOMING if holds > day else Standard.Status.CURRENT}
    basis = edits.Basis(f"榕标联办登〔{day.year}〕新{day:%m%d}号（演示）", day, "登记新版本")
    wanted = edits.Wanted(columns, relations=[(Relation.Kind.REPLACES, row["of"])])
    edits.enter(row["number"], wanted, basis, actor=office, day=day)
    if holds <= today:
        gone = edits.Wanted({"withdrawn_on": holds})
        version = edits.version_of(old)
        edits.edit(
            old, gone, replace(basis, reason="被新版本代替"), version=version, actor=office, day=day
        )


def answer(row: dict[str, Any], actor: Post, today: date, day: date) -> None:
    """A unit answers what it owes for one document because of one change."""
    owed = Duty.objects.filter(
        document__title=row["title"], alert__key=keyed(row["of"]), closed_on=None
    )
    until = today - timedelta(days=row["until"]) if "until" in row else None
    pks = list(owed.values_list("pk", flat=True))
    dispose(pks, row["answer"], actor=actor, day=day, reason=row["reason"], until=until)
