"""Uploads: what a form sent as files, bounded before it is read."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused

LIMIT = 20 * 1024 * 1024  # bytes a file


def uploaded(request: HttpRequest, field: str) -> Iterator[tuple[bytes, str]]:
    """Yield content and name of each file sent in a field; refuse one that is too large."""
    for file in request.FILES.getlist(field):
        if (file.size or 0) > LIMIT:
            size = (file.size or 0) / 1024 / 1024
            raise Refused(
                _("文件“%(name)s”有 %(size).1f MB，超过 20 MB 的上限，请压缩或拆分后再上传。")
                % {"name": file.name, "size": size}
            )
        yield file.read(), file.name or ""
