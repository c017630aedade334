"""One reporting season of the story: units file their sheets, the office reviews them."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from rongbiao.parties.models import Post
from rongbiao.strategy import reports, sheets
from rongbiao.strategy.models import Assignment, Quarter, Report
from rongbiao.strategy.reports import ReportWords

REVIEW_DAYS = 2  # the office answers two days after a sheet came in


class Season:
    """What happens in one quarter."""

    def __init__(
        self, script: Any, quarter: Quarter, reporters: dict[int, Post], office: Post
    ) -> None:
        self.quarter = quarter
        self.key = quarter.key
        self.words = script.words
        told = script.story["reporting"]
        self.late = told["late"].get(self.key, {})
        self.missing = told["missing"].get(self.key, {})
        self.returned = told["returned"].get(self.key, {})
        self.left = told["left"].get(self.key, {})
        self.waiting = set(told["waiting"].get(self.key, []))
        self.slow = told["slow"]
        self.done_early = told["done_early"]
        self.reporters = reporters
        self.office = office
        # 0 for the first quarter of the plan; sets the share that is on course
        ordered = list(
            quarter.plan.quarters.order_by("year", "number").values_list("pk", flat=True)
        )
        self.place = ordered.index(quarter.pk)
        self.course = round((self.place + 1) / len(ordered) * 100)

    def events(self) -> Iterator[tuple[date, str, Any]]:
        """Yield each unit's filing and its review."""
        for number, (unit, post) in enumerate(sorted(self.reporters.items())):
            name, label = post.organization.name, post.organization.label
            late = self.late.get(name) or self.late.get(label)
            if late:
                day = self.quarter.due_on + timedelta(days=late)
            else:
                day = self.quarter.ends_on - timedelta(days=3 + number % 9)
            yield day, f"{label}填报{self.quarter}", partial(self.file, unit, post)
            if name not in self.waiting:
                later = day + timedelta(days=REVIEW_DAYS)
                yield later, f"审核{label}{self.quarter}", partial(self.review, post)

    def told(self, table: dict, post: Post) -> Any:
        """Return what the story says of a unit, by its name or its label."""
        return table.get(post.organization.name) or table.get(post.organization.label) or {}

    def file(self, unit: int, post: Post, day: date) -> None:
        """A unit files its sheet."""
        missing = self.told(self.missing, post)
        if missing == "all":
            return
        rows = Assignment.objects.on(self.quarter.ends_on).filter(
            task__plan=self.quarter.plan, organization=unit
        )
        lines = [
            (row, self.say(row, post))
            for row in rows.select_related("task", "organization")
            if row.task.key not in missing
        ]
        if lines:
            sheets.file_sheet(self.quarter, lines, actor=post, day=day)

    def say(self, row: Assignment, post: Post) -> ReportWords:
        """Return what a unit reports of one assignment."""
        key, seed = row.task.key, row.pk * 7 + self.place * 5
        done_in = self.told(self.done_early, post).get(key)
        share = min(self.course + row.pk % 7, 99)
        if key in (self.told(self.slow, post) or []):
            share = max(self.course - 26 - row.pk % 9, 3)
        if done_in and done_in <= self.key:
            share = 100
        stage = min(2, share // 34)
        pool = self.words["progress"][key]
        words = [pool[max(stage - 1, 0)], pool[stage]] if stage else [pool[0]]
        text = "".join(
            line.format(n=2 + (seed + i * 3) % 17, unit="") for i, line in enumerate(words)
        )
        return ReportWords(
            text=f"{self.quarter}：{text}",
            share=share,
            difficulties=self.pick("difficulties", seed),
            next_steps=self.pick("next_steps", seed + 1),
        )

    def pick(self, words: str, seed: int) -> str:
        """Return one of the written sentences."""
        pool = self.words[words]
        return pool[seed % len(pool)]

    def review(self, post: Post, day: date) -> None:
        """The office accepts what a unit filed, or sends single reports back first; some stay there."""
        filed = Report.objects.filter(
            quarter=self.quarter,
            state=Report.State.FILED,
            assignment__organization=post.organization,
        ).select_related("assignment__task", "assignment__organization", "quarter")
        back, left = self.told(self.returned, post), self.told(self.left, post)
        by: dict[str, Any] = {"actor": self.office, "day": day}
        for report in filed:
            if reason := left.get(report.assignment.task.key):
                reports.send_back(report, reason, version=report.version, **by)
            elif reason := back.get(report.assignment.task.key):
                self.send_back(report, reason, post, day)
        wanted = filed.values_list("pk", "version")
        sheets.accept_all(list(wanted), **by)

    def send_back(self, report: Report, reason: str, post: Post, day: date) -> None:
        """One report goes back and comes again the same day, put right."""
        office: dict[str, Any] = {"actor": self.office, "day": day}
        unit: dict[str, Any] = {"actor": post, "day": day}
        report = reports.send_back(report, reason, version=report.version, **office)
        words = ReportWords(
            text=f"{report.text}已按要求补充研制进度和佐证。",
            share=report.share,
            difficulties=report.difficulties,
            next_steps=report.next_steps,
        )
        report = reports.save(report, words, version=report.version, **unit)
        reports.file(report, version=report.version, **unit)
