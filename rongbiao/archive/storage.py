"""Storage that a power cut cannot empty: file and folder are on disk before a row commits."""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage


def settle(path: Path) -> None:
    """Write a file or folder through to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class DurableStorage(FileSystemStorage):
    """Django's storage, plus fsync of the file and of every folder above it."""

    def _save(self, name, content):
        saved = super()._save(name, content)
        path = Path(self.path(saved))
        settle(path)
        folder = path.parent
        top = Path(self.location)
        while folder != top and top in folder.parents:
            settle(folder)
            folder = folder.parent
        settle(top)
        return saved
