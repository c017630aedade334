"""The package (ISO/IEC 29500-2): the body with its anchors, the comments, and nothing else new."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from rongbiao.texts.documents.packages import BAD
from rongbiao.texts.documents.styles import W
from rongbiao.texts.documents.unreadable import Unreadable, _
from rongbiao.texts.documents.word import Package

from .anchors import Body
from .annotation import Annotation
from .plain import MAIN, NOT_XML, OFFICE, PACKAGE, WORD

AUTHOR, INITIALS = "榕标引用核查", "榕标"
TYPES = "[content_types].xml"
BLANK = "{http://www.w3.org/XML/1998/namespace}space"
LONGEST = 20_000  # characters of one comment
MOST_ELSEWHERE = 200  # what the first comment tells of places that hold none


def annotated(
    data: bytes, annotations: Sequence[Annotation], head: str, at: datetime | None = None
) -> bytes:
    """Return a Word document with comments; raise Unreadable where it cannot be opened.

    ``head`` is what the comment at the beginning says first; what has no place of its own
    follows there. ``at`` is the moment that the comments bear.
    """
    try:
        return _annotated(data, annotations, head, at or datetime.now(UTC))
    except (etree.LxmlError, *BAD) as bad:
        raise Unreadable(_("文件中的 XML 不合格式，无法写入批注。")) from bad


def _annotated(data: bytes, annotations: Sequence[Annotation], head: str, at: datetime) -> bytes:
    package = Package(data)
    main = next((part for kind, part in package.related("") if kind == "officeDocument"), "")
    name = package.names.get(main.lower(), "")
    related = package.related(main)
    comments = next((part for kind, part in related if kind == "comments"), "")
    known = package.names.get(comments.lower(), "")
    root, notes = _whole(package, name), _whole(package, known)
    if root is None:
        raise Unreadable(_("文件缺少正文部件，不能作为 Word 文档打开。"))
    if notes is None:
        notes = etree.Element(f"{W}comments", nsmap={"w": MAIN})
    body = Body(root, main, _first_free(notes))
    placed, left = body.place(annotations)
    said = [head, *(one.elsewhere or one.text for one in left[:MOST_ELSEWHERE])]
    if len(left) > MOST_ELSEWHERE:
        said.append("……")
    notes.extend(_comment(number, text, at) for number, text in placed)
    first = body.at_the_beginning()
    if first is not None:
        notes.append(_comment(first, "\n".join(said), at))
    folder, _slash, last = name.rpartition("/")
    changed = {name: root, known or f"{folder}/comments.xml".lstrip("/"): notes}
    if not known:
        changed |= _lists(package, folder, last)
    return _written(package, {part: _bytes(tree) for part, tree in changed.items()})


def _whole(package: Package, name: str) -> Any:
    """Return the root of a part with its own comments and instructions kept, or None."""
    if not name:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, strip_cdata=False
    )
    return etree.fromstring(package.file.read(name), parser)


def _first_free(notes: Any) -> int:
    taken = [one.get(f"{W}id") or "" for one in notes]
    return 1 + max((int(one) for one in taken if one.isdecimal()), default=-1)


def _comment(number: int, text: str, at: datetime) -> Any:
    """Return a comment: a paragraph for each line."""
    comment = etree.Element(
        f"{W}comment",
        {
            f"{W}id": str(number),
            f"{W}author": AUTHOR,
            f"{W}date": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            f"{W}initials": INITIALS,
        },
        nsmap={"w": MAIN},
    )
    for line in NOT_XML.sub(" ", text[:LONGEST]).split("\n"):
        paragraph = etree.SubElement(comment, f"{W}p")
        words = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t", {BLANK: "preserve"})
        words.text = line.replace("\r", " ")
    return comment


def _lists(package: Package, folder: str, last: str) -> dict[str, Any]:
    """Return the list of types and the relations of the body, both naming a new part."""
    part = f"{folder}/comments.xml".lstrip("/")
    types = _whole(package, package.names[TYPES])
    space = f"{{{PACKAGE}/content-types}}"
    about = {"PartName": f"/{part}", "ContentType": f"{WORD}.comments+xml"}
    etree.SubElement(types, f"{space}Override", about)
    name = f"{folder}/_rels/{last}.rels".lstrip("/")
    name = package.names.get(name.lower(), name)
    space = f"{PACKAGE}/relationships"
    relations = _whole(package, name) if name in package.names.values() else None
    if relations is None:
        relations = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})  # type: ignore[dict-item]
    names = {one.get("Id") for one in relations}
    free = next(f"rIdComments{n}" for n in range(len(names) + 1) if f"rIdComments{n}" not in names)
    about = {"Id": free, "Type": f"{OFFICE}/comments", "Target": "comments.xml"}
    etree.SubElement(relations, f"{{{space}}}Relationship", about)
    return {package.names[TYPES]: types, name: relations}


def _bytes(root: Any) -> bytes:
    tree = root.getroottree()
    written = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(written)


def _written(package: Package, changed: dict[str, bytes]) -> bytes:
    """Return the package: its parts in their order, those that changed, and new ones last."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for part in package.file.infolist():
            about = zipfile.ZipInfo(part.filename, part.date_time)
            about.compress_type, about.external_attr = part.compress_type, part.external_attr
            content = changed.pop(part.filename, None)
            file.writestr(about, package.file.read(part) if content is None else content)
        for name, content in changed.items():
            file.writestr(name, content)
    return out.getvalue()
