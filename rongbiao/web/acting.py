"""In which post is this person acting? One at a time, chosen in the top bar."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongbiao.parties.models import Post
from rongbiao.web.doors import signed_in

KEY = "acting_post"


def posts_of(request: HttpRequest) -> list[Post]:
    """Return the posts that the person signed in holds today."""
    if not request.user.is_authenticated:
        return []
    held = Post.objects.on(timezone.localdate()).filter(person=request.user)
    return list(held.select_related("organization", "person"))


def actor_of(request: HttpRequest) -> Post | None:
    """Return the post acted in: the chosen one while it is held, else the first held."""
    held = request.posts
    chosen = request.session.get(KEY) if held else None
    return next((post for post in held if post.pk == chosen), held[0] if held else None)


class ActingMiddleware:
    """Put ``request.posts`` and ``request.actor`` within reach; both are read when first used."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.posts = SimpleLazyObject(lambda: posts_of(request))
        request.actor = SimpleLazyObject(lambda: actor_of(request))
        return self.get_response(request)


@signed_in
@require_POST
def act_in(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own posts from now on."""
    wanted = request.POST.get("post", "")
    if any(str(post.pk) == wanted for post in request.posts):
        request.session.cycle_key()
        request.session[KEY] = int(wanted)
    else:
        messages.error(request, _("您没有这一任职，未切换。"))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return redirect(back if safe else "home")
