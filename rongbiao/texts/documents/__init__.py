r"""Reading documents (读取文件): bytes become text whose every letter leads back into the file.

txt, md, html, csv, docx, xlsx, pdf with a text layer, and zip of these. The content decides,
not the name. Everything is bounded before it is unpacked; whatever cannot be read is one
sentence. What comes from strangers is read by :func:`read_apart`, in a process of its own.

>>> document = read_document("# 前言\n本文件由市市场监管局提出。".encode(), "草案.md")
>>> document.kind, document.blocks[0].kind, document.place(document.text.index("本文件"))
('md', 'heading', '第 2 行')
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from .apart import ask
from .bundles import members
from .document import Block, Document, Note, Writer
from .hypertext import write_html
from .kinds import KINDS, TEXTS, Kind, content_kind, ending_of, kind_of, misnamed, plain_name
from .limits import LARGEST, MOST_BLOCKS, MOST_TEXT, SECONDS
from .plain import decoded, write_lines
from .unreadable import Unreadable, _

__all__ = [
    "KINDS", "LARGEST", "PAPERS", "READ", "Block", "Document", "Kind", "Note", "Unreadable", "kind_of",
    "plain_name", "read_apart", "read_document",
]  # fmt: skip

READ = frozenset({"pdf", "docx", "xlsx", "txt", "md", "html", "csv", "zip"})
PAPERS = frozenset({"pdf", "docx", "txt", "md", "html"})  # what a paper of running text comes as


def read_apart(
    source: bytes | Path, name: str = "", accepted: Collection[str] = READ, seconds: float = SECONDS
) -> Document:
    """Return what :func:`read_document` does, but read by a process that is limited and killed.

    At most 512 MB and 20 seconds; whatever passes them, or makes that process fall, is one
    sentence. What its content and its name call plain text is read at once: nothing in it
    can explode. ``accepted`` names the kinds that are wanted here. Whoever will not wait so long
    gives fewer ``seconds`` and is told by ``TooSlow``.
    """
    data = source if isinstance(source, bytes) else content_of(source)
    name = plain_name(name or ("" if isinstance(source, bytes) else source.name))
    shown, ending = name or _("未命名"), ending_of(name)
    kind = content_kind(data, shown, ending, accepted)
    if kind.name in TEXTS:
        return read_document(data, name)
    try:
        return ask(data, name, seconds)
    except Unreadable as why:
        if "name" in why.values:
            raise
        raise type(why)(_("“{name}”：{why}"), name=shown, why=why) from why


def read_document(source: bytes | Path, name: str = "") -> Document:
    """Return what a file says; raise Unreadable with one sentence.

    ``name`` is what the sender calls it (a path gives its own); one without an ending is read
    as what it is. Memory and time are bounded by the process only: see :func:`read_apart`.
    """
    data = source if isinstance(source, bytes) else content_of(source)
    name = name or ("" if isinstance(source, bytes) else source.name)
    shown, ending = plain_name(name) or _("未命名"), ending_of(name)
    kind = content_kind(data, shown, ending, READ)
    if ending in KINDS and kind.name != ending:
        raise misnamed(shown, kind)
    try:
        return _read(data, kind)
    except Unreadable as why:
        raise Unreadable(_("“{name}”：{why}"), name=shown, why=why) from why


def content_of(path: Path) -> bytes:
    """Return the content of a file, or refuse it by its size or because it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as bad:
        raise Unreadable(
            _("打不开“{name}”：{why}。"), name=path.name or path, why=_why(bad)
        ) from bad


def _why(bad: OSError) -> str:
    if isinstance(bad, FileNotFoundError):
        return _("没有这个文件")
    if isinstance(bad, IsADirectoryError):
        return _("这是一个文件夹")
    if isinstance(bad, PermissionError):
        return _("没有读取权限")
    return _("读取出错")


def _read(data: bytes, kind: Kind) -> Document:
    writer = Writer(MOST_TEXT, MOST_BLOCKS)
    pages = encoding = None
    if kind.name == "zip":
        _write_members(writer, data)
    elif kind.name == "pdf":
        from .paper import write_pdf

        pages = write_pdf(writer, data)
    elif kind.name == "docx":
        from .word import write_docx

        write_docx(writer, data)
    elif kind.name == "xlsx":
        from .sheets import write_xlsx

        write_xlsx(writer, data)
    else:
        text, encoding = decoded(data)
        if kind.name == "html":
            write_html(writer, text)
        else:
            write_lines(writer, text, marked=kind.name == "md")
    if not any(part.strip() for part in writer.parts):
        raise Unreadable(_("文件里没有文字。"))
    return writer.document(kind.name, kind.media, pages=pages, encoding=encoding)


def _write_members(writer: Writer, data: bytes) -> None:
    """Write every file of a zip after the other; one without text is noted and not missed."""
    for name, content in members(data):
        try:
            document = read_document(content, name)
        except Unreadable as why:
            writer.notes.append(Note("not-read", "{name}", name=str(why), member=name))
            continue
        start = writer.length + (1 if writer.parts else 0)
        writer.put(document.text)
        room = writer.length - start
        for block in document.blocks:
            if len(writer.blocks) < writer.most_blocks and block.end <= room:
                moved = replace(block, start=start + block.start, end=start + block.end)
                writer.blocks.append(replace(moved, member=name))
        writer.notes += [replace(note, member=name) for note in document.notes]
