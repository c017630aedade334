"""Sealing (密封): words that nobody who reads the database can read before they are opened.

The key is derived from the installation's secret, which stands in its environment and
never in the database (HKDF-SHA-256, one key per purpose; AES-256-GCM). Sealed words are
padded to one length, so that a yes and a no look alike. Whoever holds the database and
the environment together can open them: keep the two in different hands.
"""

import base64
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PADDED = 1024  # sealed words fill whole blocks of so many bytes
NONCE = 12


class Broken(ValueError):
    """Sealed words that were altered, or sealed for something else or by another secret."""


def _cipher(purpose: str) -> AESGCM:
    derive = HKDF(SHA256(), 32, salt=b"rongbiao seal 1", info=purpose.encode())
    return AESGCM(derive.derive(settings.SECRET_KEY.encode()))


def seal(purpose: str, words: dict[str, Any]) -> str:
    """Return words sealed for a purpose, which must be named again to open them."""
    plain = json.dumps(words, ensure_ascii=False).encode()
    plain += b" " * (-len(plain) % PADDED)
    nonce = os.urandom(NONCE)
    closed = _cipher(purpose).encrypt(nonce, plain, purpose.encode())
    return base64.b64encode(nonce + closed).decode()


def open_seal(purpose: str, sealed: str) -> dict[str, Any]:
    """Return the words; raises Broken when they are not what was sealed for this purpose."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        plain = _cipher(purpose).decrypt(raw[:NONCE], raw[NONCE:], purpose.encode())
    except (ValueError, InvalidTag) as bad:
        raise Broken("密封的内容已被改动，或不是由本平台密封的。") from bad
    opened: dict[str, Any] = json.loads(plain)
    return opened
