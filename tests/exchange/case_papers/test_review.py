"""Papers of a review: its form as proposed, the announcement of what it came to."""

import hashlib
import io
import zipfile

from .desk import Desk, pdf_text, text_of


def test_a_review_that_ends_in_abolition(city):
    desk = Desk("review_ends_in_abolition")
    desk.until("提出建议")
    assert desk.papers() == ["workflow", "review_form"]
    assert desk.papers("公众") == []
    form = text_of(desk.made("review_form"))
    assert "DB3501/T 7—2021" in form
    assert "复审周期将满" in form
    assert "☑ 废止" in form
    assert "三家企业执行，国家标准已覆盖主要内容。" in form
    assert "未复审过" not in form  # the register holds no earlier review, which is not the same
    desk.until("废止")
    assert "review_outcome" not in desk.papers()  # one number, one announcement
    assert desk.papers("公众") == ["abolition"]
    assert desk.papers()[-2:] == ["abolition_form", "abolition_package"]
    form = text_of(desk.made("abolition_form"))
    for words in ("DB3501/T 7—2021", "榕市监标〔2025〕30号", "2025年10月20日", "执行国家标准"):
        assert words in form
    assert "2025年10月29日" not in form  # not yet sent
    said = "".join(pdf_text(desk.made("abolition", "pdf", "公众"))).replace("\r\n", "")
    assert "自2025年10月20日起废止" in said
    assert "榕市监标〔2025〕30号" in said
    assert "国家标准已覆盖主要内容" in said


def test_the_filing_of_an_abolition_is_one_package(city):
    desk = Desk("review_ends_in_abolition")
    desk.until("报送备案", 2)
    found = zipfile.ZipFile(io.BytesIO(desk.made("abolition_package", "zip")))
    assert found.namelist() == [
        "1 废止公告/废止公告.docx",
        "1 废止公告/废止公告.pdf",
        "2 废止备案信息表/废止备案信息表.docx",
        "清单.txt",
    ]
    form = text_of(found.read("2 废止备案信息表/废止备案信息表.docx"))
    assert "2025年10月29日" in form
    manifest = found.read("清单.txt").decode().splitlines()
    for line in manifest:
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(found.read(name)).hexdigest() == digest


def test_a_review_that_confirms_speaks_of_one_standard(city):
    desk = Desk("review_ends_in_abolition")
    desk.until("到期")
    day = desk.acts[0][0]
    desk.told.act(
        day, "林处", "继续有效", {"公告文号": "榕市监标〔2025〕31号", "理由": "仍然适用。"}
    )
    assert desk.papers("公众") == ["review_outcome"]
    said = text_of(desk.made("review_outcome"))
    assert "福州市地方标准《社区快递柜设置规范》已经复审，复审结论为继续有效，" in said
    assert "年度" not in said
    desk.told.case.standard.refresh_from_db()
    assert "2025年10月20日" not in text_of(
        desk.made("review_form")
    )  # this review is not an earlier one
