"""Subscribing (订阅办理): asked on a page, confirmed by letter, ended with one click.

Nobody learns from an answer whether an address is known: what is said to whoever asks is
the same in every case, and so is what the platform does in front of them.
"""

import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qs

from django.db import transaction
from django.utils.translation import gettext as _

from rongbiao.parties.allowance import spend
from rongbiao.parties.models import Person
from rongbiao.parties.refused import Refused
from rongbiao.texts.classes import SCHEMES
from rongbiao.texts.numbers import NotANumber, read_number

from .events import newest
from .numbering import bare
from .search import Order, address_of, asked
from .standard import Standard
from .subscription import Subscription

Kind = Subscription.Kind
FROM_ONE = 20  # requests from one network in an hour
HOUR = 3600
TO_ONE = 5  # letters of confirmation to one address in a day
DAY = 24 * HOUR
MOST = 100  # subscriptions of one address
WAITS = timedelta(days=7)  # a request that nobody confirmed is forgotten
# Written as a class of ICS, or as a class or a group of classes of CCS.
CODES = {
    "ics": re.compile(r"\d\d(?:\.\d{3}(?:\.\d\d)?)?"),
    "ccs": re.compile(r"[A-Z](?:\d{1,2}|\d\d/\d\d)?"),
}
LONGEST_QUERY, MOST_FIELDS, LONGEST_TARGET = 4000, 100, 600


def read_target(kind: str, target: str) -> str:
    """Return what is subscribed to in one form, or refuse in a sentence."""
    text = " ".join(target.replace("\0", "").split())
    if kind == Kind.STANDARD:
        written = text.replace("~", "/")
        # A key has lost its blanks and cannot always be read as a number: JISB0601 has no code.
        if known := held(written):
            return known
        try:
            return bare(read_number(written))
        except NotANumber as bad:
            raise Refused(_("没有读懂要订阅的标准编号：{why}").format(why=bad)) from bad
    if kind == Kind.CLASS:
        return read_class(text)
    if kind == Kind.QUERY:
        return read_query(text)
    raise Refused(_("只能订阅一项标准、一个检索条件或一个分类。"))


def held(key: str) -> str:
    """Return the key without its year of the standard that a key names, or nothing."""
    own = Standard.objects.filter(key=key).values_list("bare_key", flat=True).first()
    return own or (key if Standard.objects.filter(bare_key=key).exists() else "")


def read_class(text: str) -> str:
    """Return a class in one form.

    >>> read_class("ccs:a00~09"), read_class("ics:35.240")
    ('ccs:A00/09', 'ics:35.240')
    """
    scheme, _colon, said = text.partition(":")
    code = said.strip().upper().replace("~", "/")
    if scheme not in SCHEMES or not CODES[scheme].fullmatch(code):
        raise Refused(_("没有读懂要订阅的分类，应写作 ics:35.240 或 ccs:A00。"))
    return f"{scheme}:{code}"


def read_query(text: str) -> str:
    """Return a query string in one form, without what only turns or sorts pages.

    >>> read_query("?page=3&order=newest&status=current&q=%E5%86%B7%E9%93%BE&level=")
    'q=%E5%86%B7%E9%93%BE&status=current'
    """
    said = parse_qs(text.lstrip("?")[:LONGEST_QUERY], max_num_fields=MOST_FIELDS)
    found = address_of(replace(asked(said), order=Order.RELEVANCE, start=0))
    if not found:
        raise Refused(_("检索条件是空的，请先在标准检索页输入词或选择条件。"))
    if len(found) > LONGEST_TARGET:
        raise Refused(_("检索条件过长，请少选几项后再订阅。"))
    return found


def allowed(client: str) -> None:
    """Count a request against the network that it comes from; refused beyond the limit."""
    if not spend(f"subscribe-from:{client}", limit=FROM_ONE, seconds=HOUR):
        raise Refused(_("这一网络地址 1 小时内已提出 {n} 次订阅，请稍后再试。").format(n=FROM_ONE))


@transaction.atomic
def ask(
    kind: str,
    target: str,
    address: str,
    *,
    language: str,
    day: date,
    person: Person | None = None,
) -> Subscription | None:
    """Take down a request; return the subscription to write to, or None if none is written to.

    None stands for an address that had its letters of the day or has all it may have.
    """
    read = read_target(kind, target)
    known = address.strip().casefold()
    secret = hashlib.sha256(known.encode()).hexdigest()
    if not spend(f"subscribe-to:{secret}", limit=TO_ONE, seconds=DAY):
        return None
    own = Subscription.objects.filter(address=known)
    row = own.filter(kind=kind, target=read).first()
    if row is None and own.count() >= MOST:
        return None
    if row is None:
        row, _new = Subscription.objects.get_or_create(
            address=known,
            kind=kind,
            target=read,
            defaults={"language": language, "since": day, "person": person},
        )
    elif row.confirmed_on is None:
        row.since, row.language, row.person = day, language, row.person or person
        row.save(update_fields=["since", "language", "person"])
    return row


@transaction.atomic
def confirm(row: Subscription, day: date) -> Subscription:
    """The owner of the address says yes; news counts from now on."""
    row = Subscription.objects.select_for_update().get(pk=row.pk)
    if row.confirmed_on is None:
        row.confirmed_on = day
        row.told = newest()
        row.save(update_fields=["confirmed_on", "told"])
    return row


def end(row: Subscription) -> None:
    """End a subscription: nothing of it is kept."""
    Subscription.objects.filter(pk=row.pk).delete()


def siblings(row: Subscription):
    """Return every subscription of the same address; the holder of one token manages all."""
    return Subscription.objects.filter(address=row.address)


def sweep(day: date) -> int:
    """Forget requests that nobody confirmed in a week; return how many."""
    gone, _each = Subscription.objects.filter(confirmed_on=None, since__lt=day - WAITS).delete()
    return gone
