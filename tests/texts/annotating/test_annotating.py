"""Comments in Word documents: at the very words, nothing else changed, opened by other programs."""

import io
import subprocess
import time
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from rongbiao.texts.annotating import PART, Annotation, annotate_apart, annotated, plain_docx
from rongbiao.texts.citations import find_citations
from rongbiao.texts.documents import Unreadable, read_document
from rongbiao.texts.documents.word import PARAGRAPH, pieces
from tests.exchange.papers.office import SOFFICE, WHY_NOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paper(*paragraphs: str) -> bytes:
    """Return a document whose paragraphs hold the given XML."""
    document = docx.Document()
    for inner in paragraphs:
        document.element.body.insert(
            len(document.element.body) - 1,
            parse_xml(
                f"<w:p {nsdecls('w', 'r', 'm', 'wp', 'a')} "
                'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
                'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
                f'xmlns:v="urn:schemas-microsoft-com:vml">{inner}</w:p>'
            ),
        )
    return saved(document)


def cited(data: bytes) -> list[Annotation]:
    """Return an annotation for every citation of a document."""
    document = read_document(data, "稿.docx")
    found = []
    for one in find_citations(document.text):
        part, at, start = document.within(one.start)
        _part, to, last = document.within(one.end - 1)
        found.append(
            Annotation(
                str(one.number), part, at, start, to, last + 1, one.text, f"外：{one.number}"
            )
        )
    return found


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def comments(data: bytes) -> dict[str, str]:
    """Return what each comment says, by its number."""
    root = etree.fromstring(parts(data)["word/comments.xml"])
    return {
        one.get(f"{W}id"): "\n".join("".join(p.itertext()) for p in one.iter(PARAGRAPH))
        for one in root
    }


def ranges(data: bytes) -> dict[str, str]:
    """Return the words between the marks of each comment, by its number."""
    open_now, said = set(), {}
    for node in etree.fromstring(parts(data)["word/document.xml"]).iter():
        if node.tag == f"{W}commentRangeStart":
            open_now.add(node.get(f"{W}id"))
            said[node.get(f"{W}id")] = ""
        elif node.tag == f"{W}commentRangeEnd":
            open_now.remove(node.get(f"{W}id"))
        elif node.tag in {f"{W}t", f"{W}tab"}:
            for number in open_now:
                said[number] += node.text or " "
    assert not open_now
    return said


def placed(data: bytes) -> list[tuple[str, str]]:
    """Return the words and the comment of every citation's comment; the first is another's."""
    words, told = ranges(data), comments(data)
    assert words.keys() == told.keys()
    pairs = [(words[number], text) for number, text in told.items()]
    return [pair for pair in pairs if not pair[1].startswith("共")]


def sound(data: bytes) -> None:
    """Check what Word insists on: order of elements, numbers once, everything named."""
    held = parts(data)
    root = etree.fromstring(held["word/document.xml"])
    for tag in ("pPr", "rPr"):
        for node in root.iter(f"{W}{tag}"):
            assert node.getparent().index(node) == 0 or node.getparent().tag == f"{W}pPr"
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        numbers = [node.get(f"{W}id") for node in root.iter(f"{W}{name}")]
        assert sorted(numbers, key=int) == sorted(comments(data), key=int)
    assert b"/word/comments.xml" in held["[Content_Types].xml"]
    assert b"relationships/comments" in held["word/_rels/document.xml.rels"]
    docx.Document(io.BytesIO(data))


def test_every_comment_stands_at_its_words_and_the_rest_is_the_same():
    data = paper(
        "<w:pPr><w:jc w:val='center'/></w:pPr>" + RUN.format("按") + "<w:r><w:rPr><w:b/></w:rPr>"
        "<w:t>GB/T 19</w:t></w:r>" + RUN.format("001-2016和GB 2760、2761的规定"),
        RUN.format("不引用"),
    )
    made = annotated(data, cited(data), "共 3 处")
    sound(made)
    assert placed(made) == [
        ("GB/T 19001-2016", "GB/T 19001-2016"), ("GB 2760", "GB 2760"), ("2761", "GB 2761"),
    ]  # fmt: skip
    before, after = parts(data), parts(made)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert after.keys() - before.keys() == {"word/comments.xml"}
    assert read_document(made, "稿.docx").text == read_document(data, "稿.docx").text
    bold = [
        "".join(run.itertext())
        for run in etree.fromstring(after["word/document.xml"]).iter(f"{W}r")
        if run.find(f"{W}rPr/{W}b") is not None
    ]
    assert bold == ["GB/T 19"]


