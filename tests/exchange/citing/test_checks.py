"""Citation checks: read apart, judged, laid out, taken along, and gone when their time is over."""

import io
import time
import zipfile
from datetime import date

import docx
import pytest
from django.conf import settings
from python_calamine import CalamineWorkbook
from reportlab.pdfgen.canvas import Canvas

from rongbiao.exchange.citing import checks, outgoing, working
from rongbiao.exchange.citing.checks import State
from rongbiao.parties.refused import Refused
from tests.standards_desk import enter
from tests.texts.documents import hostile

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
TEXT = "添加剂按GB 2760-2014第4章，标签按GB 7718-2025，质量按GB/T 19999-2099，包装按GB/T 191。"


@pytest.fixture(autouse=True)
def shelf(tmp_path, monkeypatch):
    """A register of a few editions, and a folder of this test's own."""
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    enter(
        "GB 2760-2014", "食品添加剂使用标准", status="superseded", implemented_on=date(2015, 5, 24)
    )
    enter("GB 2760-2024", "食品添加剂使用标准", implemented_on=date(2025, 2, 8))
    enter("GB 7718-2025", "标签通则", status="upcoming", implemented_on=date(2027, 3, 16))
    enter("GB/T 191-2008", "=包装储运图示标志", implemented_on=date(2008, 10, 1))
    return tmp_path / "var" / "checks"


def checked(*files: tuple[str, bytes]):
    check = checks.order(files, DAY)
    while not check.ended:
        working.step(check)
    return checks.find(check.token)


def word(text: str = TEXT) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = "依据GB/T 191-2008"
    document.save(out)
    return out.getvalue()


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    return out.getvalue()


def test_every_citation_has_its_group_its_place_and_its_advice():
    check = checked(("稿.txt", TEXT.encode()))
    item, found = check.items[0], list(check.findings(0))
    assert item.counts == {
        "superseded": 1, "unknown": 1, "upcoming": 1, "current": 1, "undated": 1,
    }  # fmt: skip
    assert (item.total, item.act, item.kind) == (4, 3, "txt")
    assert [TEXT[one.start : one.end] == one.text for one in found] == [True] * 4
    first, last = found[0], found[-1]
    assert (first.present, first.clause, first.where) == ("GB 2760-2024", "第4章", "第 1 行")
    assert "请改引 GB 2760-2024" in first.advice
    assert (last.number, last.present, last.act) == ("GB/T 191", "GB/T 191-2008", False)


def test_what_every_page_repeats_at_its_head_counts_once():
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in range(6):
        canvas.drawString(250, 815, "GB 37822-2019")
        for line in range(20):
            also = " by GB/T 191-2008, GB 37822-2019" if line == 8 + page else ""
            canvas.drawString(72, 740 - 20 * line, f"{'w ' * (page + line % 7 + 1)}{also}")
        canvas.showPage()
    canvas.save()
    check = checked(("标准.pdf", out.getvalue()))
    places = [(one.number, one.where) for one in check.findings(0)]
    assert len(places) == 13
    assert sum("页眉" in where for _number, where in places) == 1
    assert places[-1] == ("GB 37822-2019", places[-1][1])
    assert places[-1][1].startswith("第 6 页")


def test_the_day_decides():
    check = checks.order([("稿.txt", TEXT.encode())], date(2020, 1, 1))
    working.begin(check)
    assert next(check.findings(0)).status == "current"


def test_only_what_needs_its_own_file_keeps_it(shelf):
    check = checked(("甲.docx", word()), ("乙.txt", b"GB 2760-2014"), ("丙.pdf", b"%PDF-1.4"))
    kept = [place for place in range(3) if check.path(place, "source").exists()]
    assert kept == [0]
    assert check.handed_on(0)[1][:2] == b"PK"
    assert check.handed_on(1) == ("乙.txt", b"GB 2760-2014")
    assert (shelf.stat().st_mode & 0o777, check.folder.stat().st_mode & 0o777) == (0o700, 0o700)


