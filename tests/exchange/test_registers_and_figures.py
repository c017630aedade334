"""From a table with its basis to a figure, and from the published rows back to the same figure."""

import csv
import io
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.test import Client

from rongbiao.exchange import batches
from rongbiao.exchange.tables import find_headings
from rongbiao.parties import journal
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.standards.models import Declaration, Participation, Standard
from rongbiao.strategy import figures
from rongbiao.texts.credit_codes import check_character

DAY = date(2025, 10, 1)
FIRST = "91350100900000001"
CODE = FIRST + check_character(FIRST)
STANDARDS = """标准编号,标准名称,层级,立项下达日期,发布日期,废止日期,本市起草单位,单位类别
GB/T 99001—2024,甲,国家标准,2023-05-01,2024-02-01,,榕江新材料公司、左海纺织公司,企业
GB/T 99002—2024,乙,国家标准,,2024/3/1,2025-01-01,榕江新材料公司,企业
GB/T 99003—2022,丙,国家标准,,2022-03-01,,榕江新材料公司,企业
GB/T 99004—2024,丁,国家标准,,20240401,,,
DB3501/T 901—2024,戊,市级地方标准,2023-10-01,2024-10-01,,左海纺织公司,企业
DB3501/T 902—2025,己,市级地方标准,2024-06-01,2025年3月1日,,左海纺织公司,企业
DB3501/T 903—2025,庚,市级地方标准,,2025-04-01,,左海纺织公司,企业
T/FZ 001—2024,辛,团体标准,,2024-05-01,,左海纺织公司,企业
"""
DECLARATIONS = f"""企业,统一社会信用代码,标准编号,标准名称,企业标准,公开日期,废止日期,单位类别
榕江新材料公司,{CODE},Q/RJ 001,切片,是,2021-01-01,,企业
榕江新材料公司,{CODE},Q/RJ 002,长丝,是,2024-01-01,2025-06-01,企业
榕江新材料公司,{CODE},GB/T 99001—2024,甲,否,2024-06-01,,企业
"""
RECOGNITIONS = """类别,级别,领域,名称,承担单位,批准日期,终止日期,单位类别
标准化试点（示范）,省级,农业,茶园试点,左海纺织公司,2024-01-05,,企业
标准化试点（示范）,国家级,工业,园区试点,左海纺织公司,2024-02-05,2025-02-05,企业
标准化试点（示范）,市级,服务业,旧试点,左海纺织公司,2022-02-05,,企业
标准化技术委员会秘书处,国家级,,海洋工作组,左海纺织公司,2025-03-18,,企业
标准化技术委员会秘书处,省级,,省级工作组,左海纺织公司,2025-03-18,,企业
"""


def enter(officer, register, text, name="明细.csv"):
    by = {"basis": "榕标办〔2025〕1号", "basis_on": DAY, "actor": officer, "day": DAY}
    return batches.enter(register, text.encode(), name, **by)


@pytest.fixture
def filled(opinion_plan, officer):
    enter(officer, "standards", STANDARDS)
    enter(officer, "declarations", DECLARATIONS)
    enter(officer, "recognitions", RECOGNITIONS)
    return opinion_plan


