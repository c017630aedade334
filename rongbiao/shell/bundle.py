"""Bundles (备份包): one tar file with a manifest that holds the hash of everything in it.

Members: ``manifest.json`` (first), ``signature``, ``database``, ``files/ab/abcd…``. Names in a
bundle are never used as paths before they have been matched against this list.
"""

import hashlib
import hmac
import json
import os
import re
import tarfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from rongbiao.shell.complaint import Complaint

FORMAT = 1
KIND = "rongbiao-backup"
MANIFEST, SIGNATURE, DATABASE = "manifest.json", "signature", "database"
FILE = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
NOT_OURS = "这不是榕标的备份文件，未作任何改动。"
CHUNK = 1024 * 1024
LARGEST_MANIFEST = 256 * 1024 * 1024


@dataclass
class Manifest:
    """What a bundle says of itself."""

    city: str
    version: str
    engine: str  # sqlite or postgresql
    made_at: str
    key: str  # which secret signed it, as a fingerprint
    migrations: dict[str, str]  # the last of each app
    counts: dict[str, int]  # rows of each table
    members: dict[str, list[Any]]  # name: [size in bytes, SHA-256]
    damaged: list[str] = field(default_factory=list)  # files that were damaged already
    kind: str = KIND
    format: int = FORMAT

    def content(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()


def signing_key(secret: str) -> bytes:
    """Return the key that signs bundles, made from the secret of an installation."""
    return hmac.digest(secret.encode(), b"rongbiao backup", "sha256")


def fingerprint(key: bytes) -> str:
    """Return the public name of a signing key."""
    return hashlib.sha256(b"fingerprint" + key).hexdigest()[:16]


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(target: IO[bytes], manifest: Manifest, key: bytes, sources: dict[str, Path]) -> None:
    """Write a bundle; every source must still have the hash that the manifest says."""
    content = manifest.content()
    signature = hmac.digest(key, content, "sha256").hex().encode()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, words in ((MANIFEST, content), (SIGNATURE, signature)):
            tar.addfile(_entry(name, len(words)), BytesIO(words))
        for name, (size, digest) in manifest.members.items():
            with sources[name].open("rb") as file:
                reader = _Hashing(file)
                tar.addfile(_entry(name, size), reader)
            if reader.digest() != digest:
                raise Complaint(f"{name} 在备份期间变了，未生成备份，请重试。")


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
    return entry


class _Hashing:
    """A reader that hashes what passes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.hash.update(chunk)
        return chunk

    def digest(self) -> str:
        return self.hash.hexdigest()


def unpack(path: Path, folder: Path, key: bytes) -> tuple[Manifest, bool]:
    """Unpack a bundle into an empty folder, every member checked against the manifest.

    Returns the manifest, and whether our own key signed it. Raises Complaint for
    whatever is not an intact bundle; the folder may then hold a part of it.
    """
    try:
        with path.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            members = _members(tar)
            content = _small(tar, members, MANIFEST)
            manifest = _manifest(content)
            signed = _signed(content, _small(tar, members, SIGNATURE), manifest, key)
            _unpack_members(tar, members, manifest, folder)
            _judge_rest(file, tar.offset)
    except (OSError, tarfile.TarError, EOFError) as bad:
        raise Complaint(f"{path.name} 不是完整的榕标备份，未作任何改动（{bad}）。") from bad
    return manifest, signed


def _members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Give the members one by one; refuse what no bundle of ours ever held."""
    seen = set()
    while (member := tar.next()) is not None:
        name = member.name
        known = name in {MANIFEST, SIGNATURE, DATABASE} or FILE.fullmatch(name)
        if not known or member.type != tarfile.REGTYPE or name in seen:
            raise Complaint(f"备份中有来历不明的内容“{name[:60]!a}”，未作任何改动。")
        seen.add(name)
        tar.members.clear()  # type: ignore[attr-defined]  # or a million entries pile up
        yield member


def _small(tar: tarfile.TarFile, members: Iterator[tarfile.TarInfo], name: str) -> bytes:
    member = next(members, None)
    if member is None or member.name != name or member.size > LARGEST_MANIFEST:
        raise Complaint(NOT_OURS)
    return tar.extractfile(member).read()  # type: ignore[union-attr]


def _manifest(content: bytes) -> Manifest:
    """Read a manifest; refuse another kind and a later format."""
    try:
        said: dict[str, Any] = json.loads(content)
        ours, later = said["kind"] == KIND, said["format"] > FORMAT
        manifest = None if later else Manifest(**said)
    except (ValueError, KeyError, TypeError) as bad:
        raise Complaint(NOT_OURS) from bad
    if not ours:
        raise Complaint(NOT_OURS)
    if manifest is None:
        raise Complaint("这份备份由更新版本的榕标生成，请先升级再恢复，未作任何改动。")
    return manifest


def _signed(content: bytes, signature: bytes, manifest: Manifest, key: bytes) -> bool:
    """Tell whether our own key signed; a bundle that says so and is not so was changed."""
    right = hmac.compare_digest(hmac.digest(key, content, "sha256").hex().encode(), signature)
    if manifest.key == fingerprint(key) and not right:
        raise Complaint("备份的签名不对，内容被改动过，未作任何改动。")
    return right


def _unpack_members(
    tar: tarfile.TarFile, members: Iterator[tarfile.TarInfo], manifest: Manifest, folder: Path
) -> None:
    left = dict(manifest.members)
    for member in members:
        said = left.pop(member.name, None)
        target = folder / member.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        reader = _Hashing(tar.extractfile(member))  # type: ignore[arg-type]
        with target.open("xb") as file:
            while chunk := reader.read(CHUNK):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        named = FILE.fullmatch(member.name)
        if said != [member.size, reader.digest()] or (named and named[2] != reader.digest()):
            raise Complaint(f"备份中的 {member.name} 与清单不符，已损坏或被改动，未作任何改动。")
    if left:
        raise Complaint(f"备份不完整，缺少 {len(left)} 项内容，未作任何改动。")


def _judge_rest(file: IO[bytes], offset: int) -> None:
    """Refuse a bundle that was cut at its end, or to which something was added."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(offset)
    rest = size - offset
    while chunk := file.read(CHUNK):
        if chunk.strip(b"\0"):
            raise Complaint("备份末尾有多余的内容，被改动过，未作任何改动。")
    if rest < 2 * tarfile.BLOCKSIZE or size % tarfile.RECORDSIZE:
        raise Complaint("备份不完整，末尾被截断，未作任何改动。")
