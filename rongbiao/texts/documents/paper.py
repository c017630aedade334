"""PDF papers (版式文件): the text layer page by page, and which pages have none worth the name."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from .document import Block, Writer
from .limits import MOST_PAGES
from .unreadable import Unreadable, _

FEW = 20  # characters: a page with fewer has no text layer worth the name
STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff]")
LATIN = re.compile("[\xa1-\xff]")
MUCH = 0.1  # of a page in private letters: the rest is not to be trusted either
RUNNING = 3  # pages on which a line must stand at the edge to be a running head
NO_TEXT = _("第 {page} 页没有文字层（空白页或扫描图像），没有读入。")
PRIVATE = _("第 {page} 页的文字层使用私有字体编码，读出的文字不可信，请提供原始文档。")
SOME_PRIVATE = _("第 {page} 页有 {count} 个符号使用私有字体编码，没有读出。")
LONGEST_EDGE = 40  # characters of a running head
FIGURES = re.compile(r"[0-9０-９ivxlcIVXLCⅠ-ⅿ]+")


def write_pdf(writer: Writer, data: bytes) -> int:
    """Write the text layer and return how many pages there are."""
    pages = _layers(data)
    empty = [number for number, text in enumerate(pages, 1) if len(text.strip()) < FEW]
    if len(empty) == len(pages):
        raise Unreadable(_("没有文字层（可能是扫描件），请先做文字识别再试。"))
    running = _running(pages)
    for number, text in enumerate(pages, 1):
        _write_page(writer, number, text, running)
        if number in empty:
            writer.note("no-text", NO_TEXT, number)
        else:
            _judge(writer, number, text)
    return len(pages)


def _layers(data: bytes) -> list[str]:
    import pypdfium2

    try:
        paper = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as bad:
        if "password" in str(bad).lower():
            raise Unreadable(_("文件设有密码，请去掉密码后再试。")) from bad
        raise Unreadable(_("文件已损坏，不能作为 PDF 打开，请重新导出后再试。")) from bad
    try:
        _check(paper)
        count = len(paper)
        if count > MOST_PAGES:
            words = _("共 {count} 页，超过 {most} 页的上限，请拆分后再试。")
            raise Unreadable(words, count=count, most=MOST_PAGES)
        return [_layer(paper, number) for number in range(count)]
    except pypdfium2.PdfiumError as bad:
        raise Unreadable(_("PDF 的页面已损坏，请重新导出后再试。")) from bad
    finally:
        paper.close()


def _check(paper: Any) -> None:
    """Refuse what the bytes did not show because it is packed or encrypted: scripts and files."""
    from pypdfium2 import raw

    if raw.FPDFDoc_GetJavaScriptActionCount(paper.raw) > 0:
        raise Unreadable(_("PDF 中带有脚本或启动程序的动作，请去掉后再试。"))
    if raw.FPDFDoc_GetAttachmentCount(paper.raw) > 0:
        raise Unreadable(_("PDF 中夹带了其他文件，请去掉后单独提交。"))


def _layer(paper: Any, number: int) -> str:
    page = paper[number]
    layer = page.get_textpage()
    text: str = layer.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
    layer.close()
    page.close()
    return text


def _edge(line: str) -> str:
    return FIGURES.sub("#", "".join(line.split()))


def _running(pages: list[str]) -> set[str]:
    """Return the lines that open or close page after page, figures aside: heads and page numbers."""
    seen: Counter[str] = Counter()
    for text in pages:
        lines = [line for line in text.split("\n") if line.strip()]
        edges = {_edge(line) for line in (*lines[:2], *lines[-1:])}
        seen.update(edge for edge in edges if len(edge) <= LONGEST_EDGE)
    return {line for line, times in seen.items() if times >= RUNNING}


def _write_page(writer: Writer, number: int, text: str, running: set[str]) -> None:
    """Write a page as it is, a block for every line."""
    start = writer.length + (1 if writer.parts else 0)
    writer.put(text)
    lines = text.split("\n")
    full = [at for at, line in enumerate(lines) if line.strip()]
    for at, line in enumerate(lines):
        words = line.strip()
        if writer.full:
            writer.cut()
            break
        if words:
            kind = "paragraph"
            if at in full[:2] and _edge(line) in running:
                kind = "header"
            elif at in full[-1:] and _edge(line) in running:
                kind = "footer"
            place = start + line.index(words[0])
            block = Block(kind, place, place + len(words), page=number, paragraph=at)
            writer.blocks.append(block)
        start += len(line) + 1


def _judge(writer: Writer, number: int, text: str) -> None:
    """Tell the reader where the letters of a page are not what is printed."""
    strange = len(STRANGE.findall(text))
    if max(strange, len(LATIN.findall(text)) / 3) > MUCH * len("".join(text.split())):
        writer.note("private-font", PRIVATE, number)
    elif strange:
        writer.note("private-font", SOME_PRIVATE, number, strange)
