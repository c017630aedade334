"""Typesetting (排版): an official paper as PDF, by typst, in the same layout as the Word file.

The file is PDF/A-2a: fonts embedded, text extractable, tagged (a draft without a day is
plain PDF). Fonts are those of the
machine: the office's 仿宋 and 小标宋 where they are, else 思源 (Noto CJK).
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused

from .blocks import Block, Form, Heading, Listing, NewPage, Title, Words
from .official import SEAL_LINES, Official, mark_size
from .wording import clean, document_number, in_words, one_line, title_lines

TEMPLATE = Path(__file__).with_name("official.typ")
CHINESE = {"FangSong_GB2312", "FangSong", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC"}  # fmt: skip


def pdf_file(paper: Official) -> bytes:
    """Return the paper as PDF; refused in a sentence where no Chinese font is installed."""
    if not CHINESE & set(_fonts().families()):
        raise Refused(
            _("本机没有中文字体，不能生成 PDF。请安装思源宋体（fonts-noto-cjk）后再试，或使用 Word 文件。")
        )  # fmt: skip
    said = json.dumps(_told(paper), ensure_ascii=False)
    made = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"paper": said},
        pdf_standards=["a-2a"] if paper.day else [],  # the standard asks for a date
    )
    if not isinstance(made, bytes):
        raise TypeError(made)
    return made


@cache
def _fonts() -> typst.Fonts:
    """Return the machine's fonts; looking for them takes a second, so once."""
    return typst.Fonts(include_embedded_fonts=False)


def _told(paper: Official) -> dict[str, Any]:
    imprint = []
    if paper.copies:
        imprint.append((f"抄送：{one_line(paper.copies).rstrip('。')}。", ""))
    if paper.printed_by:
        printed = f"{in_words(paper.printed_on or paper.day)}印发"
        imprint.append((one_line(paper.printed_by), printed))
    return {
        "issuer": one_line(paper.issuer),
        "title": one_line(paper.title),
        "lines": title_lines(paper.title),
        "mark": paper.head,
        "mark_size": mark_size(paper.head),
        "letter": paper.letter,
        "date": [paper.day.year, paper.day.month, paper.day.day] if paper.day else [],
        "number": document_number(paper.number),
        "addressee": one_line(paper.addressee),
        "body": _blocks(paper.body),
        "attachments": paper.attachments,
        "signature": paper.signature,
        "seal_lines": SEAL_LINES,
        "note": one_line(paper.note).strip("（）"),
        "imprint": imprint,
        "annexes": [
            {
                "name": paper.annex_name(place),
                "lines": title_lines(annex.title),
                "blocks": _blocks(annex.blocks),
            }
            for place, annex in enumerate(paper.annexes, start=1)
        ],
    }


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    return [said for block in blocks for said in _block(block)]


def _block(block: Block) -> list[dict[str, Any]]:
    match block:
        case Heading():
            return [{"kind": "Heading", "level": block.level, "text": clean(block.text)}]
        case Words():
            return [{"kind": block.kind, "text": line} for line in clean(block.text).split("\n")]
        case Listing():
            return [_listing(block)]
        case Title():
            return [{"kind": "Title", "lines": title_lines(block.text)}]
        case NewPage():
            return [{"kind": "NewPage"}]
        case Form():
            raise TypeError("a form is a Word file, not a part of an official paper")


def _listing(listing: Listing) -> dict[str, Any]:
    return {
        "kind": "Listing",
        "headings": [column.heading for column in listing.columns],
        "widths": [column.width for column in listing.columns],
        "centers": [column.center for column in listing.columns],
        "rows": [[clean(text) for text in cells] for cells in listing.rows],
    }
