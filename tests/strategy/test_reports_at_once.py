"""Of people who act on one report at one moment, one is faster and the others are told who."""

import re
from dataclasses import replace

import pytest

from rongbiao.parties import journal
from rongbiao.strategy import reports
from rongbiao.strategy.models import Report
from tests.at_once import compete
from tests.conftest import hold_post
from tests.report_desk import WORDS, Desk


@pytest.fixture
def desk(reporter, officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Desk(reporter, officer)


@pytest.mark.django_db(transaction=True)
def test_of_eight_filings_at_one_moment_one_is_done(desk):
    report, day = desk.draft(), desk.first.opens_on
    told = compete(*[lambda: reports.file(report, actor=desk.reporter, day=day, version=1)] * 8)
    won = [one for one in told if isinstance(one, Report)]
    lost = [one for one in told if isinstance(one, str)]
    assert (len(won), len(lost)) == (1, 7)
    for sentence in lost:
        assert re.fullmatch(
            r"陈填报（市海洋与渔业局）已于\d\d:\d\d报送了这份填报，请刷新后再办。", sentence
        )
    assert journal.lines_of(report).filter(verb="file").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_the_slower_is_told_who_was_faster(desk):
    other = hold_post("黄经办", "市市场监管局", "officer")
    report = desk.filed()
    day, version = report.filed_on, report.version
    told = compete(
        lambda: reports.accept(report, actor=desk.officer, day=day, version=version),
        lambda: reports.send_back(report, "请附佐证。", actor=other, day=day, version=version),
    )
    kept = Report.objects.get(pk=report.pk)
    if isinstance(told[0], Report):
        assert kept.state == "accepted"
        faster, sentence, deed = "林经办（市市场监管局）", told[1], "审核通过"
    else:
        assert kept.state == "returned"
        faster, sentence, deed = "黄经办（市市场监管局）", told[0], "退回"
    assert sentence.startswith(f"{faster}已于")
    assert sentence.endswith(f"{deed}了这份填报，请刷新后再办。")
    assert journal.lines_of(report).filter(verb__in=["accept", "send-back"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_a_report_at_once_both_get_the_same(desk):
    act = {"actor": desk.reporter, "day": desk.first.opens_on}
    told = compete(*[lambda: reports.open_report(desk.assignment, desk.first, **act)] * 4)
    assert len({one.pk for one in told}) == 1
    assert journal.lines_of(told[0]).filter(verb="open").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_forty_reviews_at_one_moment_one_holds(desk):
    report = desk.filed()
    act = {"actor": desk.officer, "day": report.filed_on, "version": report.version}
    told = compete(
        *[lambda: reports.accept(report, **act), lambda: reports.send_back(report, "再核。", **act)]
        * 20
    )
    won = [one for one in told if isinstance(one, Report)]
    lost = [one for one in told if isinstance(one, str)]
    assert (len(won), len(lost)) == (1, 39)
    assert all(sentence.endswith("了这份填报，请刷新后再办。") for sentence in lost)
    assert Report.objects.get(pk=report.pk).state == won[0].state
    assert journal.lines_of(report).filter(verb__in=["accept", "send-back"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_edit_one_version_one_is_kept(desk):
    report = desk.draft()
    act = {"actor": desk.reporter, "day": desk.first.opens_on, "version": report.version}

    def edit(share):
        return lambda: reports.save(report, replace(WORDS, share=share), **act)

    told = compete(*[edit(share) for share in range(60, 80)])
    (won,) = [one for one in told if isinstance(one, Report)]
    assert Report.objects.get(pk=report.pk).share == won.share
    assert sum(isinstance(one, str) for one in told) == 19
