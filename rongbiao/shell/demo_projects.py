"""Local standards of the story: each goes its way through the desk, act by act, as far as it has come."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from rongbiao.cases import desk
from rongbiao.cases.models import Agreement, Case
from rongbiao.exchange.papers.blocks import Block, Heading, Title, Words
from rongbiao.exchange.papers.packages import docx
from rongbiao.exchange.papers.pages import OFFICIAL
from rongbiao.exchange.papers.word import body
from rongbiao.parties.models import Organization, Post
from rongbiao.procedures.local_standard import LocalStandard
from rongbiao.procedures.local_standard.opinions import ANSWER, opinions_of
from rongbiao.procedures.proposal import Proposal
from rongbiao.stages import clock

Event = tuple[date, str, Callable[[date], None]]
STEPS = (
    "apply", "gate", "convene", "appraise", "plan", "draft", "comment", "close", "dispose",
    "submit", "invite", "review", "hand_in", "audit", "approve", "disclose", "send", "file",
)  # fmt: skip
PANEL = 5
GATE = {
    "scope": "yes", "special": "yes", "above": "yes", "duplicates": "无", "consistency": "yes",
    "competition": "yes", "competition_words": "未限定经营者，未设置地方保护条款。",
}  # fmt: skip


def read(folder: Path) -> dict[str, Any]:
    """Read the projects of a city's story."""
    with (folder / "projects.yaml").open() as file:
        told: dict[str, Any] = yaml.safe_load(file)
        return told


def events(
    told: dict[str, Any], posts: dict[str, Post], reporters: dict[int, Post], today: date
) -> Iterator[Event]:
    """Yield every act of every project and proposal, on its day."""
    for number, row in enumerate(told["projects"]):
        yield from Project(told, row, number, posts, reporters, today).events()
    for row in told["proposals"]:
        day = today - timedelta(days=row["ago"])
        yield day, f"提出建议{row['title']}", partial(propose, row)
        if row["answer"]:
            later = day + timedelta(days=9)
            yield later, f"答复建议{row['title']}", partial(answer, row, posts["office"])


def propose(row: dict[str, Any], day: date) -> None:
    """Somebody without an account proposes a standard."""
    said = {"title": row["title"], "need": row["need"], "person": row["person"]}
    desk.open_case(Proposal, actor=None, day=day, answers=said, demonstration=True)


def answer(row: dict[str, Any], office: Post, day: date) -> None:
    """The office answers a proposal."""
    case = Case.objects.get(title=row["title"], procedure_key=Proposal.key)
    said = {"result": "passed", "department": row["department"], "words": row["answer"]}
    desk.act(case, "submit", actor=office, day=day, answers=said)


def paper_of(
    title: str, name: str, clauses: list[Any], *, about: str, author: str
) -> SimpleUploadedFile:
    """Return a draft as a Word document."""
    blocks: list[Block] = [Title(title, "Title")]
    for number, head, text in clauses:
        if head:
            blocks.append(Heading(f"{number}　{head}"))
        blocks.append(Words(text.format(about=about)))
    content = docx(body(blocks), OFFICIAL, title=title, author=author, day=None)
    return SimpleUploadedFile(f"{name}.docx", content)


