"""``rongbiao document FILE…``: what files say and what in them cannot be read, for people or as JSON lines.

Status 0 when every file was read, 2 when one was refused; the others are read all the same.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path

from rongbiao.texts.documents import KINDS, LARGEST, READ, Document, Unreadable, read_apart
from rongbiao.texts.documents.clauses import Clause, clauses_of

INPUT = "标准输入"


def run(asked: argparse.Namespace) -> int:
    """Read every file and print what it says."""
    show = json_line if asked.json else sheet
    refused = False
    for file in asked.file:
        try:
            print(show(file, read_file(file)))
        except Unreadable as why:
            refused = True
            sys.stdout.flush()
            print(f"rongbiao：{why}", file=sys.stderr)
    return 2 if refused else 0


def read_file(file: str, accepted: Collection[str] = READ) -> Document:
    """Return the document in a file, or on standard input for ``-``; raise Unreadable."""
    if file == "-":
        return read_apart(sys.stdin.buffer.read(LARGEST + 1), INPUT, accepted)
    return read_apart(Path(file), accepted=accepted)


def json_line(file: str, document: Document) -> str:
    """Return a document without its text as one line of JSON."""
    said = {
        "file": file,
        "kind": document.kind,
        "media": document.media,
        "encoding": document.encoding,
        "pages": document.pages,
        "characters": len(document.text),
        "blocks": len(document.blocks),
        "notes": [
            {"kind": note.kind, "page": note.page, "member": note.member, "words": str(note)}
            for note in document.notes
        ],
        "clauses": [
            asdict(clause) | {"place": document.place(clause.start)}
            for clause in clauses_of(document)
        ],
    }
    return json.dumps(said, ensure_ascii=False)


def sheet(file: str, document: Document) -> str:
    """Return a document as lines for a person."""
    about = [KINDS[document.kind].label, f"{len(document.text)} 字"]
    if document.pages:
        about.insert(1, f"{document.pages} 页")
    if document.encoding:
        about.append(document.encoding)
    clauses = clauses_of(document)
    lines = [f"{INPUT if file == '-' else file}  {'，'.join(about)}"]
    if document.notes:
        lines += ["", f"说明（{len(document.notes)} 处）"]
        lines += [f"  {_said(note.member)}{note}" for note in document.notes]
    if clauses:
        lines += ["", f"条款（{len(clauses)} 条）"]
        lines += [_line(clause, document) for clause in clauses]
    return "\n".join([*lines, ""])


def _said(member: str) -> str:
    return f"“{member}”：" if member else ""


def _line(clause: Clause, document: Document) -> str:
    """Return one clause: its number, its title or how it begins, its place."""
    words = clause.title or clause.text[:30].replace("\n", " ")
    named = f"{clause.number} {words}".strip()
    return f"{'  ' * clause.level}{named}  〔{document.place(clause.start)}〕"
