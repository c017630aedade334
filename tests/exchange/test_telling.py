"""What a load enters or changes is news, and what is old is none."""

import pytest
from django.conf import settings
from django.utils import timezone

from rongbiao.exchange.loading import loads
from rongbiao.standards.models import Event

TABLE = """标准编号,标准名称,发布日期,实施日期,状态
GB/T 99001-2011,旧版,2011-05-01,2011-06-01,{old}
GB/T 99001-{year},{title},{day},,现行
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")


def load(path, **said):
    day = timezone.localdate()
    path.write_text(TABLE.format(day=day, year=day.year, **said))
    with loads.at_work():
        assert loads.work(loads.order(path, aim="enter", basis="试")).why == ""


def test_a_load_tells_what_it_did(db, tmp_path):
    path = tmp_path / "表.csv"
    load(path, old="现行", title="新版")
    year = timezone.localdate().year
    assert [(one.number, one.kind) for one in Event.objects.all()] == [
        (f"GB/T 99001-{year}", "edition")
    ]
    load(path, old="现行", title="新版")
    assert Event.objects.count() == 1
    load(path, old="废止", title="新版二")
    found = Event.objects.order_by("number", "pk").values_list("number", "kind", "title", "words")
    assert list(found) == [
        ("GB/T 99001-2011", "withdrawn", "旧版", {"status": ["current", "withdrawn"]}),
        (f"GB/T 99001-{year}", "edition", "新版", {}),
        (f"GB/T 99001-{year}", "changed", "新版二", {"title": ["新版", "新版二"]}),
    ]
