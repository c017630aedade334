"""What every bench of pages wants: static files without a manifest, which nobody gathers for it."""

from __future__ import annotations

from django.conf import settings

PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def plain_static() -> None:
    """Serve static files as they lie."""
    settings.STORAGES = settings.STORAGES | PLAIN
