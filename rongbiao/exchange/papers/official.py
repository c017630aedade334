"""Official papers (公文): notices, announcements and letters in the layout of GB/T 9704—2012.

One description makes the Word file here and the PDF in ``typesetting``. The head is red;
the title stands two lines under the red line; the signature leaves room for a seal; each
annex begins a page; the imprint closes the last one. A letter (信函格式) has its own head
and no number on its first page.
"""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Annotated

from .blocks import Block
from .packages import docx
from .pages import LETTER, LETTERS, LINE, OFFICIAL, RED, twips
from .word import AFTER_TABLE, body, box, paragraph, run
from .wording import document_number, in_words, one_line, title_lines, width

LETTER_WIDTH = 156 / LETTERS  # millimetres of a character on the grid
WIDEST_MARK, TALLEST_MARK = 430.0, 50.0  # points: one line of the type area, and a modest size
IMPRINT_LETTERS = 27  # characters of size 4 on a line of the imprint, less than there are
IMPRINT_LINE = 8.0  # millimetres
SEAL = '<w:bookmarkStart w:id="0" w:name="印章"/>', '<w:bookmarkEnd w:id="0"/>'
SEAL_LINES = 3  # empty lines above the signature: the seal's top stays within a line of the text


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex that stands in the paper itself."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """An official paper, whatever it is about."""

    issuer: Annotated[str, "发文机关"]
    title: Annotated[str, "标题"]
    body: Annotated[tuple[Block, ...], "正文"]
    mark: Annotated[str, "发文机关标志"] = ""  # the issuer and “文件” where nothing is said
    number: Annotated[str, "发文字号"] = ""
    addressee: Annotated[str, "主送机关"] = ""
    annexes: Annotated[tuple[Annex, ...], "附件（随文）"] = ()
    enclosures: Annotated[tuple[str, ...], "附件（另附）"] = ()
    signers: Annotated[tuple[str, ...], "署名"] = ()  # the issuer where nothing is said
    day: Annotated[date | None, "成文日期"] = None
    note: Annotated[str, "附注"] = ""
    copies: Annotated[str, "抄送机关"] = ""
    printed_by: Annotated[str, "印发机关"] = ""
    printed_on: Annotated[date | None, "印发日期"] = None
    letter: Annotated[bool, "信函格式"] = False

    @property
    def head(self) -> str:
        """Return the words in red."""
        return one_line(self.mark or (self.issuer if self.letter else f"{self.issuer}文件"))

    @property
    def attachments(self) -> tuple[str, ...]:
        """Return the list of attachments as it stands under the text, numbered if several."""
        names = [*(annex.title for annex in self.annexes), *self.enclosures]
        names = [one_line(name) for name in names]
        if len(names) < 2:
            return tuple(names)
        return tuple(f"{place}. {name}" for place, name in enumerate(names, start=1))

    @property
    def signature(self) -> tuple[tuple[str, float], ...]:
        """Return the lines of the signature and the day, each with its right indent in characters.

        The day stands four characters in; names are centred over it, and where a name
        is too long for that, the day is centred under it.
        """
        day = in_words(self.day)
        names = [one_line(name) for name in self.signers or (self.issuer,)]
        longest = max(map(width, names))
        inward = max(4.0, (longest - width(day)) / 2)
        middle = inward + width(day) / 2
        lines = [(name, middle - width(name) / 2) for name in names]
        return (*lines, (day, inward))

    def annex_name(self, place: int) -> str:
        """Return what stands above an annex: 附件, with its number if there are several."""
        return "附件" if len(self.attachments) == 1 else f"附件{place}"


def word_file(paper: Official) -> bytes:
    """Return the paper as docx."""
    content = "".join((
        "" if paper.letter else _head(paper),
        _letter_number(paper) if paper.letter else "",
        _title(paper.title),
        paragraph(f"{one_line(paper.addressee)}：", "Flush") if paper.addressee else "",
        _kept(paper),
        _attachments(paper),
        _signature(paper),
        "".join(_annex(paper, place) for place in range(1, len(paper.annexes) + 1)),
        _imprint(paper),
    ))  # fmt: skip
    return docx(
        content,
        LETTER if paper.letter else OFFICIAL,
        title=one_line(paper.title),
        author=one_line(paper.issuer),
        day=paper.day,
        head=_letter_head(paper) if paper.letter else "",
        foot=_letter_foot() if paper.letter else "",
    )


def mark_size(mark: str) -> float:
    """Return the size of the words in red, in points: as large as one line allows.

    >>> mark_size("福州市市场监督管理局文件")
    35.5
    """
    return min(TALLEST_MARK, WIDEST_MARK / max(width(mark), 1) // 0.5 * 0.5)


def _mark(paper: Official) -> str:
    half = round(mark_size(paper.head) * 2)
    return run(
        paper.head, f'<w:color w:val="{RED}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    )


def _rule(kind: str, size: int, side: str, space: int) -> str:
    return (
        f'<w:pBdr><w:{side} w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{RED}"/>'
        "</w:pBdr>"
    )


def _head(paper: Official) -> str:
    """Return the words in red 35 mm under the edge, the number two lines below, the red line 4 mm below."""
    top = f'<w:spacing w:before="{twips(35)}" w:after="{2 * LINE}"/>'
    return paragraph("", "Mark", properties=top, runs=_mark(paper)) + paragraph(
        document_number(paper.number), "Center", properties=_rule("single", 12, "bottom", 11)
    )


def _letter_head(paper: Official) -> str:
    wide = f'<w:ind w:left="-{twips(8)}" w:right="-{twips(6)}"/>'
    return paragraph(
        "", "Mark", properties=_rule("thickThinSmallGap", 24, "bottom", 11) + wide, runs=_mark(paper)
    )  # fmt: skip


def _letter_foot() -> str:
    wide = f'<w:ind w:left="-{twips(8)}" w:right="-{twips(6)}"/>'
    thin = '<w:spacing w:after="0" w:line="20" w:lineRule="exact"/>'
    rule = _rule("thinThickSmallGap", 24, "top", 0)
    return paragraph("", "Number", properties=f"{rule}{thin}{wide}")


def _letter_number(paper: Official) -> str:
    space = f'<w:spacing w:before="{LINE // 2}"/>'
    return paragraph(document_number(paper.number), "Right", properties=space)


def _title(title: str) -> str:
    """Return the title between two empty lines and one."""
    blank = paragraph("", "Body")
    return blank * 2 + paragraph("\n".join(title_lines(title)), "Title")


def _kept(paper: Official) -> str:
    """Return the body with its last paragraph bound to what follows: no signature stands alone.

    The first page must show text, so an only paragraph stays where it is.
    """
    content = body(paper.body)
    if len(paper.body) == 1:
        return content
    start = content.rfind("<w:pStyle ")
    end = content.find("/>", start) + 2
    ends_in_table = content.endswith(AFTER_TABLE)
    if start < 0 or ends_in_table or "<w:keepNext/>" in content[end : end + 20]:
        return content
    return f"{content[:end]}<w:keepNext/>{content[end:]}"


def _indent(left: float, hanging: float) -> str:
    return (
        f'<w:ind w:leftChars="{round(left * 100)}" w:left="{twips(left * LETTER_WIDTH)}" '
        f'w:hangingChars="{round(hanging * 100)}" w:hanging="{twips(hanging * LETTER_WIDTH)}"/>'
    )


def _attachments(paper: Official) -> str:
    """Return the list one line under the text, two characters in, its second lines aligned."""
    names = paper.attachments
    if not names:
        return ""
    single = len(names) == 1
    lines = [paragraph("", "Body", properties="<w:keepNext/>")]
    for place, name in enumerate(names):
        text, hanging = (f"附件：{name}", 3.0) if place == 0 else (name, 0.0)
        if not single:
            hanging += width(name.split(" ")[0]) + 0.5
        left = 5.0 if single else 5.0 + width(name.split(" ")[0]) + 0.5
        lines.append(
            paragraph(text, "Flush", properties=f"<w:keepNext/>{_indent(left, hanging)}")
        )  # fmt: skip
    return "".join(lines)


def _signature(paper: Official) -> str:
    """Return the names and the day on one page with the room for a seal, marked “印章” for a stamping program."""
    blank = paragraph("", "Body", properties="<w:keepNext/>")
    lines = [blank * SEAL_LINES]
    last = len(paper.signature) - 1
    for place, (text, inward) in enumerate(paper.signature):
        keep = "<w:keepNext/>" if place < last or paper.note else '<w:keepNext w:val="0"/>'
        indent = f'w:rightChars="{round(inward * 100)}" w:right="{twips(inward * LETTER_WIDTH)}"'
        runs = run(text) if place else f"{SEAL[0]}{run(text)}{SEAL[1]}"
        lines.append(paragraph(text, "Right", properties=f"{keep}<w:ind {indent}/>", runs=runs))
    if paper.note:
        lines.append(paragraph(f"（{one_line(paper.note).strip('（）')}）", "Body"))
    return "".join(lines)


def _annex(paper: Official, place: int) -> str:
    annex = paper.annexes[place - 1]
    return (
        paragraph(paper.annex_name(place), "Annex", properties="<w:pageBreakBefore/>")
        + paragraph("\n".join(title_lines(annex.title)), "Title")
        + body(annex.blocks)
    )


def _imprint(paper: Official) -> str:
    """Return the imprint: a box at the bottom of the last page, thick lines outside, thin within."""
    made, high = [], 0
    if paper.copies:
        text = f"　抄送：{one_line(paper.copies).rstrip('。')}。"
        hanging = '<w:ind w:left="1120" w:hanging="1120"/>'
        made.append((text, hanging, ""))
        high += ceil(width(text) / IMPRINT_LETTERS)
    if paper.printed_by:
        printed = f"　{one_line(paper.printed_by)}\t{in_words(paper.printed_on or paper.day)}印发"
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{twips(156) - 280}"/></w:tabs>'
        made.append((printed, "", tab))
        high += 1
    if not made:
        return ""
    lines = []
    for place, (text, inset, tab) in enumerate(made, start=1):
        top = _line("top", 8) if place == 1 else ""
        borders = f"<w:pBdr>{top}{_line('bottom', 8 if place == len(made) else 6)}</w:pBdr>"
        lines.append(paragraph(text, "Imprint", properties=f"{borders}{tab}{inset}"))
    return paragraph("", "Cell", runs=box("".join(lines), 156, high * IMPRINT_LINE, "版记"))


def _line(side: str, size: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="1" w:color="000000"/>'
