"""The experts of the story: engaged, their ties entered, and drawn, by the acts that officers use."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from rongbiao.parties import draws, experts, units
from rongbiao.parties.appointments import enroll
from rongbiao.parties.experts import Fields, Term
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.shell import demo_accounts
from rongbiao.standards import pools
from rongbiao.standards.pools import Wanted

Event = tuple[date, str, Callable[[date], None]]


def read(folder: Path) -> dict[str, Any]:
    """Read the experts of a city's story."""
    with (folder / "experts.yaml").open() as file:
        told: dict[str, Any] = yaml.safe_load(file)
        return told


def events(
    told: dict[str, Any], posts: dict[str, Post], accounts: list[dict[str, Any]], today: date
) -> Iterator[Event]:
    """Yield the library on its day, and every draw on its own."""
    act = partial(engage, told, posts["office"], accounts, today)
    yield told["enrolled_on"], "聘任专家", act
    for row in told["draws"]:
        day = row.get("day") or today - timedelta(days=row["ago"])
        yield day, f"抽取：{row['purpose']}", partial(draw, row, posts["office2"])


def engage(
    told: dict[str, Any], office: Post, accounts: list[dict[str, Any]], today: date, day: date
) -> None:
    """The office fills its library; one of the experts signs in."""
    by: dict[str, Any] = {"actor": office, "day": day}
    for unit in told["units"]:
        units.enter(unit["name"], unit["kind"], **by)
    found = {}
    for place, (name, unit, ics, ccs, title, rank, left) in enumerate(told["experts"], start=1):
        account, password = f"expert-{place:02}", None
        if name == told["signs_in"]:
            account, password = "expert", demo_accounts.new_password()
            row = {"account": account, "password": password, "who": f"{name}，专家", "totp": False}
            accounts.append(row)
        person = enroll(account, name, password, demonstration=True, **by)
        fields = Fields(tuple(ics.split()), tuple(ccs.split()), title, rank)
        until = today + timedelta(days=left)
        term = Term(day, until, told["basis"], day)
        found[name] = experts.enroll(person, _unit(unit), fields, term, **by)
    for name, kind, other, note in told["ties"]:
        experts.declare_tie(found[name], kind, _unit(other), "本人申报（演示）", note=note, **by)


def draw(row: dict[str, Any], office: Post, day: date) -> None:
    """The office freezes a list and draws; makes good an absence or draws again where told."""
    by: dict[str, Any] = {"actor": office, "day": day}
    wanted = Wanted(
        count=row["count"],
        reserves=row["reserves"],
        per_unit=2,
        at_least=row["least"],
        codes=row["codes"],
        units=[_unit(name).pk for name in row["units"]],
        recent_times=2,
    )
    one = pools.freeze(row["purpose"], row["basis"], wanted, **by)
    if "ago" in row:
        return
    one = draws.reveal(one, row["witness"], **by)
    if "absent" in row:
        keys = [one.drawn[row["absent"] - 1]["key"]]
        try:
            draws.replace_absent(one, keys, row["why"], **by)
        except Refused:  # chance left no reserve that fits: it is drawn again, as anybody would
            draws.reveal(pools.again(one, row["why"], **by), row["witness"], **by)
    if "again" in row:
        draws.reveal(pools.again(one, row["again"], **by), row["witness"], **by)


def _unit(name: str) -> Any:
    unit = units.named(name)
    assert unit is not None, name
    return unit
