"""In which post is this person acting? One at a time, chosen in the top bar."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongbiao.parties.models import Person, Post
from rongbiao.web.doors import signed_in, to_second_factor

KEY = "acting_post"
# Whoever acts in one of these signs in with a second factor, always.
GUARDED_ROLES = frozenset({Post.Role.OFFICER, Post.Role.ADMINISTRATOR, Post.Role.AUDITOR})


def posts_held(person: Person) -> list[Post]:
    """Return the posts that a person holds today; ``proved`` tells whether a TOTP key stands."""
    key = Authenticator.objects.filter(
        user_id=OuterRef("person_id"), type=Authenticator.Type.TOTP.value
    )
    held = Post.objects.on(timezone.localdate()).filter(person=person).annotate(proved=Exists(key))
    return list(held.select_related("organization", "person"))


def usable(post: Post) -> bool:
    """Tell whether the post may be acted in: a guarded role needs its second factor."""
    return post.proved or post.role not in GUARDED_ROLES


def posts_of(request: HttpRequest) -> list[Post]:
    """Return the posts that the person signed in holds today."""
    return posts_held(request.user) if request.user.is_authenticated else []


def actor_of(request: HttpRequest) -> Post | None:
    """Return the post acted in: the chosen one while it is held, else the first that may be used.

    A guarded role without its second factor is never acted in, on any page.
    """
    held = [post for post in request.posts if usable(post)]
    chosen = request.session.get(KEY) if held else None
    return next((post for post in held if post.pk == chosen), held[0] if held else None)


class ActingMiddleware:
    """Put ``request.posts``, ``.unproved`` and ``.actor`` within reach, by one query.

    Read at once and not lazily: ``request.actor is None`` must mean what it says.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.posts = posts_of(request)
        request.unproved = [post for post in request.posts if not usable(post)]
        request.actor = actor_of(request)
        return self.get_response(request)


def renew(request: HttpRequest) -> None:
    """Give the session a new id, and keep it in the person's own list of sessions."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


@signed_in
@require_POST
def act_in(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own posts from now on."""
    wanted = request.POST.get("post", "")
    post = next((post for post in request.posts if str(post.pk) == wanted), None)
    if post is not None and not usable(post):
        return to_second_factor(request)
    if post is None:
        messages.error(request, _("您没有这一任职，未切换。"))
    else:
        renew(request)
        request.session[KEY] = post.pk
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return redirect(back if safe else "home")
