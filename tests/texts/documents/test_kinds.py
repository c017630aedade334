"""What a file is by its content, and the sentence for everything that is not taken."""

import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongbiao.texts.documents import LARGEST, Unreadable, kind_of, plain_name
from tests.texts.documents.made import (
    OVERRIDE,
    TYPES,
    excel,
    jpeg,
    package,
    pdf,
    picture,
    small_docx,
    word,
)


@pytest.mark.parametrize(
    ("content", "name", "media", "label"),
    [
        (pdf(), "总结.pdf", "application/pdf", "PDF 文档"),
        (pdf(0), "总结.PDF", "application/pdf", "PDF 文档"),
        (picture(), "照片.png", "image/png", "PNG 图片"),
        (jpeg(), "照片.jpeg", "image/jpeg", "JPEG 图片"),
        ("三项标准在起草".encode(), "说明.txt", "text/plain", "文本文件"),
        ("三项标准在起草".encode("gb18030"), "说明.txt", "text/plain", "文本文件"),
        ("\ufeff编号,名称\r\n1,二\r\n".encode(), "清单.csv", "text/csv", "CSV 表格"),
    ],
)
def test_what_is_taken_in(content, name, media, label):
    kind = kind_of(content, name)
    assert (kind.media, str(kind.label)) == (media, label)


def test_office_documents_as_their_programs_write_them():
    found = [str(kind_of(word(), "a.docx").label), str(kind_of(excel(), "b.xlsx").label)]
    assert found == ["Word 文档", "Excel 表格"]


DOCTYPE = '<!DOCTYPE w SYSTEM "http://127.0.0.1/x.dtd"><w/>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
TEMPLATE = (
    '<Relationships><Relationship Type="http://schemas/attachedTemplate" '
    'Target="{}" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "空.pdf", "“空.pdf”是空文件"),
        (b"x" * (LARGEST + 1), "大.txt", "“大.txt”大小为 20.0 MB，超过 20 MB 的上限"),
        (b"<html><script>alert(1)</script>", "报告.pdf", "内容是网页，与文件名不符"),
        (b"%PDF-1.7\n<html><script>alert(1)</script>", "报告.pdf", "结构不完整"),
        (pdf()[:-200], "报告.pdf", "结构不完整"),
        (b"<html>" + pdf(), "报告.pdf", "PDF 前面夹带了其他内容"),
        (pdf(), "报告.docx", "内容是PDF 文档，与文件名不符"),
        (pdf(), "报告", "内容是PDF 文档，与文件名不符"),
        (small_docx(), "报告.pdf", "内容是Word 文档，与文件名不符"),
        (small_docx(**{"word/vbaProject.bin": b"\0"}), "报告.docx", "含宏"),
        (small_docx(**{"xl/macrosheets/sheet1.xml": "<x/>"}), "报告.docx", "含宏"),
        (small_docx(**{"word/activeX/activeX1.xml": "<x/>"}), "报告.docx", "含宏"),
        (
            package(
                {TYPES: OVERRIDE.format("application/vnd.ms-word.document.macroEnabled.main+xml")}
            ),
            "报告.docx",
            "含宏",
        ),
        (small_docx(**{"word/styles.xml": DOCTYPE}), "报告.docx", "文档类型声明"),
        (small_docx(**{"word/styles.xml": DOCTYPE.encode("utf-16")}), "报告.docx", "文档类型声明"),
        (small_docx(**{"word/styles.xml": LAUGHS}), "报告.docx", "文档类型声明"),
        (small_docx(**{"word/styles.xml": "<w>"}), "报告.docx", "XML 不合格式"),
        (small_docx(**{"../../etc/cron.d/x": "x"}), "报告.docx", "部件名称或位置不合规范"),
        (small_docx(**{"/etc/passwd": "x"}), "报告.docx", "部件名称或位置不合规范"),
        (
            small_docx(
                **{"word/_rels/settings.xml.rels": TEMPLATE.format("https://a.example/t.dotm")}
            ),
            "报告.docx",
            "外部网址上的模板",
        ),
        (
            small_docx(**{"word/media/a.bin": bytes(201 * 1024 * 1024)}),
            "报告.docx",
            "解开后超过 200 MB",
        ),
        (small_docx(**{"word/big.xml": b" " * (65 * 1024 * 1024)}), "报告.docx", "部件过大"),
        (package({"a.txt": ""}), "附件.zip", "压缩包中有文件不予接收：“a.txt”是空文件"),
        (package({"a.txt": "x"}), "附件.docx", "内容是压缩包，与文件名不符"),
        (small_docx()[:-30], "报告.docx", "已损坏"),
        (
            package({TYPES: OVERRIDE.format("text/xml")}),
            "报告.docx",
            "不是 Word、Excel 或 PowerPoint",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "报告.doc", "旧版 Office"),
        (b"Rar!\x1a\x07\x01\x00", "附件.rar", "不接收这种压缩包"),
        (b"\x1f\x8b\x08\x00", "附件.gz", "不接收这种压缩包"),
        (b"MZ\x90\x00", "程序.exe", "不是能够识别的文件类型"),
        (b"<svg onload='alert(1)'/>", "图.svg", "SVG 图片可能带有脚本"),
        (b"MZ\x90\x00\x03", "程序.txt", "不是可读的文本"),
        (b"\xff\xfe\x00", "说明.csv", "不是可读的文本"),
        (picture(tail=b"<script>"), "照片.png", "夹带其他内容"),
        (picture()[:-5], "照片.png", "图片不完整"),
        (picture(20000, 20000), "照片.png", "超过 1 亿像素"),
        (picture(), "照片.jpg", "内容是PNG 图片"),
        (b"\xff\xd8\xff<html>", "照片.jpg", "图片不完整"),
        (jpeg()[:-2], "照片.jpg", "图片不完整"),
    ],
)
def test_what_is_not_taken_in_and_why(content, name, why):
    with pytest.raises(Unreadable) as refused:
        kind_of(content, name)
    assert why in str(refused.value)
    assert str(refused.value).endswith("。")
    assert str(refused.value).startswith(f"“{name}”")


