"""What is done with tokens (接口令牌): made, shown once, revoked, recognized."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import journal
from .models import Post, Reply, Token
from .refused import Refused

MARK = "rb_"  # so that a token found in a script is known for one
LONGEST_DAYS = 366
MOST = 20  # good tokens of one post
SEEN_SECONDS = 60  # how finely the last use is noted: not one write for each question
KEPT_DAYS = 7  # answers to writes


def digest_of(words: str) -> str:
    """Return what is kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(words.encode(errors="replace")).hexdigest()


@transaction.atomic
def make(
    post: Post, name: str, scope: str, until: date, *, actor: Post | None, day: date
) -> tuple[Token, str]:
    """Make a token for a post; return it and its words, which nobody can read again.

    ``actor`` is None at the console of the installation.
    """
    Post.objects.select_for_update().get(pk=post.pk)
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise Refused(_("请写明令牌的用途，例如使用它的系统的名称。"))
    if scope == Token.Scope.WRITE and not post.is_officer:
        raise Refused(_("登记标准的令牌只发给联席会议办公室经办人。"))
    if scope not in Token.Scope.values:
        raise Refused(_("没有“{scope}”这种权限。").format(scope=scope[:20]))
    if not day <= until <= day + timedelta(days=LONGEST_DAYS):
        raise Refused(
            _("有效期应在 {day} 至 {last} 之间，最长 {n} 天。").format(
                day=day, last=day + timedelta(days=LONGEST_DAYS), n=LONGEST_DAYS
            )
        )
    if post.tokens.filter(revoked_at=None, until__gte=day).count() >= MOST:
        raise Refused(_("这一任职已有 {n} 个有效令牌，请先作废不用的。").format(n=MOST))
    words = MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(
        post=post,
        name=name[:100],
        digest=digest_of(words),
        start=words[:8],
        scope=scope,
        until=until,
    )
    journal.write(actor, "make-token", token, day=day, scope=scope, until=until.isoformat())
    return token, words


@transaction.atomic
def revoke(token: Token, *, actor: Post | None, day: date) -> None:
    """End a token at once; ending it again changes nothing. ``actor`` is None at the console."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        journal.write(actor, "revoke-token", token, day=day)


def recognize(words: str, day: date, *, calendar: bool = False) -> Token | None:
    """Return the good token of these words, its post held and its person in office; or None.

    ``calendar``: the words stand in the address of a calendar. Such a token opens nothing
    else, and no other token opens a calendar.
    """
    tokens = Token.objects.select_related("post__person", "post__organization")
    token = tokens.filter(digest=digest_of(words)).first() if words.startswith(MARK) else None
    if token is None or not token.holds_on(day):
        return None
    if (token.scope == Token.Scope.CALENDAR) != calendar:
        return None
    return token if token.post.holds_on(day) and token.post.person.is_active else None


def note_use(token: Token, moment: datetime) -> None:
    """Note when a token was used, at most once a minute."""
    if token.used_at is None or (moment - token.used_at).total_seconds() >= SEEN_SECONDS:
        Token.objects.filter(pk=token.pk).update(used_at=moment)


def forget_replies(moment: datetime) -> int:
    """Forget the answers to writes that nobody will ask for again; return how many."""
    gone, _each = Reply.objects.filter(at__lt=moment - timedelta(days=KEPT_DAYS)).delete()
    return gone
