"""Feeds (Atom): the news of a standard, of a question or of a class, for any reader of feeds."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from rongbiao.parties.refused import Refused
from rongbiao.standards import events, news, subscriptions
from rongbiao.standards.kin import named_by
from rongbiao.standards.models import Event, Subscription
from rongbiao.web.changes import changes_of
from rongbiao.web.digest import in_script, name_of
from rongbiao.web.doors import published
from rongbiao.web.naming import class_address
from rongbiao.web.standard import key_of
from rongbiao.web.surroundings import city

ENTRIES = 50
LOOKED_AT = 2000  # the newest events that a question's feed is made from
KEPT = 3600  # seconds
BEFORE = datetime(2023, 9, 14, tzinfo=UTC)  # an empty feed has not changed since


class Feed(Atom1Feed):
    """Atom as RFC 4287 wants it; an empty feed has a day of its own."""

    def latest_post_date(self) -> datetime:
        days = [item["updateddate"] for item in self.items]
        return max(days, default=BEFORE)


def identity(*parts: str) -> str:
    """Return a name that stays the same for good."""
    return uuid.uuid5(
        uuid.NAMESPACE_URL, "rongbiao:" + ":".join((settings.CITY["code"], *parts))
    ).urn


def feed_of(request: HttpRequest, name: str, link: str, found: Iterable[Event]) -> HttpResponse:
    """Answer with a feed of events, newest first."""
    here = request.build_absolute_uri()
    feed = Feed(
        title=in_script(_("标准动态：{name}").format(name=name)),
        link=request.build_absolute_uri(link),
        description="",
        language={"zh-hans": "zh-Hans-CN", "zh-hant": "zh-Hant"}.get(get_language() or "", "en"),
        author_name=in_script(str(city()["bureau"])),
        feed_url=here,
        feed_guid=identity("feed", request.get_full_path()),
    )
    for event in found:
        feed.add_item(
            title=in_script(f"{event.get_kind_display()}：{event.number} {event.title}"),
            link=request.build_absolute_uri(event.get_absolute_url()),
            description=in_script(said(event)),
            unique_id=identity("event", str(event.pk), event.key, event.kind),
            pubdate=event.at,
            updateddate=event.at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def said(event: Event) -> str:
    """Return what an entry says: the day, and what became what."""
    lines = [f"{event.day:%Y-%m-%d} {event.get_kind_display()}"]
    for label, was, now in changes_of(event.words):
        lines.append(
            _("{label}：由“{was}”改为“{now}”").format(label=label, was=was, now=now)
            if was
            else _("{label}：{now}").format(label=label, now=now)
        )
    return "\n".join(lines)


@published
@conditional_page
def standard(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the news of all editions of a standard."""
    key = key_of(slug)
    bare = subscriptions.held(key)
    row = named_by(bare) if bare else None
    if row is None:
        raise Http404(_("没有这项标准。"))
    return feed_of(request, str(row), row.get_absolute_url(), news.of_standard(bare)[:ENTRIES])


@published
@conditional_page
def query(request: HttpRequest) -> HttpResponse:
    """Give the news of what a question finds; without one, of all standards."""
    asked = request.META.get("QUERY_STRING", "")
    try:
        wanted = subscriptions.read_query(asked)
    except Refused:
        wanted = ""
    if not wanted:
        found = Event.objects.filter(kind__in=news.COMING_AND_GOING)[:ENTRIES]
        return feed_of(request, _("全部标准"), reverse("standards"), found)
    name = name_of(Subscription(kind=Subscription.Kind.QUERY, target=wanted))
    return feed_of(request, name, f"{reverse('standards')}?{wanted}", answers(wanted))


def answers(wanted: str) -> list[Event]:
    """Return the newest events that a question is about; looked up once for each new event."""
    digest = hashlib.sha256(wanted.encode()).hexdigest()
    key = f"feed:{digest}:{events.newest()}"
    pks = cache.get(key)
    if pks is None:
        found = news.of_query(wanted, Event.objects.all(), most=LOOKED_AT)[:ENTRIES]
        pks = [event.pk for event in found]
        cache.set(key, pks, KEPT)
    return list(Event.objects.filter(pk__in=pks))


@published
@conditional_page
def in_class(request: HttpRequest, scheme: str, code: str) -> HttpResponse:
    """Give the news of a class and of what is beneath it."""
    try:
        target = subscriptions.read_target(Subscription.Kind.CLASS, f"{scheme}:{code}")
    except Refused as refused:
        raise Http404(str(refused)) from refused
    wanted = Subscription(kind=Subscription.Kind.CLASS, target=target)
    scheme, _colon, code = target.partition(":")
    link = class_address(scheme, code)
    return feed_of(request, name_of(wanted), link, news.of_class(scheme, code)[:ENTRIES])
