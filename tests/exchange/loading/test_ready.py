"""Parts that helpers make ready: the same rows, also where something comes between."""

import pytest
from django.conf import settings

from rongbiao.exchange.loading import loads, staging, tables_in
from rongbiao.parties.models import Organization
from rongbiao.standards import indexes
from rongbiao.standards.models import Change, Event, Participation, Standard
from tests.exchange.loading.test_loads import counts, load, table

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 120
HEAD = "标准编号,标准名称,发布日期,备案号,起草单位\n"
ODD = (
    'Q/AA 900-2020,"一，""二"", 三",2020-01-02,\\N,甲院、乙院、甲院\n'
    'Q/AA 901-2020,"一\n二",,NULL,"甲,\n乙；丙"\n'
    "Q/AA 902-2020,\\.,2020,,\n"
    'Q/AA 903-2020,"路\\径\t与\r空",,,\n'
)
TEXT = HEAD + ODD + "".join(
    f"Q/A{chr(65 + n % 7)} {n:03d}-2020,第{n}号,,,甲院、{n}院\n" for n in range(ROWS)
)  # fmt: skip


@pytest.fixture(autouse=True)
def many(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    monkeypatch.setattr(staging, "MANY", 10)
    monkeypatch.setattr(staging, "PART", 40)
    monkeypatch.setattr(staging, "SAMPLE", 10)
    monkeypatch.setattr(tables_in, "STRETCH", 600)  # what the first rows say, later ones do not


@pytest.fixture
def ready(monkeypatch):
    """Count the parts that were made ready."""
    real, found = loads.enter_ready, []
    monkeypatch.setattr(loads, "enter_ready", lambda *one: (found.append(one), real(*one))[1])
    return found


def held() -> list[list[tuple]]:
    """Return the register without its primary keys."""
    leave = {"id", "text"}
    names = [field.name for field in Standard._meta.concrete_fields if field.name not in leave]
    parts = Participation.objects.order_by("standard__key", "place")
    return [
        list(Standard.objects.order_by("key").values_list(*names)),
        list(parts.values_list("standard__key", "name", "place", "part", "organization__name")),
        list(Event.objects.order_by("key").values_list("key", "kind")),
    ]


@pytest.mark.parametrize("fills", [True, False])
def test_they_come_to_the_same(tmp_path, monkeypatch, ready, fills):
    unit = Organization.objects.create(name="甲院", kind="institute", order=1)
    path = table(tmp_path, TEXT)
    monkeypatch.setattr(staging, "MANY", 10_000)
    assert counts(load(path), "new") == [ROWS + 4]
    alone = held()
    Standard.objects.all().delete()
    for model in (Event, Change):
        model.objects.all().delete()
    assert not ready
    monkeypatch.setattr(staging, "MANY", 10)
    monkeypatch.setattr(loads, "FILLING", 10 if fills else 1000)
    done = load(path)
    assert (done.state, counts(done, "new", "same"), len(ready)) == ("done", [ROWS + 4, 0], 5)
    assert held() == alone
    assert unit.participations.count() == ROWS + 1
    keys = list(Standard.objects.order_by("pk").values_list("key", flat=True))
    assert keys == sorted(keys)
    told = set(Change.objects.values_list("standard_id", flat=True))
    assert told == ({0} if fills else set(Standard.objects.values_list("pk", flat=True)))
    assert indexes.missing() == {}
    again = load(path)
    assert (counts(again, "new", "changed", "same"), len(ready)) == ([0, 0, ROWS + 4], 5)
    assert Standard.objects.create(key="~", number="~", level="group", title="后").pk > max(
        Standard.objects.exclude(key="~").values_list("pk", flat=True)
    )


def test_what_somebody_entered_meanwhile_is_compared(tmp_path, monkeypatch, ready):
    real = loads.in_turn

    def meanwhile(*arguments, **options):
        for place, one in enumerate(real(*arguments, **options)):
            if place == 0:
                Standard.objects.create(
                    key="Q/AB001-2020", number="Q/AB 001-2020", level="enterprise", title="别的"
                )
            yield one

    monkeypatch.setattr(loads, "in_turn", meanwhile)
    done = load(table(tmp_path, TEXT))
    assert (done.state, counts(done, "new", "changed"), len(ready)) == ("done", [ROWS + 3, 1], 4)
    assert Standard.objects.count() == ROWS + 4


def test_what_was_interrupted_goes_on_after_its_cursor(tmp_path, monkeypatch, ready):
    real, entered = loads.enter_ready, []

    def stops(*arguments):
        entered.append(1)
        if len(entered) == 3:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(loads, "enter_ready", stops)
    path = table(tmp_path, TEXT)
    with pytest.raises(KeyboardInterrupt):
        load(path)
    assert 0 < Standard.objects.count() < ROWS
    done = load(path)
    assert (done.state, counts(done, "new", "same")) == ("done", [ROWS + 4, 0])
    assert Standard.objects.count() == ROWS + 4
    assert Participation.objects.count() == len(
        set(Participation.objects.values_list("standard", "name"))
    )