def test_a_package_gives_each_of_its_files_and_each_refusal():
    files = {"甲.txt": b"GB 2760-2014", "夹/乙.docx": word(), "丙.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
             "丁.zip": packed({"a.txt": b"a"})}  # fmt: skip
    check = checked(("一批.zip", packed(files)))
    assert [(one.name, one.state) for one in check.items[1:]] == [
        ("甲.txt", State.DONE), ("夹/乙.docx", State.DONE), ("丙.doc", State.REFUSED),
        ("丁.zip", State.REFUSED),
    ]  # fmt: skip
    assert "又是压缩包" in check.items[4].why
    assert "另存为 docx" in check.items[3].why


def test_a_package_is_unpacked_within_limits(monkeypatch):
    monkeypatch.setattr(checks, "MOST_FILES", 4)
    check = checked(("多.zip", packed({f"{n}.txt": b"GB 2760-2014" for n in range(9)})))
    assert (len(check.items), check.items[0].notes[0][:23]) == (
        4,
        "压缩包里的文件过多，只核查了前 3 个，其余请",
    )
    monkeypatch.setattr(checks, "MOST_FILES", 400)
    monkeypatch.setattr(checks, "MOST_UNPACKED", 3000)
    assert len(checked(("多.zip", packed({f"{n}.txt": b"x" * 1000 for n in range(2)}))).items) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.docx", b""), ("坏.xlsx", b"PK\x03\x04...."), ("假.pdf", "文字".encode()),
        ("弹.pdf", hostile.bomb_pdf()), ("远.xlsx", hostile.far_cells()), ("连.docx", hostile.linked()),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_sentence(name, content):
    (item,) = checked((name, content)).items
    assert (item.state, item.why.endswith("。"), name in item.why) == (State.REFUSED, True, True)


def test_comments_stand_in_the_own_file_and_in_a_text_made_of_any_other():
    check = checked(("甲.docx", word()), ("乙.md", f"# 标题\n\n{TEXT}".encode()))
    own, made = (docx.Document(io.BytesIO(outgoing.commented(check, place))) for place in (0, 1))
    assert "".join(one.text for one in own.paragraphs) == TEXT
    assert TEXT in [one.text for one in made.paragraphs]
    for one, n in ((own, 5), (made, 4)):
        said = [comment.text for comment in one.comments]
        assert len(said) == 5  # what stands in the header is told in the last
        assert said[0].startswith("已被代替：GB 2760-2014《食品添加剂使用标准》")
        assert f"共 {n} 处引用" in said[-1]
    assert "页眉第 1 段：现行有效：GB/T 191-2008" in list(own.comments)[-1].text


def test_excel_tells_every_finding_and_no_cell_is_a_formula():
    check = checked(("=cmd.txt", TEXT.encode()))
    made = outgoing.table(check, [0], "甲")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[3:]] == [
        "GB 2760-2014",
        "GB 7718-2025",
        "GB/T 19999-2099",
        "GB/T 191",
    ]
    assert (rows[6][0], rows[6][10]) == ("=cmd.txt", "=包装储运图示标志")
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")
    few = outgoing.table(check, [0], "甲", only="act")
    assert (
        len(CalamineWorkbook.from_filelike(io.BytesIO(few)).get_sheet_by_index(0).to_python()) == 6
    )


def test_references_stand_once_in_order_as_cited_or_in_force():
    check = checked(("稿.txt", (TEXT + "再按GB 2760-2014。").encode()))
    cited = list(outgoing.bibliography(check, [0]))
    assert [line.split("]")[0] for line in cited] == ["[1", "[2", "[3", "[4"]
    assert "食品添加剂使用标准：GB 2760—2014[S]." in cited[0]
    assert cited[2] == "[3] GB/T 19999-2099[S].\n"
    assert "GB 2760—2024[S]" in next(outgoing.bibliography(check, [0], present=True))


def test_nothing_is_left_when_its_time_is_over(shelf):
    check = checked(("稿.docx", word()))
    assert checks.sweep(time.time()) == 0
    assert checks.sweep(check.until + 1) == 1
    assert ([one.name for one in shelf.iterdir()], checks.find(check.token)) == ([], None)


def test_what_was_begun_and_never_ordered_goes_too(shelf):
    (checks.home() / "half").mkdir()
    (shelf / "half" / "0.source").write_bytes(b"x")
    assert checks.sweep(time.time() + checks.KEPT + 1) == 1
    assert list(shelf.iterdir()) == []