def test_a_local_template_is_no_reason_to_refuse():
    relation = TEMPLATE.format("file:///C:/Users/lin/Normal.dotm")
    content = small_docx(**{"word/_rels/settings.xml.rels": relation})
    assert str(kind_of(content, "报告.docx").label) == "Word 文档"


def test_a_package_with_too_many_parts_or_a_password():
    many = package({TYPES: "<t/>"} | {f"p/{i}": "" for i in range(3000)}, zipfile.ZIP_STORED)
    with pytest.raises(Unreadable, match="部件超过3000个"):
        kind_of(many, "报告.docx")
    locked = bytearray(small_docx())
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match="设有密码"):
        kind_of(bytes(locked), "报告.docx")


def test_a_declared_size_that_lies_is_found_out():
    """The directory says one byte; the part unpacks to a hundred megabytes."""
    honest = small_docx(**{"word/bomb.bin": bytes(100 * 1024 * 1024)})
    lying = honest.replace(struct.pack("<I", 100 * 1024 * 1024), struct.pack("<I", 1))
    with pytest.raises(Unreadable, match="已损坏"):
        kind_of(lying, "报告.docx")


@pytest.mark.parametrize("action", [b"/JavaScript", b"/J#61vaScript", b"/Launch"])
def test_a_pdf_that_acts_by_itself(action):
    plain = pdf(0)
    active = plain.replace(
        b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S " + action + b" >>"
    )
    start = active.rindex(b"startxref") + len("startxref")
    moved = active[:start] + b"\n%d\n%%%%EOF\n" % active.rindex(b"xref\n0 ")
    assert kind_of(plain, "a.pdf").media == "application/pdf"
    with pytest.raises(Unreadable, match="脚本或启动程序"):
        kind_of(moved, "a.pdf")


def test_a_script_in_a_packed_object_of_a_pdf():
    packed = zlib.compress(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")
    plain = pdf(0)
    insert = b"99 0 obj << /Type /ObjStm /N 1 >> stream\n" + packed + b"\nendstream endobj\n"
    table = plain.rindex(b"xref\n0 ")
    whole = plain[:table] + insert + plain[table:]
    start = whole.rindex(b"startxref") + len("startxref")
    whole = whole[:start] + b"\n%d\n%%%%EOF\n" % (table + len(insert))
    with pytest.raises(Unreadable, match="脚本或启动程序"):
        kind_of(whole, "a.pdf")


@pytest.mark.parametrize(
    "filling",
    [b"stream\n", b"/Type /ObjStm ", b"/Type /ObjStm stream\nendstream ", b"#4a", b" 1 0 obj"],
)
def test_a_pdf_made_to_waste_time_is_told_as_one(filling):
    head, table = b"%PDF-1.7\n", b"\nxref\n0 1\n"
    body = filling * (6 * 1024 * 1024 // len(filling))
    tail = b"startxref\n%d\n%%%%EOF\n" % (len(head) + len(body) + 1)
    assert kind_of(head + body + table + tail, "a.pdf").media == "application/pdf"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lin\\总结.pdf", "总结.pdf"),
        ("总\u202efdp.exe", "总fdp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("...", ""),
        ("", ""),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_name_is_shown_but_is_never_a_path(name, shown):
    assert plain_name(name) == shown


@given(
    st.binary(max_size=2000),
    st.sampled_from(["a.pdf", "a.docx", "a.png", "a.jpg", "a.txt", "a.html", "a.zip", "a"]),
)
def test_no_content_makes_it_stumble(content, name):
    for start in (b"", b"%PDF-1.7", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"):
        assert said(start + content, name).endswith(("。", "文档", "表格", "图片", "文件", "网页"))


def said(content: bytes, name: str) -> str:
    try:
        return str(kind_of(content, name).label)
    except Unreadable as why:
        return str(why)
