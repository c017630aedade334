"""Kinds of files (文件类型) that the archive takes in, with refusals in the reader's language."""

from django.utils.translation import gettext

from rongbiao.texts import documents
from rongbiao.texts.documents import LARGEST, Kind, Unreadable

__all__ = ["LARGEST", "Kind", "Unacceptable", "kind_of", "plain_name", "told"]

ACCEPTED = ("pdf", "docx", "xlsx", "pptx", "png", "jpg", "txt", "csv")


class Unacceptable(Exception):
    """The file may not be kept; the message is a full sentence for the person who sent it."""


def plain_name(name: str) -> str:
    """Return a sender's file name without folders and unseen characters, 200 at most."""
    return documents.plain_name(name) or gettext("未命名")


def kind_of(content: bytes, name: str) -> Kind:
    """Return what kind of file this is, or raise Unacceptable with a sentence that says why not."""
    try:
        return documents.kind_of(content, name, ACCEPTED)
    except Unreadable as why:
        raise Unacceptable(told(why)) from why


def told(why: Unreadable) -> str:
    """Return a refusal of the ground floor, which says Chinese only, in the reader's language."""
    return why.told(gettext)
