"""Every paper of a local standard at its moment, by the story of eleven months, read back."""

import io
import zipfile
from datetime import date

import pytest

from rongbiao.parties import draws
from rongbiao.texts.lots import Lot, Rules

from .desk import Desk, pdf_text, table_of, text_of

TITLE = "海带育苗技术规程"
NONE = {"涉及专利情况": "未发现涉及专利"}
# After which act of the story which papers are new to the office.
MOMENTS = [
    ("提交", ["workflow", "application", "application_list"]),
    ("邀请专家", ["appraisal_signatures"]),
    ("通过", ["appraisal_minutes"]),
    ("下达计划", ["plan_notice", "explanation"]),
    ("提交征求意见稿", ["consultation_notice", "asking_letters", "comment_form", "summary"]),
    ("提交送审稿", ["review_letter"]),
    ("邀请专家", ["signatures"]),
    ("开票", ["opinions"]),
    ("通过", ["minutes"]),
    ("审核同意", ["approval_letter"]),
    ("批准", ["approval", "filing_form"]),
    ("公开文本", ["announced", "filing_package"]),
]


@pytest.fixture
def desk(city):
    return Desk()


def test_every_paper_appears_at_its_moment_and_is_made(desk):
    known: set[str] = set()
    for act, new in MOMENTS:
        desk.until(act)
        keys = desk.papers()
        assert sorted(set(keys) - known) == sorted(new), act
        assert known <= set(keys)
        known = set(keys)
        for key in new:
            for kind in next(p for p in _offers(desk) if p.key == key).files:
                made = desk.made(key, kind)
                assert made[:4] in {b"PK\x03\x04", b"%PDF"}, (key, kind)
                if kind == "docx":
                    assert TITLE in text_of(made), key
    desk.end()
    assert set(desk.papers()) == known


def _offers(desk):
    from rongbiao.exchange.case_papers.offering import offers

    return offers(desk.read_by())


def test_what_the_public_gets(desk):
    desk.until("通过")
    assert desk.papers("公众") == []
    desk.until("下达计划")
    assert desk.papers("公众") == ["plan_notice"]
    desk.until("提交征求意见稿")
    assert desk.papers("公众") == ["plan_notice", "consultation_notice", "comment_form"]
    desk.until("处理意见")
    assert "summary" not in desk.papers("公众")
    desk.until("提交送审稿")
    assert desk.papers("公众") == ["plan_notice", "consultation_notice", "summary"]
    desk.end()
    assert desk.papers("公众") == [
        "plan_notice", "consultation_notice", "summary", "approval", "announced",
    ]  # fmt: skip


def test_the_list_of_a_department_is_for_the_department_and_the_office(desk):
    desk.until("下达计划")
    assert "application_list" in desk.papers("黄海")
    assert "application_list" not in desk.papers("郑工")
    assert "application" in desk.papers("郑工")


def test_the_application_says_what_was_filed_and_nothing_else(desk):
    desk.until("提交")
    said = text_of(desk.made("application"))
    assert "规定了福州沿海海带育苗的种藻选择、采苗、育苗管理和出库。" in said
    assert "计划用时11个月。" in said
    assert "2024年1月8日" in said
    assert "连江海产研究所、市海洋与渔业局" in said
    for claim in ("未识别出", "查新未见", "未发现涉及"):
        assert claim not in said


def test_the_plan_notice_is_that_of_its_day(desk):
    desk.until("下达计划")
    before = desk.made("plan_notice")
    said = text_of(before)
    assert "榕市监标〔2024〕3号" in said
    assert "不得少于30日" in said
    assert "2025-01-31" in said
    desk.told.act(
        date(2024, 3, 1),
        "林处",
        "变更计划",
        {"变更后的完成时限": "2025-06-30", "变更理由": "试验延期。"},
    )
    assert desk.made("plan_notice") == before
    assert "2025年6月30日" in text_of(desk.made("application"))


def test_the_consultation_is_announced_with_its_days(desk):
    desk.until("提交征求意见稿")
    pages = "".join(pdf_text(desk.made("consultation_notice", "pdf", "公众"))).replace("\r\n", "")
    assert "自2024年5月6日至2024年6月5日" in pages
    assert "https://bz.example.org/1" in pages


def test_each_body_that_is_asked_gets_its_letter(desk):
    desk.until("提交征求意见稿")
    with zipfile.ZipFile(io.BytesIO(desk.made("asking_letters", "zip"))) as package:
        assert package.namelist() == [
            "001 连江县人民政府.docx", "002 罗源县人民政府.docx", "征求意见表.docx", "征求意见表.xlsx",
        ]  # fmt: skip
        first = package.read("001 连江县人民政府.docx")
    assert first == desk.made("asking_letter-1")
    said = text_of(first)
    assert "连江县人民政府：" in said
    assert "于2024年6月5日前" in said
    assert "连江海产研究所" in said
    assert "罗源县人民政府：" in text_of(desk.made("asking_letter-2"))


