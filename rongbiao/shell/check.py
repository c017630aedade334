"""``rongbiao check``: is this installation safe and whole? Status 1 when something is not."""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.checks import run_checks
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from rongbiao.archive.models import File
from rongbiao.archive.storage import DurableStorage
from rongbiao.environment import ENV
from rongbiao.parties.demonstration import present
from rongbiao.parties.models import Act, Post
from rongbiao.shell.restore import readable
from rongbiao.standards import indexes
from rongbiao.web.acting import GUARDED_ROLES

NETWORKED = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "fuse.sshfs", "fuse.glusterfs"}
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]"}
# Django's own findings in our words; HSTS preload is advice that we leave to the city.
SAID = {
    "security.W004": "没有启用 HSTS，请设 RONGBIAO_HTTPS=true。",
    "security.W008": "没有强制 HTTPS，请设 RONGBIAO_HTTPS=true。",
    "security.W009": "密钥太短或是示例值，请换成 50 位以上的随机串，或删去它由平台生成。",
    "security.W012": "会话 Cookie 可经明文传送，请设 RONGBIAO_HTTPS=true。",
    "security.W016": "防伪 Cookie 可经明文传送，请设 RONGBIAO_HTTPS=true。",
    "security.W018": "DEBUG 打开着，出错页会泄露内部信息。",
    "security.W020": "没有设置域名，请设 RONGBIAO_HOSTS。",
}
LEFT_TO_THE_CITY = {"security.W021"}


@dataclass(frozen=True)
class Finding:
    """One finding; ``unsafe`` ones end the command with status 1."""

    key: str
    words: str
    unsafe: bool = True


Look = Callable[[], Iterator[Finding]]


def django_settings() -> Iterator[Finding]:
    """Ask Django's own deployment check."""
    for one in sorted(run_checks(include_deployment_checks=True), key=lambda one: one.id or ""):
        if one.id not in LEFT_TO_THE_CITY:
            yield Finding(one.id or "django", SAID.get(one.id or "", str(one.msg)))


def addresses() -> Iterator[Finding]:
    """Hosts, HTTPS and proxies belong together."""
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("hosts", "RONGBIAO_HOSTS 含 *，任何域名都会被接受。")
    elif set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS:
        yield Finding("hosts", "RONGBIAO_HOSTS 只有本机地址，公众打不开平台。")
    if settings.SECURE_SSL_REDIRECT and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        words = "启用了 HTTPS，但 RONGBIAO_PROXIES 为 0：平台前须有反向代理，并如实登记层数。"
        yield Finding("proxies", words)
    if ENV.oidc_server.startswith("http://"):
        yield Finding("oidc", "统一身份认证的地址不是 https。")


def mail() -> Iterator[Finding]:
    """Letters leave encrypted, and their links lead here."""
    if not ENV.mail:
        words = "没有设置 RONGBIAO_MAIL，订阅邮件只写进 var/mail，不会寄出。"
        yield Finding("mail", words, unsafe=False)
        return
    if ENV.mail.startswith("smtp://") and "@" in ENV.mail:
        words = "邮件账号的密码明文传送，请在 RONGBIAO_MAIL 用 smtps:// 或 smtp+starttls://。"
        yield Finding("mail", words)
    if not ENV.address.startswith("https://"):
        words = "RONGBIAO_ADDRESS 不是公众打得开的 https 地址，邮件里的链接无法使用。"
        yield Finding("mail-links", words)


def readable_by_others() -> Iterator[Finding]:
    """Nobody else on the machine may read the data or the secret."""
    for path in (settings.VAR, settings.VAR / "secret"):
        if path.exists() and path.stat().st_mode & 0o077:
            mode = "700" if path.is_dir() else "600"
            words = f"{path} 可被本机其他用户读取，请运行 chmod {mode} {path}。"
            yield Finding("permissions", words)


def demonstration() -> Iterator[Finding]:
    """Demonstration people have passwords that stand in a file."""
    if present():
        yield Finding("demonstration", "生产环境里有演示数据，请运行 rongbiao demo --remove。")


def file_system() -> Iterator[Finding]:
    """SQLite's locks cannot be trusted over a network."""
    if connection.vendor == "sqlite" and file_system_of(settings.VAR) in NETWORKED:
        words = "SQLite 数据库放在网络文件系统上，锁不可靠，请移到本机磁盘或改用 PostgreSQL。"
        yield Finding("file-system", words)


def file_system_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Return the kind of file system that a path is on, or an empty word where none is told."""
    if not mounts.exists():
        return ""
    rows = [line.split() for line in mounts.read_text().splitlines()]
    places = {row[1].replace("\\040", " "): row[2] for row in rows}
    resolved = path.resolve()
    return next((places[str(at)] for at in (resolved, *resolved.parents) if str(at) in places), "")


def tables() -> Iterator[Finding]:
    """Tables are of this version, and the database keeps what it acknowledged."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding("migrations", "数据库还没有升级到本版本，请运行 rongbiao found。")
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        yield Finding("cache", "缺少缓存表，请运行 rongbiao found。")
    with connection.cursor() as cursor:
        yield from (sqlite if connection.vendor == "sqlite" else postgresql)(cursor)


