"""Files made for tests, by the programs that make them or by hand."""

import io
import struct
import zipfile
import zlib

import docx
import xlsxwriter
from reportlab.pdfgen.canvas import Canvas

TYPES = "[Content_Types].xml"
OVERRIDE = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf(compressed=1, script="") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=compressed)
    canvas.drawString(72, 720, "evidence")
    if script:
        canvas._doc.Catalog.OpenAction = script
    canvas.save()
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("深海养殖标准三项")
    document.save(out)
    return out.getvalue()


def excel() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, "标准编号")
    return out.getvalue()


def package(parts: dict[str, str | bytes], level=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def small_docx(**more) -> bytes:
    return package({TYPES: OVERRIDE.format(WORD), "word/document.xml": "<w/>"} | more)


def picture(width=2, height=2, tail=b"") -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\0\0" * 2)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
        + tail
    )


def jpeg(width=16, height=16) -> bytes:
    application = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\0"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\0\0\x3f\0" + b"\x55" * 20
    return b"\xff\xd8" + application + frame + scan + b"\xff\xd9"