def rows(plan, key, day):
    answer = Client().get(f"/plans/{plan.key}/targets/{key}/rows.csv?asof={day}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def months(row):
    start, end = (date.fromisoformat(row[name]) for name in ("立项下达日期", "发布日期"))
    return Decimal((end - start).days) * 12 / 365


def mean(found):
    counted = [months(row) for row in found if row["立项下达日期"]]
    if not counted:
        return None
    return (sum(counted) / len(counted)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@pytest.mark.parametrize(
    "day", ["2024-06-30", "2025-01-01", "2025-05-31", "2025-06-01", "2025-12-31"]
)
@pytest.mark.parametrize(
    "key",
    ["standards-led", "group-standards", "declared-standards", "secretariats",
     "innovation-bases", "cycle-months", "pilots"],
)  # fmt: skip
def test_anyone_can_recompute_a_figure_from_its_rows(filled, key, day):
    target = filled.targets.get(key=key)
    figure = figures.figure(target, date.fromisoformat(day))
    found = rows(filled, key, day)
    assert (mean(found) if key == "cycle-months" else Decimal(len(found))) == figure.value


def test_what_counts_is_what_the_definition_says(filled):
    def numbers(key, day):
        name = "名称" if key in {"pilots", "secretariats"} else "标准编号"
        return sorted(row[name] for row in rows(filled, key, day))

    # Not 丙 (before the plan), not 丁 (nobody of Fuzhou); 乙 until it was withdrawn.
    led = ["DB3501/T 901—2024", "DB3501/T 902—2025", "DB3501/T 903—2025", "GB/T 99001—2024"]
    assert numbers("standards-led", "2025-12-31") == led
    assert numbers("standards-led", "2024-12-31") == [
        "DB3501/T 901—2024",
        "GB/T 99001—2024",
        "GB/T 99002—2024",
    ]
    assert numbers("standards-led", "2025-01-01") == ["DB3501/T 901—2024", "GB/T 99001—2024"]
    assert numbers("pilots", "2025-12-31") == ["茶园试点"]
    assert numbers("secretariats", "2025-12-31") == ["海洋工作组"]
    assert numbers("declared-standards", "2025-05-31") == [
        "GB/T 99001—2024",
        "Q/RJ 001",
        "Q/RJ 002",
    ]
    assert numbers("declared-standards", "2025-06-01") == ["GB/T 99001—2024", "Q/RJ 001"]


def test_the_first_unit_leads_the_others_join(filled):
    parts = Participation.objects.filter(standard__number="GB/T 99001-2024")
    assert list(parts.values_list("organization__name", "part")) == [
        ("榕江新材料公司", "lead"),
        ("左海纺织公司", "join"),
    ]


def test_the_same_table_twice_changes_nothing(filled, officer):
    before = list(Standard.objects.values_list().order_by("pk"))
    report = enter(officer, "standards", STANDARDS)
    assert (report.new, report.changed, report.same) == (0, 0, 8)
    assert list(Standard.objects.values_list().order_by("pk")) == before
    changed = enter(officer, "declarations", DECLARATIONS.replace("切片", "切粒"))
    assert (changed.new, changed.changed, changed.same) == (0, 1, 2)
    assert Declaration.objects.get(number="Q/RJ 001").title == "切粒"


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("2024-02-01", "去年", r"第 2 行“发布日期”：“去年”不是日期"),
        ("国家标准,2023-05-01", "国标,2023-05-01", r"第 2 行“层级”：“国标”不在可填的值之中"),
        ("甲,国家标准", ",国家标准", r"第 2 行“标准名称”：不能为空"),
        ("GB/T 99002—2024", "GB/T 99001—2024", r"第 3 行“标准编号”：与第 2 行重复"),
        (
            "左海纺织公司,企业\nGB/T 99002",
            "左海纺织公司,\nGB/T 99002",
            r"名录里没有“榕江新材料公司”",
        ),
        ("标准编号,", "编码,", r"没有找到表头"),
    ],
)
def test_one_bad_line_and_nothing_is_entered(city, officer, was, now, why):
    units = Organization.objects.count()
    with pytest.raises(Refused, match=why):
        enter(officer, "standards", STANDARDS.replace(was, now, 1))
    assert Standard.objects.count() == 0
    assert Organization.objects.count() == units


def test_a_wrong_credit_code_is_refused(city, officer):
    with pytest.raises(Refused, match="校验位不符"):
        enter(
            officer,
            "declarations",
            DECLARATIONS.replace(
                CODE, FIRST + "0" * (CODE[-1] != "0") + "1" * (CODE[-1] == "0"), 1
            ),
        )


def test_a_dry_run_counts_and_keeps_nothing(city):
    report = batches.dry_run("standards", STANDARDS.encode("gb18030"), "明细.csv")
    assert (report.new, report.refused, report.total) == (8, [], 8)
    assert Standard.objects.count() == 0
    assert not Organization.objects.filter(name="左海纺织公司").exists()


def test_only_officers_enter_and_only_with_a_basis(city, officer, reporter):
    with pytest.raises(Refused, match="由联席会议办公室经办人登记"):
        enter(reporter, "standards", STANDARDS)
    by = {"basis": " ", "basis_on": None, "actor": officer, "day": DAY}
    with pytest.raises(Refused, match="应写明依据的文号"):
        batches.enter("standards", STANDARDS.encode(), "明细.csv", **by)


def test_an_entry_leaves_its_trace_with_the_hash_of_the_table(filled):
    lines = list(journal.Act.objects.filter(verb="batch").order_by("pk"))
    assert [line.words["register"] for line in lines] == [
        "standards",
        "declarations",
        "recognitions",
    ]
    assert lines[0].words["new"] == 8
    assert len(lines[0].words["sha256"]) == 64


def test_a_download_is_no_formula(city, officer):
    enter(officer, "standards", STANDARDS.replace(",甲,", ",=HYPERLINK(1),", 1))
    answer = Client().get("/registers/standards/rows.csv?q=99001")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["标准名称"] == "'=HYPERLINK(1)"


def test_figures_take_as_many_queries_with_many_rows(filled, officer, django_assert_num_queries):
    with django_assert_num_queries(9):
        figures.figures(filled, DAY)
    more = "".join(f"Q,Q/X {n:04},长丝,2024-01-01\n" for n in range(300))
    table = "企业,标准编号,标准名称,公开日期,单位类别\n" + more.replace(
        ",2024-01-01\n", ",2024-01-01,企业\n"
    )
    enter(officer, "declarations", table)
    with django_assert_num_queries(9):
        figures.figures(filled, DAY)


def test_of_two_headings_for_one_column_the_one_named_first_counts():
    named = {"本市起草单位": "drafters", "起草单位": "drafters", "标准编号": "number"}
    rows = [
        (1, ["台账"]),
        (2, ["起草单位", " 标准编号", "本市起草单位"]),
        (3, ["甲", "GB 1", "乙"]),
    ]
    assert find_headings(rows, named, ["number"]) == ({"drafters": 2, "number": 1}, 2)
    with pytest.raises(Refused, match="至少应有这些列：本市起草单位、标准编号。"):
        find_headings(rows[:1], named, ["number", "drafters"])
