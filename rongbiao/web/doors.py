"""Doors (门禁): who may open a page. Every view has exactly one; a test holds them in a table."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Anyone may open the page."""
    view = login_not_required(view)
    view.door = "public"
    return view


def published(view: View) -> View:
    """Anyone may open the page while the city publishes its board; otherwise who is signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if settings.PUBLIC_BOARD or request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path())

    guarded = login_not_required(guarded)
    guarded.door = "published"
    return guarded


def signed_in(view: View) -> View:
    """Whoever is signed in may open the page."""
    view.door = "signed_in"
    return view


def _held_by(door: str, test: Callable, refusal: str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.actor or not test(request.actor):
                raise PermissionDenied(_(refusal))
            return view(request, *args, **kwargs)

        guarded.door = door
        return guarded

    return mark


post_holder = _held_by(
    "post_holder", lambda actor: True, "您目前没有任职，不能打开此页。请联系系统管理员登记任职。"
)
officer = _held_by(
    "officer",
    lambda actor: actor.is_officer,
    "此页由联席会议办公室经办人使用。如您另有该任职，请先在页面右上角切换。",
)
administrator = _held_by(
    "administrator",
    lambda actor: actor.is_administrator,
    "此页由系统管理员使用。如您另有该任职，请先在页面右上角切换。",
)
auditor = _held_by(
    "auditor",
    lambda actor: actor.role in {"auditor", "administrator"},
    "此页由审计员使用。如您另有该任职，请先在页面右上角切换。",
)
