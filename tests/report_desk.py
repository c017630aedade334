"""One assignment of a reporter's unit over two quarters, and what people do with its reports."""

from rongbiao.strategy import lamps, reports
from rongbiao.strategy.models import Assignment, Report
from rongbiao.strategy.reports import ReportWords
from tests.bench_world import build

WORDS = ReportWords("深海养殖标准三项进入起草。", 40, "缺少经费", "十二月送审")


class Desk:
    """The two quarters of a plan, the unit's reporter and an officer."""

    def __init__(self, reporter, officer):
        self.world = build(plans=1, assignments=24, quarters=2, reported=False)
        self.first, self.second = self.world.quarters[self.world.newest.pk]
        task = self.world.assignments[self.world.newest.pk][0].task
        self.assignment = Assignment.objects.create(
            task=task, organization=reporter.organization, since=self.world.newest.since
        )
        self.reporter, self.officer = reporter, officer

    def draft(self, words=WORDS, quarter=None, day=None):
        quarter = quarter or self.first
        day = day or quarter.opens_on
        report = reports.open_report(self.assignment, quarter, actor=self.reporter, day=day)
        return reports.save(report, words, actor=self.reporter, day=day, version=report.version)

    def filed(self, words=WORDS, quarter=None, day=None):
        report = self.draft(words, quarter, day)
        day = day or (quarter or self.first).opens_on
        return reports.file(report, actor=self.reporter, day=day, version=report.version)

    def accepted(self, words=WORDS, quarter=None, day=None):
        report = self.filed(words, quarter, day)
        return reports.accept(
            report, actor=self.officer, day=report.filed_on, version=report.version
        )

    def returned(self, day=None):
        report = self.filed()
        day = day or report.filed_on
        return reports.send_back(
            report, "请附佐证。", actor=self.officer, day=day, version=report.version
        )

    def lamp(self, day, quarter=None):
        quarter = quarter or self.first
        report = Report.objects.filter(assignment=self.assignment, quarter=quarter).first()
        terms = lamps.terms(self.world.newest, quarter)
        return lamps.lamp(lamps.Facts(day, terms, report and lamps.filing_of(report)))
