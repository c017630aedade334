"""The dump: whole or not at all, proved by its checksum, and good to load again."""

import gzip
import hashlib
import json
import subprocess
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from rongbiao.exchange import dump
from rongbiao.exchange.loading import loads
from rongbiao.parties.refused import Refused
from rongbiao.shell import run, tick
from rongbiao.standards.load import Load
from rongbiao.standards.models import Participation, Relation, Standard
from tests.standards_desk import enter

DAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def own_var(tmp_path, settings):
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def some(db):
    enter("GB/T 1.1-2020", "起草规则", drafters=["甲", "乙"], ics="01.120", owner="SAC/TC 286",
          nature="recommended")  # fmt: skip
    enter("GB/T 1.1-2009", "起草规则", issued_on=date(2009, 1, 1), issued_precision="year",
          nature="recommended")  # fmt: skip
    enter("DB3501/T 12-2021", '=茶"，\n叶', issued_on=date(2021, 5, 1), issued_precision="month",
          nature="recommended", region="350100")  # fmt: skip
    for kind, other, key, dated in (
        ("replaces", "GB/T 1.1-2009", "GB/T1.1-2009", True),
        ("cites", "GB/T 321", "GB/T321", False),
    ):
        Relation.objects.create(
            kind=kind, subject="GB/T 1.1-2020", subject_key="GB/T1.1-2020", object=other,
            object_key=key, dated=dated, basis="公告",
        )  # fmt: skip


def read(path):
    return [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]


def test_a_dump_says_what_it_holds(some):
    made = dump.write(DAY)
    lines = read(made.path)
    assert lines[0] == {
        "kind": "dump", "form": 1, "day": "2026-11-26", "city": "350100", "standards": 3,
        "relations": 2,
    }  # fmt: skip
    assert [line["kind"] for line in lines[1:]] == ["standard"] * 3 + ["relation"] * 2
    assert list(dump.read(made.path)) == lines[1:]


def test_the_checksum_holds(some):
    made = dump.write(DAY)
    assert hashlib.sha256(made.path.read_bytes()).hexdigest() == made.sha256
    checked = subprocess.run(
        ["sha256sum", "-c", made.checksum.name],
        cwd=made.path.parent, check=False, capture_output=True,
    )  # fmt: skip
    assert checked.returncode == 0
    assert dump.kept() == [made]


def test_the_same_register_gives_the_same_file(some):
    first = dump.write(DAY).sha256
    assert dump.write(DAY).sha256 == first


def test_seven_are_kept_and_nothing_is_left_over(some, own_var):
    (own_var / "dumps").mkdir()
    (own_var / "dumps" / ".dump-lost").write_text("half")
    for n in range(9):
        dump.write(DAY + timedelta(days=n))
    days = [one.day for one in dump.kept()]
    assert days == [DAY + timedelta(days=n) for n in range(8, 1, -1)]
    assert len(list((own_var / "dumps").iterdir())) == 14


def test_a_dump_that_was_cut_is_refused(some):
    made = dump.write(DAY)
    lines = gzip.decompress(made.path.read_bytes()).splitlines(keepends=True)
    made.path.write_bytes(gzip.compress(b"".join(lines[:-1])))
    with pytest.raises(Refused, match="不完整"):
        list(dump.read(made.path))
    made.path.write_bytes(gzip.compress(b'{"kind": "dump", "form": 99}\n'))
    with pytest.raises(Refused, match="不是本版本能读"):
        list(dump.read(made.path))


def test_a_file_without_its_checksum_is_no_dump(some):
    made = dump.write(DAY)
    made.checksum.unlink()
    assert dump.kept() == []


def held():
    """Return what the register says, apart from where it came from."""
    own = ("id", "source", "source_on", "basis", "basis_on", "demonstration", "text_id")
    rows = [
        {name: value for name, value in row.items() if name not in own}
        for row in Standard.objects.order_by("key").values()
    ]
    parts = Participation.objects.order_by("standard__key", "place")
    ties = Relation.objects.order_by("subject_key", "kind", "object_key")
    return (
        rows,
        list(parts.values_list("standard__key", "name", "place", "part")),
        list(ties.values_list("subject_key", "kind", "object_key", "dated")),
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["dump", "csv"])
def test_what_went_out_comes_in_equal(some, own_var, form, monkeypatch):
    from rongbiao.exchange.export import KINDS
    from rongbiao.exchange.export.walking import by_number

    Standard.objects.filter(number="DB3501/T 12-2021").update(title="茶叶")  # CSV is defused
    path = dump.write(DAY).path
    if form == "csv":
        path = own_var / "out.csv"
        path.write_bytes(b"".join(KINDS["csv"].pieces(by_number(), DAY)))
    before = held()
    Relation.objects.all().delete()
    Standard.objects.all().delete()
    load = loads.order(path, basis="试〔2026〕1号", aim=Load.Aim.ENTER, day=DAY)
    with loads.at_work() as free:
        assert free
        loads.work(load)
    load.refresh_from_db()
    assert (load.state, load.why, load.refused) == (Load.State.DONE, "", []), load.why
    after = held()
    assert after[0] == before[0]
    assert after[1] == before[1]
    if form == "dump":
        assert after[2] == before[2]


def test_the_console_and_the_daily_tick_write_it(some, capsys):
    assert run(["dump", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sha256"] == dump.kept()[0].sha256
    assert tick.dumped(dump.kept()[0].day) == []
    assert "已写出标准全量数据" in tick.dumped(date(2099, 1, 1))[0]


def test_a_full_disk_is_said_and_stops_nothing(some, monkeypatch):
    def full(day):
        raise OSError("No space left on device")

    monkeypatch.setattr(dump, "write", full)
    assert "没有写出" in tick.dumped(DAY)[0]


def test_dumps_are_listed_and_served_with_their_proof(some):
    made = dump.write(DAY)
    client = Client()
    (item,) = client.get("/api/dumps").json()["items"]
    assert (item["name"], item["sha256"], item["size"]) == (made.name, made.sha256, made.size)
    answer = client.get(urlsplit(item["url"]).path)
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == item["sha256"]
    assert answer["ETag"] == f'"{made.sha256}"'
    assert answer["Content-Type"] == "application/gzip"
    assert answer["Last-Modified"]
    again = client.get(urlsplit(item["url"]).path, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    proof = client.get(f"/api/dumps/{made.checksum.name}")
    assert b"".join(proof.streaming_content).decode() == f"{made.sha256}  {made.name}\n"
    for name in ("standards-2020-01-01.jsonl.gz", "..", ".dump-x", "x%00"):
        assert client.get(f"/api/dumps/{name}").status_code == 404
