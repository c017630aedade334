"""E-mail: how letters leave, by what the installation has set (docs/operations.md)."""

from typing import Any
from urllib.parse import unquote, urlsplit

from rongbiao.environment import ENV

BACKENDS = "django.core.mail.backends"
TIMEOUT = 20  # seconds for a mail server to answer


def mail(address: str) -> dict[str, Any]:
    """Return Django's settings for a mail server; empty writes letters into files.

    >>> mail("smtp+starttls://post:secret@mail.example:587")["EMAIL_USE_TLS"]
    True
    """
    if not address:
        return {
            "EMAIL_BACKEND": f"{BACKENDS}.filebased.EmailBackend",
            "EMAIL_FILE_PATH": ENV.var / "mail",
        }
    if address == "console":
        return {"EMAIL_BACKEND": f"{BACKENDS}.console.EmailBackend"}
    parts = urlsplit(address)
    return {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme.endswith("+starttls"),
        "EMAIL_TIMEOUT": TIMEOUT,
    }


globals().update(mail(ENV.mail))
DEFAULT_FROM_EMAIL = ENV.mail_from
SITE_ADDRESS = ENV.address
