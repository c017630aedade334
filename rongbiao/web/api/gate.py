"""The doors of the API (接口门禁): counted, by token or address, with ETags.

``data``: whoever may read the public pages; while the city keeps its board closed, a token
or a session opens it. ``token``: only a token that may write; a session never does, so no
page of another site can borrow it, and no form token is needed.
"""

import hashlib
import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _

from rongbiao.parties import tokens
from rongbiao.parties.allowance import spend
from rongbiao.parties.models import Act, Token
from rongbiao.standards.models import Event
from rongbiao.web.acting import posts_held, usable
from rongbiao.web.limits import address_of

from .problems import problem

View = Callable[..., HttpResponseBase]
SECONDS = 60
# What of the journal changes the register of standards.
ENTERS = ("batch", "load", "loaded", "enter-standard", "edit-standard")


def token_of(request: HttpRequest) -> Token | None:
    """Return the good token that a request bears, its post usable as on a page; or None."""
    scheme, _space, words = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    token = tokens.recognize(words.strip(), timezone.localdate())
    return token if token is not None and in_use(token) else None


def in_use(token: Token) -> bool:
    """Tell whether the post of a token is held and, for guarded roles, proved."""
    held = posts_held(token.post.person)
    return any(post.pk == token.post_id and usable(post) for post in held)


def refused_token() -> HttpResponse:
    """Answer a token that is not good, without saying why not."""
    words = _("令牌无效、已过期、已作废，或所属任职已经终止。请在账号安全页重新生成。")
    answer = problem("token-refused", words)
    answer["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return answer


def needed_token(words: str) -> HttpResponse:
    """Ask for a token."""
    answer = problem("token-needed", words)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def counted(request: HttpRequest, token: Token | None) -> HttpResponse | None:
    """Spend one use of the token or the address; return the answer when none is left."""
    limit = settings.API_TOKEN_MINUTE if token else settings.API_MINUTE
    key = f"api:token:{token.pk}" if token else f"api:{address_of(request)}"
    if spend(key, limit=limit, seconds=SECONDS):
        return None
    words = _("每分钟最多请求 {n} 次，已经用完，请按 Retry-After 所示的秒数后再试。").format(
        n=limit
    )
    answer = problem("too-often", words, limit=limit)
    answer["Retry-After"] = str(SECONDS - int(time.time()) % SECONDS)
    return answer


def entered(request: HttpRequest) -> HttpResponse | None:
    """Recognize and count who asks; return the answer to whoever is not let in."""
    token = token_of(request)
    if (refused := counted(request, token)) is not None:
        return refused
    if token is None and "Authorization" in request.headers:
        return refused_token()
    request.token = token
    if token is not None:
        tokens.note_use(token, timezone.now())
    return None


def data(view: View) -> View:
    """Open a reading address to programs, as the public pages are open."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        refused = entered(request)
        if refused is not None:
            return refused
        if not (settings.PUBLIC_BOARD or request.token or request.user.is_authenticated):
            return needed_token(_("本市未向公众开放数据，请在请求中附上令牌。"))
        if request.method not in {"GET", "HEAD"}:
            other = problem("method", _("这一地址只能读取（GET）。"))
            other["Allow"] = "GET, HEAD"
            return other
        head, request.method = request.method == "HEAD", "GET"
        answer = tagged(request, view(request, *args, **kwargs))
        request.method = "HEAD" if head else "GET"
        if head:
            return without_body(answer)
        return answer

    guarded.door = "data"
    guarded.csrf_exempt = True  # whatever is not a reading is refused above, as programs expect
    guarded.login_required = True
    return login_not_required(guarded)


def without_body(answer: HttpResponseBase) -> HttpResponse:
    """Return what an answer says about itself."""
    bare = HttpResponse(status=answer.status_code, headers=dict(answer.headers))
    if isinstance(answer, HttpResponse):
        bare["Content-Length"] = str(len(answer.content))
    return bare


def may_not_write(token: Token | None) -> HttpResponse | None:
    """Return the answer to whoever has no token, or one that only reads."""
    if token is None:
        return needed_token(_("登记须附可写的令牌：Authorization: Bearer 令牌。"))
    if token.scope != Token.Scope.WRITE:
        return problem("not-allowed", _("这一令牌只能读取，不能登记。"))
    return None


def by_token(view: View) -> View:
    """Open a writing address to tokens that may write."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if request.method != "POST":
            answer = problem("method", _("这一地址只能提交（POST）。"))
            answer["Allow"] = "POST"
            return answer
        refused = entered(request) or may_not_write(request.token)
        return refused or view(request, *args, **kwargs)

    guarded.door = "token"
    guarded.csrf_exempt = True
    guarded.login_required = True
    return login_not_required(guarded)


def last_change() -> datetime | None:
    """Return when the register last changed, as far as the journal and the events say."""
    acts = Act.objects.filter(verb__in=ENTERS).order_by("-id").values_list("at", flat=True)
    events = Event.objects.order_by("-id").values_list("at", flat=True)
    return max((at for at in (acts.first(), events.first()) if at), default=None)


def tagged(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Give a good answer the hash of its content as ETag; answer 304 to whoever has it."""
    if answer.status_code != 200:
        return answer
    if isinstance(answer, HttpResponse) and not answer.has_header("ETag"):
        answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    if not answer.has_header("ETag"):
        return answer
    if not answer.has_header("Last-Modified") and (last := last_change()) is not None:
        answer["Last-Modified"] = http_date(last.timestamp())
    answer.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(answer, ("Authorization",))
    return get_conditional_response(request, answer["ETag"], None, answer)  # type: ignore[arg-type, return-value]