INS = '<w:ins w:id="7" w:author="甲" w:date="2026-01-01T00:00:00Z">{}</w:ins>'
DEL = '<w:del w:id="8" w:author="甲"><w:r><w:delText>GB 1-1999</w:delText></w:r></w:del>'
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p>"
    "{0}</w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    "<w:txbxContent><w:p>{0}</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (INS.format(RUN.format("按GB 2-2000执行")) + DEL, "GB 2-2000"),
        (DEL + RUN.format("按GB 2") + INS.format(RUN.format("-2000执行")), "GB 2-2000"),
        ('<w:hyperlink w:anchor="x">' + RUN.format("见GB 2-2000号") + "</w:hyperlink>", "GB 2-2000"),
        ("<w:sdt><w:sdtContent>" + RUN.format("见GB 2-2000") + "</w:sdtContent></w:sdt>", "GB 2-2000"),
        ("<w:r><w:t>按GB</w:t><w:tab/><w:t>2-2000执行</w:t></w:r>", "GB 2-2000"),
        ("<w:r><w:t>按</w:t><w:noBreakHyphen/><w:t>GB 2</w:t><w:noBreakHyphen/><w:t>2000执行</w:t></w:r>",
         "GB 22000"),
        ('<w:fldSimple w:instr="REF a">' + RUN.format("GB 2-2000和GB 3-2000") + "</w:fldSimple>",
         "GB 2-2000"),
    ],
)  # fmt: skip
def test_what_wraps_runs_stays_and_is_bracketed_within(inner, expected):
    data = paper(inner)
    made = annotated(data, cited(data), "共")
    sound(made)
    assert placed(made)[0][0] == expected
    assert read_document(made, "稿.docx").text == read_document(data, "稿.docx").text


def test_a_text_box_is_commented_where_it_hangs():
    data = paper(RUN.format("如图") + BOX.format(RUN.format("符合GB 2-2000")))
    made = annotated(data, cited(data), "共")
    sound(made)
    ((_words, comment),) = placed(made)
    root = etree.fromstring(parts(made)["word/document.xml"])
    marks = list(root.iter(f"{W}commentReference"))
    assert comment == "GB 2-2000"
    assert all(next(one.iterancestors(f"{W}txbxContent"), None) is None for one in marks)


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next():
    gone = '<w:pPr><w:rPr><w:del w:id="3" w:author="甲"/></w:rPr></w:pPr>'
    data = paper(gone + RUN.format("按照GB 2-2000和"), RUN.format("GB 3-2000执行"))
    made = annotated(data, cited(data), "共")
    sound(made)
    assert [words for words, _told in placed(made)] == ["GB 2-2000", "GB 3-2000"]


def test_headers_and_notes_are_told_in_the_first_comment():
    document = docx.Document()
    document.add_paragraph("正文按GB 2-2000执行")
    document.sections[0].header.paragraphs[0].text = "依据GB 3-2000"
    data = saved(document)
    made = annotated(data, cited(data), "共 2 处")
    sound(made)
    assert sorted(comments(made).values()) == ["GB 2-2000", "共 2 处\n外：GB 3-2000"]
    assert parts(made)["word/header1.xml"] == parts(data)["word/header1.xml"]


def test_cells_of_tables_hold_comments_and_comments_of_others_stay():
    document = docx.Document()
    first = document.add_paragraph("甲")
    document.add_comment(first.runs, text="别人的话", author="乙")
    document.add_table(1, 2).cell(0, 1).text = "按GB 2-2000"
    data = saved(document)
    made = annotated(data, cited(data), "共")
    sound(made)
    assert list(comments(made).values()) == ["别人的话", "GB 2-2000", "共"]


