"""Reading documents (读取文件): bytes become text; the content decides, not the name.

txt, md, html, docx, and pdf with a text layer. Everything is bounded before it is
unpacked; whatever cannot be read is one sentence.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

LARGEST = 20 * 1024 * 1024  # bytes of a file
LARGEST_PART = 40 * 1024 * 1024  # bytes of one unpacked part
MOST_PARTS = 2000
MOST_PAGES = 2000
MOST_TEXT = 20_000_000  # characters
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLOCKS = {
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "tr", "ul", "title",
}  # fmt: skip
SILENT = {"script", "style", "noscript", "template", "head"}
FEW = 20  # characters: a pdf page with fewer has no text layer worth the name


class Unreadable(Exception):
    """The file cannot be read; the message is one sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text, what kind it is, its media type, and its encoding where it is plain text."""

    text: str
    kind: str
    media: str
    encoding: str | None = None
    pages: int | None = None


def read_document(data: bytes, name: str) -> Document:
    """Return the text of a file; ``name`` only helps to word a refusal and to tell md from txt."""
    shown = name.rsplit("/", 1)[-1][-80:] or "文件"
    if not data:
        raise Unreadable(f"“{shown}”是空文件。")
    if len(data) > LARGEST:
        size = len(data) / 1024 / 1024
        raise Unreadable(f"“{shown}”有 {size:.1f} MB，超过 20 MB 的上限，请拆分后再试。")
    if data[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        return _pdf(data, shown)
    if data[:4] == b"PK\x03\x04":
        return _docx(data, shown)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(f"“{shown}”是旧版 Word 或 Excel 文件，请另存为 docx 后再试。")
    if shown.lower().endswith((".docx", ".pdf")):
        raise Unreadable(f"“{shown}”的内容与扩展名不符，可能已损坏，请重新导出后再试。")
    text, encoding = _plain(data, shown)
    opening = text[:4000].lstrip().lower()
    if opening.startswith(("<!doctype html", "<html", "<?xml")) or re.search(
        r"<(?:html|body|head|div|p|table)[\s>]", opening
    ):
        return Document(_html(text, shown), "html", "text/html", encoding)
    kind = "md" if name.lower().endswith((".md", ".markdown")) else "txt"
    media = "text/markdown" if kind == "md" else "text/plain"
    return Document(text, kind, media, encoding)


def _plain(data: bytes, shown: str) -> tuple[str, str]:
    """Return text and encoding of plain bytes: by mark, by strictness, by what reads more like Chinese."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as bad:
                raise Unreadable(f"“{shown}”的编码有误（第 {bad.start + 1} 字节）。") from bad
    if b"\x00" in data[:4096]:
        raise Unreadable(f"“{shown}”不是文本文件，支持 txt、md、html、docx 和有文字层的 pdf。")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    found = []
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((_likeness(text), text, encoding))
    if not found:
        raise Unreadable(f"“{shown}”的编码无法识别，请另存为 UTF-8 后再试。")
    likeness, text, encoding = max(found)
    if likeness < 0:
        raise Unreadable(f"“{shown}”不是文本文件，支持 txt、md、html、docx 和有文字层的 pdf。")
    return text, encoding


COMMON = frozenset(
    "的是在和了有为年日市一不人地国以中及与会政府部门工作标標准準化实實施展发發业業责責任单單位"
)


def _likeness(text: str) -> float:
    """Return how much a text looks like official Chinese: common characters less strange ones."""
    sample = text[:20_000]
    common = sum(letter in COMMON for letter in sample)
    strange = sum(
        "\ue000" <= letter <= "\uf8ff"
        or letter == "\ufffd"
        or (letter < " " and letter not in "\t\r\n")
        for letter in sample
    )
    return (common - 5 * strange) / max(len(sample), 1)


def _html(text: str, shown: str) -> str:
    from lxml import html

    try:
        root = html.document_fromstring(
            text.encode("utf-8"),
            parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False),
        )
    except Exception as bad:
        raise Unreadable(f"“{shown}”不是完整的网页，请另存为文本后再试。") from bad
    parts: list[str] = []
    _walk(root, parts)
    lines = ("".join(line.split("\xa0")).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(root, parts: list[str]) -> None:  # type: ignore[no-untyped-def]
    """Gather what a reader sees, block by block; iterative, so depth costs nothing."""
    stack = [(root, False)]
    while stack:
        node, left = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else None
        if left:
            if tag in BLOCKS:
                parts.append("\n")
            elif tag in {"td", "th"}:
                parts.append(" ")
            if node.tail and node is not root:
                parts.append(re.sub(r"\s+", " ", node.tail))
            continue
        stack.append((node, True))
        if tag is None or tag in SILENT:
            continue
        if tag in BLOCKS:
            parts.append("\n")
        if node.text:
            parts.append(re.sub(r"\s+", " ", node.text))
        stack.extend((child, False) for child in reversed(node))


def _docx(data: bytes, shown: str) -> Document:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            content = _part(package, "word/document.xml", shown)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as bad:
        raise Unreadable(f"“{shown}”已损坏，不能作为 Word 文件打开。") from bad
    try:
        root = fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError) as bad:
        raise Unreadable(f"“{shown}”的内容不合规范，不能安全读取。") from bad
    lines = []
    for paragraph in root.iter(f"{WORD}p"):
        words = []
        for node in paragraph.iter():
            if node.tag == f"{WORD}t":
                words.append(node.text or "")
            elif node.tag in {f"{WORD}tab", f"{WORD}br", f"{WORD}cr"}:
                words.append("\n" if node.tag != f"{WORD}tab" else " ")
        lines.append("".join(words))
    text = "\n".join(lines)
    if not text.strip():
        raise Unreadable(f"“{shown}”里没有文字。")
    return Document(text[:MOST_TEXT], "docx", DOCX)


def _part(package: zipfile.ZipFile, name: str, shown: str) -> bytes:
    """Return one part of a package, its declared and its actual size both bounded."""
    entries = package.infolist()
    if len(entries) > MOST_PARTS:
        raise Unreadable(f"“{shown}”里的部件有 {len(entries)} 个，超过 {MOST_PARTS} 个的上限。")
    entry = next((entry for entry in entries if entry.filename == name), None)
    if entry is None:
        raise Unreadable(f"“{shown}”不是 Word 文件（docx），支持 txt、md、html、docx 和 pdf。")
    with package.open(entry) as part:
        content = part.read(LARGEST_PART + 1) if entry.file_size <= LARGEST_PART else b""
    if not content or len(content) > LARGEST_PART:
        raise Unreadable(f"“{shown}”展开后超过 40 MB，不予读取。")
    return content


def _pdf(data: bytes, shown: str) -> Document:
    import pypdfium2

    try:
        paper = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as bad:
        why = "有密码" if "password" in str(bad).lower() else "已损坏"
        raise Unreadable(f"“{shown}”{why}，不能作为 PDF 打开。") from bad
    try:
        count = len(paper)
        if count > MOST_PAGES:
            raise Unreadable(f"“{shown}”有 {count} 页，超过 {MOST_PAGES} 页的上限。")
        pages = []
        for page in paper:
            layer = page.get_textpage()
            pages.append(layer.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n"))
            layer.close()
            page.close()
    finally:
        paper.close()
    empty = [number for number, text in enumerate(pages, 1) if len(text.strip()) < FEW]
    if len(empty) == count:
        raise Unreadable(f"“{shown}”没有文字层（可能是扫描件），请先做文字识别再试。")
    return Document("\n".join(pages)[:MOST_TEXT], "pdf", "application/pdf", pages=count)
