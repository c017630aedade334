"""``rongbiao token``: tokens of the API, made, listed and revoked at the console."""

import argparse
import json
from datetime import date, timedelta

from django.utils import timezone

from rongbiao.parties import tokens
from rongbiao.parties.models import Post, Token
from rongbiao.parties.refused import Refused
from rongbiao.shell.complaint import Complaint

DAYS = 90


def run(asked: argparse.Namespace) -> int:
    """Make a token for somebody's post, revoke one, or list those that are good."""
    try:
        if asked.revoke:
            return revoke(asked.revoke)
        return make(asked) if asked.username else listing(asked)
    except Refused as refused:
        raise Complaint(str(refused)) from refused


def make(asked: argparse.Namespace) -> int:
    """Make a token and print it, once."""
    day = timezone.localdate()
    posts = Post.objects.on(day).filter(person__username=asked.username, person__is_active=True)
    post = posts.filter(**({"role": asked.role} if asked.role else {})).order_by("pk").first()
    if post is None:
        raise Complaint(f"账号“{asked.username}”今天没有可用的任职。")
    try:
        until = date.fromisoformat(asked.until) if asked.until else day + timedelta(days=DAYS)
    except ValueError:
        raise Complaint(f"日期“{asked.until}”无法识别，应写作 2025-09-30。") from None
    scope = Token.Scope.WRITE if asked.write else Token.Scope.READ
    token, words = tokens.make(post, asked.name or "", scope, until, actor=None, day=day)
    if asked.json:
        said = {"token": words, "start": token.start, "scope": scope, "until": until.isoformat()}
        print(json.dumps(said, ensure_ascii=False))
    else:
        print(
            f"{words}\n已为{post}生成，{token.get_scope_display()}，有效期至{until}。只显示这一次。"
        )
    return 0


def revoke(start: str) -> int:
    """Revoke the tokens that begin so: as listed, eight letters tell one."""
    found = list(Token.objects.filter(start=start[:8], revoked_at=None))
    if len(start) < 8 or not found:
        raise Complaint(f"没有以“{start}”开头的有效令牌。")
    for token in found:
        tokens.revoke(token, actor=None, day=timezone.localdate())
        print(f"已作废：{token}。")
    return 0


def listing(asked: argparse.Namespace) -> int:
    """List the tokens that are good today."""
    day = timezone.localdate()
    rows = Token.objects.filter(revoked_at=None, until__gte=day)
    for row in rows.select_related("post__person", "post__organization"):
        used = timezone.localtime(row.used_at).strftime("%Y-%m-%d %H:%M") if row.used_at else None
        said = {"start": row.start, "name": row.name, "post": str(row.post), "scope": row.scope,
                "until": row.until.isoformat(), "used": used}  # fmt: skip
        if asked.json:
            print(json.dumps(said, ensure_ascii=False))
        else:
            words = f"{row.start}… {row.name} {row.post} {row.get_scope_display()}"
            print(f"{words} 至{row.until} 最近使用：{used or '无'}")
    return 0
