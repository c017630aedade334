"""What a unit and the office may do with a report, and what they are told when they may not."""

from dataclasses import replace
from datetime import date

import pytest

from rongbiao.parties import journal
from rongbiao.parties.refused import Refused
from rongbiao.strategy import lamps, reports
from rongbiao.strategy.models import Evidence, Plan, Report
from tests.conftest import hold_post
from tests.report_desk import WORDS, Desk

TEXT_FILE = "三项标准在起草".encode()


@pytest.fixture
def desk(reporter, officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Desk(reporter, officer)


def refused(act, *args, **kwargs) -> str:
    with pytest.raises(Refused) as why:
        act(*args, **kwargs)
    assert str(why.value).endswith("。")
    return str(why.value)


def test_from_draft_to_acceptance(desk):
    report = desk.draft()
    assert (report.state, report.version, report.first_filed_on) == ("draft", 1, None)
    day = desk.first.opens_on
    report = reports.file(report, actor=desk.reporter, day=day, version=1)
    assert (report.state, report.first_filed_on, report.filed_on) == ("filed", day, day)
    report = reports.accept(report, actor=desk.officer, day=day, version=2)
    kept = Report.objects.get(pk=report.pk)
    assert (kept.state, kept.reviewed_by, kept.reviewed_on) == ("accepted", desk.officer, day)
    assert (kept.text, kept.share) == (WORDS.text, 40)
    assert [line.verb for line in journal.lines_of(report)] == ["open", "save", "file", "accept"]


def test_opening_again_gives_the_same_report_and_leaves_no_second_trace(desk):
    first = desk.draft()
    again = reports.open_report(
        desk.assignment, desk.first, actor=desk.reporter, day=desk.first.opens_on
    )
    assert (again.pk, again.text) == (first.pk, WORDS.text)
    assert [line.verb for line in journal.lines_of(first)] == ["open", "save"]


def test_saving_the_same_words_leaves_no_trace(desk):
    report = desk.draft()
    again = reports.save(
        report, WORDS, actor=desk.reporter, day=desk.first.opens_on, version=report.version
    )
    assert again.version == 1
    assert journal.lines_of(report).filter(verb="save").count() == 1


def test_not_before_it_opens_and_not_for_another_plan_or_time(desk):
    early = date(desk.first.opens_on.year, desk.first.opens_on.month, desk.first.opens_on.day - 1)
    said = refused(reports.open_report, desk.assignment, desk.first, actor=desk.reporter, day=early)
    assert said == "2023年一季度填报自2023年3月11日起开放，现在还不能填报。"
    desk.assignment.until = date(2023, 3, 30)
    assert "不在责任期内" in refused(
        reports.open_report,
        desk.assignment,
        desk.first,
        actor=desk.reporter,
        day=desk.first.opens_on,
    )


def test_a_quarter_of_another_plan_is_refused(desk):
    plan = Plan.objects.get(pk=desk.world.newest.pk)
    plan.pk, plan.key, plan.number, plan._state.adding = None, "other", "另〔2024〕1号", True
    plan.reading = _copy(plan.reading)
    plan.save()
    quarter = _copy(desk.first, plan=plan)
    assert "不属于“量测意见0”" in refused(
        reports.open_report, desk.assignment, quarter, actor=desk.reporter, day=quarter.opens_on
    )


def _copy(row, **changed):
    row = type(row).objects.get(pk=row.pk)
    row.pk, row._state.adding = None, True
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    return row


def test_an_empty_report_is_not_filed(desk):
    report = desk.draft(replace(WORDS, text=" 。\n"))
    said = refused(
        reports.file, report, actor=desk.reporter, day=desk.first.opens_on, version=report.version
    )
    assert said == "请填写本期进展。"


def test_a_share_that_falls_wants_a_reason(desk):
    desk.accepted()
    words = replace(WORDS, text="一项标准退回重新起草。", share=30)
    report = desk.draft(words, desk.second)
    assert [fault.field for fault in reports.wanting(report)] == ["fall_reason"]
    day = desk.second.opens_on
    said = refused(reports.file, report, actor=desk.reporter, day=day, version=report.version)
    assert said == "完成比例由2023年一季度的40%降为30%，请说明下降的原因。"
    explained = replace(words, fall_reason="一项标准经审查退回重新起草")
    report = reports.save(report, explained, actor=desk.reporter, day=day, version=report.version)
    assert reports.file(report, actor=desk.reporter, day=day, version=report.version).share == 30


@pytest.mark.parametrize(
    "text",
    [WORDS.text, " 深海养殖标准３项进入起草 ".replace("３", "三"), "深海养殖标准三项，进入起草！"],
)
def test_the_same_text_as_last_quarter_wants_a_reason(desk, text):
    desk.accepted()
    report = desk.draft(replace(WORDS, text=text), desk.second)
    day = desk.second.opens_on
    said = refused(reports.file, report, actor=desk.reporter, day=day, version=report.version)
    assert said == "本期进展与2023年一季度相同；确无变化的，请说明原因。"
    explained = replace(WORDS, text=text, same_reason="标准仍在起草")
    report = reports.save(report, explained, actor=desk.reporter, day=day, version=report.version)
    assert reports.file(report, actor=desk.reporter, day=day, version=report.version)


def test_what_is_too_long_or_no_share_is_refused_and_unseen_characters_go(desk):
    report = desk.draft()
    day = desk.first.opens_on
    act = {"actor": desk.reporter, "day": day, "version": report.version}
    assert refused(reports.save, report, replace(WORDS, text="长" * 2001), **act) == (
        "“本期进展”共2001字，超过2000字的上限，请删减。"
    )
    for share in (-1, 101, "40"):
        assert "0至100之间" in refused(reports.save, report, replace(WORDS, share=share), **act)
    report = reports.save(report, replace(WORDS, text="甲\x00乙\r\n丙"), **act)
    assert Report.objects.get(pk=report.pk).text == "甲乙\n丙"


def test_a_returned_report_is_corrected_and_accepted(desk):
    report = desk.returned()
    assert (report.state, report.reason) == ("returned", "请附佐证。")
    day = desk.first.opens_on
    unchanged = refused(reports.file, report, actor=desk.reporter, day=day, version=report.version)
    assert unchanged == "退回后尚未修改，请按退回理由补正后再报送。"
    reports.add_evidence(report, TEXT_FILE, "佐证.txt", actor=desk.reporter, day=day)
    report = reports.file(report, actor=desk.reporter, day=day, version=report.version)
    assert (report.state, report.overran_on) == ("filed", None)
    report = reports.accept(report, actor=desk.officer, day=day, version=report.version)
    assert (report.state, report.reason) == ("accepted", "")


def test_a_correction_after_its_last_day_is_lagging_for_ever(desk):
    report = desk.returned()
    day = date(2023, 4, 12)
    assert desk.lamp(day) is lamps.Lamp.BAD
    report = reports.save(
        report, replace(WORDS, share=100), actor=desk.reporter, day=day, version=report.version
    )
    report = reports.file(report, actor=desk.reporter, day=day, version=report.version)
    assert report.overran_on == day
    report = reports.accept(report, actor=desk.officer, day=day, version=report.version)
    assert desk.lamp(date(2024, 1, 1)) is lamps.Lamp.WARN


def test_a_later_timely_correction_does_not_clear_an_earlier_late_one(desk):
    report = desk.returned()
    late = date(2023, 4, 12)
    for day, share in ((late, 41), (date(2023, 4, 14), 42)):
        report = reports.save(
            report,
            replace(WORDS, share=share),
            actor=desk.reporter,
            day=day,
            version=report.version,
        )
        report = reports.file(report, actor=desk.reporter, day=day, version=report.version)
        report = reports.send_back(
            report, "再核。", actor=desk.officer, day=day, version=report.version
        )
    assert report.overran_on == late


def test_a_late_first_filing_is_lagging_for_ever(desk):
    desk.accepted(replace(WORDS, share=100), day=date(2023, 4, 11))
    assert desk.lamp(date(2023, 4, 10)) is lamps.Lamp.IDLE
    assert desk.lamp(date(2024, 1, 1)) is lamps.Lamp.WARN


def test_states_in_which_an_act_is_not_open(desk):
    day = desk.first.opens_on
    draft = desk.draft()
    unit = {"actor": desk.reporter, "day": day}
    office = {"actor": desk.officer, "day": day}
    assert refused(reports.accept, draft, **office, version=1) == (
        "这份填报目前为“草稿”，不能审核通过。"
    )
    filed = reports.file(draft, **unit, version=1)
    assert refused(reports.save, filed, WORDS, **unit, version=2) == (
        "这份填报目前为“待审核”，不能保存。"
    )
    assert "不能添加附件" in refused(reports.add_evidence, filed, TEXT_FILE, "a.txt", **unit)
    accepted = reports.accept(filed, **office, version=2)
    assert "不能退回" in refused(reports.send_back, accepted, "迟了。", **office, version=3)


def test_a_return_wants_a_reason(desk):
    report = desk.filed()
    act = {"actor": desk.officer, "day": desk.first.opens_on, "version": report.version}
    assert "请填写退回理由" in refused(reports.send_back, report, "  ", **act)
    assert "“退回理由”共501字，超过500字" in refused(reports.send_back, report, "长" * 501, **act)


def test_days_run_forward(desk):
    report = desk.filed(day=desk.first.due_on)
    early = desk.first.opens_on
    assert "审核日期早于报送日期" in refused(
        reports.accept, report, actor=desk.officer, day=early, version=report.version
    )
    report = reports.send_back(
        report, "请附佐证。", actor=desk.officer, day=desk.first.due_on, version=report.version
    )
    assert "报送日期早于" in refused(
        reports.file, report, actor=desk.reporter, day=early, version=report.version
    )


def test_who_may_not(desk):
    stranger = hold_post("王外人", "市林业局", "reporter")
    day = desk.first.opens_on
    assert "王外人（市林业局）" in refused(
        reports.open_report, desk.assignment, desk.first, actor=stranger, day=day
    )
    report = desk.filed()
    for actor in (stranger, desk.reporter):
        refused(reports.accept, report, actor=actor, day=day, version=report.version)
        refused(reports.send_back, report, "不妥。", actor=actor, day=day, version=report.version)
    refused(reports.save, report, WORDS, actor=desk.officer, day=day, version=report.version)
    assert Report.objects.get(pk=report.pk).version == report.version


def test_nobody_reviews_what_they_filed_themselves(desk):
    report = desk.filed()
    both = hold_post(desk.reporter.person.username, "市市场监管局", "officer")
    said = refused(reports.accept, report, actor=both, day=report.filed_on, version=report.version)
    assert said == "这份填报由您本人报送，应由其他经办人审核。"


def test_evidence_is_attached_once_and_taken_off_without_being_lost(desk):
    report, day = desk.draft(), desk.first.opens_on
    unit = {"actor": desk.reporter, "day": day}
    evidence = reports.add_evidence(report, TEXT_FILE, "../佐证.txt", **unit)
    assert (str(evidence), evidence.file.media) == ("佐证.txt", "text/plain")
    assert refused(reports.add_evidence, report, TEXT_FILE, "又名.txt", **unit) == (
        "“又名.txt”已经附在这份填报上。"
    )
    assert "内容是网页，不在可接收之列" in refused(
        reports.add_evidence, report, b"<html>", "报告.pdf", **unit
    )
    gone = reports.remove_evidence(evidence, **unit)
    assert gone.removed_on == day
    assert "撤下" in refused(reports.remove_evidence, evidence, **unit)
    with Evidence.objects.get().file.content.open() as kept:
        assert kept.read() == TEXT_FILE
    assert reports.add_evidence(report, TEXT_FILE, "佐证.txt", **unit).pk != evidence.pk


def test_a_report_bears_twenty_files(desk):
    report = desk.draft()
    unit = {"actor": desk.reporter, "day": desk.first.opens_on}
    for place in range(20):
        reports.add_evidence(report, f"佐证{place}".encode(), f"{place}.txt", **unit)
    assert "最多附20个文件" in refused(reports.add_evidence, report, b"more", "x.txt", **unit)


def test_what_demonstration_posts_do_is_marked(desk):
    desk.reporter.demonstration = True
    report = desk.draft()
    evidence = reports.add_evidence(
        report, TEXT_FILE, "佐证.txt", actor=desk.reporter, day=desk.first.opens_on
    )
    assert (report.demonstration, evidence.demonstration, evidence.file.demonstration) == (
        True,
        True,
        True,
    )
