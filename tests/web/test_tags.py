"""Tags and filters write dates, numbers, lamps and icons as officials and readers expect."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.utils import translation

from rongbiao.strategy.lamps import Lamp
from rongbiao.strategy.models import Quarter
from rongbiao.web.templatetags import rb


def render(source: str, language: str = "zh-hans", **words) -> str:
    with translation.override(language):
        return Template("{% load rb %}" + source).render(Context(words))


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hans", "2025年9月3日"), ("zh-hant", "2025年9月3日"), ("en", "3 Sep 2025")],
)
def test_days_are_written_as_readers_of_each_language_do(language, expected):
    assert render("{{ day|zhdate }}", language, day=date(2025, 9, 3)) == expected


def test_no_day_is_no_words():
    assert render("{{ day|zhdate }}", day=None) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (132, "132"),
        (Decimal("132.00"), "132"),
        (Decimal("11.42"), "11.4"),
        (9486, "9486"),
        (123456, "12.3万"),
        (0, "0"),
        (None, "—"),
        (Decimal("11.25"), "11.3"),
        (Decimal("-3.25"), "-3.3"),
    ],
)
def test_numbers_are_whole_or_have_one_decimal(value, expected):
    assert render("{{ value|figure }}", value=value) == expected


def test_numbers_carry_their_unit():
    assert render("{% num value '项' %}", value=132) == '<span class="num">132</span> 项'
    assert render("{% num value %}", value=132) == '<span class="num">132</span>'


def test_large_numbers_are_told_in_full_in_english():
    assert render("{{ value|figure }}", "en", value=123456) == "123456"


def test_quarters_are_named_in_both_languages():
    quarter = Quarter(year=2025, number=3)
    assert render("{{ q|zhquarter }}", q=quarter) == "2025年三季度"
    assert render("{{ q|zhquarter }}", "en", q=quarter) == "Q3 2025"


@pytest.mark.parametrize("state", list(Lamp))
def test_a_lamp_tells_by_shape_color_and_word(state):
    assert render("{% lamp state %}", state=state) == (
        f'<span class="tag {state.value}"><span class="lamp {state.value}" aria-hidden="true">'
        f"</span>{state.word}</span>"
    )


def test_a_lamp_may_say_more_and_never_lets_markup_in():
    drawn = render("{% lamp 'bad' words %}", words="逾期 <9> 天")
    assert drawn.endswith("</span>逾期 &lt;9&gt; 天</span>")


def test_an_unknown_lamp_is_a_mistake():
    with pytest.raises(ValueError, match="red"):
        render("{% lamp 'red' %}")


@pytest.fixture
def icons(tmp_path, settings):
    settings.ASSETS = tmp_path
    rb.drawing.cache_clear()
    (tmp_path / "icons").mkdir()
    yield tmp_path / "icons"
    rb.drawing.cache_clear()


def test_an_icon_is_drawn_in_the_page_and_says_nothing(icons):
    (icons / "inbox.svg").write_text('<!-- x -->\n<svg\n width="24">\n  <path d="M1 1"/>\n</svg>\n')
    assert render("{% icon 'inbox' %}") == (
        '<svg class="ic" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M1 1"/></svg>'
    )


def test_a_missing_icon_says_what_to_run(icons):
    with pytest.raises(ImproperlyConfigured, match=r"没有图标“nothing”.*make setup"):
        render("{% icon 'nothing' %}")


def test_things_show_their_english_name_where_there_is_one():
    thing = SimpleNamespace(title="标准化", title_en="Standardization")
    bare = SimpleNamespace(name="市科技局", name_en="")
    assert [render("{{ t|local }}", "en", t=t) for t in (thing, bare)] == [
        "Standardization",
        "市科技局",
    ]
    assert render("{{ t|local }}", t=thing) == "标准化"


def test_every_icon_that_pages_name_is_gathered():
    import re
    import tomllib
    from pathlib import Path

    root = Path(rb.__file__).resolve().parents[1]
    with (root / "icons.toml").open("rb") as file:
        listed = set(tomllib.load(file)["icons"])
    named = {
        name
        for path in (root / "templates").rglob("*.html")
        for name in re.findall(r"{% icon ['\"]([\w-]+)['\"]", path.read_text())
    }
    named |= set(
        re.findall(r'Entry\([^)]+\), "\w+", "([\w-]+)"', (root / "navigation.py").read_text())
    )
    assert named - listed == set()
