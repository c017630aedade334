"""What the archive keeps."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


def place(file: "File", name: str) -> str:
    """Return where content is kept: by its hash, never by an outsider's name."""
    return f"{file.sha256[:2]}/{file.sha256}"


class Files(models.Manager["File"]):
    """Reading and keeping files."""

    def keep(self, content: bytes, name: str, media: str, *, demonstration=False) -> "File":
        """Keep content under its SHA-256 and return its row; the same content is kept once.

        ``name`` is what the sender called it, shown but never used as a path;
        ``media`` is the media type that was established from the content.
        """
        digest = hashlib.sha256(content).hexdigest()
        with transaction.atomic():
            file, new = self.get_or_create(
                sha256=digest,
                name=name[-200:],
                defaults={"size": len(content), "media": media, "demonstration": demonstration},
            )
            if new:
                path = place(file, name)
                storage: Any = file.content.storage  # a DurableStorage, whatever wraps it
                if storage.holds(path, digest):
                    file.content.name = path
                else:  # nothing there, or what a power cut left of it
                    storage.delete(path)
                    file.content.save(path, ContentFile(content), save=False)
                file.save(update_fields=["content"])
        return file


class File(models.Model):
    """One file as it was received (文件)."""

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    media = models.CharField(_("类型"), max_length=100)
    content = models.FileField(_("内容"), upload_to=place, max_length=100)
    kept_at = models.DateTimeField(_("存入时间"), auto_now_add=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    objects = Files()

    class Meta:
        verbose_name = _("文件")
        constraints = [models.UniqueConstraint(fields=["sha256", "name"], name="archive_file_once")]

    def __str__(self):
        return self.name

    def read(self) -> bytes:
        """Return the content, at most 20 MB as uploads are; raises OSError where it is lost."""
        with self.content.open("rb") as kept:
            content: bytes = kept.read()
        return content
