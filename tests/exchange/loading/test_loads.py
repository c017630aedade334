"""Files of standards become editions: tried, entered, repeated, refused whole, carried on."""

import polars as pl
import pytest
import xlsxwriter
from django.conf import settings

from rongbiao.exchange.loading import loads, staging, tables_in
from rongbiao.exchange.loading import relaton as relaton_of
from rongbiao.parties.models import Act
from rongbiao.parties.refused import Refused
from rongbiao.standards.load import Load, Mapping
from rongbiao.standards.models import Change, Claim, Participation, Relation, Standard
from tests.exchange.loading import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")


def load(path, *, aim="enter", basis="试〔2025〕1号", **more) -> Load:
    order = loads.order(path, aim=aim, basis=basis, **more)
    with loads.at_work() as alone:
        assert alone
        return loads.work(order)


def table(tmp_path, text=samples.CSV, encoding="utf-8", name="表.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def counts(one: Load, *names: str) -> list[int]:
    return [one.counts[name] for name in names]


def test_a_dry_run_writes_nothing(tmp_path):
    done = load(table(tmp_path), aim="read")
    assert (done.state, counts(done, "lines", "new", "changed", "same", "relations")) == (
        "read",
        [3, 3, 0, 0, 1],
    )
    assert not Standard.objects.exists()
    assert not Change.objects.exists()
    assert not Act.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_entered_with_all_its_columns(tmp_path, city, encoding):
    done = load(table(tmp_path, encoding=encoding), source="table")
    assert (done.state, done.why, done.format) == ("done", "", "csv")
    row = Standard.objects.get(number="GB/T 1.1-2020")
    assert (row.key, row.bare_key, row.year, row.level, row.nature, row.status) == (
        "GB/T1.1-2020", "GB/T1.1", 2020, "national", "recommended", "current",
    )  # fmt: skip
    assert [str(day) for day in (row.issued_on, row.implemented_on)] == ["2020-03-31", "2020-10-01"]
    assert (row.ics, row.ccs, row.basis, row.source) == ("01.120", "A00", "试〔2025〕1号", "table")
    local = Standard.objects.get(number="DB3501/T 12-2021")
    assert (local.level, local.region, str(local.implemented_on)) == (
        "municipal", "350100", "2021-04-01",
    )  # fmt: skip
    parts = Participation.objects.filter(standard=row).values_list("name", "place", "part")
    assert list(parts) == [("甲院", 0, "lead"), ("乙公司", 1, "join")]
    relation = Relation.objects.get()
    assert (relation.subject_key, relation.kind, relation.object_key, relation.basis) == (
        "GB/T1.1-2020", "replaces", "GB/T1.1-2009", "试〔2025〕1号",
    )  # fmt: skip
    changed = set(Change.objects.values_list("standard_id", flat=True))
    assert changed == set(Standard.objects.values_list("pk", flat=True))
    assert list(Act.objects.values_list("verb", flat=True)) == ["load", "loaded"]


def test_the_same_file_again_changes_nothing(tmp_path):
    load(table(tmp_path))
    Change.objects.all().delete()
    done = load(table(tmp_path))
    assert counts(done, "new", "changed", "same", "relations", "claims") == [0, 0, 3, 0, 0]
    assert not Change.objects.exists()
    assert not Claim.objects.exists()


def test_units_of_the_city_are_known(tmp_path, city):
    from rongbiao.parties.models import Organization

    unit = Organization.objects.create(name="福州市标准化研究院", kind="institute", order=1)
    load(table(tmp_path))
    assert Participation.objects.get(name=unit.name).organization == unit
    assert Standard.objects.of_the_city().get().number == "DB3501/T 12-2021"


BAD = samples.CSV + (
    "GB/T 2-20x0,坏编号,,,,,,,,\n"
    "GB/T 3-2020,坏日期,,2020-02-30,,,,,,\n"
    "GB/T 4-2020,,,,,,,,,\n"
    "GB/T 5-2020,坏分类,,,,在用,1.2,9,,\n"
    'GB/T 6-2020,"有\x07铃",,,,,,,,\n'
    "GB/T 7-2020,多一格,,,,,,,,,多\n"
)


def test_one_refused_line_refuses_the_whole_table(tmp_path):
    done = load(table(tmp_path, BAD))
    assert (done.state, done.why) == ("refused", "有 6 行不能接收，没有登记任何一行。")
    found = [(line, column) for line, column, _why in done.refused]
    assert found == [
        (5, "标准编号"), (6, "发布日期"), (7, "标准名称"), (8, "中国标准分类号（CCS）"),
        (8, "国际标准分类号（ICS）"), (8, "状态"), (9, "标准名称"), (10, "标准编号"),
    ]  # fmt: skip
    assert list(loads.refused_rows(done))[1][2] == "“2020-02-30”不是日期，应写作 2025-09-30"
    assert not Standard.objects.exists()


def test_refused_lines_are_skipped_when_asked(tmp_path):
    done = load(table(tmp_path, BAD), skip_refused=True)
    assert (done.state, counts(done, "lines", "new", "refused")) == ("done", [9, 3, 6])


def test_lines_are_counted_over_cells_of_several_lines(tmp_path):
    text = '标准编号,标准名称\nGB 1-2001,"一\n二"\nGB 2-2001,\n'
    assert load(table(tmp_path, text)).refused == [[4, "标准名称", "不能为空"]]


def test_what_a_person_says_of_headings_is_remembered(tmp_path):
    text = "号,名,备案\nGB 1-2001,甲,B1\n"
    path = table(tmp_path, text)
    assert "至少应有这些列：标准编号、标准名称" in load(path).why
    said = {"号": "number", "名": "title", "备案": ""}
    assert load(path, source="table", mapping=said).counts["new"] == 1
    assert Mapping.objects.get().columns == {"号": "number", "名": "title"}
    again = table(tmp_path, text.replace("GB 1", "GB 2"), name="又.csv")
    assert load(again, source="table").counts["new"] == 1
    assert not Standard.objects.exclude(filing="").exists()


def test_what_was_said_of_headings_since_a_dry_run_counts(tmp_path):
    path = table(tmp_path, "标准编号,标准名称,编制单位\nGB 1-2001,甲,某院\n")
    assert load(path, aim="read").headings[2] == ["编制单位", ""]
    load(path, aim="read", mapping={"编制单位": "drafters"})
    assert load(path).headings[2] == ["编制单位", "drafters"]
    assert Participation.objects.get().name == "某院"


def test_what_a_dry_run_laid_out_keeps_its_source(tmp_path):
    path = samples.json_lines(tmp_path / "iso.gz", samples.ISO)
    tried = load(path, aim="read")
    done = load(path)
    assert (done.format, done.source) == (tried.format, tried.source) == ("relaton", "relaton-iso")
    assert set(Standard.objects.values_list("source", flat=True)) == {"relaton-iso"}


def test_excel(tmp_path):
    path = tmp_path / "表"
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for line, cells in enumerate(
        [["台账"], ["标准号", "名称", "发布日期"], ["QB/T 1-2003", "甲", 20030102]]
    ):
        sheet.write_row(line, 0, cells)
    book.close()
    done = load(path)
    assert (done.format, done.state) == ("excel", "done")
    assert str(Standard.objects.get(number="QB/T 1-2003").issued_on) == "2003-01-02"


def test_relaton(tmp_path):
    done = load(samples.json_lines(tmp_path / "iso.gz", samples.ISO, packed=True))
    assert (done.source, counts(done, "new", "same", "twice", "refused")) == (
        "relaton-iso", [2, 1, 1, 0],
    )  # fmt: skip
    row = Standard.objects.get(key="ISO9001-2008")
    assert (row.status, row.stage, str(row.issued_on), row.issued_precision) == (
        "superseded", "95.99", "2008-11-01", "month",
    )  # fmt: skip
    assert (row.ics, row.owner, row.title_original) == (
        "03.120.10 03.100.70", "ISO/TC 176/SC 2 Quality systems", "Systèmes",
    )  # fmt: skip
    said = Relation.objects.values_list("subject", "kind", "object")
    assert sorted(said) == [
        ("ISO 9001:2008", "replaces", "ISO 9001:2000"),
        ("ISO 9001:2008/Cor 1:2009", "amends", "ISO 9001:2008"),
        ("ISO 9001:2015", "replaces", "ISO 9001:2008"),
        ("ISO/CD 9001", "replaces", "ISO 9001:2008"),
    ]


def relaton(number, source="ISO", **more):
    said = {"ids": [{"id": number, "type": source}], "title": {"en": "Title"}, "stage": "60"}
    return relaton_of.edition(said | {"substage": "60"} | more, 1)


@pytest.mark.parametrize(
    ("number", "date", "issued"),
    [
        ("ISO 9001:2015/Amd 1:2024", {"published": "2015", "updated": "2024-02"}, "2024-02"),
        ("ISO 9001:2015/Amd 1:2024", {"published": "2015"}, ""),
        ("ISO 9001:2015/Amd 1:2024", {"published": "2024-02-23"}, "2024-02-23"),
        ("IEC 60204-1:2016/AMD1:2021", {"published": "2021-09-15"}, "2021-09-15"),
        ("ISO 9001:2015", {"published": "2015-09", "updated": "2021-01"}, "2015-09"),
    ],
)
def test_an_amendment_is_not_as_old_as_what_it_amends(number, date, issued):
    assert relaton(number, date=date)["issued_on"] == issued


def test_a_project_has_no_day_of_publication():
    row = relaton("ISO/DIS 9001", date={"published": "2025"}, stage="40", substage="20")
    assert (row["status"], row["issued_on"]) == ("project", "")


def test_what_a_source_writes_around_its_words_is_left_out():
    titles = {"en": "Voltage U<sub>m</sub> &lt; 7,2 kV", "fr": "Titre manque"}
    row = relaton("IEC 1:2000", title=titles, abstract="One<br />two<!-- x --> a < b<br")
    assert (row["title"], row["title_original"]) == ("Voltage Um < 7,2 kV", "")
    assert row["abstract"] == "One two a < b"
    bodies = relaton("JIS A 1:2000", "JIS", tc=[{"name": "甲\u3000会  \r\n    乙会"}])
    assert bodies["owner"] == "甲\u3000会、乙会"
    assert relaton("IEC 1:2000", "IEC", tc=[{"name": "TC 56"}])["owner"] == "IEC/TC 56"


def test_relations_of_itu(tmp_path):
    load(samples.json_lines(tmp_path / "itu", samples.ITU))
    said = Relation.objects.values_list("kind", "object")
    assert sorted(said) == [
        ("complements", "ITU-T X Suppl. 4 (04/1995)"),
        ("edition", "ITU-T X.509 (10/2016)"),
    ]


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_iso_open_data(tmp_path, form):
    path = tmp_path / f"deliverables.{form}"
    frame = pl.DataFrame(samples.DELIVERABLES)
    if form == "jsonl":
        samples.json_lines(path, samples.DELIVERABLES)
    elif form == "parquet":
        frame.write_parquet(path)
    else:
        flat = frame.with_columns(
            pl.col("title").struct.field("en").alias("title.en"),
            pl.col("icsCode").list.join(","),
            replacedBy=pl.Series(["[2]", None]),
            replaces=pl.Series([None, "[1]"]),
        )
        flat.drop("title", "scope", "languages").write_csv(path)
    done = load(path)
    assert (done.state, done.source, counts(done, "new", "relations")) == (
        "done", "iso-open-data", [2, 1],
    )  # fmt: skip
    old = Standard.objects.get(key="ISO7-2000")
    assert (old.status, old.stage, old.title, old.ics) == (
        "superseded", "95.99", "Pipe threads", "21.040.20",
    )  # fmt: skip
    assert Relation.objects.get().subject == "ISO 7:2010"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空文件"),
        (b"\x00\x01\x02", "不是表格、JSON 或网页文件"),
        (b"\x1f\x8bxx", "压缩文件不完整"),
        (b"PK\x03\x04zip", "不能作为 Excel 表打开"),
        (b"PAR1....PAR1", "Parquet 文件不完整"),
        (b'{"a": 1}\n', "字段不认识"),
        (b"{not json\n", "第一行不是完整的 JSON 记录"),
        (b"<html><body>no</body></html>", "网页里没有标准"),
        (samples.list_page([]).encode(), "一条也没有查到"),
        ('标准编号,标准名称\nGB 1-2001,"甲\n'.encode(), "引号没有配对"),
        ("甲乙".encode("utf-16-le") + b"\xff\xff\xff", "编码"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path, content, why):
    path = tmp_path / "坏"
    path.write_bytes(content)
    done = load(path)
    assert (done.state, why in done.why, done.why.count("。")) == ("refused", True, 1)


def test_orders_are_refused_without_basis_source_or_office(tmp_path, reporter):
    path = table(tmp_path)
    for more, why in (
        ({"basis": " "}, "依据"),
        ({"source": "nobody"}, "没有“nobody”这个来源"),
        ({"actor": reporter}, "经办人"),
    ):
        with pytest.raises(Refused, match=why):
            loads.order(path, **({"aim": "enter", "basis": "据"} | more))


@pytest.mark.parametrize("apart", [False, True])
def test_many_portions_and_parts_come_to_the_same(tmp_path, monkeypatch, apart):
    monkeypatch.setattr(tables_in, "STRETCH", 2000)
    if apart:
        monkeypatch.setattr(staging, "MANY", 10)  # two processes check
    else:
        monkeypatch.setattr(staging, "PART", 40)
        monkeypatch.setattr(staging, "SAMPLE", 10)
    rows = [f"Q/AB{n % 7} {n:03d}-2020,第{n}号" for n in range(300)] + ["Q/AB0 000-2020,第0号"]
    done = load(table(tmp_path, "标准编号,标准名称\n" + "\n".join(rows) + "\n"))
    assert (done.parts > 3, done.cursor == done.parts) == (not apart, True)
    assert counts(done, "lines", "new", "same", "twice") == [301, 300, 1, 1]
    keys = list(Standard.objects.order_by("pk").values_list("key", flat=True))
    assert keys == sorted(keys)  # neighbors are written together


def test_a_file_that_changed_since_it_was_ordered_is_refused(tmp_path):
    path = table(tmp_path)
    order = loads.order(path, aim="enter", basis="据")
    path.write_bytes(path.read_bytes() + b"\n")
    assert "在提交以后变了" in loads.work(order).why


def test_what_was_interrupted_goes_on_after_its_cursor(tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "PART", 20)
    monkeypatch.setattr(staging, "SAMPLE", 5)
    rows = "".join(f"Q/AB {n:03d}-2020,第{n}号\n" for n in range(100))
    path = table(tmp_path, "标准编号,标准名称\n" + rows)
    real, calls = loads.enter_rows, []

    def stops(*arguments, **options):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*arguments, **options)

    monkeypatch.setattr(loads, "enter_rows", stops)
    with pytest.raises(KeyboardInterrupt):
        load(path)
    held = Standard.objects.count()
    assert (0 < held < 100, Change.objects.count()) == (True, held)
    monkeypatch.setattr(loads, "enter_rows", real)
    done = load(path)
    assert (Load.objects.count(), done.state, counts(done, "new", "lines"), done.progress) == (
        1, "done", [100, 100], 100,
    )  # fmt: skip
    assert Standard.objects.count() == Change.objects.count() == 100
