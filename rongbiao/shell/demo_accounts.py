"""The demonstration accounts: their passwords stay on this machine, readable by its owner only."""

import json
import secrets
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.conf import settings

from rongbiao.parties.models import Person
from rongbiao.shell.complaint import Complaint


def path():
    """Return where the accounts are kept."""
    return settings.VAR / "demo.json"


def remember(rows: list[dict]) -> None:
    """Keep accounts and passwords for the owner of this installation only."""
    path().touch(mode=0o600)
    path().write_text(json.dumps(rows, ensure_ascii=False))


def forget() -> None:
    """Forget them."""
    path().unlink(missing_ok=True)


def rows() -> list[dict]:
    """Return account, password, who and whether a second factor is asked, of each account."""
    if not path().exists():
        return []
    return json.loads(path().read_text())


def new_password() -> str:
    """Return a password that a person can type."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))


def second_factor(person: Person) -> None:
    """Give a demonstration account a second factor, as its owner would with an app."""
    TOTP.activate(person, generate_totp_secret())


def code(account: str) -> str:
    """Return the code of a demonstration account at this moment."""
    factor = Authenticator.objects.filter(
        user__username=account, user__demonstration=True, type=Authenticator.Type.TOTP
    ).first()
    if factor is None:
        raise Complaint(f"没有名为“{account}”、要用动态验证码的演示账号。")
    secret = decrypt(factor.data["secret"])
    counter = next(iter(yield_hotp_counters_from_time()))
    left = 30 - int(time.time()) % 30
    return f"{format_hotp_value(hotp_value(secret, counter))}（还有 {left} 秒有效）"
