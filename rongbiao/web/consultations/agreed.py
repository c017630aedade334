"""Agreed (赞同数): how many share an opinion, and whether the browser that asks does."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from rongbiao.cases.models import Agreement

COOKIE, YEAR = "agrees", 365 * 86_400  # seconds


def word_of(request: HttpRequest) -> str:
    """Return the random word of a browser; nothing where it has none, or one that is not ours."""
    return str(request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=YEAR))


def voter(word: str, entry: int) -> str:
    """Return what stands for a browser on one opinion."""
    return salted_hmac("rongbiao.agreement", f"{word}:{entry}", algorithm="sha256").hexdigest()


def agreed(request: HttpRequest, entries: Iterable[int]) -> dict[int, tuple[int, bool]]:
    """Return how many share each of some opinions, and whether this browser does; one query."""
    keys, word = list(entries), word_of(request)
    mine = [voter(word, key) for key in keys] if word else []
    rows = Agreement.objects.filter(entry__in=keys).order_by().values_list("entry")
    counted = rows.annotate(n=Count("pk"), own=Count("pk", filter=Q(voter__in=mine)))
    return {entry: (n, bool(own)) for entry, n, own in counted}


def counts(entries: Iterable[int]) -> dict[int, int]:
    """Return how many share each of some opinions; one query."""
    rows = Agreement.objects.filter(entry__in=list(entries)).order_by().values_list("entry")
    return dict(rows.annotate(Count("pk")))
