"""Inspection in the story: one campaign to its bulletin, one under way, and two reports by name."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties import appointments, draws
from rongbiao.parties.models import Organization, Post
from rongbiao.procedures.named_report import NamedReportProcedure
from rongbiao.procedures.self_declaration import SelfDeclaration
from rongbiao.procedures.supervision import campaigns
from rongbiao.standards import declaring
from rongbiao.standards.declaring import Said
from rongbiao.standards.models import Campaign, Inspection
from rongbiao.standards.supervising import planning
from rongbiao.standards.supervising.population import Wanted
from rongbiao.standards.supervising.sheet import FOUND, OK, Sheet

Event = tuple[date, str, Callable[[date], None]]
COLUMNS = ("name", "limit", "unit", "method")
ORDERED = ("corrected", "uncorrected", "transferred", "ordered")


def read(folder: Path) -> dict[str, Any]:
    """Read the inspections of a city's story; a city may have none."""
    path = folder / "supervision.yaml"
    told: dict[str, Any] = yaml.safe_load(path.read_text()) if path.exists() else {}
    return told


def events(told: dict[str, Any], posts: dict[str, Post], today: date) -> Iterator[Event]:
    """Yield every act of every campaign and report on its day."""
    if not told:
        return
    for row in told["campaigns"]:
        start = today - timedelta(days=row["ago"])
        for after, words, act in Play(told, row, posts["office"], posts["office2"]).acts():
            yield start + timedelta(days=after), f"{row['title']}：{words}", act
    for row in told["reports"]:
        day = today - timedelta(days=row["ago"])
        yield day, "实名举报", partial(report, row)
        if "answer" in row:
            yield day + timedelta(days=1), "接办举报", partial(take, row, posts["office"])
            yield day + timedelta(days=6), "答复举报", partial(answer, row, posts["office"])


