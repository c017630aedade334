"""What is not an intact backup of this installation is refused, and nothing is changed."""

import json
import os
import tarfile
from argparse import Namespace
from pathlib import Path

import pytest

from rongbiao.shell import restore
from rongbiao.shell.complaint import Complaint
from tests.shell.installation import read, rongbiao, secret, tree, write

# What is refused: each maker gets the members and the manifest of a good bundle, and changes
# them; what it returns is written as they are, signed or not.


def changed_city(members, manifest):
    manifest["city"] = "350200"


def later_migration(members, manifest):
    manifest["migrations"]["parties"] = "0999_later"


def later_format(members, manifest):
    manifest["format"] = 99


def another_kind(members, manifest):
    manifest["kind"] = "photographs"


def another_engine(members, manifest):
    manifest["engine"] = "postgresql"


def too_few_rows(members, manifest):
    manifest["counts"]["parties_person"] = 7


def without_a_file(members, manifest):
    del members[next(name for name in members if name.startswith("files/"))]


def misnamed_file(members, manifest):
    name = next(name for name in members if name.startswith("files/"))
    members[name] += b" "


def not_a_database(members, manifest):
    members["database"] = b"SQLite format 3\0" + b"x" * 9000


def traversal(members, manifest):
    members["../../evil"] = b"x"


def absolute(members, manifest):
    members["/tmp/evil"] = b"x"


def disguised(members, manifest):
    members["files/ab/../../../evil"] = b"x"


def uninvited(members, manifest):
    members["settings.py"] = b"x"


SIGNED = {
    changed_city: "属于另一个城市（350200）",
    later_migration: "由更新版本的榕标",
    later_format: "由更新版本的榕标生成",
    another_kind: "这不是榕标的备份文件",
    another_engine: "来自 postgresql",
    too_few_rows: "行数不符",
    without_a_file: "提到 1 份备份里没有的文件",
    misnamed_file: "已损坏或被改动",
    not_a_database: "数据库读不出来",
    traversal: "来历不明的内容",
    absolute: "来历不明的内容",
    disguised: "来历不明的内容",
    uninvited: "来历不明的内容",
}


def refused(path: Path, var: Path, settings) -> str:
    """Restore in this process; return the complaint, after seeing that nothing changed."""
    settings.VAR, settings.MEDIA_ROOT = var, var / "files"
    settings.SECRET_KEY = (var / "secret").read_text()
    before, outside = tree(var), sorted(path.parent.iterdir())
    with pytest.raises(Complaint) as complaint:
        restore.run(Namespace(file=str(path), yes=True))
    assert tree(var) == before
    assert sorted(path.parent.iterdir()) == outside
    return str(complaint.value)


@pytest.fixture
def embedded(monkeypatch):
    """Let the bundles be judged as on SQLite, whatever the suite runs on."""
    from rongbiao.shell.databases import Embedded

    monkeypatch.setattr(restore, "present_database", Embedded)


@pytest.mark.parametrize("change", SIGNED, ids=lambda change: change.__name__)
def test_wrong_bundles_are_refused_even_when_signed(change, founded, var, settings, embedded):
    members = read(founded / "backup.tar")
    manifest = json.loads(members["manifest.json"])
    change(members, manifest)
    write(var.parent / "bad.tar", members, manifest, secret(founded))
    assert SIGNED[change] in refused(var.parent / "bad.tar", var, settings)


def test_changes_behind_the_signature_are_refused(founded, var, settings, embedded):
    members = read(founded / "backup.tar")
    manifest = json.loads(members["manifest.json"])
    manifest["made_at"] = "2020-01-01T00:00:00+00:00"
    write(var.parent / "bad.tar", members, manifest, None)
    assert "签名不对" in refused(var.parent / "bad.tar", var, settings)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
def test_links_and_devices_are_refused(kind, founded, var, settings, embedded):
    members = read(founded / "backup.tar")
    entry = tarfile.TarInfo(f"files/ab/{'ab' * 32}")
    entry.type, entry.linkname = kind, "/etc/passwd"
    write(
        var.parent / "bad.tar",
        members,
        json.loads(members["manifest.json"]),
        secret(founded),
        extra=[entry],
    )
    assert "来历不明的内容" in refused(var.parent / "bad.tar", var, settings)


def test_a_member_twice_is_refused(founded, var, settings, embedded):
    members = read(founded / "backup.tar")
    entry = tarfile.TarInfo("database")
    manifest = json.loads(members["manifest.json"])
    write(var.parent / "bad.tar", members, manifest, secret(founded), extra=[entry])
    assert "来历不明的内容" in refused(var.parent / "bad.tar", var, settings)


@pytest.mark.parametrize("part", [0, 1, 511, 0.01, 0.3, 0.7, 0.95, 0.9999])
def test_cut_bundles_are_refused(part, founded, var, settings, embedded):
    whole = (founded / "backup.tar").read_bytes()
    cut = var.parent / "cut.tar"
    cut.write_bytes(whole[: int(part * len(whole)) if isinstance(part, float) else part])
    assert "未作任何改动" in refused(cut, var, settings)


def test_a_bundle_cut_after_any_member_is_refused(founded, var, settings, embedded):
    whole = (founded / "backup.tar").read_bytes()
    with tarfile.open(founded / "backup.tar") as tar:
        ends = [member.offset for member in tar][1:]
    for n, end in enumerate(ends):
        cut = var.parent / f"cut{n}.tar"
        cut.write_bytes(whole[:end])
        assert "未作任何改动" in refused(cut, var, settings)


def test_a_flipped_bit_anywhere_is_refused(founded, var, settings, embedded):
    """In 60 places: headers, manifest, signature, database, files."""
    whole = bytearray((founded / "backup.tar").read_bytes())
    with tarfile.open(founded / "backup.tar") as tar:
        last = max(member.offset_data + member.size for member in tar)
        members = list(tar)
    places = [member.offset_data + member.size // 2 for member in members]
    places += [member.offset + 3 for member in members] + [last * n // 20 for n in range(1, 20)]
    in_padding = {
        at
        for at in places
        for m in members
        if m.offset_data + m.size <= at < m.offset_data + -(-m.size // 512) * 512
    }
    bad = var.parent / "bad.tar"
    for at in set(places) - in_padding:
        whole[at] ^= 1
        bad.write_bytes(whole)
        assert "未作任何改动" in refused(bad, var, settings), at
        whole[at] ^= 1


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 10240, os.urandom(20480)])
def test_what_is_no_bundle_is_refused(content, var, settings, embedded):
    other = var.parent / "other.tar"
    other.write_bytes(content)
    assert "未作任何改动" in refused(other, var, settings)


def test_something_added_at_the_end_is_refused(founded, var, settings, embedded):
    longer = var.parent / "longer.tar"
    longer.write_bytes((founded / "backup.tar").read_bytes() + b"addition")
    assert "末尾有多余的内容" in refused(longer, var, settings)


def test_the_command_says_one_sentence_and_ends_with_two(var):
    (var.parent / "bad.tar").write_bytes(b"hello")
    done = rongbiao(var, "restore", var.parent / "bad.tar", "--yes")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    missing = rongbiao(var, "restore", var.parent / "none.tar", "--yes")
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)
