"""Hostile files, made by hand: each with the words that its refusal must hold."""

import io
import struct
import zipfile
import zlib

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

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def relation(kind: str, target: str) -> str:
    return (
        f'<Relationships><Relationship Id="r" Type="{OFFICE}/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )


def body(xml: str, **more: str | bytes) -> bytes:
    """A Word document of which only the body is given."""
    rels = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    main = f"<w:document {NS}><w:body>{xml}</w:body></w:document>"
    return small_docx(**{"_rels/.rels": rels, "word/document.xml": main} | more)


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        entry = zipfile.ZipInfo("链接.txt")
        entry.external_attr = 0o120777 << 16
        bundle.writestr(entry, "/etc/passwd")
    return out.getvalue()


def locked(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[changed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def overlapping() -> bytes:
    """A zip whose directory names one compressed part a thousand times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("0.txt", b"0" * 15_000_000)
        first = bundle.infolist()[0]
        for number in range(1, 200):
            again = zipfile.ZipInfo(f"{number}.txt")
            for name in ("file_size", "compress_size", "CRC", "header_offset", "compress_type"):
                setattr(again, name, getattr(first, name))
            bundle.filelist.append(again)
            bundle.NameToInfo[again.filename] = again
    return out.getvalue()


def lying() -> bytes:
    """The directory says one byte; the part unpacks to fifty megabytes."""
    honest = small_docx(**{"word/bomb.bin": bytes(50 * 1024 * 1024)})
    return honest.replace(struct.pack("<I", 50 * 1024 * 1024), struct.pack("<I", 1))


def active(entry: bytes) -> bytes:
    """A PDF with something in its catalog, its table of objects put right."""
    changed = pdf(0).replace(b"/Type /Catalog", b"/Type /Catalog " + entry)
    start = changed.rindex(b"startxref") + len("startxref")
    return changed[:start] + b"\n%d\n%%%%EOF\n" % changed.rindex(b"xref\n0 ")


def bare_pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first of them the catalog."""
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, trailer, len(out))
    )


def page_pdf(content: bytes, box: bytes = b"[0 0 595 842]", about: bytes = b"") -> bytes:
    stream = b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), about, content)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return bare_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page % box,
            stream,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def packed(content: bytes, times: int = 1) -> bytes:
    for _time in range(times):
        content = zlib.compress(content, 9)
    return content


def bomb_pdf() -> bytes:
    """A page whose content, packed three times over, unpacks to a gigabyte of nothing."""
    pack = zlib.compressobj(1)
    once = b"".join(pack.compress(bytes(1024 * 1024)) for _megabyte in range(1024)) + pack.flush()
    filters = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return page_pdf(packed(once, 2), about=filters)


