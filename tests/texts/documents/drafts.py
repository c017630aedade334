"""Draft standards made by python-docx, with the parts that it has no call for."""

import io

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.parser import OxmlElement

LEVEL = (
    '<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{style}'
    '<w:lvlText w:val="{text}"/></w:lvl>'
)


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def numbered(document: Document, *levels: tuple[str, str, str]) -> int:
    """Add a definition of numbering, each level as (form, text, style); return the instance."""
    root = document.part.numbering_part.element
    name = 100 + len(root)
    said = "".join(
        LEVEL.format(
            at=at, form=form, text=text, style=f'<w:pStyle w:val="{style}"/>' if style else ""
        )
        for at, (form, text, style) in enumerate(levels)
    )
    root.insert(
        0,
        parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{name}">{said}</w:abstractNum>'),
    )
    return instance(document, name)


def instance(document: Document, name: int, start: int | None = None) -> int:
    """Add an instance of a definition, which may begin again at ``start``."""
    root = document.part.numbering_part.element
    number = 500 + len(root)
    begin = "" if start is None else (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    )  # fmt: skip
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{name}"/>{begin}</w:num>'
        )
    )
    return number


def number_style(document: Document, style: str, number: int, at: int) -> None:
    """Let a style number its paragraphs."""
    about = document.styles[style].element.get_or_add_pPr()
    about.append(num(number, at))


def num(number: int, at: int):
    return parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def add(document: Document, words: str, number: int, at: int = 0, style: str | None = None):
    """Add a paragraph that Word numbers."""
    paragraph = document.add_paragraph(words, style)
    paragraph._p.get_or_add_pPr().append(num(number, at))
    return paragraph


def styled_draft() -> bytes:
    """A draft as the templates make it: headings numbered by their styles."""
    document = docx.Document()
    number = numbered(
        document,
        ("decimal", "%1", "Heading1"),
        ("decimal", "%1.%2", "Heading2"),
        ("decimal", "%1.%2.%3", "Heading3"),
    )
    for at in range(3):
        number_style(document, f"Heading {at + 1}", number, at)
    annex = numbered(document, ("upperLetter", "附录%1", ""), ("decimal", "%1.%2", ""))
    document.add_paragraph("前  言")
    document.add_paragraph("本文件由福州市市场监督管理局提出并归口。")
    document.add_heading("范围", 1)
    document.add_paragraph("本文件规定了茉莉花茶的窨制要求。")
    document.add_heading("窨制", 1)
    document.add_heading("花坯", 2)
    document.add_heading("采摘时间", 3)
    document.add_paragraph("花蕾应在 14 时以后采摘。")
    document.add_heading("茶坯含水量应不大于 8 %。", 3)
    document.add_heading("配花量", 2)
    document.add_paragraph("配花量见表1。")
    document.add_paragraph("表1　配花量")
    table = document.add_table(2, 2)
    for cell, words in zip(
        [cell for row in table.rows for cell in row.cells],
        ["窨次", "千克", "1", "36"],
        strict=True,
    ):
        cell.text = words
    document.add_paragraph("注：以 100 千克茶坯计。")
    document.add_paragraph("花量可按花期调整。")
    add(document, "窨制记录表", annex)
    add(document, "记录要求", annex, 1)
    document.add_paragraph("每窨次记录一次。")
    return saved(document)


def change(words: str, kind: str):
    """Return a run that was inserted or deleted while changes were tracked."""
    text = "delText" if kind in {"del", "moveFrom"} and kind == "del" else "t"
    return parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="1" w:author="林" w:date="2026-01-01T00:00:00Z">'
        f"<w:r><w:{text}>{words}</w:{text}></w:r></w:{kind}>"
    )


def mark_gone(paragraph) -> None:
    """Mark the end of a paragraph as deleted."""
    about = paragraph._p.get_or_add_pPr()
    mark = OxmlElement("w:rPr")
    mark.append(OxmlElement("w:del"))
    about.append(mark)
