"""Drawings say with SVG what the numbers say; they are well-formed and carry no style attribute."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from rongbiao.web.drawings.bullet import Bar, bullet
from rongbiao.web.drawings.course import Course, Sheet, data, draw
from rongbiao.web.drawings.lettering import width
from rongbiao.web.drawings.lifeline import Lane, Life, Mark, lifeline
from rongbiao.web.drawings.scales import between, plain, step_for, ticks
from rongbiao.web.drawings.strip import strip
from rongbiao.web.drawings.ties import Box, Center, ties
from rongbiao.web.drawings.tiles import Square, text_width, tiles
from rongbiao.web.marking import marked

LINES = {"now": "现值", "plan": "计划轨迹", "forecast": "预测", "target": "目标"}


def read(svg: str) -> ET.Element:
    root = ET.fromstring(svg)
    assert [node.tag for node in root.iter() if "style" in node.attrib] == []
    return root


def kind(root: ET.Element, name: str) -> list[ET.Element]:
    return [node for node in root.iter() if node.get("class") == name]


def staff(root: ET.Element, name: str) -> str:
    """Return the place of a mark: that of the nested surface it stands on."""
    return next(
        node.get("x") for node in root.iter("svg") for inner in node if inner.get("class") == name
    )


# Scales


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (7360, 10000, [7000, 8000, 9000, 10000]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (11.4, 12, [11.4, 11.6, 11.8, 12.0]),
        (-5, 5, [-6, -4, -2, 0, 2, 4, 6]),
    ],
)
def test_ticks_are_round_and_span_the_numbers(low, high, expected):
    assert ticks(low, high) == pytest.approx(expected)


def test_steps_keep_their_promise():
    for span in (0.003, 0.7, 1, 3, 17, 99, 1234, 10**7):
        assert span / step_for(span, 5) <= 5 + 1e-9


def test_numbers_are_written_without_needless_zeros():
    assert [plain(v) for v in (83.33333, 100, 0, -0.00001, 2.5)] == [
        "83.3333",
        "100",
        "0",
        "0",
        "2.5",
    ]
    assert [between(v, 0, 1) for v in (-3, 0.5, 9)] == [0, 0.5, 1]


# Bullet bars


@pytest.mark.parametrize("target", [1, 12, 150, 10000])
def test_every_target_stands_at_the_same_place(target):
    assert staff(read(bullet(Bar(0, target), "目标")), "b-target") == "83.3333%"


def test_a_bar_shows_value_plan_and_forecast_where_they_belong():
    root = read(bullet(Bar(132, 150, planned=134, low=146, high=154), "132 项"))
    assert kind(root, "b-actual")[0].get("width") == "73.3333%"
    assert staff(root, "b-planned") == "74.4444%"
    cast = kind(root, "b-forecast")[0]
    assert (cast.get("x"), cast.get("width")) == ("81.1111%", "4.4444%")
    assert root.get("aria-label") == "132 项"


def test_a_value_past_the_axis_ends_in_an_arrow():
    far = read(bullet(Bar(3, 1), "远超目标"))
    assert kind(far, "b-actual")[0].get("width") == "100%"
    assert len(kind(far, "b-past")) == 1
    assert kind(read(bullet(Bar(1.2, 1), "到头")), "b-past") == []


def test_what_is_not_known_is_not_drawn():
    root = read(bullet(Bar(None, 12), "尚未计数"))
    drawn = {name for name in ("b-actual", "b-planned", "b-forecast") if kind(root, name)}
    assert drawn == set()


def test_a_target_of_nothing_has_an_axis_all_the_same():
    bar = Bar(4, 0)
    assert bar.place(0) == 0
    assert bar.place(4) == pytest.approx(100 / 1.2)


def test_a_forecast_at_one_point_can_be_seen_and_stays_inside():
    cast = kind(read(bullet(Bar(9, 10, low=30, high=30), "预测")), "b-forecast")[0]
    assert (cast.get("x"), cast.get("width")) == ("99.4%", "0.6%")


def test_two_bars_of_a_page_do_not_share_a_pattern():
    one, other = (bullet(Bar(v, 10, low=8, high=9), "条") for v in (1, 2))
    ids = {kind(read(svg), "b-forecast")[0].get("fill") for svg in (one, other)}
    assert len(ids) == 2


def test_words_are_escaped():
    assert read(bullet(Bar(1, 2), '<b>"&')).get("aria-label") == '<b>"&'


# Strips


def test_a_strip_draws_a_field_a_quarter_with_its_word():
    states = ["done", "ok", "info", "warn", "bad", "idle"]
    root = read(strip([(f"2025Q{i}", state, f"词{i}") for i, state in enumerate(states)], "近六季"))
    assert [node.get("class") for node in root.iter("g")] == [f"s-{state}" for state in states]
    assert [node.text for node in root.iter("title")] == [f"2025Q{i} 词{i}" for i in range(6)]
    assert root.get("aria-label").startswith("近六季：2025Q0 词0，")
    assert root.get("viewBox") == "0 0 153 22"


def test_the_six_states_are_told_without_color():
    shapes = set()
    for state in ("done", "ok", "info", "warn", "bad", "idle"):
        group = next(read(strip([("季", state, "词")], "条")).iter("g"))
        shapes.add(ET.tostring(group[2]))
    assert len(shapes) == 6


def test_an_unknown_state_is_refused():
    with pytest.raises(KeyError):
        strip([("2025Q1", "grün", "?")], "条")


# Tiles


def test_tiles_stand_in_their_rows_and_columns():
    root = read(
        tiles(
            [
                Square("福清市", 5, 3, "79%", 1, "/units/1/", "完成 79%"),
                Square("罗源县", 1, 4, "78%", 9),
            ],
            "各县（市）区",
        )
    )
    links = list(root.iter("a"))
    assert [(a.get("href"), a.get("transform"), a[0].text) for a in links] == [
        ("/units/1/", "translate(218 308)", "完成 79%")
    ]
    plain_one = next(root.iter("g"))
    assert (plain_one.get("class"), plain_one.get("transform")) == ("q5", "translate(327 0)")
    assert [node.text for node in plain_one.iter("text")] == ["罗源县", "78%"]
    assert root.get("viewBox") == "0 0 431 380"


def test_a_long_name_is_written_smaller_than_its_tile():
    root = read(tiles([Square("Yongtai County and more", 1, 1, "1%", 0)], "t"))
    text = next(root.iter("text"))
    assert text_width(text.text, float(text.get("font-size"))) <= 88


def test_two_districts_on_one_place_are_a_mistake():
    with pytest.raises(ValueError, match="one place"):
        tiles([Square("甲", 1, 1, "", 0), Square("乙", 1, 1, "", 0)], "格")


# Courses

MONTHS = [date(2024, 1, 31), date(2024, 6, 30), date(2024, 12, 31)]


def some_course(**changes) -> Course:
    words = {
        "actual": [(MONTHS[0], 10), (MONTHS[1], 20)],
        "planned": [(MONTHS[0], 12), (MONTHS[2], 40)],
        "forecast": ((MONTHS[2], 35), 30, 38),
        "target": 40,
        "unit": "项",
        "words": LINES,
    } | changes
    return Course(**words)


def test_a_course_names_its_lines():
    root = read(draw(some_course(), "轨迹"))
    names = [node.text for node in root.iter("text") if "c-name" in node.get("class")]
    assert names == ["预测 35", "目标 40 项", "计划轨迹", "现值 20"]
    assert len(kind(root, "c-actual")[0].get("points").split()) == 2


def test_the_fan_opens_at_the_last_amount_counted():
    assert some_course().fan == [(MONTHS[1], 20, 20, 20), (MONTHS[2], 30, 35, 38)]
    assert some_course(forecast=None).fan == []


def test_a_settled_course_has_no_forecast():
    root = read(draw(some_course(forecast=None), "收官"))
    assert kind(root, "c-band") == kind(root, "c-forecast") == []


def test_later_stands_to_the_right_and_more_stands_above():
    sheet = Sheet(some_course())
    assert sheet.x(MONTHS[0]) < sheet.x(MONTHS[1]) < sheet.x(MONTHS[2])
    assert sheet.y(10) > sheet.y(20) > sheet.y(40)


def test_nothing_counted_and_nothing_planned_is_no_drawing():
    assert draw(some_course(actual=[], planned=[], forecast=None), "空") == ""


def test_one_single_point_can_be_drawn():
    root = read(draw(some_course(actual=[(MONTHS[0], 3)], planned=[], forecast=None), "一点"))
    assert len(kind(root, "c-last")) == 1


def test_the_script_draws_from_the_same_numbers():
    assert data(some_course()) == {
        "actual": [["2024-01-31", 10.0], ["2024-06-30", 20.0]],
        "planned": [["2024-01-31", 12.0], ["2024-12-31", 40.0]],
        "fan": [["2024-06-30", 20.0, 20.0, 20.0], ["2024-12-31", 30.0, 35.0, 38.0]],
        "target": 40.0,
        "unit": "项",
        "words": LINES,
        "axis": [10.0, 40.0, 10.0],
    }


def test_a_lifeline_keeps_its_words_within_the_sheet_and_apart():
    today = date(2025, 9, 30)
    life = Life(
        today=today, today_words="今日", planned_on=date(2023, 3, 10), issued_on=date(2024, 1, 18),
        begun_on=date(2024, 3, 1), due_on=date(2029, 1, 18), making="制定 10.3 个月",
        force="现行，2024年3月1日起",
        lanes=[Lane(date(2021, 6, 1), date(2024, 3, 1), "DB3501/T 004—2021，已被代替")],
        marks=[Mark(date(2023, 3, 10), "立项", "2023年3月10日"),
               Mark(date(2024, 1, 18), "发布", "2024年1月18日"),
               Mark(date(2029, 1, 18), "复审期限", "2029年1月18日，余 3 年 3 个月", "warn")],
    )  # fmt: skip
    drawn = lifeline(life, "时间线")
    assert drawn.count("<circle") == 3
    assert 'class="l-dot warn"' in drawn
    assert 'fill="url(#l-hatch)"' in drawn
    for x, words in re.findall(r'<text[^>]*x="([\d.]+)"[^>]*text-anchor="start">([^<]+)<', drawn):
        assert float(x) + width(words, 14.5) <= 1152
    assert lifeline(Life(today=today, today_words="今日"), "无") == ""


@pytest.mark.parametrize("year", [1, 1900, 2025])
def test_a_lifeline_of_any_length_names_few_years(year):
    life = Life(today=date(2025, 9, 30), today_words="今日", issued_on=date(year, 2, 1))
    assert 0 < lifeline(life, "线").count('class="l-tick"') <= 60


def test_ties_link_escape_and_mark_what_changed():
    left = [
        Box("GB 1—2012", "<规范>" * 20, "引用", "/standards/x/", "warn"),
        Box("GB 2", "", "引用"),
    ]
    drawn = ties(Center("DB1", "名称" * 40, "代替 DB0"), left, [], ("左", "右"), "图")
    assert drawn.count("<a href") == 1
    assert "t-line changed" in drawn
    assert "<规范>" not in drawn
    assert "…" in drawn
    assert ties(Center("DB1", "名称"), [], [], ("左", "右"), "图") == ""


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("茶叶", ["茶", "茶叶"], "<mark>茶叶</mark>"),
        ("LED led", ["Led"], "<mark>LED</mark> <mark>led</mark>"),
        ("<i>", ["i"], "&lt;<mark>i</mark>&gt;"),
        ("a.c abc", ["a.c"], "<mark>a.c</mark> abc"),
        ("茶", ["", " "], "茶"),
    ],
)
def test_words_are_marked_where_they_stand(text, words, expected):
    assert marked(text, words) == expected
