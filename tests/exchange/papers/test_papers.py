"""Every paper: opened by another program, the same bytes for the same data, in order of the schema."""

import io
import re
import zipfile
from dataclasses import fields, is_dataclass, replace

import docx
import pypdfium2
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from rongbiao.exchange.papers.catalogue import PAPERS
from rongbiao.exchange.papers.official import Official
from rongbiao.texts.documents.packages import package_kind

from .office import SOFFICE, WHY_NOT, as_pdf
from .samples import SAMPLES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD = [paper for paper in PAPERS if "docx" in paper.files]
# The order in which ISO/IEC 29500-1 lets properties stand, of those that are used here.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl pBdr tabs autoSpaceDE "
    "autoSpaceDN snapToGrid spacing ind jc outlineLvl",
    "rPr": "rFonts b snapToGrid color spacing kern sz szCs lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg docGrid",
}
NASTY = "甲\x00乙\x0b丙<w:p/>&amp;\ud800\ufffe𠮷#panic *粗* =1+1"


def made(key: str, kind: str = "docx") -> bytes:
    paper = next(paper for paper in PAPERS if paper.key == key)
    return paper.files[kind](SAMPLES[key])


def all_text(content: bytes) -> str:
    opened = docx.Document(io.BytesIO(content))
    return "\n".join(node.text or "" for node in opened.element.body.iter(f"{W}t"))


def poisoned(given):
    """Return the same description with every text made nasty."""
    if isinstance(given, str):
        return NASTY + given
    if isinstance(given, tuple):
        return tuple(poisoned(each) for each in given)
    if is_dataclass(given):
        return replace(given, **{f.name: poisoned(getattr(given, f.name)) for f in fields(given)})
    return given


def test_every_paper_has_a_sample():
    assert {paper.key for paper in PAPERS} == set(SAMPLES)
    assert all(isinstance(SAMPLES[paper.key], paper.data) for paper in PAPERS)


def test_the_set_of_annexes_is_whole():
    letters = {
        found for paper in PAPERS for found in re.findall(r"附录 ([A-H](?:\.\d)?)", paper.source)
    }
    assert letters == {"A", "B.1", "B.2", "C", "D.1", "D.2", "E", "F", "G.1", "G.2", "G.3", "H"}


@pytest.mark.parametrize("paper", WORD, ids=lambda paper: paper.key)
def test_another_program_opens_it(paper):
    opened = docx.Document(io.BytesIO(paper.files["docx"](SAMPLES[paper.key])))
    assert opened.core_properties.title
    section = opened.sections[0]
    assert section.footer.paragraphs[0].text == "— 1 —"
    assert opened.settings.odd_and_even_pages_header_footer
    names = {fonts.get(f"{W}eastAsia") for fonts in opened.styles.element.iter(f"{W}rFonts")}
    assert names >= {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"}


@pytest.mark.parametrize("paper", WORD, ids=lambda paper: paper.key)
def test_our_own_gate_lets_it_in(paper):
    assert package_kind(paper.files["docx"](SAMPLES[paper.key])) == "docx"


@pytest.mark.parametrize(
    ("paper", "kind"),
    [(paper, kind) for paper in PAPERS for kind in paper.files],
    ids=lambda value: getattr(value, "key", value),
)
def test_the_same_data_give_the_same_bytes(paper, kind):
    one, other = (paper.files[kind](SAMPLES[paper.key]) for _turn in range(2))
    assert one == other
    if kind != "pdf":
        times = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(one)).infolist()}
        assert {time[:2] for time in times} == {(1980, 1)}


@pytest.mark.parametrize("paper", WORD, ids=lambda paper: paper.key)
def test_properties_stand_in_the_order_of_the_schema(paper):
    package = zipfile.ZipFile(io.BytesIO(paper.files["docx"](SAMPLES[paper.key])))
    wrong = []
    for name in package.namelist():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for node in etree.fromstring(package.read(name)).iter():
            order = ORDERS.get(etree.QName(node).localname, "").split()
            given = [etree.QName(child).localname for child in node]
            if order and given != sorted(given, key=order.index):
                wrong.append((name, given))
    assert wrong == []


