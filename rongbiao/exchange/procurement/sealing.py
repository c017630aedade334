"""Sealing (封存): what was read goes to the reader's own page, signed, and is kept nowhere here."""

from __future__ import annotations

from django.core import signing
from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused

from .tender import Tender

SALT = "rongbiao.procurement"
SECONDS = 24 * 3600
LARGEST = 4 * 1024 * 1024  # characters: what a form may send


def sealed(tender: Tender) -> str:
    """Return a tender as signed letters; empty where it is too large for a form."""
    said = signing.dumps(tender.to_json(), salt=SALT, compress=True)
    return said if len(said) <= LARGEST else ""


def opened(said: str) -> Tender:
    """Return the tender that :func:`sealed` gave; refuse what was changed or is a day old."""
    try:
        return Tender.from_json(signing.loads(said, salt=SALT, max_age=SECONDS))
    except signing.SignatureExpired as bad:
        raise Refused(_("清单是一天以前生成的，标准状态可能已变，请重新上传采购文件。")) from bad
    except signing.BadSignature as bad:
        raise Refused(_("清单不完整或者已被改动，请重新上传采购文件。")) from bad
