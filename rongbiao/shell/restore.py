"""``rongbiao restore``: a bundle becomes the installation; what was there is kept aside.

Everything is checked before anything is touched, and a failure puts everything back.
"""

import argparse
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from rongbiao.archive.storage import settle
from rongbiao.shell import bundle, occupancy
from rongbiao.shell.complaint import Complaint
from rongbiao.shell.databases import FILES, Embedded, Named, PostgreSQL, present_database
from rongbiao.shell.found import migrate
from rongbiao.standards.search import generations
from rongbiao.web.sign_in import SecondFactor


def judge_origin(manifest: bundle.Manifest, engine: str) -> None:
    """Refuse a bundle of another city, of another engine, or of a later version."""
    if manifest.city != settings.CITY["code"]:
        raise Complaint(
            f"这份备份属于另一个城市（{manifest.city}），"
            f"本平台是 {settings.CITY['code']}，未作任何改动。"
        )
    if manifest.engine != engine:
        raise Complaint(
            f"这份备份来自 {manifest.engine}，本平台用的是 {engine}，不能互相恢复，未作任何改动。"
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    later = [one for one in manifest.migrations.items() if one not in known]
    if later:
        raise Complaint(
            f"这份备份由更新版本的榕标（{manifest.version}）生成，请先升级再恢复，未作任何改动。"
        )


def judge_content(
    manifest: bundle.Manifest, named: Named | None, counts: dict[str, int] | None
) -> None:
    """Refuse a database that does not agree with the manifest or names files that are not there."""
    if counts is not None and counts != manifest.counts:
        raise Complaint("备份中的数据库与清单所记的行数不符，未作任何改动。")
    missing = [
        digest
        for digest, content, _ in named or []
        if content != f"{digest[:2]}/{digest}"
        or (f"files/{content}" not in manifest.members and digest not in manifest.damaged)
    ]
    if missing:
        raise Complaint(f"备份中的数据库提到 {len(missing)} 份备份里没有的文件，未作任何改动。")


def ask(manifest: bundle.Manifest, *, signed: bool, yes: bool) -> None:
    """Ask whether to go on; without a terminal somebody must have said --yes."""
    made = timezone.localtime(datetime.fromisoformat(manifest.made_at))
    print(f"备份生成于 {made:%Y-%m-%d %H:%M}，版本 {manifest.version}，内容完整。")
    if not signed:
        print("签名不是本机密钥所签：内容前后一致，但来源无法核对，请确认它来自可信之处。")
    if yes:
        return
    if not sys.stdin.isatty():
        raise Complaint("恢复会替换现有数据，请在终端运行并确认，或加上 --yes。")
    if input("现有数据将移到一旁保留。继续请输入 yes：").strip().lower() != "yes":
        raise Complaint("已放弃恢复，未作任何改动。")


def exchange(
    database: Embedded | PostgreSQL, manifest: bundle.Manifest, unpacked: Path, aside: Path
) -> None:
    """Put the unpacked bundle in place of the present data; on any failure put that back."""
    files, kept = Path(settings.MEDIA_ROOT), aside / "files"
    (unpacked / "files").mkdir(mode=0o700, exist_ok=True)
    files.mkdir(mode=0o700, exist_ok=True)
    aside.mkdir(mode=0o700)
    try:
        database.set_aside(aside)
        files.rename(kept)
        (unpacked / "files").rename(files)
        database.put_in(unpacked / bundle.DATABASE)
        settle(files.parent)
        judge_result(manifest)
        migrate()
        close_doors()
        generations.forget()  # the index was made from what stood here before
    except BaseException:
        if kept.exists():
            shutil.rmtree(files, ignore_errors=True)
            kept.rename(files)
        database.put_back(aside)
        aside.rmdir()
        raise


def close_doors() -> None:
    """End all sessions; remove keys of second factors that this secret cannot read."""
    Session.objects.all().delete()
    UserSession.objects.all().delete()
    lost = [one for one in Authenticator.objects.all() if not readable(one)]
    people = {one.user_id for one in lost}
    Authenticator.objects.filter(pk__in=[one.pk for one in lost]).delete()
    if people:
        print(f"本机密钥与备份时不同，{len(people)} 名人员的动态口令已作废，登录后须重新启用。")


def readable(one: Authenticator) -> bool:
    """Tell whether this installation's secret reads the key of a second factor."""
    stored = one.data.get("secret") or one.data.get("seed") or ""
    return SecondFactor.opens(stored)


def judge_result(manifest: bundle.Manifest) -> None:
    """Compare what is in place with the files, for engines that cannot be read before."""
    with connection.cursor() as cursor:
        cursor.execute(FILES)
        judge_content(manifest, cursor.fetchall(), None)


def run(asked: argparse.Namespace) -> int:
    """Check a bundle, ask, and put it in place."""
    source = Path(asked.file)
    if not source.is_file():
        raise Complaint(f"没有这个文件：{source}。")
    key = bundle.signing_key(settings.SECRET_KEY)
    database = present_database()
    try:
        with (
            occupancy.alone(settings.VAR),
            tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.VAR) as folder,
        ):
            unpacked = Path(folder)
            manifest, signed = bundle.unpack(source, unpacked, key)
            judge_origin(manifest, database.engine)
            judge_content(manifest, *database.examine(unpacked / bundle.DATABASE))
            ask(manifest, signed=signed, yes=asked.yes)
            stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
            aside = settings.VAR / f"before-restore-{stamp}"
            exchange(database, manifest, unpacked, aside)
            shutil.rmtree(settings.VAR / "search", ignore_errors=True)  # made anew from the rows
    except (OSError, DatabaseError) as bad:
        raise Complaint(f"恢复没有完成，原有数据仍在原处（{bad}）。") from bad
    finally:
        connections.close_all()
    print(f"已恢复。原有数据保留在 {aside}，确认无误后可自行删除。")
    return 0
