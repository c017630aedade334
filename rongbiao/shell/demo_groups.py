"""Associations of the story: they register, declare, ask the public, are fostered and convert."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties import units
from rongbiao.parties.appointments import appoint, enroll
from rongbiao.parties.models import Post
from rongbiao.procedures.association_account import AssociationAccount
from rongbiao.procedures.conversion import Conversion
from rongbiao.procedures.fostering import FosteringCriteria, FosteringPlan
from rongbiao.procedures.group_standard import GroupDeclaration, GroupStandard
from rongbiao.shell import demo_accounts
from rongbiao.shell.demo_projects import paper_of
from rongbiao.standards.models import Standard
from rongbiao.texts.credit_codes import check_character
from rongbiao.texts.numbers import read_number

Event = tuple[date, str, Callable[[date], None]]


def read(folder: Path) -> dict[str, Any]:
    """Read the associations of a city's story; a city may have none."""
    path = folder / "groups.yaml"
    told: dict[str, Any] = yaml.safe_load(path.read_text()) if path.exists() else {}
    return told


class Groups:
    """The associations, act by act."""

    def __init__(
        self,
        told: dict[str, Any],
        posts: dict[str, Post],
        accounts: list[dict[str, Any]],
        clauses: list[Any],
        today: date,
    ) -> None:
        self.told, self.posts, self.accounts, self.clauses = told, posts, accounts, clauses
        self.today = today
        self.leaders: dict[str, Post] = {}
        self.cases: dict[str, Case] = {}

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def events(self) -> Iterator[Event]:
        """Yield every act on its day."""
        if not self.told:
            return
        for one in self.told["associations"]:
            day = self.ago(one["registered_ago"])
            yield day, f"{one['name']}登记", partial(self.register, one)
        for row in self.told["declared"]:
            yield self.ago(row["ago"]), f"声明{row['title']}", partial(self.declare, row)
        project, year = self.told["project"], self.told["fostering"]
        yield self.ago(project["proposed_ago"]), f"提案{project['title']}", self.propose
        yield self.ago(project["drafted_ago"]), "团体标准征求意见", self.ask
        yield self.ago(year["published_ago"]), "公布培优条件", self.publish
        yield self.ago(year["applied_ago"]), "申报培优", self.apply
        yield self.ago(year["scored_ago"]), "培优评分", self.score
        yield self.ago(year["closed_ago"]), "培优公示结束", self.close
        yield self.ago(year["chosen_ago"]), "培优入选", self.choose
        conversion = self.told["conversion"]
        yield self.ago(conversion["ago"]), "申请标准转化", self.convert
        yield self.ago(conversion["ruled_ago"]), "同意标准转化", self.rule
        yield self.ago(conversion["planned_ago"]), "登记上级立项", self.plan

    def register(self, one: dict[str, Any], day: date) -> None:
        """The office enters the unit and its leader; the association registers and is confirmed."""
        office = self.posts["office"]
        unit = units.enter(one["name"], "association", actor=office, day=day)
        password = demo_accounts.new_password()
        by: dict[str, Any] = {"actor": office, "day": day}
        person = enroll(one["account"], one["leader"], password, demonstration=True, **by)
        leader = appoint(person, unit, "leader", day, "演示任职", **by)
        who = f"{unit}，{leader.get_role_display()}"
        self.accounts.append(
            {"account": one["account"], "password": password, "who": who, "totp": False}
        )
        self.leaders[one["code"]] = leader
        said = {name: one[name] for name in ("code", "scope", "department", "head", "phone")}
        code = one["credit"] + check_character(one["credit"])
        files = {
            name: SimpleUploadedFile(f"{words}（演示）.txt", f"{words}（演示）".encode())
            for name, words in (("charter", "章程"), ("rules", "团体标准制定程序"))
        }
        case = desk.open_case(
            AssociationAccount, actor=leader, day=day, files=files,
            answers=said | {"title": one["name"], "credit_code": code},
        )  # fmt: skip
        desk.act(case, "accept", actor=office, day=day)

    def declare(self, row: dict[str, Any], day: date) -> None:
        """An association declares what it has issued."""
        issued = day if day.day > 1 else day - timedelta(days=1)
        names = (
            "title", "document", "ics", "ccs", "abstract", "references", "indicators", "patents",
            "patent_words", "drafters",
        )  # fmt: skip
        said = {name: row[name] for name in names} | {
            "number": f"T/{row['of']} {row['serial']}—{issued.year}", "true": "on",
            "issued_on": issued.isoformat(), "text_public": "on",
            "implemented_on": (issued + timedelta(days=30)).isoformat(),
        }  # fmt: skip
        files = {"text": self.paper(row["title"], row["abstract"], row["document"])}
        actor = self.leaders[row["of"]]
        desk.open_case(GroupDeclaration, actor=actor, day=day, answers=said, files=files)

    def paper(self, title: str, about: str, name: str) -> SimpleUploadedFile:
        return paper_of(title, f"{title}{name}", self.clauses, about=about, author="演示")

    def propose(self, day: date) -> None:
        """An association proposes a standard and takes it on."""
        row = self.told["project"]
        said = {name: row[name] for name in ("title", "ics", "ccs", "drafters")} | {
            "scope": f"规定{row['about']}的要求、过程和记录。", "need": "各家做法不一，消费者难以比较。",
            "novelty": "无",
        }  # fmt: skip
        actor = self.leaders[row["of"]]
        self.cases["project"] = desk.open_case(GroupStandard, actor=actor, day=day, answers=said)
        desk.act(self.cases["project"], "accept", actor=actor, day=day)

    def ask(self, day: date) -> None:
        """The draft is put before the public, and two people speak."""
        row, case = self.told["project"], self.cases["project"]
        files = {
            "draft": self.paper(row["title"], row["about"], "征求意见稿"),
            "notes": self.paper(row["title"], row["about"], "编制说明"),
        }
        actor = self.leaders[row["of"]]
        desk.act(case, "submit", actor=actor, day=day, answers={"patents": "none"}, files=files)
        for one in row["opinions"]:
            desk.act(case, "comment", actor=None, day=day, answers=one)

    def publish(self, day: date) -> None:
        """The office publishes the criteria of a year."""
        row = self.told["fostering"]
        opens = self.ago(row["opens_ago"])
        said = {name: row[name] for name in ("document", "criteria", "least", "places")} | {
            "title": f"{opens.year}年度团体标准培优（演示）", "year": str(opens.year),
            "opens_on": opens.isoformat(), "closes_on": self.ago(row["closes_ago"]).isoformat(),
        }  # fmt: skip
        self.year = str(opens.year)
        desk.open_case(FosteringCriteria, actor=self.posts["office"], day=day, answers=said)

    def standard(self, code: str) -> Standard:
        return Standard.objects.get(key__startswith=f"T/{code}001-")

    def apply(self, day: date) -> None:
        """An association applies with its standard."""
        row = self.told["fostering"]
        standard, actor = self.standard(row["of"]), self.leaders[row["of"]]
        said = {"year": self.year, "effect": row["effect"]}
        self.cases["fostering"] = desk.open_case(
            FosteringPlan, actor=actor, day=day, answers=said, standard=standard,
            title=str(standard)[:200],
        )  # fmt: skip

    def score(self, day: date) -> None:
        """One officer scores every criterion with a reason."""
        said: dict[str, str] = {}
        for place, (score, reason) in enumerate(self.told["fostering"]["scores"], start=1):
            said |= {f"score_{place}": str(score), f"reason_{place}": reason}
        desk.act(
            self.cases["fostering"], "submit", actor=self.posts["office"], day=day, answers=said
        )

    def close(self, day: date) -> None:
        desk.act(self.cases["fostering"], "close", actor=self.posts["office"], day=day)

    def choose(self, day: date) -> None:
        """Another officer decides."""
        said = {"document": self.told["fostering"]["decided"]}
        by = self.posts["office2"]
        desk.act(self.cases["fostering"], "approve", actor=by, day=day, answers=said)

    def convert(self, day: date) -> None:
        """An association asks that its standard go up."""
        row = self.told["conversion"]
        standard = self.standard(row["of"])
        said = {name: row[name] for name in ("target", "users", "effect", "need")} | {
            "number": read_number(standard.number).display, "title": standard.title,
        }  # fmt: skip
        files = {
            "evidence": SimpleUploadedFile("采用证明（演示）.txt", "采用证明（演示）".encode())
        }
        self.cases["conversion"] = desk.open_case(
            Conversion, actor=self.leaders[row["of"]], day=day, answers=said, files=files
        )

    def rule(self, day: date) -> None:
        said = {"words": self.told["conversion"]["words"]}
        by = self.posts["office"]
        desk.act(self.cases["conversion"], "approve", actor=by, day=day, answers=said)

    def plan(self, day: date) -> None:
        row = self.told["conversion"]
        said = {name: row[name] for name in ("body", "plan")}
        actor = self.leaders[row["of"]]
        desk.act(self.cases["conversion"], "planned", actor=actor, day=day, answers=said)
