"""Citations are read back by readers of our own, letter by letter."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongbiao.exchange.export import cite
from rongbiao.exchange.export.citing import bibtex, entry_name, numbered, one_line, ris
from rongbiao.standards.models import Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number
from tests.standards_desk import NASTY


def made(number="GB/T 1.1-2020", title="标准化文件的结构和起草规则", **said):
    said = {
        "publisher": "市场监管总局，国家标准委",
        "issued_on": date(2020, 3, 31),
    } | said
    return Standard(**columns(read_number(number)), title=title, **said)


TEXTS = st.text(max_size=60)
UNTEX = {r"{\textbackslash}": "\\", r"{\textasciicircum}": "^", r"{\textasciitilde}": "~"}


def read_bibtex(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Read entries as BibTeX does: braces are counted, a backslash keeps the letter after it."""
    entries, at = [], 0
    while (start := text.find("@", at)) >= 0:
        kind, _, rest = text[start + 1 :].partition("{")
        body, used = balanced(rest)
        name, _, fields = body.partition(",")
        found, place = {}, 0
        while match := re.compile(r"\s*,?\s*(\w+) = \{").match(fields, place):
            value, length = balanced(fields[match.end() :])
            found[match[1]] = value
            place = match.end() + length
        assert fields[place:].strip() == "", fields[place:]
        entries.append((kind, name.strip(), found))
        at = start + 1 + len(kind) + 1 + used
    return entries


def balanced(text: str) -> tuple[str, int]:
    """Return what stands before the brace that closes, and how much was read with it."""
    depth, at = 1, 0
    while depth:
        if text[at] == "\\" and text[at + 1] in "{}%$&#_":
            at += 1
        elif text[at] in "{}":
            depth += 1 if text[at] == "{" else -1
        at += 1
    return text[: at - 1], at


def untex(value: str) -> str:
    """Return what TeX prints."""
    value = value.removeprefix("{").removesuffix("}") if value.startswith("{{") else value
    tokens = re.findall(r"\{\\text\w+\}|\\.|.", value, re.DOTALL)
    return "".join(UNTEX.get(token) or token.removeprefix("\\") or "\\" for token in tokens)


def read_ris(text: str) -> list[dict[str, list[str]]]:
    """Read records as RIS says: two letters, two spaces, a dash, a space."""
    records, now = [], {}
    for line in text.split("\r\n"):
        if not line:
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "ER":
            records.append(now)
            now = {}
        else:
            now.setdefault(match[1], []).append(match[2])
    assert now == {}
    return records


@pytest.mark.parametrize(
    ("standard", "cited"),
    [
        (
            made(),
            "市场监管总局，国家标准委. 标准化文件的结构和起草规则：GB/T 1.1—2020[S]. 2020.",
        ),
        (made(publisher="", title="茶", issued_on=None), "茶：GB/T 1.1—2020[S]. 2020."),
        (
            made("ISO 9001:2015", "Quality management systems", publisher="ISO", issued_on=None),
            "ISO. Quality management systems: ISO 9001:2015[S]. 2015.",
        ),
        (made("DB3501/T 12-2021", "茉莉花茶\n冲泡"), None),
    ],
)
def test_the_form_of_gbt_7714(standard, cited):
    found = cite(standard)
    assert found == (cited or found)
    assert "\n" not in found


def test_a_list_is_numbered():
    assert [line[:4] for line in numbered([made(), made()])] == ["[1] ", "[2] "]


def test_bibtex_keeps_every_letter():
    standard = made(title=NASTY, address="https://example.cn/a{b}?q=1%20&x=%")
    ((kind, name, fields),) = read_bibtex(bibtex(standard))
    assert (kind, name) == ("techreport", "GB:T1.1-2020")
    assert untex(fields["title"][1:-1]) == one_line(NASTY)
    assert fields["number"] == "{GB/T 1.1—2020}"
    assert fields["year"] == "2020"
    assert fields["url"] == "https://example.cn/a%7Bb%7D?q=1%20&x=%25"


@given(title=TEXTS, publisher=TEXTS)
def test_bibtex_reads_back(title, publisher):
    ((_kind, _name, fields),) = read_bibtex(bibtex(made(title=title, publisher=publisher)))
    assert untex(fields["title"][1:-1]) == one_line(title)
    if one_line(publisher):
        assert untex(fields["author"][1:-1]) == one_line(publisher)


@given(title=TEXTS, abstract=TEXTS)
def test_ris_reads_back(title, abstract):
    standard = made(title=title, abstract=abstract, ics="67.140.10 01.120", ccs="X 55")
    (record,) = read_ris(ris(standard))
    assert record["TY"] == ["STAND"]
    assert record.get("TI", [""]) == [one_line(title)]
    assert record.get("AB", [""]) == [one_line(abstract)]
    assert record["SN"] == ["GB/T 1.1—2020"]
    assert record["DA"] == ["2020/03/31/"]
    assert record["KW"][:2] == ["ICS 67.140.10", "ICS 01.120"]


def test_an_author_of_ris_is_one_author():
    (record,) = read_ris(ris(made(publisher="Standards Body, Inc.; China")))
    assert record["AU"] == ["Standards Body Inc. China"]
    assert record["PB"] == ["Standards Body, Inc.; China"]


def test_a_year_alone_is_said_as_a_year():
    (record,) = read_ris(ris(made(issued_precision="year")))
    assert (record["PY"], record["DA"]) == (["2020"], ["2020///"])


def test_names_of_entries_differ_where_keys_do():
    keys = ["GB/T1.1-2020", "GB-T1.1-2020", "闽Q/FZ1", "闽Q_FZ1", "A_2f_B", "A/B", "A B"]
    names = [entry_name(Standard(key=key)) for key in keys]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9.+:_-]+", name) for name in names)
