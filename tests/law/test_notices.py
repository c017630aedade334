"""A notice's words give its days; a slip in copying is seen."""

from datetime import date, timedelta

import pytest

from rongbiao.law.notices import UnreadableNotice, read_notice
from rongbiao.law.workdays import notices

WEEK = "一二三四五六日"


def told(day):
    return f"{day.year}年{day.month}月{day.day}日（星期{WEEK[day.weekday()]}）"


def written(notice) -> str:
    """Write a notice's days as the State Council does."""
    lines = [
        f"{told(first)}至{told(last)}放假调休，共{(last - first).days + 1}天。"
        for first, last in notice.spans
    ]
    worked = "、".join(told(day) for day in notice.worked)
    return "\n".join([*lines, f"{worked}上班。" if worked else ""])


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.number)
def test_what_is_written_is_read(notice):
    read = read_notice(notice.year, written(notice))
    assert (read.off, read.working) == (notice.off, notice.working)


def test_the_customary_forms_are_read():
    text = """各省、自治区、直辖市人民政府：现将2027年放假安排通知如下。
    一、元旦：2026年12月31日（周四）至2027年1月2日放假调休，共3天。1月3日（周日）上班。
    二、清明节：4月5日放假，与周末连休。
    三、劳动节:5月1日(周六)至5日(周三)放假调休,共5天。4月25日（星期日）、5月8日（星期六）上班。
    四、端午节：6月9日（周三）放假1天，不调休。
    五、中秋节：9月15日放假，9月17日（星期五）补休。
    鼓励职工在除夕（2月5日）休息。国务院办公厅 2026年11月5日"""
    read = read_notice(2027, text, number="试〔2026〕9号")
    may = {date(2027, 5, 1) + timedelta(days=n) for n in range(5)}
    assert read.off == may | {
        date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2), date(2027, 4, 5),
        date(2027, 6, 9), date(2027, 9, 15), date(2027, 9, 17),
    }  # fmt: skip
    assert read.worked == [date(2027, 1, 3), date(2027, 4, 25), date(2027, 5, 8)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("全体职工休息一下。", "没有读到放假或上班的日期"),
        ("1月1日（周四）至3日放假，共3天。", "2027年1月1日是星期五，通知写星期四"),
        ("1月1日至3日放假调休，共4天。", "是 3 天，通知写共 4 天"),
        ("2月30日放假。", "没有2月30日这一天"),
        ("5月1日至5日放假。5月3日上班。", "2027年5月3日既写放假又写上班"),
        ("10月7日至1日放假。", "不是一段假期"),
        ("10月1日至12月31日放假。", "不是一段假期"),
        ("5日放假。", "“5日”前没有月份"),
        ("字" * 20_001, "不应超过 20000 字"),
    ],
)
def test_a_slip_is_told_in_one_sentence(text, said):
    with pytest.raises(UnreadableNotice, match=said) as caught:
        read_notice(2027, text)
    assert str(caught.value).count("。") == 1


def test_a_hostile_text_takes_no_time():
    assert read_notice(2027, "1月1日放假。" + "1月1日、" * 3000).off == {date(2027, 1, 1)}
