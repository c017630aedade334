"""Limits (限制): how often one may try, from where, and how long a session lasts.

Counting is exact and shared by all workers, because it is done in the database
(``parties.allowance``). The reasons stand in docs/threats.md.
"""

import time
import unicodedata
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Self

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rongbiao.parties.allowance import give_back, spend

FAILURES = 30  # failed sign-ins from one address in …
FAILURES_SECONDS = 300
CODES = 5  # wrong codes, or wrong current passwords, of one person in …
CODES_SECONDS = 300
CODE_SECONDS = 30  # a one-time code lives this long; RFC 6238 section 5.2
LOCKED_SECONDS = 1800  # axes: AXES_COOLOFF_TIME
SEEN_EVERY = 60  # how finely idleness is noted, in seconds: not one write for each page

BEGAN = "began_at"
SEEN = "seen_at"


def address_of(request: HttpRequest) -> str:
    """Return the address of the client; X-Forwarded-For counts only behind declared proxies.

    The last ``ALLAUTH_TRUSTED_PROXY_COUNT`` names in the header were written by our own
    proxies; what stands before them was written by the client and proves nothing. All
    addresses of one IPv6 network of 64 bits are one client.
    """
    named = request.META.get("REMOTE_ADDR", "")
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < proxies <= len(forwarded):
        named = forwarded[-proxies].strip()
    try:
        address = ip_address(named.partition("%")[0])
    except ValueError:
        return "0.0.0.0"  # noqa: S104  no client of ours: a unix socket, or rubbish
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network(f"{address}/64", strict=False).network_address)
    return str(address)


def name_of(request: HttpRequest, credentials: dict | None = None) -> str:
    """Return the user name that is being tried, in one spelling.

    axes asks for it; read from its own field it would find nothing in allauth's
    form, and all names of one office would share one counter.
    """
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return unicodedata.normalize("NFKC", given).replace("\0", "").strip().casefold()[:150]


def locked_out(request: HttpRequest, response: HttpResponse, credentials=None) -> HttpResponse:
    """Answer somebody whose name is locked at this address, whether or not it exists."""
    words = _(
        "该账号在这一网络地址连续输错 5 次密码，已暂停登录 30 分钟。"
        "请稍后再试，或从其他网络地址登录。"
    )
    answer = render(request, "account/locked.html", {"words": words}, status=429)
    answer["Retry-After"] = str(LOCKED_SECONDS)
    return answer


class Tries:
    """A number of wrong tries in a time; a right one costs nothing.

    Entering spends one try and raises ValidationError when none is left; leaving
    gives it back, unless with an exception or with ``right`` set to False. What runs
    at the same time cannot try more often than what runs one after the other.
    """

    def __init__(self, key: str, limit: int, seconds: int, words: str) -> None:
        self.key, self.limit, self.seconds, self.words = key, limit, seconds, words
        self.right = True

    def __enter__(self) -> Self:
        if not spend(self.key, limit=self.limit, seconds=self.seconds):
            raise ValidationError(self.words, code="too_many_tries")
        return self

    def __exit__(self, kind, error, trace) -> None:
        if kind is None and self.right:
            give_back(self.key, seconds=self.seconds)


def use_once(person_key: int, code: str) -> bool:
    """Mark a one-time code of a person as used; tell whether it was unused.

    Windows of 30 seconds are those of RFC 6238 itself, so a code never lives in two.
    """
    return spend(f"code-used:{person_key}:{code}", limit=1, seconds=CODE_SECONDS)


class SessionLimitMiddleware:
    """End a session that was idle too long or began too long ago, whatever its cookie says."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self.judge(request)
        return self.get_response(request)

    def judge(self, request: HttpRequest) -> None:
        """Let the session go on, or sign its person out with the reason."""
        now = int(time.time())
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.get(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            words = _("您已有一段时间没有操作，为安全起见已退出，请重新登录。")
        elif now - began > settings.SESSION_WHOLE_SECONDS:
            words = _("本次登录已满最长时限，请重新登录。")
        else:
            if SEEN not in request.session or now - seen >= SEEN_EVERY:
                request.session[SEEN] = now
            return
        logout(request)
        messages.warning(request, words)