def test_the_panel_is_minuted_from_its_count(desk):
    desk.until("通过")
    said = text_of(desk.made("appraisal_minutes"))
    assert "论证会议纪要" in said
    assert "送审稿" not in said
    assert "专家组由5名专家组成，组长为　" in said  # nobody recorded a chair
    assert "应当表决5人，同意4人，不同意1人，弃权0人。" in said
    assert "会议审查，参加表决不少于：2/3，同意不少于：3/4" in said
    assert "表决结果：通过。" in said
    assert "建议补充水质要求" in said
    rows = table_of(desk.made("appraisal_signatures"))
    assert [row[1:3] for row in rows] == [
        ("王教授", "左海大学"), ("李研究员", "榕江研究院"), ("赵高工", "闽江检测中心"),
        ("钱教授", "鼓山大学"), ("孙主任", "乌山学会"),
    ]  # fmt: skip
    assert all(row[5:] == ("", "") for row in rows)  # the expert writes and signs


def test_the_announcement_and_its_text_are_one_pdf(desk):
    desk.until("公开文本")
    pages = pdf_text(desk.made("announced", "pdf", "公众"))
    said = "".join(pages[:-1]).replace("\r\n", "")
    assert "DB3501/T 001—2024" in said
    assert "榕市监标〔2024〕21号" in said
    assert "2025-03-12" in said
    assert pages[-1].strip() == "DB3501/T"  # the text of the story
    assert pages[:-1] == pdf_text(desk.made("approval", "pdf", "公众"))


def test_the_filing_package_holds_announcement_text_form_and_manifest(desk):
    desk.until("报送备案")
    with zipfile.ZipFile(io.BytesIO(desk.made("filing_package", "zip"))) as package:
        assert package.namelist() == [
            "1 发布公告/批准发布公告.docx", "1 发布公告/批准发布公告.pdf", "2 标准文本/文本.pdf",
            "3 备案信息表/备案信息表.docx", "清单.txt",
        ]  # fmt: skip
        form = text_of(package.read("3 备案信息表/备案信息表.docx"))
    assert "DB3501/T 001—2024" in form
    assert "65.150" in form
    assert "2024年12月25日" in form
    assert "未发现涉及专利。" in form  # what the drafters said
    assert "未采用" not in form
    assert form.count("连江海产研究所、市海洋与渔业局") >= 1


def test_a_disclosed_patent_stands_in_the_explanation(city):
    desk = Desk("with_a_patent")
    desk.end()
    assert "一种控温育苗池（演示专利），权利人连江海产研究所" in text_of(desk.made("explanation"))


def test_the_path_shows_where_the_case_is(desk):
    desk.until("下达计划")
    said = text_of(desk.made("workflow"))
    assert "5  起草\n（当前环节）" in said
    assert "30个自然日" in said
    assert said.count("（当前环节）") == 1


def test_experts_are_named_to_the_office_alone(desk):
    desk.until("邀请专家", 2)
    desk.told.act(
        date(2024, 7, 15),
        "王教授",
        "表决",
        {"表决": "不同意", "审查意见": "5.1 缺少检验方法。", **NONE},
    )
    for who in ("李研究员", "赵高工", "钱教授", "孙主任"):
        desk.told.act(date(2024, 7, 15), who, "表决", {"表决": "同意", **NONE})
    assert "opinions" not in desk.papers()  # sealed until they are counted
    desk.told.act(date(2024, 7, 15), "林处", "开票", {})
    assert table_of(desk.made("opinions"))[0][2:4] == ("5.1 缺少检验方法。", "王教授")
    assert table_of(desk.made("opinions", name="郑工"))[0][2:4] == ("5.1 缺少检验方法。", "专家1")


def test_each_opinion_of_an_expert_stands_with_what_became_of_it(desk):
    desk.until("开票", 2)
    assert [row[3:] for row in table_of(desk.made("opinions"))] == [
        ("赵高工", "", ""),
        ("钱教授", "", ""),
    ]
    desk.until("处理专家意见")
    because = "记录是追溯的依据，保留为资料性附录。"
    assert [row[2:] for row in table_of(desk.made("opinions"))] == [
        ("建议写明水温的测量位置。", "赵高工", "采纳", ""),
        ("附录中的记录表可以删去。", "钱教授", "不采纳", because),
    ]
    assert [row[3] for row in table_of(desk.made("opinions", name="郑工"))] == ["专家1", "专家2"]


def test_papers_are_chinese_whoever_asks(desk):
    from django.utils.translation import override

    desk.until("下达计划")
    plain = desk.made("workflow")
    with override("en"):
        assert desk.made("workflow") == plain


def test_a_draw_for_the_case_is_on_record(desk):
    case = desk.until("下达计划")
    by = {"actor": desk.told.cast["林处"], "day": date(2024, 6, 26)}
    lots = [Lot(f"post:{n}", f"专家{n}", f"单位{n}") for n in range(1, 7)]
    lots.append(Lot("post:9", "钱某", "连江海产研究所", why=("与回避单位同单位",)))
    matter = draws.Matter("技术审查", case.number, ("领域：65.150",))
    draw = draws.freeze(matter, lots, Rules(3, 2, 1), **by)
    key = f"draw_record-{draw.number}"
    assert key not in desk.papers()  # the seed is not revealed
    draw = draws.reveal(draw, "307", **by)
    said = text_of(desk.made(key))
    for word in (
        draw.seed,
        draw.commitment,
        draw.digest,
        "领域：65.150",
        "307",
        "与回避单位同单位",
    ):
        assert word in said
    for one in draw.drawn:
        assert f"{one['name']}\t{one['unit']}\t\t抽中" in said
    assert "钱某" not in text_of(desk.made(key, name="黄海"))
    assert key not in desk.papers("公众")
