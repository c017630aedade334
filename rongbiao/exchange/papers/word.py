"""Word (WordprocessingML, ISO/IEC 29500-1): blocks become paragraphs and tables.

The XML is written as text, since a table of thousands of rows is made in a second
that way and in minutes cell by cell. Elements stand in the order of the schema.
"""

from collections.abc import Iterable, Iterator
from html import escape as escape_all

from .blocks import Block, Cell, Form, Heading, Listing, NewPage, Title, Told, Words
from .pages import twips
from .wording import FORM_TITLE_WIDTH, TITLE_WIDTH, clean, title_lines

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
EMU = 36_000  # units of DrawingML in a millimetre
STEP = 250  # rows between two words of progress
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
# A table may not end a cell or a page's body: a paragraph of one twip closes it.
AFTER_TABLE = (
    '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)


def escape(text: str) -> str:
    """Return a text for an element's content."""
    return escape_all(clean(text), quote=False)


def run(text: str, properties: str = "") -> str:
    """Return runs of a text; its line breaks stay, its tabs too."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    said = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    if "\n" in said or "\t" in said:
        said = said.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">').replace(
            "\t", '</w:t><w:tab/><w:t xml:space="preserve">'
        )
    return f"<w:r>{inner}{said}</w:r>"


def paragraph(text: str, style: str = "Body", *, properties: str = "", runs: str = "") -> str:
    """Return one paragraph; ``properties`` follow the style and overrule it, in the schema's order."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
        f"{runs or (run(text) if text else '')}</w:p>"
    )


def paragraphs(text: str, style: str = "Body") -> str:
    """Return a paragraph for each line of a text."""
    return "".join(paragraph(line, style) for line in clean(text).split("\n"))


def box(content: str, wide: float, high: float, name: str) -> str:
    """Return a run that holds paragraphs in a box at the bottom of its page's type area (millimetres)."""
    size = f'cx="{round(wide * EMU)}" cy="{round(high * EMU)}"'
    shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:wps="{shape}" xmlns:a="{DRAWING}/main" xmlns:wp="{DRAWING}/wordprocessingDrawing">'
        '<mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        f'<wp:docPr id="1" name="{name}"/><wp:cNvGraphicFramePr/><a:graphic>'
        f'<a:graphicData uri="{shape}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>"
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def body(blocks: Iterable[Block], told: Told | None = None) -> str:
    """Return the XML of blocks in turn."""
    return "".join(_block(block, told) for block in blocks)


def _block(block: Block, told: Told | None) -> str:
    match block:
        case Heading():
            return paragraph(clean(block.text), f"Heading{block.level}")
        case Words():
            return paragraphs(block.text, block.kind)
        case Title():
            widest = {"FormTitle": FORM_TITLE_WIDTH}.get(block.kind, TITLE_WIDTH)
            return paragraph("\n".join(title_lines(block.text, widest)), block.kind)
        case Listing():
            return _listing(block, told)
        case Form():
            return _form(block)
        case NewPage():
            return PAGE_BREAK
    raise TypeError(block)


def _table(widths: Iterable[float], rows: Iterable[str]) -> str:
    columns = [twips(width) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{AFTER_TABLE}"
    )


def _listing(listing: Listing, told: Told | None) -> str:
    columns = listing.columns
    heads = "".join(
        _cell(paragraph(column.heading, "Label"), twips(column.width)) for column in columns
    )
    head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
    return _table((column.width for column in columns), (head, *_rows(listing, told)))


def _rows(listing: Listing, told: Told | None) -> Iterator[str]:
    """Give each row; tell now and then how many are done."""
    start, middle = "<w:tc><w:tcPr>", '<w:vAlign w:val="center"/>'
    shapes = [
        (
            f'{start}<w:tcW w:w="{twips(column.width)}" w:type="dxa"/>{middle}</w:tcPr>',
            "CellCenter" if column.center else "Cell",
        )
        for column in listing.columns
    ]
    total = len(listing.rows)
    tall = (
        f'<w:trHeight w:val="{twips(listing.height)}" w:hRule="atLeast"/>' if listing.height else ""
    )
    for done, cells in enumerate(listing.rows, start=1):
        inner = "".join(
            f"{cell}{paragraphs(text, style)}</w:tc>"
            for (cell, style), text in zip(shapes, cells, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{inner}</w:tr>"
        if told and (done % STEP == 0 or done == total):
            told(done, total)


def _cell(inner: str, width: int, *, span: int = 1, align: str = "center") -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="{align}"/>'
        f"</w:tcPr>{inner}</w:tc>"
    )


def _form(form: Form) -> str:
    return _table(form.widths, (_form_row(cells, form.widths) for cells in form.rows))


def _form_row(cells: tuple[Cell, ...], widths: tuple[float, ...]) -> str:
    place, inner = 0, []
    for cell in cells:
        wide = twips(sum(widths[place : place + cell.span]))
        place += cell.span
        style = "Label" if cell.label else "CellRight" if cell.sign else "Cell"
        tall = cell.height > 15 and not cell.label
        align = "bottom" if cell.sign else "top" if tall else "center"
        inner.append(_cell(paragraphs(cell.text, style), wide, span=cell.span, align=align))
    if place != len(widths):
        raise ValueError(f"a row of {place} columns in a form of {len(widths)}")
    height = max(cell.height for cell in cells)
    whole = "" if height > 15 else "<w:cantSplit/>"
    return (
        f'<w:tr><w:trPr>{whole}<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/></w:trPr>'
        f"{''.join(inner)}</w:tr>"
    )
