"""``rongbiao backup``: database and files as one consistent, checked bundle, while people work."""

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from rongbiao import __version__
from rongbiao.shell import bundle, occupancy
from rongbiao.shell.complaint import Complaint
from rongbiao.shell.databases import Named, present_database


def last_migrations() -> dict[str, str]:
    """Return the last migration applied of each app."""
    applied = MigrationRecorder(connection).applied_migrations()
    return {app: max(name for of, name in applied if of == app) for app in {a for a, _ in applied}}


def judge_files(named: Named) -> tuple[dict[str, Path], dict[str, list[Any]], list[str]]:
    """Return the files that a database names: where they are, what they are, which are damaged.

    Files bear their hash as name and are never changed, so those that a copy of the
    database names are the right ones, also when others came after the copy.
    """
    sources: dict[str, Path] = {}
    members: dict[str, list[Any]] = {}
    damaged = []
    for digest, content, size in named:
        name, path = f"files/{digest[:2]}/{digest}", Path(settings.MEDIA_ROOT) / content
        if path.is_file() and path.stat().st_size == size and bundle.digest_of(path) == digest:
            sources[name], members[name] = path, [size, digest]
        else:
            damaged.append(digest)
    return sources, members, damaged


def back_up(target: Path) -> bundle.Manifest:
    """Write a bundle of the present database and its files; return its manifest."""
    key = bundle.signing_key(settings.SECRET_KEY)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        copy = Path(folder) / bundle.DATABASE
        database = present_database()
        named, counts = database.copy_out(copy)
        sources, members, damaged = judge_files(named)
        manifest = bundle.Manifest(
            city=settings.CITY["code"],
            version=__version__,
            engine=database.engine,
            made_at=timezone.now().isoformat(),
            key=bundle.fingerprint(key),
            migrations=last_migrations(),
            counts=counts,
            members={bundle.DATABASE: [copy.stat().st_size, bundle.digest_of(copy)]} | members,
            damaged=damaged,
        )
        draft = Path(folder) / "bundle"
        draft.touch(mode=0o600)
        with draft.open("wb") as file:
            bundle.write(file, manifest, key, sources | {bundle.DATABASE: copy})
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, target)
        except FileExistsError:
            raise Complaint(f"{target} 已经存在，备份不覆盖已有的文件。") from None
    return manifest


def run(asked: argparse.Namespace) -> int:
    """Back up into a file of the given name, or into ``var/backups``."""
    started = time.monotonic()
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
    name = asked.file or settings.VAR / "backups" / f"rongbiao-{settings.CITY['code']}-{stamp}.tar"
    target = Path(name).absolute()
    if target.exists():
        raise Complaint(f"{target} 已经存在，备份不覆盖已有的文件。")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with occupancy.with_others(settings.VAR):
            manifest = back_up(target)
    except OSError as bad:
        raise Complaint(f"写不了备份（{bad}）。") from bad
    megabytes = target.stat().st_size / 1e6
    spent = time.monotonic() - started
    files = len(manifest.members) - 1
    print(f"已备份：{target}（{megabytes:.1f} MB，{files} 份文件，{spent:.1f} 秒）。")
    if manifest.damaged:
        count = len(manifest.damaged)
        print(f"有 {count} 份文件在备份前已经缺失或损坏，请运行 rongbiao check 查看。")
        return 1
    return 0