class Play:
    """One campaign, step by step."""

    def __init__(self, told: dict[str, Any], row: dict[str, Any], one: Post, two: Post) -> None:
        self.told, self.row, self.office, self.second = told, row, one, two
        self.pk = 0

    def acts(self) -> Iterator[tuple[int, str, Callable[[date], None]]]:
        """Yield after how many days, what, and the act."""
        yield 0, "制定计划、冻结总体", self.plan
        yield 1, "抽取", self.draw
        yield 2, "立案", self.open
        yield 5, "检查", self.inspect
        yield 6, "作出结论", self.conclude
        if "report" not in self.row:
            return
        yield 16, "企业改正", self.correct
        yield 50, "复查", self.recheck
        yield 55, "移送", self.send
        yield 90, "登记省级处理结果", self.answered
        yield 95, "公示", self.publish
        yield 97, "通报", self.tell

    @property
    def campaign(self) -> Campaign:
        """The campaign as it stands."""
        return Campaign.objects.get(pk=self.pk)

    def by(self, day: date) -> dict[str, Any]:
        """Return who acts, and when."""
        return {"actor": self.office, "day": day}

    def plan(self, day: date) -> None:
        names = ("own", "words", "months")
        wanted = Wanted(**{name: self.row[name] for name in names if name in self.row})
        said = planning.Said(
            self.row["title"], day.year, self.row["basis"], self.row["count"], self.row["people"],
            per_unit=1, wanted=wanted,
        )  # fmt: skip
        self.pk = planning.plan(said, **self.by(day)).pk
        planning.freeze(self.campaign, **self.by(day))

    def draw(self, day: date) -> None:
        first, second = self.row["witness"]
        draws.reveal(self.campaign.objects_draw, first, **self.by(day))  # type: ignore[arg-type]
        planning.staff(self.campaign, **self.by(day))
        draws.reveal(self.campaign.people_draw, second, **self.by(day))  # type: ignore[arg-type]

    def open(self, day: date) -> None:
        campaigns.open_all(self.campaign, **self.by(day))

    def cases(self, *courses: str) -> Iterator[tuple[str, Case]]:
        """Yield the cases whose course is one of some, in the order of the draw."""
        for row in Inspection.objects.filter(campaign=self.pk).order_by("place"):
            course = self.row["course"][(row.place or 1) - 1]
            if course in courses:
                yield course, Case.objects.get(number=row.basis)

    def inspect(self, day: date) -> None:
        for course, case in self.cases("ok", *ORDERED):
            self.record(case, day, self.told["faults"].get(course))

    def record(self, case: Case, day: date, fault: list[str] | None) -> None:
        """An inspector confirms the sheet, or says what is otherwise."""
        seat = case.seats.filter(capacity="inspector").order_by("place").first()
        form: Any = case.stage.action("record").form(case=case)  # type: ignore[union-attr,misc]
        sheet: Sheet = form.sheet
        said: dict[str, str] = {"ground": self.told["checked"]}
        for line in sheet.lines:
            wrong = fault is not None and fault[0] == line.key
            said[line.key] = FOUND if wrong else OK
            if wrong and fault:
                said[f"{line.key}_why"] = fault[1]
            elif line.proposed not in {"", OK}:
                said[f"{line.key}_why"] = self.told["checked"]
        assert seat is not None
        desk.act(case, "record", actor=seat.post, day=day, answers=said)

    def conclude(self, day: date) -> None:
        for _course, case in self.cases("ok"):
            desk.act(case, "pass", **self.by(day))
        for course, case in self.cases(*ORDERED):
            grounds = {"uncorrected": "order_to_publish", "transferred": "order_number"}
            said = {
                "number": f"榕市监标责〔{day.year}〕{case.pk}号（演示）",
                "grounds": [grounds.get(course, "other")],
                "words": self.told["faults"][course][1],
            }
            desk.act(case, "rectify", answers=said, **self.by(day))

    def correct(self, day: date) -> None:
        """The enterprise has an account by now; it declares anew and says so."""
        for _course, case in self.cases("corrected"):
            unit = case.applicant
            assert unit is not None
            agent = self.agent(unit, day)
            row = Inspection.objects.get(basis=case.number).declaration
            said = Said(
                row.number, row.title, products=row.title, references="GB/T 99870—2020",
                indicators=[dict(zip(COLUMNS, one, strict=True)) for one in self.told["indicators"]],
            )  # fmt: skip
            written = declaring.prepare(said, actor=agent, day=day)
            answers = {"statements": [str(written.pk)], "true": "on"}
            desk.open_case(SelfDeclaration, actor=agent, day=day, answers=answers)
            words = {"words": "已补充试验方法并重新声明。"}
            desk.act(case, "submit", actor=agent, day=day, answers=words)

    def agent(self, unit: Organization, day: date) -> Post:
        held = Post.objects.on(day).filter(organization=unit, role=Post.Role.AGENT).first()
        if held:
            return held
        name = self.told["agent"]
        person = appointments.enroll(
            f"unit-{unit.pk}", name, None, actor=self.office, day=day, demonstration=True
        )
        return appointments.appoint(
            person, unit, Post.Role.AGENT, day, "企业授权（演示）", **self.by(day)
        )

    def recheck(self, day: date) -> None:
        for course, case in self.cases("corrected", "uncorrected", "transferred"):
            if course == "corrected":
                self.record(case, day, None)
                desk.act(case, "pass", **self.by(day))
                continue
            words = {"words": "期限届满，企业没有报告改正情况。"}
            desk.act(case, "lapse", answers=words, **self.by(day))
            self.record(case, day, self.told["faults"][course])
            if course == "transferred":
                desk.act(case, "transfer", **self.by(day))
            else:
                words = {"words": "逾期未改正，予以公示。"}
                desk.act(case, "fail", answers=words, **self.by(day))

    def send(self, day: date) -> None:
        for _course, case in self.cases("transferred"):
            said = {name: self.told["transfer"][name] for name in ("number", "addressee")}
            said |= {"ground": "order_number", "words": self.told["faults"]["transferred"][1]}
            desk.act(case, "send", answers=said, **self.by(day))

    def answered(self, day: date) -> None:
        for _course, case in self.cases("transferred"):
            said = {"outcome": "revoked", "words": self.told["transfer"]["answer"]}
            desk.act(case, "submit", answers=said, **self.by(day))

    def publish(self, day: date) -> None:
        campaigns.publish_all(self.campaign, self.row["published"], **self.by(day))

    def tell(self, day: date) -> None:
        campaigns.report(self.campaign, self.row["report"], **self.by(day))


def report(row: dict[str, Any], day: date) -> None:
    """Somebody reports without an account."""
    names = ("firm", "number", "words", "person", "phone")
    answers = {name: row[name] for name in names}
    desk.open_case(NamedReportProcedure, actor=None, day=day, answers=answers, demonstration=True)


def _case(row: dict[str, Any]) -> Case:
    title = f"{row['firm']} {row['number']}"
    return Case.objects.get(procedure_key=NamedReportProcedure.key, title=title)


def take(row: dict[str, Any], office: Post, day: date) -> None:
    """An officer takes the report up."""
    desk.act(_case(row), "submit", actor=office, day=day)


def answer(row: dict[str, Any], office: Post, day: date) -> None:
    """The officer verifies the report and answers."""
    case = _case(row)
    said = {"result": row["result"], "words": row["verified"]}
    desk.act(case, "submit", actor=office, day=day, answers=said)
    desk.act(case, "submit", actor=office, day=day, answers={"words": row["answer"]})