class Project:
    """One local standard on its way."""

    def __init__(
        self,
        told: dict[str, Any],
        row: dict[str, Any],
        number: int,
        posts: dict[str, Post],
        reporters: dict[int, Post],
        today: date,
    ) -> None:
        self.told, self.row, self.number, self.today = told, row, number, today
        self.office, self.second = posts["office"], posts["office2"]
        unit = Organization.objects.get(name=row["unit"])
        self.proposer = reporters[unit.pk]
        self.case: Case | None = None

    def events(self) -> Iterator[Event]:
        """Yield the acts of this project up to where it has come, none after today."""
        day = self.row.get("from") or self.today - timedelta(days=self.row["ago"])
        until = self.row["until"]
        if until == "route":
            yield day, f"申请{self.row['title']}", self.apply
            yield day + timedelta(days=6), f"转出{self.row['title']}", self.route
            return
        soon = until == "close_soon"
        last = STEPS.index("comment" if soon else until)
        for step in STEPS[: last + 1]:
            day += timedelta(days=self.days(step))
            if day > self.today:
                return
            yield day, f"{self.row['title']}：{step}", getattr(self, step)
        if votes := self.row.get("votes"):
            replied = partial(self.vote, how_many=votes)
            yield min(day + timedelta(days=20), self.today), f"{self.row['title']}：回函", replied

    def days(self, step: str) -> int:
        """Return how many days after the step before; no two projects keep the same pace."""
        usual = self.told["pace"].get(step, 0)
        return usual if step == "close" else usual + (self.number * 3 + len(step)) % 5

    def act(self, key: str, actor: Post | None, day: date, **said: Any) -> None:
        files = {name: said.pop(name) for name in list(said) if name in {"draft", "notes", "text"}}
        about = said.pop("about", None)
        assert self.case is not None
        self.case.refresh_from_db()
        desk.act(self.case, key, actor=actor, day=day, answers=said, files=files, about=about)

    def paper(self, name: str) -> SimpleUploadedFile:
        """Return a draft as a Word document, with this project's clauses."""
        title, about = self.row["title"], self.row["about"]
        clauses = self.told["clauses"]
        return paper_of(title, f"{title}{name}", clauses, about=about, author=self.row["unit"])

    def apply(self, day: date) -> None:
        said = {
            "title": self.row["title"],
            "kind": "new",
            "scope": f"规定{self.row['about']}的基本要求、过程要求和记录。",
            "need": "各单位做法不一，需要统一要求。",
            "local": "与本市的资源条件和使用习惯直接相关。",
            "novelty": "未检索到同类国家标准、行业标准。",
            "drafters": self.row["unit"],
            "months": "11",
            "ics": self.row["ics"],
            "ccs": self.row["ccs"],
            "patents": "none",
        }
        files = {"draft": self.paper("草案")}
        self.case = desk.open_case(
            LocalStandard, actor=self.proposer, day=day, answers=said, files=files
        )

    def gate(self, day: date) -> None:
        assert self.case is not None
        asked = self.case.stage.actions()[0].form
        assert asked is not None
        named = asked(case=self.case).fields
        more = {
            name: "适用对象和内容不同，仍需制定。"
            for name in named
            if name.startswith(("like_", "field_", "barrier_"))
        }
        self.act("accept", self.office, day, **GATE, **more)

    def route(self, day: date) -> None:
        words = "产品质量及其检验方法不得制定市级地方标准，建议由协会制定团体标准。"
        self.act("route", self.office, day, route="group", words=words)

    def experts(self) -> list[Post]:
        """Return this project's panel, of units that neither propose nor draft."""
        held = Post.objects.on(self.today)
        rows = held.filter(role=Post.Role.EXPERT, demonstration=True).order_by("pk")
        fit = list(rows.exclude(organization=self.proposer.organization))
        start = self.number * 3 % len(fit)
        units = {post.organization_id: post for post in [*fit[start:], *fit[:start]]}
        return list(units.values())[:PANEL]  # one of a unit

    def convene(self, day: date, profile: str = "meeting", ahead: int = 10) -> None:
        chosen = [post.pk for post in self.experts()]
        meets = (day + timedelta(days=ahead)).isoformat()
        self.act("convene", self.office, day, profile=profile, meets_on=meets, experts=chosen)

    def invite(self, day: date) -> None:
        """Ask the panel of the technical review: to meet, or by letter where the story says so."""
        if "letter" in self.row:
            self.convene(day, "letter", self.row["letter"])
        else:
            self.convene(day)

    def vote(self, day: date, how_many: int = PANEL) -> None:
        for place, post in enumerate(self.experts()[-how_many:]):  # the first sign in, and wait
            vote = "no" if (self.number + place) % 9 == 0 else "yes"
            words = "建议补充记录的格式。" if vote == "no" else ""
            self.act("vote", post, day, vote=vote, opinion=words, patents="none")

    def conclude(self, day: date, minutes: str) -> None:
        self.vote(day)
        self.act("count", self.office, day)
        self.act("pass", self.office, day, minutes=minutes)

    def appraise(self, day: date) -> None:
        self.conclude(day, "专家组同意立项。")

    def review(self, day: date) -> None:
        self.conclude(day, "专家组同意通过审查，请按意见修改后报批。")

    def plan(self, day: date) -> None:
        finish = (day + timedelta(days=330)).isoformat()
        notice = f"榕市监标〔{day.year}〕{20 + self.number}号（演示）"
        said = {"number": notice, "drafters": self.row["unit"], "owner": self.row["unit"]}
        self.act("approve", self.office, day, finish_on=finish, **said)

    def draft(self, day: date) -> None:
        papers = {"draft": self.paper("征求意见稿"), "notes": self.paper("编制说明")}
        self.act(
            "submit", self.proposer, day, patents="none", invited="市科技局\n市司法局", **papers
        )

    def comment(self, day: date) -> None:
        for one in self.told["opinions"]:
            self.act("comment", None, day, **one)
        assert self.case is not None
        said = self.case.entries.filter(action_key="comment").order_by("-seq")
        Agreement.objects.bulk_create(
            Agreement(entry=entry, voter=f"演示{n}", demonstration=True)
            for place, entry in enumerate(said)
            for n in range((self.number * 5 + place * 3) % 8)
        )

    def close(self, day: date) -> None:
        assert self.case is not None
        self.case.refresh_from_db()
        if self.case.stage_key == "consultation":
            clock.end(self.case, day)

    def dispose(self, day: date) -> None:
        assert self.case is not None
        comments = self.case.entries.filter(action_key="comment")
        for entry, said in zip(comments, self.told["dispositions"], strict=True):
            self.act("dispose", self.proposer, day, about=entry.seq, **said)

    def submit(self, day: date) -> None:
        papers = {"draft": self.paper("送审稿"), "notes": self.paper("编制说明")}
        self.act("submit", self.proposer, day, patents="none", **papers)

    def answer_experts(self, day: date) -> None:
        """Adopt what the experts of the review asked for, if they asked."""
        assert self.case is not None
        if given := opinions_of(self.case):
            taken = {f"taken_{one.number}": "adopted" for one in given}
            self.act(ANSWER, self.proposer, day, **taken)

    def hand_in(self, day: date) -> None:
        self.answer_experts(day)
        papers = {"draft": self.paper("报批稿"), "notes": self.paper("编制说明")}
        said = {
            "experts": "已按专家意见修改。",
            "consistency": "与标准化改革政策一致。",
            "competition": "不具有排除、限制竞争效果。",
        }
        self.act("submit", self.proposer, day, patents="none", **said, **papers)

    def audit(self, day: date) -> None:
        said = {"words": "同意报批。", "organizes": f"由{self.row['unit']}组织宣贯和实施。"}
        self.act("accept", self.proposer, day, patents="none", **said)

    def approve(self, day: date) -> None:
        self.act(
            "approve",
            self.second,
            day,
            number=f"榕市监标〔{day.year}〕{50 + self.number}号（演示）",
            implemented_on=(day + timedelta(days=90)).isoformat(),
            ics=self.row["ics"],
            ccs=self.row["ccs"],
            publicizes=self.row["unit"],
        )

    def disclose(self, day: date) -> None:
        self.act("submit", self.office, day, text=self.paper("（演示文本）"))

    def send(self, day: date) -> None:
        self.act(
            "send", self.office, day, words="公告、文本和备案表各一份。", sent_on=day.isoformat()
        )

    def file(self, day: date) -> None:
        filing = f"演示备{day.year}-{self.number:03}"
        self.act("submit", self.office, day, filing=filing, filed_on=day.isoformat())
