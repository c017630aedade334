"""The story of the demonstration world, told day by day through the acts that people use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from rongbiao.exchange import batches
from rongbiao.parties.appointments import appoint, enroll
from rongbiao.parties.models import Group, Organization, Post
from rongbiao.shell import (
    demo_accounts,
    demo_citing,
    demo_declared,
    demo_editions,
    demo_experts,
    demo_groups,
    demo_implementation,
    demo_leaders,
    demo_projects,
    demo_registers,
    demo_supervision,
)
from rongbiao.shell.demo_reports import Season
from rongbiao.strategy import conference, decisions
from rongbiao.strategy.decisions import ChargeLine, CourseLine, StepLine
from rongbiao.strategy.models import Plan, Quarter, Step

EVE = date(2023, 9, 14)  # the story begins on the day the Opinion was signed


@dataclass(frozen=True)
class Script:
    """What stands in story.yaml and words.yaml."""

    story: dict[str, Any]
    words: dict[str, Any]
    projects: dict[str, Any]
    experts: dict[str, Any]
    citing: dict[str, Any]
    declared: dict[str, Any]
    groups: dict[str, Any]
    leaders: dict[str, Any]
    supervision: dict[str, Any]
    implementation: dict[str, Any]


def read_story(folder: Path) -> Script:
    """Read the story of a city."""
    with (folder / "story.yaml").open() as story, (folder / "words.yaml").open() as words:
        projects = demo_projects.read(folder)
        told = demo_experts.read(folder)
        citing = demo_citing.read(folder)
        declared, groups = demo_declared.read(folder), demo_groups.read(folder)
        return Script(
            yaml.safe_load(story),
            yaml.safe_load(words),
            projects,
            told,
            citing,
            declared,
            groups,
            demo_leaders.read(folder),
            demo_supervision.read(folder),
            demo_implementation.read(folder),
        )


def unit_named(name: str) -> Organization:
    """Return a unit by its name or its short name."""
    found = Organization.objects.filter(name=name).first()
    return found or Organization.objects.get(short_name=name)


class Story:
    """Plays a script: every event is an act of somebody on a day, in the order of days.

    ``today``: the day that its days are counted back from. It is one day also when midnight comes
    while the story is told.
    """

    def __init__(self, script: Script, city: dict[str, Any], today: date) -> None:
        self.script, self.today = script, today
        self.plan = Plan.objects.newest()
        self.accounts: list[dict] = []
        self.posts: dict[str, Post] = {}
        self.reporters: dict[int, Post] = {}
        self.since = self.plan.since

    def play(self) -> Iterator[tuple[int, int, str]]:
        """Play everything; yield how many events of how many are done, and what came last."""
        self.people()
        events = sorted(self.events(), key=lambda event: event[0])
        for done, (day, words, act) in enumerate(events, start=1):
            act(day)
            yield done, len(events), f"{day} {words}"
        demo_accounts.remember(self.accounts)

    def events(self) -> Iterator[tuple[date, str, Any]]:
        """Yield day, words and act of everything that happens."""
        story = self.script.story
        for row in story["decisions"]:
            yield row["decided_on"], row["title"], lambda day, row=row: self.decide(row, day)
            for step in row.get("steps", []):
                if "done_on" in step:
                    act = lambda day, step=step: self.finish(step, day)  # noqa: E731
                    yield step["done_on"], step["title"], act
        for row in story["memberships"]:
            yield row["since"], f"明确{row['unit']}", lambda day, row=row: self.admit(row, day)
        quarters = list(self.plan.quarters.order_by("year", "number"))
        for sheet in demo_registers.sheets(self.script, quarters):
            words = f"登记{sheet.name}"
            yield sheet.day, words, lambda day, sheet=sheet: self.register(sheet, day)
        for row in story["editions"]:
            act = lambda day, row=row: demo_editions.play(row, day, self.posts["office"])  # noqa: E731
            yield row["day"], f"补记{row['new']}的旧版和引用", act
        for row in story.get("gaps", ()):
            act = lambda day, row=row: demo_editions.explain(row, day, self.posts["office"])  # noqa: E731
            yield row["day"], f"说明空号{row['first']}至{row['last']}", act
        for quarter in quarters:
            yield from self.season(quarter)
        script, posts, reporters, today = self.script, self.posts, self.reporters, self.today
        yield from demo_experts.events(script.experts, posts, self.accounts, today)
        yield from demo_projects.events(script.projects, posts, reporters, today)
        yield from demo_citing.events(script.citing, posts["office"], reporters, today)
        yield from demo_declared.events(script.declared, posts, self.accounts, today)
        clauses = script.projects["clauses"]
        yield from demo_groups.Groups(script.groups, posts, self.accounts, clauses, today).events()
        yield from demo_leaders.events(script.leaders, posts, today)
        yield from demo_supervision.events(script.supervision, posts, today)
        yield from demo_implementation.events(script.implementation, posts, reporters, today)

    def season(self, quarter: Quarter) -> Iterator[tuple[date, str, Any]]:
        """Yield the filing and the review of one quarter."""
        season = Season(self.script, quarter, self.reporters, self.posts["office"])
        yield from season.events()

    def people(self) -> None:
        """Enroll the accounts that sign in, and a reporter for every other unit."""
        for row in self.script.story["people"]:
            password = demo_accounts.new_password()
            post = self.enroll(row["account"], row["name"], row["unit"], row["role"], password)
            second = row["role"] in {"officer", "administrator", "auditor"}
            if second:
                demo_accounts.second_factor(post.person)
            who = f"{post.organization}，{post.get_role_display()}"
            self.accounts.append(
                {"account": row["account"], "password": password, "who": who, "totp": second}
            )
            if row["role"] == "reporter":
                self.reporters[post.organization_id] = post
        for unit in Organization.objects.exclude(pk__in=self.reporters).filter(demonstration=False):
            name = f"{unit.label}填报人（演示）"
            post = self.enroll(f"unit-{unit.pk}", name, unit.name, "reporter", None)
            self.reporters[unit.pk] = post

    def enroll(self, account: str, name: str, unit: str, role: str, password: str | None) -> Post:
        """Enter one person with one post."""
        by: dict[str, Any] = {"actor": None, "day": EVE}
        person = enroll(account, name, password, demonstration=True, **by)
        post = appoint(person, unit_named(unit), role, EVE, "演示任职", **by)
        self.posts[account] = post
        return post

    def decide(self, row: dict[str, Any], day: date) -> None:
        """The joint conference decides."""
        tasks = {task.key: task for task in self.plan.tasks.all()}
        targets = {target.key: target for target in self.plan.targets.all()}
        charges = [
            ChargeLine(task=tasks[key], organization=unit_named(unit), part="lead")
            for key, unit in row.get("lead", {}).items()
        ]
        steps = [
            StepLine(tasks[s["task"]], s["title"], unit_named(s["unit"]), s["due_on"])
            for s in row.get("steps", [])
        ]
        course = [
            CourseLine(target=targets[key], on=on, value=value)
            for key, points in row.get("course", {}).items()
            for on, value in points.items()
        ]
        decisions.enter(
            self.plan,
            number=row["number"],
            title=row["title"],
            decided_on=row["decided_on"],
            charges=charges,
            steps=steps,
            course=course,
            actor=self.posts["office"],
            day=day,
        )

    def finish(self, step: dict[str, Any], day: date) -> None:
        """A step of a decision is done."""
        row = Step.objects.get(title=step["title"], demonstration=True)
        decisions.finish_step(row, day, actor=self.posts["office"], day=day)

    def admit(self, row: dict[str, Any], day: date) -> None:
        """A unit is named as a member."""
        group = Group.objects.get(key=row["group"])
        unit = unit_named(row["unit"])
        by: dict[str, Any] = {"actor": self.posts["office"], "day": day}
        conference.admit(group, unit, row["since"], row["basis"], **by)

    def register(self, sheet: demo_registers.Sheet, day: date) -> None:
        """The office enters a batch into a register."""
        batches.enter(
            sheet.register,
            sheet.content,
            sheet.name,
            basis=sheet.basis,
            basis_on=day,
            actor=self.posts["office"],
            day=day,
        )
