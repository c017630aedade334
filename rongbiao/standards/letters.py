"""Sending letters (发信): each once; what could not be sent is tried again later."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q
from django.utils import timezone

from .letter import Letter
from .subscription import new_token

CLAIM = timedelta(minutes=10)  # a process that died while sending gives its letter back
END = b"-" * 79 + b"\n"  # what Django writes after each letter in a file
KEPT = timedelta(days=7)  # a letter that could not be sent for so long is dropped

logger = logging.getLogger("rongbiao.letters")


def write(address: str, subject: str, text: str, html: str = "", *, end_link: str = "") -> Letter:
    """Write a letter; it is sent by ``send`` after the transaction is committed."""
    return Letter.objects.create(
        address=address,
        subject=" ".join(subject.split())[:300],
        text=text,
        html=html,
        end_link=end_link,
        number=new_token(),
    )


def forget(address: str, words: str) -> int:
    """Drop the letters to an address that speak of some words and have not left; return how many.

    They wait, or lie in the folder into which an installation without a mail server writes.
    """
    gone, _each = Letter.objects.filter(address=address, text__contains=words).delete()
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", "") or "/nowhere")
    return gone + sum(_cut(path, address, words) for path in folder.glob("*.log"))


def _cut(path: Path, address: str, words: str) -> int:
    """Take the letters to an address that speak of some words out of a file of Django's; count them."""
    whole = path.read_bytes().split(END)
    kept = [one for one in whole if not _speaks(one, address, words)]
    if len(kept) < len(whole):
        path.write_bytes(END.join(kept))
    return len(whole) - len(kept)


def _speaks(raw: bytes, address: str, words: str) -> bool:
    letter = message_from_bytes(raw.lstrip(), policy=policy.default)
    body = letter.get_body(("plain",)) if letter["To"] else None
    return (
        body is not None and parseaddr(letter["To"])[1] == address and words in body.get_content()
    )


def send(only: Iterable[int] | None = None) -> tuple[int, int]:
    """Send what waits, or only some of it; return how many went out and how many did not."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    waiting = Letter.objects.filter(free)
    if only is not None:
        waiting = waiting.filter(pk__in=list(only))
    sent, failed, connection = 0, 0, None
    for pk in list(waiting.values_list("pk", flat=True)):
        if not Letter.objects.filter(free, pk=pk).update(claimed_at=now, tries=F("tries") + 1):
            continue  # somebody else is at it
        connection = connection or get_connection()
        if _send_one(Letter.objects.get(pk=pk), connection):
            Letter.objects.filter(pk=pk).delete()
            sent += 1
        else:
            failed += 1
    if connection is not None:
        connection.close()
    return sent, failed


def _send_one(letter: Letter, connection) -> bool:
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{letter.number}@{host}>", "Auto-Submitted": "auto-generated"}
    if letter.end_link:
        headers["List-Unsubscribe"] = f"<{letter.end_link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    mail = EmailMultiAlternatives(
        letter.subject, letter.text, to=[letter.address], headers=headers, connection=connection
    )
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    try:
        mail.send()
    except Exception as why:  # noqa: BLE001  whatever the server said: the letter waits
        logger.warning("第 %d 封待发邮件未发出：%s", letter.pk, type(why).__name__)
        return False
    return True


def sweep(moment: datetime) -> int:
    """Drop the letters that could not be sent for a week; return how many."""
    gone, _each = Letter.objects.filter(made_at__lt=moment - KEPT).delete()
    return gone
