"""Laying the foundation (建站): the city, and its policy entered by the acts that officers use."""

import json
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from rongbiao.parties.founding import found
from rongbiao.parties.refused import Refused
from rongbiao.shell.complaint import Complaint
from rongbiao.strategy import plans
from rongbiao.strategy.models import Plan


@transaction.atomic
def lay_foundation() -> Plan:
    """Enter units, regions, groups and the Opinion; a second run changes nothing.

    The doubts of the reading are settled as ``reading.json`` records that a person did;
    a reading that differs from the one confirmed is a Complaint, and nothing is entered.
    """
    found(settings.CITY)
    with (settings.CITY_FOLDER / "plan.toml").open("rb") as file:
        extras: dict[str, Any] = tomllib.load(file)
    entered = Plan.objects.filter(key=extras["key"]).first()
    try:
        return entered or _enter(settings.CITY_FOLDER, extras)
    except Refused as refused:
        raise Complaint(f"不能建站：{refused}") from refused


def _enter(folder: Path, extras: dict[str, Any]) -> Plan:
    confirmed = json.loads((folder / "reading.json").read_text())
    day = timezone.localdate()
    content = (folder / "plan.txt").read_bytes()
    reading = plans.take_in(content, "plan.txt", actor=None, day=day)
    if reading.outcome != confirmed["reading"]:
        raise Complaint("plan.txt 的解读与 reading.json 里经人确认的不一致，请重新确认后再建站。")
    for number, words in enumerate(confirmed["confirmed"]):
        reading = plans.confirm(
            reading, number, words, actor=None, day=day, version=reading.version
        )
    return plans.enter(
        reading,
        key=extras["key"],
        since=extras["since"],
        until=extras["until"],
        actor=None,
        day=day,
        extras=extras,
    )