def test_a_check_that_is_forgotten_while_it_is_worked_on_stays_forgotten(shelf):
    check = checks.order([("稿.txt", TEXT.encode())], DAY)
    checks.forget(check.token)
    working.step(check)
    assert (check.items[0].state, list(shelf.iterdir())) == (State.REFUSED, [])


def test_a_large_order_waits_and_each_order_has_its_turn():
    large = b"GB 2760-2014 " + b"x" * working.AT_ONCE
    one = working.begin(checks.order([("一.txt", large), ("二.txt", large)], DAY))
    two = working.begin(checks.order([("三.txt", large)], DAY))
    assert (one.done, two.done) == (0, 0)
    with working.at_work() as alone:
        assert alone
        assert working.step_all()
        with working.at_work() as second:
            assert not second
    one, two = checks.find(one.token), checks.find(two.token)
    assert (one.done, one.ended, one.percent, two.ended) == (1, False, 50, True)
    assert one.seconds_left is not None
    assert working.step_all()
    assert not working.step_all()
    assert checks.find(one.token).ended


def test_what_takes_long_at_once_goes_on_in_its_turn(monkeypatch):
    monkeypatch.setattr(working, "SECONDS", 0.0)
    check = working.begin(checks.order([("一.txt", b"GB 2760-2014"), ("二.txt", b"x")], DAY))
    assert (check.done, check.ended) == (1, False)
    assert working.step_all()
    assert (checks.find(check.token).ended, checks.waiting()) == (True, [])


def test_a_file_that_reads_slowly_does_not_hold_the_page(monkeypatch):
    page = "<p>应符合GB 2760-2014。</p>".encode()
    monkeypatch.setattr(working, "SECONDS", 0.001)
    check = working.begin(checks.order([("一.html", page)], DAY))
    assert (check.done, check.ended, check.queued, check.items[0].tries) == (0, False, True, 0)
    assert working.step_all()
    found = checks.find(check.token)
    assert (found.ended, found.items[0].state, found.items[0].total) == (True, State.DONE, 1)


def test_what_was_left_by_a_worker_that_fell_is_taken_up_later():
    check = checks.order([("一.txt", b"GB 2760-2014")], DAY)
    assert not working.step_all()  # somebody may be at it
    check.begun -= working.LEFT + 1
    check.save()
    assert working.step_all()


def test_a_file_on_which_its_worker_falls_twice_is_given_up():
    check = checks.order([("稿.txt", TEXT.encode())], DAY)
    check.items[0].tries = working.MOST_TRIES  # as a worker leaves it that was killed
    check.save()
    working.step(check)
    assert "中断" in checks.find(check.token).items[0].why


def test_too_much_is_refused_with_numbers(monkeypatch):
    with pytest.raises(Refused, match="请选择文件"):
        checks.order([], DAY)
    monkeypatch.setattr(checks, "MOST_UPLOAD", 3 * checks.MB)
    with pytest.raises(Refused, match=r"共 4\.0 MB，超过一次 3 MB"):
        checks.order([("大.txt", b"x" * 4 * checks.MB)], DAY)
    monkeypatch.setattr(checks, "MOST_HELD", 10)
    with pytest.raises(Refused, match="半小时后"):
        checks.order([("稿.txt", TEXT.encode())], DAY)


def test_a_long_text_is_cut_into_sheets_without_losing_a_letter_or_a_finding():
    text = "\n".join(f"第{n}条 按GB {1000 + n}-2010执行，" + "甲" * 60 for n in range(600))
    check = checked(("长.txt", text.encode()))
    item = check.items[0]
    assert len(item.sheets) > 3
    assert "\n".join(line.text for line in check.lines(0)) == text
    found = [one for n in range(1, len(item.sheets) + 1) for one in check.sheet(0, n)[1]]
    assert found == list(check.findings(0))
    assert check.sheet(0, 0) == check.sheet(0, 99) == ([], [])


@pytest.mark.parametrize("token", ["", "..", "../x", "a/b", "no-such"])
def test_a_token_is_never_a_path(token):
    assert checks.find(token) is None