@pytest.mark.parametrize("paper", WORD, ids=lambda paper: paper.key)
def test_strange_signs_stay_text(paper):
    content = paper.files["docx"](poisoned(SAMPLES[paper.key]))
    assert package_kind(content) == "docx"
    text = all_text(content)
    assert "<w:p/>&amp;" in text
    assert "𠮷" in text
    assert "\x00" not in text


@pytest.mark.parametrize(
    "paper", [p for p in PAPERS if "pdf" in p.files], ids=lambda paper: paper.key
)
def test_strange_signs_stay_text_in_pdf(paper):
    read = pypdfium2.PdfDocument(paper.files["pdf"](poisoned(SAMPLES[paper.key])))
    text = "".join(page.get_textpage().get_text_bounded() for page in read)
    assert "#panic" in text
    assert "*粗*" in text


@pytest.mark.parametrize("key", ["comment_form", "summary"])
def test_strange_signs_stay_text_in_excel(key):
    paper = next(paper for paper in PAPERS if paper.key == key)
    content = paper.files["xlsx"](poisoned(SAMPLES[key]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    cells = [cell for row in rows for cell in row if isinstance(cell, str)]
    assert any("<w:p/>&amp;" in cell for cell in cells)


@pytest.mark.parametrize("key", ["summary", "opinions", "application_list", "signatures"])
def test_tables_repeat_their_headings_and_never_tear_a_row(key):
    opened = docx.Document(io.BytesIO(made(key)))
    rows = opened.tables[-1]._tbl.tr_lst
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (
        len(rows) - 1
    )
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason=WHY_NOT)
def test_libreoffice_shows_every_paper(tmp_path):
    files = []
    for paper in WORD:
        files.append(tmp_path / f"{paper.key}.docx")
        files[-1].write_bytes(paper.files["docx"](SAMPLES[paper.key]))
    for paper, path in zip(WORD, as_pdf(files, tmp_path), strict=True):
        pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]
        shown = re.sub(r"\s", "", "".join(pages))
        said = re.sub(r"\s", "", all_text(paper.files["docx"](SAMPLES[paper.key])))
        assert 1 <= len(pages) <= 4, paper.key
        assert sorted(set(said) - set(shown)) == [], paper.key
        first_unnumbered = paper.name.endswith("函")
        for number, page in enumerate(pages, start=1):
            numbered = f"—{number}—" in re.sub(r"\s", "", page)
            assert numbered == (number > 1 or not first_unnumbered), (paper.key, number)


def test_an_official_paper_names_its_parts():
    assert {"issuer", "number", "addressee", "signers", "copies"} <= {
        field.name for field in fields(Official)
    }


EMPTY = ("未识别出", "查新未见", "未采用", "未复审过", "无重大分歧")


@pytest.mark.parametrize(
    ("key", "emptied"),
    [
        ("application", {"near": (), "patents": ""}),
        ("filing_form", {"adopted": "", "patents": ""}),
        ("review_form", {"reviewed_on": None}),
        ("explanation", {"disputes": "", "patents": "", "other": ""}),
        ("minutes", {"changes": (), "place": "", "chair": ""}),
    ],
)
def test_of_what_nobody_said_nothing_is_said(key, emptied):
    paper = next(paper for paper in PAPERS if paper.key == key)
    text = all_text(paper.files["docx"](replace(SAMPLES[key], **emptied)))
    assert not [claim for claim in (*EMPTY, "无。") if claim in text]


def test_minutes_leave_room_for_place_and_chair():
    given = replace(
        SAMPLES["minutes"], place="", chair="", held="论证", draft="", opinions=("可行。",)
    )
    text = all_text(next(p for p in PAPERS if p.key == "minutes").files["docx"](given))
    assert "在　　　　　　组织召开福州市地方标准《茉莉花茶窨制技术规程》论证会。" in text
    assert "组长为　　　　　　。" in text
    assert "审查" not in text.replace("同意通过审查。", "")
