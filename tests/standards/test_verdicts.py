"""What each citation of a text is on a day: state, marks, sentence, and the row it rests on."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongbiao.standards.models import Relation, Standard
from rongbiao.standards.numbering import columns, keyed
from rongbiao.standards.verdicts import MARKS, STATES, Mark, Status, verdicts
from rongbiao.texts.citations import find_citations
from rongbiao.texts.numbers import read_number

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 5)
# Number, title, status, implemented, withdrawn.
ROWS = [
    ("GB/T 19001-2000", "质量管理体系 要求", "superseded", "2001-06-01", None),
    ("GB/T 19001-2008", "质量管理体系 要求", "superseded", "2009-03-01", None),
    ("GB/T 19001-2016", "质量管理体系 要求", "current", "2017-07-01", None),
    ("GB/T 24001-2016", "环境管理体系 要求及使用指南", "current", "2017-05-01", None),
    ("GB 5749-2022", "生活饮用水卫生标准", "current", "2023-04-01", None),
    ("GB 5749-1985", "生活饮用水卫生标准", "superseded", "1986-10-01", None),
    ("GB 31604.8-2027", "食品接触材料", "upcoming", "2027-03-01", None),
    ("GB/T 20223-2006", "棉短绒", "withdrawn", "2006-09-01", "2017-12-15"),
    ("GB/T 9999-1988", "旧方法", "withdrawn", "1989-01-01", "2005-01-01"),
    ("GB/T 3100-1993", "国际单位制及其应用", "current", "1994-07-01", None),
    ("GB/T 3101-1993", "有关量、单位和符号的一般原则", "current", "1994-07-01", None),
    ("GB/T 3102-1993", "量和单位", "withdrawn", "1994-07-01", "2020-01-01"),
    ("GB/T 17626.1-2006", "电磁兼容 试验和测量技术 抗扰度试验总论", "current", "2007-07-01", None),
    ("GB/T 17626.2-2018", "电磁兼容 试验和测量技术 静电放电抗扰度试验", "current", "2019-01-01", None),
    ("GB 4943-2011", "信息技术设备 安全", "current", "2012-12-01", None),
    ("GB 4943-2011/XG1-2015", "《信息技术设备 安全》第1号修改单", "current", "2015-10-01", None),
    ("HJ/T 91-2002", "地表水和污水监测技术规范", "current", "2003-01-01", None),
    ("DB35/T 2000-2021", "公共场所导向", "current", "2021-09-01", None),
    ("GB 50016-2014", "建筑设计防火规范", "current", "2015-05-01", None),
    ("ISO 9001:2015", "Quality management systems", "current", "2015-09-15", None),
    ("GB/T 30000-2030", "新方法", "project", None, None),
]  # fmt: skip


@pytest.fixture(autouse=True)
def register():
    """Enter the rows, and that GB 31604.9-2016 replaced the withdrawn GB/T 9999-1988."""
    for number, title, status, begun, gone in ROWS:
        enter(number, title, status, begun, gone)
    enter("GB/T 8888-2004", "新方法 通则", "current", "2005-01-01", None)
    relate("GB/T 8888-2004", "GB/T 9999-1988")


def enter(number, title, status, begun, gone):
    return Standard.objects.create(
        **columns(read_number(number)), title=title, status=status, implemented_on=begun,
        withdrawn_on=gone, basis="公告2020年第1号", source="openstd",
    )  # fmt: skip


def relate(newer, older):
    Relation.objects.create(
        kind="replaces", subject=newer, subject_key=keyed(newer), object=older,
        object_key=keyed(older), basis="公告2005年第2号", source="openstd",
    )  # fmt: skip


def judged(text, on=TODAY):
    return verdicts(text, find_citations(text), on)


@pytest.mark.parametrize(
    ("text", "status", "marks", "replaced_by", "present", "sure"),
    [
        ("GB/T 19001-2016", "current", "", "", "GB/T 19001-2016", True),
        ("GB/T 19001-2000", "superseded", "", "GB/T 19001-2008", "GB/T 19001-2016", True),
        ("GB/T 19001", "current", "undated", "", "GB/T 19001-2016", True),
        ("GB 31604.8-2027", "upcoming", "", "", "", True),
        ("GB/T 20223-2006", "withdrawn", "", "", "", True),
        ("GB/T 9999-1988", "superseded", "", "GB/T 8888-2004", "GB/T 8888-2004", True),
        ("GB/T 30000-2030", "project", "", "", "", True),
        ("GB 5749-85", "superseded", "guessed-year", "GB 5749-2022", "GB 5749-2022", True),
        ("GB 19001-2016", "current", "mandate", "", "GB/T 19001-2016", False),
        ("GB 19001", "current", "mandate undated", "", "GB/T 19001-2016", False),
        ("GB 19001-2008", "superseded", "mandate", "GB/T 19001-2016", "GB/T 19001-2016", False),
        ("HJ 91-2002", "current", "mandate", "", "HJ/T 91-2002", False),
        ("DB35/2000-2021", "current", "mandate", "", "DB35/T 2000-2021", False),
        ("GB/T 19001-2015", "unknown", "year", "", "", False),
        ("ISO 14001:2015", "unknown", "abroad", "", "", False),
        ("ISO 9001:2015", "current", "", "", "ISO 9001:2015", True),
        ("GB/T 3100~3101-1993", "current", "range", "", "GB/T 3100-1993", True),
        ("GB/T 3100~3102-1993", "withdrawn", "range", "", "", True),
        ("GB/T 17626（所有部分）", "current", "all-parts", "", "", True),
        ("GB 50016-2014（2018年版）", "current", "edition", "", "GB 50016-2014", False),
        ("GB 4943-2011", "current", "amended", "", "GB 4943-2011", True),
        ("GB 4943-2011/XG1-2015", "current", "", "", "GB 4943-2011/XG1-2015", True),
        ("GB 50016-2014/XG1-2018", "current", "amendment", "", "GB 50016-2014", False),
        ("JGJ 88888-2001", "unknown", "", "", "", False),
    ],
)  # fmt: skip
def test_every_kind_of_answer(text, status, marks, replaced_by, present, sure):
    (found,) = judged(f"应符合{text}的规定。")
    assert (
        found.status, " ".join(found.marks), "、".join(found.replaced_by), found.sure,
    ) == (status, marks, replaced_by, sure), found.why  # fmt: skip
    if "all-parts" not in marks:
        assert found.present == present
    assert (found.row is None) == (found.status is Status.UNKNOWN)
    assert found.why.endswith("。")
    assert "{" not in found.why


def test_the_sentence_says_what_since_when_and_by_which_row():
    (found,) = judged("GB/T 19001-2000")
    assert found.why == (
        "GB/T 19001-2000 自 2009-03-01 起被 GB/T 19001-2008 代替。现行版本是 GB/T 19001-2016。"
        "来源载明已不再有效；由后一版本的实施日期推定。"
        "依据名录中“GB/T 19001-2000 质量管理体系 要求”（国家标准全文公开系统：公告2020年第1号）。"
    )
    assert found.standing.chain == ("GB/T 19001-2000", "GB/T 19001-2008", "GB/T 19001-2016")
    assert Standard.objects.get(pk=found.row).number == "GB/T 19001-2000"


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("GB/T 19010-2016", ("GB/T 19001-2016",)),  # two figures swapped
        ("GB/T 1900-2016", ("GB/T 19001-2016",)),  # one lost
        ("GB/T 24002-2016", ("GB/T 24001-2016",)),  # one wrong
        ("GB/T 19001-2015", ("GB/T 19001-2016", "GB/T 19001-2008", "GB/T 19001-2000")),
        ("GB 19001-2015", ("GB/T 19001-2016", "GB/T 19001-2008", "GB/T 19001-2000")),
        ("GB/T 19010", ()),  # without its year every neighbour would do
        ("GB/T 24002-2016 质量管理体系 要求", ()),  # its title says that the neighbour is not meant
        ("ISO 9002:2015", ("ISO 9001:2015",)),
    ],
)
def test_an_unknown_number_names_the_nearest(text, candidates):
    (found,) = judged(text)
    assert (found.status, found.candidates) == (Status.UNKNOWN, candidates)
    assert all(one in found.why for one in candidates)


def test_a_title_that_is_another_standards_is_marked_and_quoted():
    one, other = judged(
        "《环境管理体系 要求》（GB/T 19001-2016）和《质量管理体系》（GB/T 19001-2016）"
    )
    assert (one.marks, one.sure, other.marks, other.sure) == ((Mark.TITLE,), False, (), True)
    assert "文中写作“环境管理体系 要求”，名录中是“质量管理体系 要求”" in one.why


def test_a_day_decides():
    assert judged("GB 31604.8-2027", date(2027, 3, 1))[0].status is Status.CURRENT
    assert judged("GB/T 20223-2006", date(2010, 1, 1))[0].status is Status.CURRENT
    assert judged("GB/T 19001", date(2010, 1, 1))[0].present == "GB/T 19001-2008"


def test_the_same_number_twice_keeps_both_places():
    text = "GB 5749-2022；GB 5749-2022"
    found = judged(text)
    assert [text[one.citation.start :][:12] for one in found] == ["GB 5749-2022"] * 2
    assert verdicts("", [], TODAY) == []


def test_as_many_questions_for_one_as_for_many():
    with CaptureQueriesContext(connection) as one:
        judged("GB/T 19001-2016")
    text = "".join(
        f"GB {n}-2001、JGJ {n}；GB/T 17626（所有部分），ISO {n}:2001，" for n in range(100, 400)
    )
    with CaptureQueriesContext(connection) as many:
        found = judged(f"{text}GB/T 19010-2016 GB 19001")
    assert (len(found), len(many)) == (1202, len(one))


def test_every_mark_and_state_has_a_sentence():
    assert (set(MARKS), set(STATES)) == (set(Mark), set(Status))
    assert all(str(words).endswith("。") for words in MARKS.values())
