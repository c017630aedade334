"""Standards as PDF: every citation of clause 2 with its page; pages that say nothing are told."""

import io

import pytest
import typst
from reportlab.pdfgen.canvas import Canvas

from rongbiao.texts.citations import find_citations
from rongbiao.texts.documents import Document, Unreadable, read_document

REFERENCES = [
    ("GB 5085.7", "危险废物鉴别标准 通则"),
    ("GB/T 17626（所有部分）", "电磁兼容 试验和测量技术"),
    ("GB/T 191—2008", "包装储运图示标志（ISO 780:1997，MOD）"),
    ("HJ 38", "固定污染源废气 总烃、甲烷和非甲烷总烃的测定 气相色谱法"),
    ("HJ 486", "水质 铜的测定 2，9-二甲基-1，10-菲啰啉分光光度法"),
    ("HJ/T 399", "水质 化学需氧量的测定 快速消解分光光度法"),
    ("AQ/T 4274—2016", "局部排风设施控制风速检测与评估技术规范"),
    ("GM/T 0028-2014", "密码模块安全技术要求"),
    ("GHZB 1", "地表水环境质量标准"),
    ("ISO/IEC 17025:2017", "General requirements for the competence of laboratories"),
]
FOUND = [
    "GB 5085.7", "GB/T 17626 (all parts)", "GB/T 191-2008", "ISO 780:1997", "HJ 38", "HJ 486",
    "HJ/T 399",
    "AQ/T 4274-2016", "GM/T 0028-2014", "GHZB 1", "ISO/IEC 17025:2017",
]  # fmt: skip
# A header on every page, a narrow measure that breaks numbers at the line's end, a page break
# in the middle of the list, a table with a range and a two-figure year.
PAPER = """
#set page(width: 120mm, height: 90mm, margin: 12mm, header: [DB35/T 9001—2025])
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 9pt, lang: "zh")
#align(center)[广东省地方标准 \\ DB44/ 26—2001 \\ DB 4426-1989 废止]
#pagebreak()
= 2 规范性引用文件
下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。
REFERENCES
#pagebreak()
= 3 要求
#block(width: 46mm)[包装应符合国家标准并且同时满足行业标准GB/T 4857.1—2019的要求，供货方提供合格证明。]
#table(columns: 3, [项目], [方法], [限值], [总磷], [GB 11893-89], [0.5], [量和单位], [GB 3100～3102—93], [—])
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory) -> Document:
    entries = [f"{number}　{title}\n\n" for number, title in REFERENCES]
    entries.insert(5, "#pagebreak()\n")
    source = tmp_path_factory.mktemp("paper") / "paper.typ"
    source.write_text(PAPER.replace("REFERENCES", "".join(entries)))
    return read_document(typst.compile(str(source)), "标准.pdf")


def cited(document: Document) -> list[tuple[int | None, str]]:
    return [
        (document.block_at(one.start).page, str(one.number))  # type: ignore[union-attr]
        for one in find_citations(document.text)
        if "DB35/T 9001" not in str(one.number)  # the header
    ]


def test_every_reference_of_clause_2_is_found_on_its_page(paper):
    found = [one for one in cited(paper) if one[0] in {2, 3}]
    assert [number for _page, number in found] == FOUND
    assert [page for page, _number in found] == [2] * 6 + [3] * 5


def test_cover_broken_line_and_table_are_read(paper):
    found = cited(paper)
    assert [number for page, number in found if page == 1] == ["DB44/26-2001", "DB44/26-1989"]
    assert [number for page, number in found if page == 4] == [
        "GB/T 4857.1-2019", "GB 11893-1989", "GB 3100-1993~GB 3102-1993",
    ]  # fmt: skip


def test_a_page_without_text_is_told_and_the_others_are_read():
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "GB/T 19001-2016 and ISO 9001:2015")
    canvas.showPage()
    canvas.rect(72, 72, 300, 300, fill=1)
    canvas.showPage()
    canvas.drawString(72, 700, "The water shall comply with GB 5749-2022.")
    canvas.save()
    document = read_document(out.getvalue(), "混合.pdf")
    assert [number for _page, number in cited(document)] == [
        "GB/T 19001-2016", "ISO 9001:2015", "GB 5749-2022",
    ]  # fmt: skip
    assert [(note.kind, note.page) for note in document.notes] == [("no-text", 2)]


def test_a_paper_of_pictures_alone_is_refused_with_what_to_do():
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(72, 72, 300, 300, fill=1)
    canvas.save()
    with pytest.raises(Unreadable, match="没有文字层"):
        read_document(out.getvalue(), "扫描.pdf")
