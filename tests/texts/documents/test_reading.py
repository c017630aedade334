"""What a file says, and where in it: Word, Excel, PDF, pages and zip made by their own programs."""

import io
import zipfile

import docx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from rongbiao.texts.documents import Document, Unreadable, read_document
from tests.texts.documents.drafts import change, mark_gone, saved
from tests.texts.documents.made import package, picture

BOX = (
    '<w:r {ns}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
    'markup-compatibility/2006"><mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>框中字'
    "</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r>"
    "<w:t>框中字</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
NOTES = (
    '<w:footnotes {ns}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>线</w:t></w:r></w:p>'
    '</w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>见附录 A。</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
RELATION = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/footnotes" Target="footnotes.xml"/>'
)


def paper(*pages: str) -> bytes:
    """A PDF with a text layer in Chinese; an empty page has none."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in pages:
        canvas.setFont("STSong-Light", 12)
        for at, line in enumerate(page.split("\n")):
            canvas.drawString(72, 760 - 20 * at, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def word(document, name="草案.docx") -> Document:
    return read_document(saved(document), name)


def kinds(document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def with_parts(data: bytes, **parts: str) -> bytes:
    """A package with parts added, and a relation to footnotes."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        said = {name: old.read(name) for name in old.namelist()}
    rels = "word/_rels/document.xml.rels"
    said[rels] = said[rels].replace(b"</Relationships>", RELATION.encode() + b"</Relationships>")
    return package(said | {f"word/{name}.xml": text for name, text in parts.items()})


def test_body_tables_boxes_headers_and_notes_of_a_word_document():
    document = docx.Document()
    document.add_heading("范围", 1)
    host = document.add_paragraph("本文件适用于鱼丸。")
    host._p.append(parse_xml(BOX.format(ns=nsdecls("w"))))
    table = document.add_table(2, 2)
    table.cell(1, 1).text = "合格"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "项目"
    document.sections[0].header.paragraphs[0].text = "DB3501/T 18"
    document.sections[0].footer.paragraphs[0].text = "第一页"
    read = read_document(
        with_parts(saved(document), footnotes=NOTES.format(ns=nsdecls("w"))), "草案.docx"
    )
    assert kinds(read) == [
        ("heading", "范围"), ("paragraph", "本文件适用于鱼丸。"), ("textbox", "框中字"),
        ("cell", "项目"), ("cell", "合格"), ("header", "DB3501/T 18"), ("footer", "第一页"),
        ("footnote", "见附录 A。"),
    ]  # fmt: skip
    assert read.place(read.text.index("合格")) == "第 1 个表格第 2 行第 2 列"
    assert read.place(read.text.index("见附录")) == "脚注第 2 段"
    assert read.place(read.text.index("适用")) == "第 2 段"
    assert "见附录" not in read.body
    assert read.body.rstrip().endswith("合格")


def test_tracked_changes_are_read_as_accepted():
    document = docx.Document()
    paragraph = document.add_paragraph("采摘时间为")
    paragraph._p.append(change("十二时", "del"))
    paragraph._p.append(change("十四时", "ins"))
    mark_gone(document.add_paragraph("上半句，"))
    document.add_paragraph("下半句。")
    gone = document.add_paragraph()
    gone._p.append(change("整段删去", "del"))
    mark_gone(gone)
    moved = document.add_paragraph("留下")
    moved._p.append(change("移走", "moveFrom"))
    table = document.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "删去的行", "留下的行"
    row = table.rows[0]._tr
    row.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:del w:id="9"/></w:trPr>'))
    read = word(document)
    lines = ["采摘时间为十四时", "上半句，下半句。", "留下", "留下的行"]
    assert [line for line in read.text.split("\n") if line] == lines
    assert [note.kind for note in read.notes] == ["changes"]


def test_what_is_hidden_in_word_is_not_read_and_told():
    document = docx.Document()
    paragraph = document.add_paragraph("看得见")
    paragraph.add_run("看不见").font.hidden = True
    read = word(document)
    assert (read.text, [note.kind for note in read.notes]) == ("看得见", ["hidden"])


def test_contents_of_word_are_told_from_headings():
    document = docx.Document()
    style = document.styles.add_style("toc 1", 1)
    document.add_paragraph("1 范围\t1", style)
    document.add_heading("范围", 1)
    assert [kind for kind, _words in kinds(word(document))] == ["contents", "heading"]


def test_signs_and_breaks_of_word():
    document = docx.Document()
    run = document.add_paragraph("一").add_run()
    run._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="F0FE"/>'))
    run._r.append(parse_xml(f"<w:noBreakHyphen {nsdecls('w')}/>"))
    run.add_tab()
    run.add_text("二")
    run.add_break()
    run.add_text("三")
    assert word(document).text == "一☑- 二\n三"


def test_cells_of_a_workbook_have_their_names():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("清单")
        sheet.write("B2", "GB/T 1.1")
        sheet.write("D3", 2020)
        book.add_worksheet("另页").write("A1", "隐")
        book.get_worksheet_by_name("另页").hide()
    read = read_document(out.getvalue(), "清单.xlsx")
    cells = [(block.sheet, block.cell) for block in read.blocks if block.kind == "cell"]
    assert cells == [("清单", "B2"), ("清单", "D3"), ("另页", "A1")]
    assert read.text == "清单\nGB/T 1.1\n2020\n另页\n隐"
    assert read.place(read.text.index("2020")) == "工作表“清单”D3"
    assert [str(note) for note in read.notes] == ["工作表“另页”是隐藏的，也已读入。"]


def test_pages_of_a_pdf_and_what_has_no_text():
    bodies = [
        "本标准规定了服务器机房的温度要求。",
        "湿度要求见第二章的规定。",
        "检测方法见第三章的规定。",
    ]
    pages = [f"DB3501/T 18\n{body}\n{n}" for n, body in enumerate(bodies, 1)]
    read = read_document(paper(*pages[:2], "", pages[2]), "标准.pdf")
    assert read.pages == 4
    assert read.place(read.text.index("湿度")) == "第 2 页第 2 行"
    notes = [(note.kind, note.page) for note in read.notes]
    assert notes == [("no-text", 3)]
    edges = [block.kind for block in read.blocks if block.kind != "paragraph"]
    assert edges == ["header", "footer"] * 3


def test_a_layer_in_private_letters_is_told():
    from rongbiao.texts.documents.document import Writer
    from rongbiao.texts.documents.paper import _judge

    writer = Writer(1000, 10)
    _judge(writer, 1, "\ue001\ue002\ue003" * 20 + "标准")
    _judge(writer, 2, "浓度应不低于限值的要求，" * 20 + "\uf0b3")
    _judge(writer, 3, "±¾±ê×¼¹æ¶¨ÁË" * 5)
    _judge(writer, 4, "Ångström 与 ±0.5 ℃，浓度应不低于限值的要求。" * 5)
    assert [(note.page, "不可信" in str(note)) for note in writer.notes] == [
        (1, True), (2, False), (3, True),
    ]  # fmt: skip


def test_a_scan_is_refused_and_told_as_one():
    with pytest.raises(Unreadable, match="没有文字层"):
        read_document(paper("", ""), "扫描.pdf")


def test_lines_of_a_page():
    page = "<html><head><title>无</title><script>x()</script></head><body><h2>目标</h2><p>到 2025 年<br>达 50 项"
    read = read_document(page.encode("gb18030"), "意见.html")
    assert (read.text, read.encoding) == ("目标\n到 2025 年\n达 50 项", "gb18030")
    assert (read.blocks[0].kind, read.blocks[0].level, read.place(12)) == ("heading", 2, "第 3 行")


def test_files_of_a_zip_keep_their_names_and_places():
    parts = {
        "甲/a.txt": "第一份文件".encode(),
        "b.pdf": paper("第二份文件里写着二十个以上的字，这样才算有文字层。"),
        "扫描.pdf": paper(""),
        "图.png": picture(),
        "__MACOSX/._a": b"\0",
    }
    read = read_document(package(parts), "全部.zip")
    assert read.place(read.text.index("第二份")) == "“b.pdf”第 1 页第 1 行"
    assert read.place(0) == "“甲/a.txt”第 1 行"
    assert {note.member for note in read.notes if note.kind == "not-read"} == {"扫描.pdf", "图.png"}


def test_names_in_an_old_zip_are_chinese():
    old = package({"abcd.txt": "条文"}).replace(b"abcd", "标准".encode("gb18030"))
    assert read_document(old, "旧.zip").blocks[0].member == "标准.txt"


def test_a_document_goes_through_json():
    read = word(docx.Document(io.BytesIO(saved(_two_lines()))))
    assert Document.from_json(read.to_json(), read.text) == read


def _two_lines():
    document = docx.Document()
    document.add_heading("范围", 1)
    document.add_paragraph("甲")
    return document


def test_a_note_is_told_in_another_language():
    read = read_document(paper("第一页上写着二十个以上的字，这样才算有文字层的一页。", ""), "a.pdf")
    said = read.notes[0].told(lambda words: "page {page}" if "文字层" in words else words)
    assert said == "page 2"


def test_what_is_too_long_is_cut_and_told(monkeypatch):
    monkeypatch.setattr("rongbiao.texts.documents.MOST_TEXT", 10)
    read = read_document(("标准" * 20).encode(), "长.txt")
    assert (read.text, [note.kind for note in read.notes]) == ("标准" * 5, ["cut"])
