"""ISO's tables of committees and of classes: titles of codes, tried, entered, shown."""

import polars as pl
import pytest
from django.urls import reverse

from rongbiao.exchange.loading import loads
from rongbiao.standards.models import CodeTitle, Standard
from tests.exchange.loading import samples
from tests.exchange.loading.test_loads import counts, load, table

pytestmark = pytest.mark.django_db(transaction=True)
# As ISO publishes them: a secretariat is nested, in CSV it is flat, or there is none.
COMMITTEES = [
    {
        "reference": "ISO/TC 5",
        "secretariat": {"acronym": "SAC"},
        "title": {"en": "Pipes", "fr": "Tubes"},
    },
    {"reference": "IEC/ISO JSyC X", "secretariat": None, "title": {"en": "Threads", "fr": None}},
]
CLASSES = [
    {"identifier": "21.040.20", "parent": "21.040", "titleEn": "Other threads", "titleFr": "F"},
    {"identifier": "21.04", "parent": "21", "titleEn": "no code", "titleFr": ""},
    {"identifier": "21", "parent": "", "titleEn": "", "titleFr": ""},
]


@pytest.fixture(autouse=True)
def place(tmp_path, settings):
    settings.VAR = tmp_path / "var"


def committees(path, rows=COMMITTEES):
    samples.json_lines(path / "committees.jsonl", rows)
    return path / "committees.jsonl"


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_committees_come_in_every_form_of_iso(tmp_path, form):
    path = tmp_path / f"committees.{form}"
    frame = pl.DataFrame(COMMITTEES)
    if form == "csv":
        frame = frame.with_columns(
            pl.col("title").struct.field("en").alias("title.en"),
            pl.col("secretariat").struct.field("acronym").alias("secretariat.acronym"),
        ).drop("title", "secretariat")
        frame.write_csv(path)
    else:
        frame.write_parquet(path)
    done = load(path)
    assert (done.state, done.source, counts(done, "new")) == ("done", "iso-open-data", [2])
    assert [str(one) for one in CodeTitle.objects.all()] == [
        "IEC/ISO JSyC X Threads",
        "ISO/TC 5 Pipes",
    ]


def test_a_table_is_tried_entered_and_comes_again(tmp_path):
    path = committees(tmp_path)
    tried = load(path, aim="read")
    assert (tried.state, counts(tried, "new", "changed")) == ("read", [2, 0])
    assert not CodeTitle.objects.exists()
    assert counts(load(path), "new", "same") == [2, 0]
    assert counts(load(path), "new", "changed", "same") == [0, 0, 2]
    other = [COMMITTEES[0] | {"title": {"en": "Pipes and tubes", "fr": ""}}, COMMITTEES[1]]
    assert counts(load(committees(tmp_path, other)), "new", "changed", "same") == [0, 1, 1]
    one = CodeTitle.objects.get(code="ISO/TC 5")
    assert (one.title_en, one.title_fr, one.source) == (
        "Pipes and tubes", "Tubes", "iso-open-data",
    )  # fmt: skip
    assert one.basis


def test_wrong_lines_are_told_and_nothing_is_entered(tmp_path):
    path = tmp_path / "ics.jsonl"
    samples.json_lines(path, CLASSES)
    done = load(path)
    assert (done.state, done.counts["refused"], CodeTitle.objects.count()) == ("refused", 2, 0)
    assert list(loads.refused_rows(done)) == [
        (2, "代码", "“21.04”不是代码，应写作 03.120.10"),
        (3, "英文名称", "不能为空"),
    ]
    assert counts(load(path, skip_refused=True), "new") == [1]


def test_pages_show_them(tmp_path, client):
    load(committees(tmp_path))
    path = tmp_path / "ics.jsonl"
    samples.json_lines(path, CLASSES[:1])
    load(path)
    said = "ISO 7-1:1994,管螺纹,IEC/ISO JSyC X,1994-05-01"
    load(table(tmp_path, f"标准编号,标准名称,归口单位,发布日期\n{said}\n"))
    one = Standard.objects.get()
    assert "IEC/ISO JSyC X Threads" in client.get(one.get_absolute_url()).content.decode()
    page = client.get(reverse("class", args=["ics", "21.040.20"])).content.decode()
    assert "ISO 的名称：Other threads" in page