def test_words_that_are_not_there_get_no_comment_of_their_own():
    data = paper(RUN.format("按GB 2-2000执行"))
    wrong = [
        Annotation("错位", PART, 0, 0, 0, 9, "GB 2-2000", "错位的"),
        Annotation("没有这段", PART, 99, 0, 99, 3, "", "没有的"),
        Annotation("过长", PART, 0, 5, 0, 99, "", "过长的"),
    ]
    made = annotated(data, wrong, "共")
    sound(made)
    assert list(comments(made).values()) == ["共\n没有的\n错位的\n过长的"]


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_whatever_is_bracketed_the_text_is_the_same_and_the_range_exact(draw):
    runs = draw.draw(st.lists(st.text("甲乙<&ab ", min_size=1, max_size=6), min_size=1, max_size=6))
    escaped = [one.replace("&", "&amp;").replace("<", "&lt;") for one in runs]
    data = paper("".join(map(RUN.format, escaped)))
    text = "".join(runs)
    places = draw.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    wanted = [Annotation(f"{a}-{b}", PART, 0, a, 0, b, text[a:b]) for a, b in pairwise(places)]
    made = annotated(data, wanted, "共")
    sound(made)
    root = etree.fromstring(parts(made)["word/document.xml"])
    assert "".join(said for _node, said in pieces(next(root.iter(PARAGRAPH)))) == text
    assert sorted(placed(made)) == sorted((one.words, one.text) for one in wanted)


def test_a_plain_text_becomes_a_document_in_which_letters_keep_their_places():
    made = plain_docx(["按\x01GB 2-2000", "", "<w:t>&"])
    assert [one.text for one in docx.Document(io.BytesIO(made)).paragraphs] == [
        "按 GB 2-2000", "", "<w:t>&",
    ]  # fmt: skip


def test_what_is_no_document_is_one_sentence():
    with pytest.raises(Unreadable, match="批注"):
        annotated(b"PK\x03\x04nothing", [], "共")
    with pytest.raises(Unreadable, match="批注"):
        annotate_apart(b"PK\x03\x04nothing", [], "共")


def many() -> bytes:
    document = docx.Document()
    for n in range(270):
        line = document.add_paragraph("依照")
        line.add_run(f"GB/T {1000 + n}").bold = True
        line.add_run(f"-20{n % 20:02d}的规定。")
    table = document.add_table(10, 3)
    for n in range(30):
        table.cell(n // 3, n % 3).text = f"GB {3000 + n}—2010"
    return saved(document)


def test_three_hundred_comments_take_less_than_five_seconds():
    data = many()
    wanted = cited(data)
    began = time.process_time()
    made = annotated(data, wanted, "共 300 处")
    assert (len(wanted), len(comments(made)), time.process_time() - began < 5) == (300, 301, True)
    assert comments(annotate_apart(data, wanted, "共 300 处")).keys() == comments(made).keys()


def test_one_long_paragraph_takes_no_longer_than_its_length():
    def seconds(n: int) -> float:
        data = paper(RUN.format("".join(f"按GB {1000 + at}-2010，" for at in range(n))))
        wanted = cited(data)
        began = time.process_time()
        assert len(comments(annotated(data, wanted, "共"))) == n + 1
        return time.process_time() - began

    seconds(50)
    assert seconds(4000) < 30 * max(seconds(400), 0.02)


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason=WHY_NOT)
def test_another_office_program_opens_it_and_keeps_every_comment(tmp_path: Path):
    data = many()
    (tmp_path / "稿.docx").write_bytes(annotated(data, cited(data), "共 300 处"))
    subprocess.run(
        [SOFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", "odt", "--outdir", str(tmp_path), str(tmp_path / "稿.docx")],
        capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "稿.odt") as file:
        text = file.read("content.xml").decode()
    assert (text.count("<office:annotation "), text.count("<office:annotation-end")) == (301, 301)
