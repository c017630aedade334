"""Storage that a power cut cannot empty: file and folder are on disk before a row commits."""

import hashlib
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
        self._settle_with_folders(Path(self.path(saved)))
        return saved

    def holds(self, name: str, sha256: str) -> bool:
        """Tell whether a file is here whole; what is told to be here is on the disk."""
        path = Path(self.path(name))
        try:
            with path.open("rb") as file:
                whole = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False
        if whole:
            self._settle_with_folders(path)
        return whole

    def _settle_with_folders(self, path: Path) -> None:
        settle(path)
        folder = path.parent
        top = Path(self.location)
        while folder != top and top in folder.parents:
            settle(folder)
            folder = folder.parent
        settle(top)
