"""Styles of a Word document: what a paragraph inherits of outline levels and numbering."""

from __future__ import annotations

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = {"0", "false", "off"}
HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc|目录|目次)\s*[1-9]?$", re.IGNORECASE)
MOST_PARENTS = 20


def properties(paragraph: Any) -> Any:
    """Return the properties that stand on a paragraph itself, or None."""
    return paragraph.find(f"{W}pPr")


def value(node: Any, path: str) -> str | None:
    """Return the ``w:val`` of a child, or None."""
    found = None if node is None else node.find(path)
    said = None if found is None else found.get(f"{W}val")
    return None if said is None else str(said)


def number(node: Any, path: str) -> int | None:
    """Return the ``w:val`` of a child as a whole number, or None where it is none."""
    said = value(node, path)
    return int(said) if said is not None and said.isdecimal() and len(said) < 10 else None


class Styles:
    """The paragraph styles by their identifier, each with those it is based on."""

    def __init__(self, root: Any) -> None:
        self.nodes: dict[str, Any] = {}
        self.usual = ""
        for node in () if root is None else root.iter(f"{W}style"):
            if node.get(f"{W}type", "paragraph") == "paragraph":
                name = node.get(f"{W}styleId") or ""
                self.nodes[name] = node
                if node.get(f"{W}default") not in {None, *OFF}:
                    self.usual = name

    def of(self, about: Any) -> str:
        """Return the style of a paragraph by its properties."""
        return value(about, f"{W}pStyle") or self.usual

    def line(self, style: str) -> list[tuple[str, Any]]:
        """Return a style and those it is based on, nearest first."""
        found: list[tuple[str, Any]] = []
        while style in self.nodes and len(found) < MOST_PARENTS:
            node = self.nodes[style]
            found.append((style, node))
            style = value(node, f"{W}basedOn") or ""
        return found

    def level(self, about: Any, style: str) -> int | None:
        """Return the outline level of a paragraph, 1 to 9, or None for running text."""
        line = self.line(style)
        for node in (about, *(found.find(f"{W}pPr") for _name, found in line)):
            said = number(node, f"{W}outlineLvl")
            if said is not None:
                return said + 1 if said < 9 else None
        for _name, node in line:
            named = HEADING.match(value(node, f"{W}name") or "")
            if named:
                return int(named[1])
        return None

    def is_contents(self, style: str) -> bool:
        """Tell whether a style is that of a line in the table of contents."""
        node = self.nodes.get(style)
        return bool(CONTENTS.match(value(node, f"{W}name") or ""))