def sheet(dimension: str, cells: str, before: str = "") -> bytes:
    """A workbook whose only sheet is given."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    return package(
        {
            TYPES: OVERRIDE.format(SHEET).replace("/word/document", "/xl/workbook"),
            "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{main}"><dimension ref="{dimension}"/>'
            f"<sheetData>{cells}</sheetData></worksheet>",
        }
    )


def far_cells() -> bytes:
    cell = '<row r="{row}"><c r="{name}" t="inlineStr"><is><t>x</t></is></c></row>'
    corners = cell.format(row=1, name="A1") + cell.format(row=1048576, name="XFD1048576")
    return sheet("A1:XFD1048576", corners)


XXE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
EXTERNAL = '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd"><w/>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
MACRO = OVERRIDE.format("application/vnd.ms-word.document.macroEnabled.main+xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TABLES = "<w:tbl><w:tr><w:tc>" * 10_000 + "</w:tc></w:tr></w:tbl>" * 10_000
PAGES = b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647>>"
TEXT_PDF = b"BT /F 12 Tf 72 720 Td (" + b"enough words for a layer of text " * 4 + b") Tj ET"

# name of the case: (content or what makes it, name of the file, words of the refusal)
CASES = {
    "empty": (b"", "空.docx", "是空文件"),
    "too large": (b"x" * (20 * 1024 * 1024 + 1), "大.txt", "超过 20 MB 的上限"),
    "pdf called docx": (pdf, "草案.docx", "与文件名不符"),
    "docx called pdf": (word, "草案.pdf", "与文件名不符"),
    "text called docx": ("条文".encode(), "草案.docx", "与文件名不符"),
    "page called txt": (b"<!DOCTYPE html><html><script>", "说明.txt", "与文件名不符"),
    "program": (b"MZ\x90\x00" + bytes(900), "草案.txt", "不是可读的文本"),
    "macros": (lambda: small_docx(**{"word/vbaProject.bin": b"\0"}), "a.docx", "含宏"),
    "docm": (lambda: package({TYPES: MACRO, "word/document.xml": "<w/>"}), "a.docx", "含宏"),
    "macro sheet": (lambda: small_docx(**{"xl/macrosheets/s.xml": "<x/>"}), "a.docx", "含宏"),
    "activex": (lambda: small_docx(**{"word/activeX/a.xml": "<x/>"}), "a.docx", "含宏或控件"),
    "old word": (OLE, "旧.doc", "另存为 docx"),
    "old excel": (OLE, "旧.xls", "另存为 docx、xlsx"),
    "locked office": (OLE + "EncryptedPackage".encode("utf-16-le"), "密.docx", "设有密码"),
    "locked part": (lambda: locked(small_docx()), "密.docx", "设有密码"),
    "locked zip": (lambda: locked(package({"a.txt": "x"})), "密.zip", "设有密码"),
    "rtf": (b"{\\rtf1\\ansi", "旧.doc", "RTF"),
    "pdf and zip": (lambda: pdf() + package({"a.txt": "x"}), "a.pdf", "既是 PDF 又是压缩包"),
    "zip in a pdf's tail": (
        lambda: pdf(0).replace(b"startxref", package({"a.txt": "x"}) + b"\nstartxref"),
        "a.pdf",
        "既是 PDF 又是压缩包",
    ),
    "pdf before docx": (lambda: package({"%PDF-1.7": "x", TYPES: MACRO}), "a.docx", "又是 PDF"),
    "page before pdf": (lambda: b"<html>" + pdf(), "a.pdf", "PDF 前面夹带了其他内容"),
    "script in pdf": (lambda: active(b"/OpenAction<</S/JavaScript/JS(x)>>"), "a.pdf", "带有脚本"),
    "launch in pdf": (lambda: active(b"/OpenAction<</S/#4caunch/F(x)>>"), "a.pdf", "启动程序"),
    "file in pdf": (
        lambda: active(b"/Names<</EmbeddedFiles<</Names[(a)<<>>]>>>>"),
        "a.pdf",
        "夹带了其他文件",
    ),
    "page in png": (lambda: picture(tail=b"<html><script>"), "a.png", "夹带其他内容"),
    "page in jpeg": (lambda: jpeg()[:-2] + b"<script>x</script>\xff\xd9", "a.jpg", "夹带其他内容"),
    "zip behind jpeg": (lambda: jpeg() + package({"a": "x"}) + b"\xff\xd9", "a.jpg", "夹带"),
    "svg": (b'<?xml version="1.0"?><svg onload="x()"/>', "a.svg", "SVG"),
    "svg called html": (b"<svg><script>x()</script></svg>", "a.html", "SVG"),
    "giant picture": (lambda: picture(100_000, 100_000), "a.png", "超过 1 亿像素"),
    "bomb by ratio": (
        lambda: body("", **{"word/a.bin": bytes(40 * 1024 * 1024)}), "a.docx", "压缩炸弹",
    ),
    "bomb by sum": (lambda: small_docx(**{f"w/{n}": bytes(15_000_000) for n in range(15)}), "a.docx", "超过 200 MB"),
    "bomb by count": (lambda: small_docx(**{f"w/{n}": "" for n in range(3001)}), "a.docx", "部件超过3000个"),
    "size that lies": (lying, "a.docx", "已损坏"),
    "parts that overlap": (overlapping, "a.zip", "超过 200 MB"),
    "packages in a zip that unpack to too much": (
        lambda: package({f"{n}.docx": small_docx(**{"w/a": bytes(15_000_000)}) for n in range(15)}),
        "a.zip",
        "解开后共超过 200 MB",
    ),
    "zip in zip": (lambda: package({"b.zip": package({"a.txt": "x"})}), "a.zip", "又是压缩包"),
    "zip in zip, renamed": (lambda: package({"b.docx": package({"a.txt": "x"})}), "a.zip", "不接收压缩包"),
    "macro in zip": (lambda: package({"b.docm": small_docx(**{"word/vbaProject.bin": b"\0"})}), "a.zip", "含宏"),
    "path out of the folder": (lambda: package({"../../etc/x.txt": "x"}), "a.zip", "不合规范"),
    "path from the root": (lambda: package({"/etc/x.txt": "x"}), "a.zip", "不合规范"),
    "symbolic link": (linked, "a.zip", "不合规范"),
    "two archives in one": (
        lambda: small_docx() + package({"a.txt": "x"}), "a.docx", "不合规范",
    ),
    "entity": (lambda: small_docx(**{"word/document.xml": XXE}), "a.docx", "文档类型声明"),
    "external dtd": (lambda: small_docx(**{"word/styles.xml": EXTERNAL}), "a.docx", "文档类型声明"),
    "dtd in utf-16": (
        lambda: small_docx(**{"word/styles.xml": EXTERNAL.encode("utf-16")}), "a.docx", "文档类型声明",
    ),
    "billion laughs": (lambda: small_docx(**{"word/a.xml": LAUGHS}), "a.docx", "文档类型声明"),
    "entity in xlsx": (lambda: sheet("A1", "", XXE.split("<w>", maxsplit=1)[0]), "a.xlsx", "文档类型声明"),
    "template from outside": (
        lambda: body("", **{"word/_rels/settings.xml.rels": relation("attachedTemplate", "https://a.example/t.dotm")}),
        "a.docx",
        "外部网址上的模板",
    ),
    "template from a share": (
        lambda: body("", **{"word/_rels/settings.xml.rels": relation("attachedTemplate", "\\\\host\\t.dotm")}),
        "a.docx",
        "外部网址上的模板",
    ),
    "object from outside": (
        lambda: body("", **{"word/_rels/document.xml.rels": relation("oleObject", "http://a.example/x")}),
        "a.docx",
        "外部网址上的图片或内容",
    ),
    "picture from outside": (
        lambda: body("", **{"word/_rels/document.xml.rels": relation("image", "HTTP://a.example/x")}),
        "a.docx",
        "外部网址上的图片或内容",
    ),
    "10,000 tables": (lambda: body(TABLES), "a.docx", "层层嵌套"),
    "10,000 tables of a page": (
        b"<html><body>" + b"<table><tr><td>" * 10_000 + "字".encode(), "a.html", "层层嵌套",
    ),
    "no body": (small_docx, "a.docx", "缺少正文"),
    "no words": (lambda: body("<w:p/>"), "a.docx", "没有文字"),
    "broken xml": (lambda: body("<w:p>"), "a.docx", "XML 不合格式"),
    "cut zip": (lambda: word()[:-40], "a.docx", "已损坏"),
    "cut pdf": (lambda: pdf()[:-200], "a.pdf", "结构不完整"),
    "broken xref": (
        lambda: pdf(0)[: pdf(0).rindex(b"startxref")] + b"startxref\n7\n%%EOF\n", "a.pdf", "结构不完整",
    ),
    "pages without end": (
        lambda: bare_pdf([b"<</Type/Catalog/Pages 2 0 R>>", PAGES]), "a.pdf", "不能作为 PDF 打开",
    ),
    "giant page, no words": (lambda: page_pdf(b"", b"[0 0 1e9 1e9]"), "a.pdf", "没有文字层"),
    "page that unpacks without end": (bomb_pdf, "a.pdf", "内存超过 512 MB"),
    "cells without end": (far_cells, "a.xlsx", "工作表过大"),
    "not a workbook": (lambda: package({TYPES: OVERRIDE.format(SHEET)}), "a.xlsx", "Excel"),
    "ofd": (lambda: package({"OFD.xml": "<o/>"}), "公文.ofd", "OFD"),
    "rar": (b"Rar!\x1a\x07\x01\x00", "a.rar", "不接收这种压缩包"),
    "another encoding": (b"\x80\x81\xfe\xff" * 40, "a.txt", "不是可读的文本"),
    "nul": ("条文\0条文".encode(), "a.txt", "不是可读的文本"),
}  # fmt: skip

FINE = {  # odd, but to be read
    "giant page": (lambda: page_pdf(TEXT_PDF, b"[0 0 1e7 1e7]"), "a.pdf", "enough words"),
    "template of this machine": (
        lambda: body(
            "<w:p><w:r><w:t>条文</w:t></w:r></w:p>",
            **{"word/_rels/settings.xml.rels": relation("attachedTemplate", "file:///C:/Normal.dotm")},
        ),
        "a.docx",
        "条文",
    ),
    "link": (
        lambda: body(
            "<w:p><w:r><w:t>条文</w:t></w:r></w:p>",
            **{"word/_rels/document.xml.rels": relation("hyperlink", "https://a.example/")},
        ),
        "a.docx",
        "条文",
    ),
    "workbook": (excel, "a.xlsx", "标准编号"),
}  # fmt: skip
