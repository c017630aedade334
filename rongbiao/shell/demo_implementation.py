"""Implementation in the story: a standard being carried out, and feedback that was answered."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties.models import Organization, Post
from rongbiao.procedures import in_use
from rongbiao.procedures.feedback import FeedbackProcedure
from rongbiao.procedures.implementation import Implementation
from rongbiao.standards.models import Standard

Event = tuple[date, str, Callable[[date], None]]


def read(folder: Path) -> dict[str, Any]:
    """Read what a city's story tells of implementation; a city may tell nothing."""
    path = folder / "implementation.yaml"
    told: dict[str, Any] = yaml.safe_load(path.read_text()) if path.exists() else {}
    return told


def events(
    told: dict[str, Any], posts: dict[str, Post], reporters: dict[int, Post], today: date
) -> Iterator[Event]:
    """Yield every act on its day."""
    if not told:
        return
    play = Carried(told, posts["office"], reporters)
    ago = told["ago"]
    yield today - timedelta(days=ago), "登记标准实施", play.begin
    for row in told["publicity"]:
        yield today - timedelta(days=row["ago"]), "登记宣贯记录", partial(play.publicize, row)
    for row in told["uses"]:
        yield today - timedelta(days=row["ago"]), "登记使用单位", partial(play.use, row)
    said = told["feedback"]
    day = today - timedelta(days=said["ago"])
    yield day, "提出实施反馈", play.tell
    yield day + timedelta(days=said["passed"]), "转办实施反馈", play.pass_on
    yield day + timedelta(days=said["answered"]), "答复实施反馈", play.answer


class Carried:
    """One standard that is being carried out."""

    def __init__(self, told: dict[str, Any], office: Post, reporters: dict[int, Post]) -> None:
        self.told, self.office, self.reporters = told, office, reporters

    @property
    def standard(self) -> Standard:
        return Standard.objects.get(title=self.told["standard"], demonstration=True)

    @property
    def proposer(self) -> Post:
        """Who handles the matters of the department that proposed the standard."""
        unit = Organization.objects.get(name=self.standard.proposer)
        return self.reporters[unit.pk]

    def case(self, key: str) -> Case:
        return Case.objects.get(procedure_key=key, standard=self.standard)

    def act(self, key: str, day: date, said: dict[str, Any]) -> None:
        case = self.case(in_use.IMPLEMENTATION)
        desk.act(case, key, actor=self.proposer, day=day, answers=said)

    def begin(self, day: date) -> None:
        """The office opens it: the standard was implemented before the platform looked at that."""
        answers = self.told["arranged"]
        desk.open_case(
            Implementation, actor=self.office, day=day, answers=answers, standard=self.standard
        )

    def publicize(self, row: dict[str, Any], day: date) -> None:
        said = {name: row[name] for name in ("kind", "units", "people", "words")}
        self.act(in_use.PUBLICIZED, day, said | {"held_on": day.isoformat()})

    def use(self, row: dict[str, Any], day: date) -> None:
        since = (day - timedelta(days=row["before"])).isoformat()
        self.act(in_use.USED, day, {"unit": row["unit"], "since": since, "proof": row["proof"]})

    def tell(self, day: date) -> None:
        """Somebody tells of the standard without an account."""
        names = ("clause", "kind", "words", "person")
        answers = {name: self.told["feedback"][name] for name in names}
        desk.open_case(
            FeedbackProcedure, actor=None, day=day, answers=answers, standard=self.standard,
            demonstration=True,
        )  # fmt: skip

    def pass_on(self, day: date) -> None:
        said = {"department": str(self.proposer.organization_id)}
        desk.act(
            self.case(in_use.FEEDBACK), "pass_on", actor=self.office, day=day, answers=said
        )  # fmt: skip

    def answer(self, day: date) -> None:
        told = self.told["feedback"]
        said = {"result": told["result"], "words": told["answer"]}
        desk.act(self.case(in_use.FEEDBACK), "submit", actor=self.proposer, day=day, answers=said)
