"""The layout of official papers, measured: GB/T 9704—2012 on the page itself."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest
from docx.shared import Mm, Pt

from rongbiao.exchange.papers import typesetting
from rongbiao.exchange.papers.announcements import approval
from rongbiao.exchange.papers.blocks import Heading, Words
from rongbiao.exchange.papers.official import Annex, Official, word_file
from rongbiao.exchange.papers.typesetting import pdf_file
from rongbiao.exchange.papers.wording import TITLE_WIDTH, document_number, title_lines, width
from rongbiao.parties.refused import Refused

from .office import SOFFICE, WHY_NOT, as_pdf
from .samples import ISSUED, SAMPLES

POINT = 72 / 25.4  # points in a millimetre
PAPER = Official(
    issuer="福州市市场监督管理局",
    number="榕市监标[2026]012号",
    title="关于批准发布《茉莉花茶窨制技术规程》等3项福州市地方标准的公告",
    addressee="各有关单位",
    body=(Words("榕" * 1400), Heading("一、总体要求"), Words("请遵照执行。")),
    annexes=(Annex("目录", (Words("见标准。"),)),),
    enclosures=("标准文本",),
    day=date(2026, 3, 5),
    note="此件公开发布",
    copies="福建省市场监督管理局",
    printed_by="福州市市场监督管理局办公室",
)


def lines_of(page) -> Counter[int]:
    """Return how many characters of the body stand at which height of a page."""
    text = page.get_textpage()
    heights = [
        round(text.get_charbox(place)[1])
        for place in range(text.count_chars())
        if text.get_text_range(place, 1) == "榕"
    ]
    return Counter(heights)


def margins(page) -> tuple[float, float]:
    """Return in millimetres how far the body stands from the left edge and the right."""
    text = page.get_textpage()
    boxes = [
        text.get_charbox(place, loose=True)
        for place in range(text.count_chars())
        if text.get_text_range(place, 1) == "榕"
    ]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    return left / POINT, (page.get_width() - right) / POINT


def check_full_page(page):
    lines = lines_of(page)
    assert len(lines) == 22
    assert set(lines.values()) == {28}
    left, right = margins(page)
    assert left == pytest.approx(28, abs=0.5)
    assert right == pytest.approx(26, abs=0.8)


def test_a_page_of_the_pdf_holds_22_lines_of_28_characters():
    check_full_page(pypdfium2.PdfDocument(pdf_file(PAPER))[1])


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason=WHY_NOT)
def test_a_page_of_the_word_file_holds_22_lines_of_28_characters(tmp_path):
    path = tmp_path / "paper.docx"
    path.write_bytes(word_file(PAPER))
    check_full_page(pypdfium2.PdfDocument(as_pdf([path], tmp_path)[0])[1])


def test_the_word_file_keeps_the_margins_and_the_grid():
    section = docx.Document(io.BytesIO(word_file(PAPER))).sections[0]
    assert (section.page_width, section.page_height) == (pytest.approx(Mm(210), abs=700),
                                                         pytest.approx(Mm(297), abs=700))  # fmt: skip
    found = (
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin,
    )  # fmt: skip
    assert found == tuple(pytest.approx(Mm(each), abs=700) for each in (37, 26, 35, 28))


def test_the_word_file_has_every_part_in_its_place():
    opened = docx.Document(io.BytesIO(word_file(PAPER)))
    texts = [one.text for one in opened.paragraphs if one.text]
    head = opened.paragraphs[0]
    assert head.text == "福州市市场监督管理局文件"
    assert str(head.runs[0].font.color.rgb) == "FF0000"
    assert texts[1] == "榕市监标〔2026〕12号"
    assert texts[2].replace("\n", "") == PAPER.title
    assert opened.styles["Title"].font.size == Pt(22)
    assert opened.styles["公文正文"].font.size == Pt(16)
    assert texts[3] == "各有关单位："
    place = texts.index("附件：1. 目录")
    assert texts[place + 1 :] == [
        "2. 标准文本", "福州市市场监督管理局", "2026年3月5日", "（此件公开发布）", "附件1", "目录", "见标准。",
    ]  # fmt: skip
    xml = opened.element.xml
    assert 'w:name="印章"' in xml
    assert "抄送：福建省市场监督管理局。" in xml
    assert "2026年3月5日印发" in xml


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones():
    opened = docx.Document(io.BytesIO(word_file(PAPER)))
    section = opened.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    pages = pypdfium2.PdfDocument(pdf_file(PAPER))
    places = []
    for number, page in enumerate(pages, start=1):
        text = page.get_textpage()
        found = text.search(f"— {number} —").get_next()
        assert found, number
        places.append(text.get_charbox(found[0])[0] > page.get_width() / 2)
    assert places == [place % 2 == 0 for place in range(len(pages))]


def test_the_pdf_is_archival_with_its_fonts_within_and_its_words_readable():
    content = pdf_file(PAPER)
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"FontFile" in content
    text = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)
    )
    plain = text.replace("\r\n", "").replace("\n", "")
    for words in (
        PAPER.title,
        "榕市监标〔2026〕12号",
        "2026年3月5日",
        "（此件公开发布）",
        "抄送：福建省市场监督管理局。",
    ):
        assert words in plain


def test_a_letter_has_its_own_head_and_no_number_on_its_first_page():
    letter = replace(PAPER, letter=True, annexes=(), enclosures=(), copies="", printed_by="")
    section = docx.Document(io.BytesIO(word_file(letter))).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == "福州市市场监督管理局"
    assert section.first_page_footer.paragraphs[0].text == ""
    pages = pypdfium2.PdfDocument(pdf_file(letter))
    assert "— 1 —" not in pages[0].get_textpage().get_text_bounded()
    assert "— 2 —" in pages[1].get_textpage().get_text_bounded()


def test_a_signature_never_stands_alone():
    """Wherever the text ends, the page with the day has words of the body before it."""
    for length in range(190, 330, 28):
        paper = replace(
            PAPER, body=(Words("榕" * 60), Words("榕" * length)), annexes=(), enclosures=(), copies="",
            printed_by="",
        )  # fmt: skip
        pages = [
            page.get_textpage().get_text_bounded()
            for page in pypdfium2.PdfDocument(pdf_file(paper))
        ]
        assert all("榕榕" in page for page in pages), length


@pytest.mark.parametrize("count", range(1, 6))
def test_an_announcement_has_words_on_every_page(count):
    """However many standards it lists, text stands on the first page and beside the signature."""
    standards = tuple(replace(ISSUED[0], number=f"DB3501/T {n}—2026") for n in range(count))
    given = replace(SAMPLES["approval"], standards=standards, copies="")
    pages = [
        page.get_textpage().get_text_bounded()
        for page in pypdfium2.PdfDocument(pdf_file(approval(given)))
    ]
    assert "目录" in pages[0]
    signed = next(page for page in pages if "2026年3月5日" in page)
    assert "特此公告。" in signed


def test_the_first_page_shows_text_even_of_the_shortest_paper():
    paper = replace(PAPER, body=(Words("榕树是福州市的市树。"),))
    first = pypdfium2.PdfDocument(pdf_file(paper))[0].get_textpage().get_text_bounded()
    assert "榕树是福州市的市树。" in first


def test_a_machine_without_chinese_fonts_says_so(monkeypatch):
    class Bare:
        def families(self):
            return ["DejaVu Sans"]

    monkeypatch.setattr(typesetting, "_fonts", Bare)
    with pytest.raises(Refused, match="没有中文字体"):
        pdf_file(PAPER)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("榕市监标〔2026〕12号", "榕市监标〔2026〕12号"),
        ("榕市监标(2026) 第 007 号", "榕市监标〔2026〕7号"),
        ("榕政综【2023】157号", "榕政综〔2023〕157号"),
        ("2026年第3号（总第40号）", "2026年第3号（总第40号）"),
        ("", ""),
    ],
)
def test_document_numbers_take_hexagonal_brackets(written, shown):
    assert document_number(written) == shown


@pytest.mark.parametrize("length", [1, 18, 19, 37, 60, 200])
def test_titles_break_into_lines_that_fit(length):
    title = ("关于下达地方标准制修订项目计划的通知" * 12)[:length]
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(width(line) <= TITLE_WIDTH for line in lines)
    assert not any(line[0] in "，。》）" for line in lines)


def test_names_are_centred_over_the_day():
    (name, inward), (day, day_inward) = PAPER.signature
    assert inward + width(name) / 2 == day_inward + width(day) / 2
    long = replace(PAPER, signers=("福州市标准化协调推进工作联席会议办公室代章",)).signature
    assert all(indent >= 0 for _text, indent in long)
