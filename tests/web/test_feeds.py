"""Feeds are valid Atom, stay the same while nothing happens, and cost as much for many as for one."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from rongbiao.standards import events
from rongbiao.standards.models import Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = date(2026, 3, 2)
FEEDS = (
    "/standards/GB~T99001-2026/feed.atom",
    "/standards/feed.atom",
    "/standards/feed.atom?q=%E5%86%B7%E9%93%BE",
    "/classes/ics/03.220/feed.atom",
)


def edition(n=1):
    made = columns(read_number(f"GB/T 9900{n}—2026"))
    row = Standard.objects.create(
        title="冷链 <物流> & 服务", basis="试", issued_on=DAY, ics="03.220.01", **made
    )
    events.note(row, None, day=DAY)
    return row


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_what_the_standard_of_feeds_wants(client, city, address):
    edition()
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    (entry,) = feed.findall(f"{ATOM}entry")
    for thing in (feed, entry):
        for name in ("id", "title", "updated"):
            assert thing.findtext(f"{ATOM}{name}"), name
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{address}"
    assert "冷链 <物流> & 服务" in entry.findtext(f"{ATOM}title")


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_asked_for_again_only_when_something_happened(client, city, address):
    edition()
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    row = Standard.objects.get()
    before = events.columns_of(row)
    row.status = "withdrawn"
    row.save()
    events.note(row, before, day=DAY)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_an_empty_feed_does_not_change(client, city):
    first, second = (client.get("/classes/ccs/A00/feed.atom").content for _n in range(2))
    assert first == second


@pytest.mark.parametrize("address", ["/standards/GB~T5-2001/feed.atom", "/classes/udc/1/feed.atom"])
def test_what_is_not_there_has_no_feed(client, city, address):
    assert client.get(address).status_code == 404
