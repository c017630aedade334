"""Sections (《意见》领域): the classes that this platform assigns to fields of the Opinion.

The Opinion names no classes; ``cities/<city>/sections.toml`` says which it is that this
platform counts under a clause, and is nobody's words but the platform's.
"""

import tomllib
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Section:
    """One field of the Opinion: its key, names, clause, and the beginnings of its classes."""

    key: str
    name: str
    name_en: str
    clause: str
    ics: tuple[str, ...] = ()
    ccs: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name

    def holds(self, ics: list[str], ccs: list[str]) -> bool:
        """Tell whether one of these classes belongs to the section."""
        return any(one.startswith(self.ics) for one in ics) or any(
            one.startswith(self.ccs) for one in ccs
        )


def sections() -> dict[str, Section]:
    """Return the sections of this city by their keys, in the order of the Opinion."""
    return _read(settings.CITY_FOLDER / "sections.toml")[0]


def edition() -> int:
    """Return a figure that changes with the assignments: an index made by others is stale."""
    return _read(settings.CITY_FOLDER / "sections.toml")[1]


@cache
def _read(path: Path) -> tuple[dict[str, Section], int]:
    text = path.read_text() if path.exists() else ""
    read = {}
    for key, said in tomllib.loads(text).items():
        ics, ccs = (tuple(said.pop(name, ())) for name in ("ics", "ccs"))
        read[key] = Section(key=key, **said, ics=ics, ccs=ccs)
    return read, zlib.crc32(text.encode())