def sqlite(cursor) -> Iterator[Finding]:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    for name, value in wanted.items():
        cursor.execute(f"pragma {name}")
        if cursor.fetchone()[0] != value:
            yield Finding("sqlite", f"SQLite 的 {name} 不是 {value}，断电可能丢失已确认的数据。")
    cursor.execute("pragma integrity_check")
    if cursor.fetchall() != [("ok",)]:
        yield Finding("integrity", "数据库完整性检查未通过，请用最近的备份恢复。")


def postgresql(cursor) -> Iterator[Finding]:
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        cursor.execute(f"show {name}")
        if cursor.fetchone()[0] == "off":
            yield Finding("postgresql", f"PostgreSQL 的 {name} 关着，断电可能丢失已确认的数据。")
    cursor.execute("show data_checksums")
    if cursor.fetchone()[0] != "on":
        yield Finding("checksums", "PostgreSQL 没有打开数据校验和，坏块不会被发现。", unsafe=False)
    cursor.execute("select rolsuper from pg_roles where rolname = current_user")
    if cursor.fetchone()[0]:
        words = "平台以数据库超级用户连接，请改用只拥有本库的用户。"
        yield Finding("superuser", words, unsafe=settings.PRODUCTION)


def search_indexes() -> Iterator[Finding]:
    """A large load that was killed and never carried on left the register slower."""
    if lacking := indexes.missing():
        words = f"有一次导入中断，数据表缺 {len(lacking)} 个索引，请运行 rongbiao load --resume。"
        yield Finding("indexes", words, unsafe=False)


def second_factors() -> Iterator[Finding]:
    """Whoever acts in a guarded role has a second factor that this secret reads."""
    held = Post.objects.on(timezone.localdate()).filter(role__in=GUARDED_ROLES)
    people = held.filter(person__is_active=True)
    keys = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    without = people.exclude(person__in=keys.values("user")).values_list("person__name", flat=True)
    names = "、".join(sorted(set(without)))
    if names:
        words = f"还没有启用动态口令：{names}。启用前他们不能以该任职办事。"
        yield Finding("second-factor", words, unsafe=settings.PRODUCTION)
    lost = sum(not readable(one) for one in keys)
    if lost:
        words = f"{lost} 名人员的动态口令不能用本机密钥读出，请找回原来的密钥，或请他们重新启用。"
        yield Finding("second-factor-key", words)


def files() -> Iterator[Finding]:
    """Every file that a row names is there, with the content that it came with."""
    storage = cast(DurableStorage, default_storage)
    for one in unique_files():
        if not storage.holds(one.content.name or "", one.sha256):
            yield Finding("files", f"文件“{one.name}”缺失或已损坏（{one.sha256[:12]}…）。")


def unique_files() -> Iterator[File]:
    """Give one row for each content."""
    last = ""
    for one in File.objects.order_by("sha256").iterator():
        if one.sha256 != last:
            yield one
        last = one.sha256


def clock() -> Iterator[Finding]:
    """Compare the clock of this machine with what was done last."""
    latest = Act.objects.order_by("-at").first()
    if latest and latest.at > timezone.now() + timedelta(minutes=5):
        at = timezone.localtime(latest.at)
        yield Finding("clock", f"本机时钟比最近一次办理（{at:%Y-%m-%d %H:%M}）还早，请校时。")


def backups() -> Iterator[Finding]:
    """Look for a backup of the last week; it may as well lie elsewhere."""
    made = [path.stat().st_mtime for path in (settings.VAR / "backups").glob("*.tar")]
    if not made or timezone.now().timestamp() - max(made) > timedelta(days=7).total_seconds():
        words = "var/backups 里没有最近 7 天的备份；如果备份存放在别处，可不理会。"
        yield Finding("backups", words, unsafe=False)


PRODUCTION: tuple[Look, ...] = (
    django_settings,
    addresses,
    mail,
    readable_by_others,
    demonstration,
    backups,
)
ALWAYS: tuple[Look, ...] = (file_system, tables, search_indexes, second_factors, files, clock)


def findings() -> list[Finding]:
    """Return what is unsafe or not whole in this installation."""
    looks = (*PRODUCTION, *ALWAYS) if settings.PRODUCTION else ALWAYS
    found: list[Finding] = []
    for look in looks:
        try:
            found += look()
        except DatabaseError as bad:
            words = f"数据库不能读（{str(bad).splitlines()[0]}），请先运行 rongbiao found。"
            found.append(Finding("database", words))
    return list(dict.fromkeys(found))


def run(asked: argparse.Namespace) -> int:
    """Look at everything and print what was found."""
    found = findings()
    unsafe = [one for one in found if one.unsafe]
    if asked.json:
        said = {
            "mode": "production" if settings.PRODUCTION else "desk",
            "safe": not unsafe,
            "findings": [asdict(one) for one in found],
        }
        print(json.dumps(said, ensure_ascii=False))
        return 1 if unsafe else 0
    for one in found:
        print(f"{'✗' if one.unsafe else '·'} {one.words}")
    if not settings.PRODUCTION:
        print("桌面模式：只核对数据；设置是否适合对外服务，请在 RONGBIAO_MODE=production 下再查。")
    print(f"有 {len(unsafe)} 处不安全或不完好。" if unsafe else "没有发现不安全或不完好之处。")
    return 1 if unsafe else 0
