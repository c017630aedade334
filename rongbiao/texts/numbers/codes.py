"""What each code means (标准代号): kind, level, name, department; regions that own local standards.

The facts stand in ``codes.toml`` and ``regions.toml``, each file with the day it was read.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent


class Kind(StrEnum):
    """What sort of number it is; the value is what JSON says."""

    NATIONAL = "national"
    SECTOR = "sector"
    ENGINEERING = "engineering"
    LOCAL = "local"
    GROUP = "group"
    ENTERPRISE = "enterprise"
    MILITARY = "military"
    METROLOGY = "metrology"
    INTERNATIONAL = "international"
    REGIONAL = "regional"
    FOREIGN = "foreign"


KIND_NAMES = {
    Kind.NATIONAL: "国家标准",
    Kind.SECTOR: "行业标准",
    Kind.ENGINEERING: "工程建设标准",
    Kind.LOCAL: "地方标准",
    Kind.GROUP: "团体标准",
    Kind.ENTERPRISE: "企业标准",
    Kind.MILITARY: "军用标准",
    Kind.METROLOGY: "计量技术规范",
    Kind.INTERNATIONAL: "国际标准",
    Kind.REGIONAL: "区域标准",
    Kind.FOREIGN: "国外标准",
}
# The level of a kind where the code itself does not decide (local ones do by their digits).
LEVELS = {
    Kind.NATIONAL: "national",
    Kind.SECTOR: "sector",
    Kind.ENGINEERING: "sector",
    Kind.GROUP: "group",
    Kind.ENTERPRISE: "enterprise",
    Kind.MILITARY: "national",
    Kind.METROLOGY: "national",
    Kind.INTERNATIONAL: "international",
    Kind.REGIONAL: "foreign",
    Kind.FOREIGN: "foreign",
}


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who issues under a code; what is not known is empty, what is not checked is not ``verified``."""

    code: str
    name: str = ""
    english: str = ""
    department: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A line of the table of codes."""

    code: str
    kind: Kind
    name: str
    english: str
    department: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the code of one number says: all that does not depend on its digits."""

    kind: Kind
    level: str
    mandatory: bool | None
    publisher: Publisher
    province: str = ""  # two digits of GB/T 2260
    city: str = ""  # four digits


def _read_codes() -> dict[str, Code]:
    table = tomllib.loads((HERE / "codes.toml").read_text(encoding="utf-8"))
    return {
        code: Code(
            code,
            kind,
            facts["name"],
            facts.get("english", ""),
            facts.get("department", ""),
            facts["verified"],
        )
        for kind in Kind
        for code, facts in table.get(kind, {}).items()
    }


CODES = _read_codes()
_REGIONS = tomllib.loads((HERE / "regions.toml").read_text(encoding="utf-8"))
PROVINCES: dict[str, str] = _REGIONS["provinces"]
OLD_OWNERS: dict[str, str] = _REGIONS["old_engineering_owners"]
SHORT_NAMES: dict[str, str] = _REGIONS["short_names"]  # 闽 → 35
CITIES: dict[str, str] = _REGIONS["cities"]
# The Chinese codes that stand alone before a number, by their letters in capitals.
CHINESE = {
    code.upper(): code
    for code, entry in CODES.items()
    if entry.kind not in {Kind.INTERNATIONAL, Kind.REGIONAL, Kind.FOREIGN}
}
PRINTED_ALONE = {
    "TR": "JIS",
    "TS": "JIS",
    "prEN": "EN",
    "HD": "CENELEC",
    "CLC": "CENELEC",
    "CWA": "CEN",
}
LOCAL = re.compile(r"(DB|DBS|DBJ|DGJ|DG/TJ)(?:/T ?)?(\d{6}|\d{4}|\d{2})", re.ASCII)
SUFFIX = re.compile(r"\((.)\)")


def region_name(digits: str) -> str:
    """Return the name of a province (two digits) or a city (four), empty where not known."""
    return PROVINCES.get(digits, "") if len(digits) == 2 else CITIES.get(digits[:4], "")


@lru_cache(maxsize=20_000)
def meaning(code: str) -> Meaning:
    """Return what a code as printed (``GB/T``, ``DB3501/T``, ``ISO/IEC TR``) means."""
    if local := LOCAL.match(code):
        return _local(code, local[2])
    if code.startswith("T/"):
        return Meaning(Kind.GROUP, "group", False, Publisher(code))
    if code.startswith("Q/"):
        return Meaning(Kind.ENTERPRISE, "enterprise", None, Publisher(code))
    own = re.split(r"[/ (]", code, maxsplit=1)[0]
    own = PRINTED_ALONE.get(own) or ("IWA" if code.endswith(" IWA") else own)
    if entry := CODES.get(code) or CODES.get(own):
        return _listed(code, entry)
    return Meaning(Kind.FOREIGN, "foreign", None, Publisher(code))


def _local(code: str, digits: str) -> Meaning:
    province, city = digits[:2], digits[:4] if len(digits) > 2 else ""
    if code.startswith(("DBJ", "DGJ", "DG/TJ")):
        province = OLD_OWNERS.get(province, province)
    owner = region_name(city or province)
    level = "municipal" if city else "provincial"
    name = f"{owner}工程建设地方标准" if code.startswith(("DBJ", "DG")) else f"{owner}地方标准"
    publisher = Publisher(code, name, "", owner, bool(owner))
    mandatory = not re.search(r"/T|/Z", code)
    return Meaning(Kind.LOCAL, level, mandatory, publisher, province, city)


def _listed(code: str, entry: Code) -> Meaning:
    kind, level = entry.kind, LEVELS.get(entry.kind, "")
    name = entry.name
    mandatory: bool | None = None
    province = city = ""
    if kind in {Kind.NATIONAL, Kind.SECTOR, Kind.ENGINEERING, Kind.METROLOGY}:
        mandatory = not code.endswith(("/T", "/Z"))
        if entry.code in {"GBn", "GSB", "TJ", "ZB", "RISN-TG", "GF", "ZC"}:
            mandatory = None
    elif kind is Kind.GROUP:
        mandatory = False
    elif entry.code == "SJG":
        level, province, city, mandatory = "municipal", "44", "4403", True
    if kind is Kind.METROLOGY and (suffix := SUFFIX.search(code)):
        province = SHORT_NAMES.get(suffix[1], "")
        if province:
            level, name = "provincial", f"{PROVINCES[province]}地方{entry.name[2:]}"
    names = code.split(" ", maxsplit=1)[0].split("/")
    others = [CODES[one] for one in names[1:] if one in CODES and kind is Kind.INTERNATIONAL]
    publisher = Publisher(
        "/".join([entry.code, *(other.code for other in others)]),
        "、".join([name, *(other.name for other in others)]),
        " / ".join(text for text in [entry.english, *(o.english for o in others)] if text),
        entry.department,
        entry.verified,
    )
    return Meaning(kind, level, mandatory, publisher, province, city)
