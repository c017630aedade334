"""Packages (成包): the same input gives the same bytes, so that a hash can be journaled.

A docx is written part by part (Open Packaging Conventions, ISO/IEC 29500-2); the time
of every part is fixed, the order too, and the day of the paper stands for the day it was
made.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import date

from .pages import SIZE_4, SONG, Page, twips
from .styles import MAIN, fonts, styles_xml
from .word import escape, paragraph, run

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIXED = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NAMES = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}"'
SETTINGS = (
    f'<w:settings xmlns:w="{MAIN}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
    "<w:bordersDoNotSurroundFooter/><w:evenAndOddHeaders/>"
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of parts in their order, every time and mode fixed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            package.writestr(entry, content)
    return buffer.getvalue()


def docx(
    content: str, page: Page, *, title: str, author: str, day: date | None, head: str = "",
    foot: str = "",
) -> bytes:  # fmt: skip
    """Return a Word file of body XML; ``head`` and ``foot`` are those of a letter's first page."""
    after = twips(4) if page.grid else 0
    feet = {"footer1": _number("right", after), "footer2": _number("left", after)}
    if page.first:
        feet |= {"header1": head or paragraph("", "Number"), "footer3": foot}
    parts = {
        "word/document.xml": f"<w:document {NAMES}><w:body>{content}{page.xml()}</w:body></w:document>",
        "word/styles.xml": styles_xml(),
        "word/settings.xml": SETTINGS,
        **{f"word/{name}.xml": _band(name, inner) for name, inner in feet.items()},
        "docProps/core.xml": _core(title, author, day),
    }
    whole = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relations(
            ("rDoc", f"{RELATIONS}/officeDocument", "word/document.xml"),
            (
                "rCore",
                f"{PACKAGE}/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
        ),
        **parts,
        "word/_rels/document.xml.rels": _relations(
            ("rStyles", f"{RELATIONS}/styles", "styles.xml"),
            ("rSettings", f"{RELATIONS}/settings", "settings.xml"),
            *(
                (IDS[name], f"{RELATIONS}/{name[:6]}", f"{name}.xml")
                for name in feet
            ),
        ),
    }  # fmt: skip
    return zipped((name, (XML + text).encode()) for name, text in whole.items())


IDS = {"footer1": "rOdd", "footer2": "rEven", "header1": "rHead", "footer3": "rFoot"}


def _number(side: str, after: int) -> str:
    """Return the page number between dashes, one character in from its side."""
    inner = fonts(SONG).replace("Times New Roman", SONG)
    size = f'{inner}<w:sz w:val="{round(SIZE_4 * 2)}"/>'
    field = (
        f'<w:r><w:rPr>{size}</w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:rPr>{size}</w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r><w:rPr>{size}</w:rPr><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run('1', size)}"
        f'<w:r><w:rPr>{size}</w:rPr><w:fldChar w:fldCharType="end"/></w:r>'
    )
    ind = f'<w:spacing w:after="{after}"/><w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
    runs = f"{run('— ', size)}{field}{run(' —', size)}"
    return paragraph("", "Number", properties=ind, runs=runs)


def _band(name: str, inner: str) -> str:
    tag = "hdr" if name.startswith("header") else "ftr"
    return f"<w:{tag} {NAMES}>{inner}</w:{tag}>"


def _core(title: str, author: str, day: date | None) -> str:
    made = (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z</dcterms:modified>'
        if day
        else ""
    )
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dc:language>zh-CN</dc:language>{made}</cp:coreProperties>"
    )


def _types(parts: Iterable[str]) -> str:
    kinds = {
        "word/document.xml": f"{WORD}document.main+xml",
        "word/styles.xml": f"{WORD}styles+xml",
        "word/settings.xml": f"{WORD}settings+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    said = "".join(
        f'<Override PartName="/{name}" '
        f'ContentType="{kinds.get(name) or WORD + name[5:11] + "+xml"}"/>'
        for name in parts
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _relations(*given: tuple[str, str, str]) -> str:
    said = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in given
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'
