"""Doors (门禁): who may open a page. Every view has one; tests/web/doors.toml lists them."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties.models import Post
from rongbiao.standards.declaring import declares

View = Callable[..., HttpResponseBase]
METHODS = ("GET", "HEAD", "POST")


def _opened(door: str, view: View, refuse: Callable[[HttpRequest], HttpResponse | None]) -> View:
    """Return a view behind a door: pages are read and forms are posted, nothing else is answered.

    ``refuse`` gives the answer to whoever may not enter, or None.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        refused = refuse(request)
        if refused is not None:
            return refused
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return view(request, *args, **kwargs)

    guarded.door = door
    # A door decides by itself: what the view inside said about signing in does not count.
    guarded.login_required = True
    return guarded


def public(view: View) -> View:
    """Anyone may open the page."""
    return login_not_required(_opened("public", view, lambda request: None))


def published(view: View) -> View:
    """Anyone may open the page while the city publishes its board; otherwise who is signed in."""

    def refuse(request: HttpRequest) -> HttpResponse | None:
        if settings.PUBLIC_BOARD or request.user.is_authenticated:
            return None
        return redirect_to_login(request.get_full_path())

    return login_not_required(_opened("published", view, refuse))


def signed_in(view: View) -> View:
    """Whoever is signed in may open the page."""
    return _opened("signed_in", view, lambda request: None)


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead to the page where the second factor is set up, and say why."""
    words = _("经办人、系统管理员和审计员须先启用动态口令，才能以该任职办事。")
    messages.warning(request, words)
    return redirect_to_login(
        request.get_full_path() if request.method == "GET" else "/",
        resolve_url("mfa_activate_totp"),
    )


def _held_by(door: str, test: Callable[[Post], bool], refusal: Promise) -> Callable[[View], View]:
    """Return a door for posts: acting in one that passes the test opens it."""

    def refuse(request: HttpRequest) -> HttpResponse | None:
        if request.actor and test(request.actor):
            return None
        if any(test(post) for post in request.unproved):
            return to_second_factor(request)
        raise PermissionDenied(str(refusal))

    return lambda view: _opened(door, view, refuse)


post_holder = _held_by(
    "post_holder",
    lambda post: True,
    gettext_lazy("您目前没有任职，不能打开此页。请联系系统管理员登记任职。"),
)
officer = _held_by(
    "officer",
    lambda post: post.is_officer,
    gettext_lazy("此页由联席会议办公室经办人使用。如您另有该任职，请先在页面右上角切换。"),
)
administrator = _held_by(
    "administrator",
    lambda post: post.is_administrator,
    gettext_lazy("此页由系统管理员使用。如您另有该任职，请先在页面右上角切换。"),
)
auditor = _held_by(
    "auditor",
    lambda post: post.role in {"auditor", "administrator"},
    gettext_lazy("此页由审计员使用。如您另有该任职，请先在页面右上角切换。"),
)


expert = _held_by(
    "expert",
    lambda post: post.role == Post.Role.EXPERT,
    gettext_lazy("此页由专家使用。如您另有该任职，请先在页面右上角切换。"),
)
office = _held_by(
    "office",
    lambda post: post.is_officer or post.role == Post.Role.AUDITOR,
    gettext_lazy("此页由联席会议办公室经办人和审计员使用。如您另有该任职，请先在页面右上角切换。"),
)

declarer = _held_by(
    "declarer",
    declares,
    gettext_lazy("此页由企业的经办人和负责人使用。还没有账号的，请先申请企业账号。"),
)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell that a form came without its token: cookies are off, or the page stood open too long."""
    return render(request, "403_csrf.html", status=403)
