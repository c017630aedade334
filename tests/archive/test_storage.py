"""What is kept is on the disk before anyone is told, once, under its hash."""

import hashlib
import os
import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from rongbiao.archive.models import File
from rongbiao.archive.storage import DurableStorage

CONTENT = "三项标准在起草".encode()
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def shelf(tmp_path, settings):
    """An archive folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def synced(monkeypatch):
    """The paths that the operating system was told to write through, in order."""
    seen = []
    real = os.fsync

    def fsync(handle):
        real(handle)
        path = Path(f"/proc/self/fd/{handle}").readlink()
        whole = path.read_bytes() if stat.S_ISREG(os.fstat(handle).st_mode) else b""
        seen.append((path, whole))

    monkeypatch.setattr(os, "fsync", fsync)
    return seen


def test_the_file_then_every_folder_above_it_reaches_the_disk(shelf, synced):
    DurableStorage(location=shelf).save(f"{DIGEST[:2]}/{DIGEST}", ContentFile(CONTENT))
    folder = shelf / DIGEST[:2]
    assert synced == [(folder / DIGEST, CONTENT), (folder, b""), (shelf, b"")]


@pytest.mark.django_db
def test_content_is_kept_once_under_its_hash(shelf, synced):
    file = File.objects.keep(CONTENT, "说明.txt", "text/plain")
    again = File.objects.keep(CONTENT, "说明.txt", "text/plain")
    assert again == file
    assert (file.sha256, file.size, file.name, file.media) == (
        DIGEST,
        len(CONTENT),
        "说明.txt",
        "text/plain",
    )
    assert [path.relative_to(shelf).as_posix() for path in shelf.rglob("*") if path.is_file()] == [
        f"{DIGEST[:2]}/{DIGEST}"
    ]
    assert len(synced) == 3


@pytest.mark.django_db
def test_the_same_content_under_two_names_is_one_file_on_disk(shelf):
    first = File.objects.keep(CONTENT, "说明.txt", "text/plain")
    second = File.objects.keep(CONTENT, "说明（二）.txt", "text/plain")
    assert first.pk != second.pk
    assert first.content.path == second.content.path
    with second.content.open() as kept:
        assert kept.read() == CONTENT


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "a\\..\\b", "名" * 500])
def test_no_name_leaves_the_archive(shelf, name):
    file = File.objects.keep(CONTENT, name, "text/plain")
    assert Path(file.content.path) == shelf / DIGEST[:2] / DIGEST
    assert file.name == name[-200:]


@pytest.mark.django_db
def test_what_a_power_cut_left_half_written_is_written_again(shelf, synced):
    place = shelf / DIGEST[:2] / DIGEST
    place.parent.mkdir()
    place.write_bytes(CONTENT[:5])
    file = File.objects.keep(CONTENT, "说明.txt", "text/plain")
    assert Path(file.content.path) == place
    assert place.read_bytes() == CONTENT
    assert (place, CONTENT) in synced


@pytest.mark.django_db
def test_content_found_there_already_is_settled_before_a_row_points_to_it(shelf, synced):
    place = shelf / DIGEST[:2] / DIGEST
    place.parent.mkdir()
    place.write_bytes(CONTENT)
    File.objects.keep(CONTENT, "说明.txt", "text/plain")
    assert synced == [(place, CONTENT), (place.parent, b""), (shelf, b"")]
