"""The pages of citation checks: asked without an account, read in place, taken along, forgotten."""

import io
import re
from datetime import date
from urllib.parse import unquote

import docx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rongbiao.exchange.citing import checks, working
from rongbiao.web.citing import asking
from rongbiao.web.citing.reading import stretches
from tests.conftest import hold_post
from tests.standards_desk import enter

pytestmark = pytest.mark.django_db
TEXT = "添加剂按GB 2760-2014第4章，质量按GB/T 19999-2099，包装按GB/T 191。"


@pytest.fixture(autouse=True)
def shelf(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    enter(
        "GB 2760-2014", "食品添加剂使用标准", status="superseded", implemented_on=date(2015, 5, 24)
    )
    enter("GB 2760-2024", "食品添加剂<使用>标准", implemented_on=date(2025, 2, 8))
    enter("GB/T 191-2008", "包装储运图示标志", implemented_on=date(2008, 10, 1))


@pytest.fixture
def visitor() -> Client:
    return Client()


def paper(text: str = TEXT) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def ask(client, *files, follow=True, **said):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(
        "/check/", {"file": sent, "text": "", "day": "2026-06-01"} | said, follow=follow
    )


def path(page) -> str:
    return page.redirect_chain[-1][0]


def test_a_pasted_text_is_read_with_every_finding_in_place(visitor):
    page = ask(visitor, text=TEXT + "<script>")
    text = page.content.decode()
    assert re.fullmatch(r"/check/[\w-]+/0/", path(page))
    marks = re.findall(
        r'<a class="cx-m (\w+)" id="m(\d)" data-n="\d"( data-act)? href="#f\2">([^<]+)', text
    )
    assert marks == [
        ("bad", "1", " data-act", "GB 2760-2014"), ("warn", "2", " data-act", "GB/T 19999-2099"),
        ("ok", "3", "", "GB/T 191"),
    ]  # fmt: skip
    cards = re.findall(r'<li class="cx-card \w+" id="f(\d)".*?</li>', text, re.DOTALL)
    assert cards == ["1", "2", "3"]
    assert 'href="/standards/GB2760-2014/"' in text
    assert 'href="/standards/GB2760-2024/" translate="no">GB 2760-2024</a>' in text
    assert "&lt;script&gt;" in text
    assert "2</b> 处需要处理" in text


def test_the_table_is_filtered_by_what_was_found(visitor):
    here = path(ask(visitor, ("稿.docx", paper())))
    rows = {}
    for only in ("", "act", "superseded", "current", "withdrawn", "nonsense"):
        text = visitor.get(here, {"view": "table", "only": only}).content.decode()
        rows[only] = re.findall(r'<td class="r num">(\d)</td>', text)
    assert rows == {
        "": ["1", "2", "3"], "act": ["1", "2"], "superseded": ["1"], "current": ["3"],
        "withdrawn": [], "nonsense": ["1", "2", "3"],
    }  # fmt: skip


def test_a_list_of_numbers_out_of_a_spreadsheet_is_a_text(visitor):
    page = ask(visitor, text="编号\t名称\r\nGB 2760—2014\t食品\r\nGB／T 191\t包装\r\n")
    assert '引用标准 <b class="num">2</b> 处' in page.content.decode()


def test_what_is_found_is_taken_along(visitor):
    here = path(ask(visitor, ("办法.docx", paper())))
    comments = visitor.get(f"{here}comments.docx")
    assert "办法-引用批注.docx" in unquote(comments["Content-Disposition"])
    assert len(list(docx.Document(io.BytesIO(comments.content)).comments)) == 4
    excel = visitor.get(f"{here}rows.xlsx")
    assert (excel.content[:2], excel["Cache-Control"]) == (b"PK", "no-store")
    said = visitor.get(f"{here}references.txt").content.decode()
    assert said.startswith("[1] 国家市场监督管理总局")
    assert "GB 2760—2024" in visitor.get(f"{here}references.txt?present").content.decode()


def test_many_files_have_one_result_each_and_one_together(visitor):
    page = ask(visitor, ("甲.docx", paper()), ("乙.txt", TEXT.encode()), ("丙.pdf", b"%PDF-1.4"))
    here, text = path(page), page.content.decode()
    assert re.fullmatch(r"/check/[\w-]+/", here)
    assert ("3 个文件的核查结果" in text, "1 个文件没有读成" in text, "“丙.pdf”" in text) == (
        True,
    ) * 3
    assert visitor.get(f"{here}rows.xlsx").status_code == 200
    assert visitor.get(f"{here}references.txt").content.decode().count("[S]") == 3
    assert [visitor.get(f"{here}{n}/").status_code for n in range(4)] == [200, 200, 404, 404]


def test_a_check_is_its_visitors_alone_and_gone_when_forgotten(visitor):
    here = path(ask(visitor, ("稿.docx", paper())))
    token = here.split("/")[2]
    for address in (here, f"{here}comments.docx", f"/check/{token}/rows.xlsx"):
        assert Client().get(address).status_code == 404
    assert Client().post(f"/check/{token}/forget/").status_code == 404
    visitor.get(f"/check/{token}/forget/")
    assert visitor.get(here).status_code == 200  # reading removes nothing
    visitor.post(f"/check/{token}/forget/")
    assert (visitor.get(here).status_code, list(checks.home().iterdir())) == (404, [])


def test_of_many_checks_the_oldest_goes(visitor, monkeypatch):
    monkeypatch.setattr(asking, "MOST", 2)
    first, *later = [path(ask(visitor, text=TEXT)) for _each in range(3)]
    assert [visitor.get(one).status_code for one in (first, *later)] == [404, 200, 200]
    assert len([one for one in checks.home().iterdir() if one.is_dir()]) == 2


def test_bad_input_is_a_sentence(visitor):
    assert "请选择文件，或者粘贴文字" in ask(visitor).content.decode()
    for said in ({"day": "2026-13-01"}, {"day": "1800-01-01"}):
        assert ask(visitor, text=TEXT, **said).status_code == 409
    long = ask(visitor, text="甲" * (checks.MOST_LETTERS + 1))
    assert "超过 1000000 字的上限" in long.content.decode()
    assert (
        "判断日期</dt><dd>2020年1月1日"
        in ask(visitor, text=TEXT, day="2020-01-01").content.decode()
    )
    assert ask(visitor, text=TEXT, day="").status_code == 200


def test_who_asks_too_often_without_an_account_waits(visitor, monkeypatch, city):
    monkeypatch.setattr(asking, "LIMIT", 2)
    codes = [ask(visitor, text=TEXT).status_code for _each in range(3)]
    assert codes == [200, 200, 429]
    visitor.force_login(hold_post("陈填报", "市海洋与渔业局", "reporter").person)
    assert ask(visitor, text=TEXT).status_code == 200


def test_a_closed_board_closes_the_check(visitor, monkeypatch):
    monkeypatch.setattr(settings, "PUBLIC_BOARD", False)
    assert visitor.get("/check/").status_code == 302


def test_a_large_file_shows_how_far_it_is(visitor):
    large = (TEXT + "\n" + "甲" * 100_000).encode()
    page = ask(visitor, ("一.txt", large), ("二.txt", large))
    here, text = path(page), page.content.decode()
    assert (
        'http-equiv="refresh"' in text,
        "hx-get" in text,
        "已核查 0 个文件，共 2 个" in text,
    ) == (True,) * 3
    working.step_all()
    part = visitor.get(here, headers={"HX-Request": "true"})
    assert ("大约还要" in part.content.decode(), "<html" in part.content.decode()) == (True, False)
    working.step_all()
    assert visitor.get(here, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "2 个文件的核查结果" in visitor.get(here).content.decode()


def long_text(n: int) -> str:
    return "\n".join(
        f"第{at}条 按GB 2760-2014和GB {5000 + at}-2010执行。" + "甲" * 50 for at in range(n)
    )


@pytest.mark.parametrize("view", ["", "?view=table", "comments.docx", "rows.xlsx"])
def test_the_number_of_questions_does_not_grow(visitor, view):
    counts = []
    for n in (1, 3, 120):
        here = path(ask(visitor, text=long_text(n)))
        visitor.get(here)
        with CaptureQueriesContext(connection) as asked:
            assert visitor.get(here + view).status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_a_long_text_is_read_part_by_part(visitor):
    here = path(ask(visitor, text=long_text(400)))
    text = visitor.get(here, {"sheet": "2"}).content.decode()
    assert "第 2 部分，共" in text
    assert 'data-before="?sheet=1"' in text
    first = int(re.search(r'id="m(\d+)"', text)[1])
    row = re.search(
        rf'<a href="\?sheet=(\d+)#m{first}">',
        visitor.get(here, {"view": "table", "page": str((first - 1) // 100 + 1)}).content.decode(),
    )
    assert row[1] == "2"
    for odd in ("0", "-1", "99999999999", "x", "九"):
        assert visitor.get(here, {"sheet": odd, "page": odd}).status_code == 200


def test_lines_that_cite_nothing_are_folded_in_a_long_text(visitor):
    lines = ["按GB 2760-2014执行。", *["甲" * 200] * 40, "按GB/T 191执行。"]
    here = path(ask(visitor, text="\n".join(lines)))
    text = visitor.get(here).content.decode()
    assert "略去 36 段" in text
    assert "略去" not in visitor.get(here, {"whole": ""}).content.decode().replace(
        "略去没有引用的段落", ""
    )


def test_no_letter_is_lost_in_the_reading_view(visitor):
    here = path(ask(visitor, text=long_text(60) + "\n见GB\n2760-2014号"))
    check = checks.find(here.split("/")[2])
    lines, found = check.sheet(0, 1)
    shown = [
        "".join(piece.text for piece in cell)
        for stretch in stretches(lines, found, fold=True)
        for line in stretch.lines
        for cell in line.cells
    ]
    assert shown == [line.text for line in lines]


def test_it_is_said_in_english_and_in_traditional(visitor):
    here = path(ask(visitor, text=TEXT))
    visitor.cookies["language"] = visitor.cookies["django_language"] = "en"
    english = re.sub(r"<[^>]*>", "", visitor.get("/check/").content.decode())
    assert "Citation check" in english
    visitor.cookies["language"] = visitor.cookies["django_language"] = "zh-hant"
    assert "對照閱讀" in visitor.get(here).content.decode()
