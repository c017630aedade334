"""What this machine has: Debian's packages, a Chromium, a PostgreSQL of our own for a while."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


def have_packages(names: list[str]) -> None:
    """Install what is missing of Debian's packages where this user may; else do nothing."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    asked = subprocess.run(["dpkg", "-s", *names], capture_output=True, text=True, check=False)  # noqa: S603,S607
    if asked.returncode == 0:
        return
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print(f"· 安装 Debian 软件包：{'、'.join(names)} …", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)  # noqa: S607
    subprocess.run(  # noqa: S603
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names],  # noqa: S607
        env=quiet,
        stdout=subprocess.DEVNULL,
        check=False,
    )


def free_port() -> int:
    """Return a port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PostgreSQL:
    """A real server in a temporary folder, run by a user who is not root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "data"
        self.why = ""
        self.version = ""
        self.url = ""
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name))
        on_path = shutil.which("initdb")
        self.bin = found[0] if found else Path(on_path).parent if on_path else None
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    def _as_user(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        if os.geteuid() == 0:
            words = [
                "setpriv",
                f"--reuid={self.user}",
                f"--regid={self.user}",
                "--clear-groups",
                *words,
            ]
        # A file takes the output: pg_ctl's server would hold a pipe open.
        log = self.folder.parent / "output"
        with log.open("a+") as output:
            done = subprocess.run(  # noqa: S603
                words, stdout=output, stderr=output, cwd=self.folder.parent, check=False, text=True
            )
        done.stdout = log.read_text()
        return done

    def start(self) -> bool:
        """Make a cluster and start it; on failure ``why`` holds a sentence."""
        if self.bin is None:
            self.why = "本机没有 PostgreSQL，也不能安装（需要 root 和 apt-get）。"
            return False
        self.version = self.bin.parent.name
        if os.geteuid() == 0:
            account = pwd.getpwnam(self.user)
            self.folder.parent.chmod(0o755)
            os.chown(self.folder.parent, account.pw_uid, account.pw_gid)
        made = self._as_user(
            self.bin / "initdb", "-D", self.folder, "-A", "trust", "-U", "rongbiao",
            "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums",
        )  # fmt: skip
        port = free_port()
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -k {self.folder.parent}"
        started = self._as_user(
            self.bin / "pg_ctl", "-D", self.folder, "-w", "-t", "60", "-o", options, "start"
        )
        if made.returncode or started.returncode:
            self.why = f"PostgreSQL 没有启动：{started.stdout.strip()[-300:]}"
            return False
        self.url = f"postgres://rongbiao@127.0.0.1:{port}/postgres"
        return True

    def stop(self) -> None:
        """Stop the server; the folder goes with its owner."""
        self._as_user(self.bin / "pg_ctl", "-D", self.folder, "-m", "fast", "-w", "stop")
        time.sleep(0.1)
