"""Leaders of the story: enterprises declare, a plan is frozen, ranked, listed; one leaves the list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from rongbiao.awards.leading import national
from rongbiao.awards.models import Leader
from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties.models import Organization, Post
from rongbiao.procedures.leader import LeaderApplying
from rongbiao.procedures.leader_plan import LeaderPlanning
from rongbiao.procedures.self_declaration import SelfDeclaration
from rongbiao.shell import demo_declared
from rongbiao.standards import declaring
from rongbiao.standards.declaring import Said
from rongbiao.standards.models import Declaration

Event = tuple[date, str, Callable[[date], None]]


def read(folder: Path) -> dict[str, Any]:
    """Read the leaders of a city's story; a city may have none."""
    path = folder / "leaders.yaml"
    told: dict[str, Any] = yaml.safe_load(path.read_text()) if path.exists() else {}
    return told


def events(told: dict[str, Any], posts: dict[str, Post], today: date) -> Iterator[Event]:
    """Yield every act on its day."""
    if not told:
        return
    play = Leading(told, posts["office"], today)
    for name, words in ACTS.items():
        yield play.on(name), words, getattr(play, name)


ACTS = {
    "asked": "四家企业申请账号",
    "declared": "四家企业声明标准",
    "drafted": "领跑者评估方案公示",
    "frozen": "领跑者评估方案冻结",
    "applied": "五家企业申请领跑者",
    "ranked": "领跑者评估排名",
    "committed": "入围企业提交承诺",
    "listed": "公布领跑者名单",
    "withdrawn": "一家领跑者停止声明",
    "proposed": "拟移出名单",
    "removed": "移出名单",
}


@dataclass
class Leading:
    """Plays the acts; each is named as its day in the script."""

    told: dict[str, Any]
    office: Post
    today: date

    def on(self, name: str) -> date:
        """Return the day of an act."""
        return self.today - timedelta(days=self.told["ago"][name])

    def agent(self, account: str) -> Post:
        """Return who acts for an enterprise."""
        return Post.objects.get(person__username=account)

    def case(self, procedure: str) -> Case:
        """Return the last case of a procedure in the demonstration."""
        return Case.objects.filter(procedure_key=procedure, demonstration=True).latest("pk")

    def asked(self, day: date) -> None:
        """The enterprises ask for accounts and are confirmed; nobody signs in to them."""
        for unit, code, account, person, *_rest in self.told["firms"]:
            firm = {"unit": unit, "code": code, "account": account, "person": person}
            demo_declared.ask(firm | {"phone": "0591-00000000"}, [], day)
            demo_declared.confirm(firm, self.office, day)

    def declared(self, day: date) -> None:
        """Each declares one standard of its own."""
        for _unit, _code, account, _person, number, heat, lead, volume in self.told["firms"]:
            values = (("保温效能", heat, "℃"), ("铅迁移量", lead, ""), ("容量偏差", volume, "%"))
            title, actor = "保温杯", self.agent(account)
            text = self.told["text"].format(title=title, number=number).encode()
            said = Said(
                number, title, products="保温杯 500 mL", text=(text, f"{title}.txt"),
                indicators=[
                    {"name": name, "limit": limit, "unit": unit, "method": self.told["method"]}
                    for name, limit, unit in values
                ],
            )  # fmt: skip
            row = declaring.prepare(said, actor=actor, day=day)
            answers = {"statements": [str(row.pk)], "true": "on"}
            desk.open_case(SelfDeclaration, actor=actor, day=day, answers=answers)

    def drafted(self, day: date) -> None:
        """The office drafts the plan and puts it before everybody."""
        plan = dict(self.told["plan"])
        plan["items"] = "\n".join("\t".join(row) for row in plan["items"])
        plan |= {f"{name}_on": str(self.on(name)) for name in ("opens", "closes")}
        desk.open_case(LeaderPlanning, actor=self.office, day=day, answers=plan)

    def frozen(self, day: date) -> None:
        """Nobody objected; the plan is frozen."""
        case, paper = self.case("leader_plan"), {"paper": self.told["papers"]["plan"]}
        desk.act(case, "close", actor=self.office, day=day)
        desk.act(case, "approve", actor=self.office, day=day, answers=paper)

    def applied(self, day: date) -> None:
        """Everybody applies and is accepted."""
        plan = self.case("leader_plan").number
        firms = [(row[2], row[4]) for row in self.told["firms"]] + [self.told["besides"]]
        for account, number in firms:
            item = Declaration.objects.get(number=number, demonstration=True)
            said = {"plan": plan, "declaration": str(item.pk), "true": "on"}
            case = desk.open_case(LeaderApplying, actor=self.agent(account), day=day, answers=said)
            desk.act(case, "accept", actor=self.office, day=day)

    def ranked(self, day: date) -> None:
        """The ranking is computed."""
        desk.act(self.case("leader_plan"), "submit", actor=self.office, day=day)
        desk.act(self.case("leader_list"), "submit", actor=self.office, day=day)

    def committed(self, day: date) -> None:
        """The shortlisted hand in commitment and proof; the notice begins."""
        case = self.case("leader_list")
        for unit in case.seats.values_list("organization", flat=True):
            actor = Post.objects.get(organization=unit, role="agent")
            files = {
                "promise": SimpleUploadedFile("承诺书（演示）.txt", "承诺书（演示）".encode()),
                "proof": SimpleUploadedFile("检验报告（演示）.txt", "检验报告（演示）".encode()),
            }
            desk.act(case, "commit", actor=actor, day=day, answers={}, files=files)
        desk.act(case, "submit", actor=self.office, day=day)

    def listed(self, day: date) -> None:
        """The list is announced; a national leader is recorded too."""
        case, paper = self.case("leader_list"), {"paper": self.told["papers"]["list"]}
        desk.act(case, "close", actor=self.office, day=day)
        desk.act(case, "approve", actor=self.office, day=day, answers=paper)
        said = dict(self.told["national"])
        basis, unit = said.pop("basis"), self.agent(said.pop("account")).organization
        said |= {"organization": unit, "year": day.year - 1}
        national.record(said, basis=basis, actor=self.office, day=day)

    def withdrawn(self, day: date) -> None:
        """One enterprise withdraws its declaration: a task appears."""
        account, reason = self.told["leaves"]
        actor = self.agent(account)
        item = Declaration.objects.get(organization=actor.organization, withdrawn_on=None)
        answers = {"withdrawn": [str(item.pk)], "reason": reason, "true": "on"}
        desk.open_case(SelfDeclaration, actor=actor, day=day, answers=answers)

    def proposed(self, day: date) -> None:
        """The office proposes the removal."""
        unit: Organization = self.agent(self.told["leaves"][0]).organization
        row = Leader.objects.get(organization=unit)
        said = {"leader": str(row.pk), "trigger": "ended", "words": self.told["removal"]}
        case = self.case("leader_adjustment")
        desk.act(case, "submit", actor=self.office, day=day, answers=said)

    def removed(self, day: date) -> None:
        """Nobody objected; the leader leaves the list."""
        case, paper = self.case("leader_adjustment"), {"paper": self.told["papers"]["removal"]}
        desk.act(case, "close", actor=self.office, day=day)
        desk.act(case, "approve", actor=self.office, day=day, answers=paper)
