"""Calendars as RFC 5545 wants them, read back by unfolding."""

from datetime import UTC, date, datetime

from rongbiao.exchange.icalendar import Day, calendar

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


def read(data: bytes) -> list[tuple[str, str]]:
    """Return name and value of each property, unfolded."""
    assert data.endswith(b"\r\n")
    lines = data.decode().replace("\r\n ", "").split("\r\n")[:-1]
    return [(name, value) for name, _colon, value in (line.partition(":") for line in lines)]


def test_a_day_comes_back_whole():
    title = "征求意见期限：城市内河、湖泊智慧管护规范；第一部分,总则" * 3
    made = calendar(
        "期限", [Day("DB-1@x", date(2026, 12, 31), title, "甲\n乙", "http://x/cases/DB-1/")],
        moment=NOW, remind="将至",
    )  # fmt: skip
    found = dict(read(made))
    assert found["SUMMARY"].replace("\\,", ",").replace("\\;", ";") == title
    assert found["DTSTART;VALUE=DATE"] == "20261231"
    assert found["DTEND;VALUE=DATE"] == "20270101"
    assert found["DTSTAMP"] == "20261126T100000Z"
    assert found["URL"] == "http://x/cases/DB-1/"
    assert ("DESCRIPTION", "甲\\n乙") in read(made)


def test_no_line_is_longer_than_75_octets_and_none_is_cut_in_a_letter():
    made = calendar("期限", [Day("u", date(2026, 1, 1), "期a" * 200)], moment=NOW, remind="将至")
    lines = made.split(b"\r\n")
    assert max(len(line) for line in lines) == 75
    for line in lines:
        line.decode()  # each is whole


def test_what_begins_is_ended():
    made = read(calendar("期限", [Day("u", date(2026, 1, 1), "甲")] * 2, moment=NOW, remind="乙"))
    open_ones = []
    for name, value in made:
        if name == "BEGIN":
            open_ones.append(value)
        elif name == "END":
            assert open_ones.pop() == value
    assert open_ones == []
    assert sum(line == ("BEGIN", "VEVENT") for line in made) == 2
