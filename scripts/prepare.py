"""Prepare this checkout: ``prepare.py run`` for serving, ``prepare.py test`` for developing.

Runs on the machine's own Python with nothing installed. Each step leaves a
stamp with the hash of what it read, so that a second run does nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
LOG = ROOT / "var" / "prepare.log"
OLDEST = (3, 11)


class Failed(Exception):
    """A step failed; the message is one sentence."""


def fingerprint(*paths: Path) -> str:
    """Return one hash over the content of files and folders."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def progress(words: str, done: threading.Event) -> None:
    """Show what is going on, and for how long, until it is done."""
    started = time.monotonic()
    shown = sys.stdout.isatty()
    print(f"· {words} …", end="" if shown else "\n", flush=True)
    while not done.wait(1):
        if shown:
            print(f"\r· {words} … {time.monotonic() - started:.0f} 秒", end="", flush=True)
    print(f"\r✓ {words}（{time.monotonic() - started:.1f} 秒）", flush=True)


def command(words: str, *arguments: str | Path, cwd: Path = ROOT) -> None:
    """Run one command with progress; on failure say where its output stands."""
    done = threading.Event()
    clock = threading.Thread(target=progress, args=(words, done), daemon=True)
    clock.start()
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    with LOG.open("ab") as log:
        log.write(f"\n== {words}\n".encode())
        log.flush()
        status = subprocess.run(  # noqa: S603
            [str(argument) for argument in arguments],
            cwd=cwd,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PATH": path},
            check=False,
        ).returncode
    done.set()
    clock.join()
    if status:
        tail = LOG.read_text(errors="replace").strip().splitlines()[-12:]
        print("\n".join(f"  {line}" for line in tail), file=sys.stderr)
        raise Failed(f"“{words}”没有完成，全部输出见 var/prepare.log。")


def step(name: str, words: str, needs: list[Path], *arguments: str | Path) -> bool:
    """Run a command unless its stamp says that it ran on the same input."""
    stamp = STAMPS / name
    wanted = fingerprint(*needs)
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    command(words, *arguments)
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    return True


def make_environment() -> None:
    """Make the virtual environment."""
    if sys.version_info < OLDEST:
        raise Failed("需要 Python 3.11 或更新的版本，可用 make PYTHON=python3.12 指定。")
    if not (VENV / "bin" / "pip").exists():
        command("建立虚拟环境", sys.executable, "-m", "venv", "--clear", VENV)


def install(which: str) -> None:
    """Install the locked packages, every one checked against its hash."""
    lock = ROOT / ("requirements-dev.lock" if which == "test" else "requirements.lock")
    stamp = STAMPS / "packages"
    wanted = fingerprint(lock)
    held = stamp.read_text().split() if stamp.exists() else []
    if wanted in held:
        return
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    count = lock.read_text().count("==")
    command(f"安装 Python 依赖（{count} 个包，逐个核对哈希）", *pip, "--require-hashes", "-r", lock)
    command("装上 rongbiao 命令", *pip, "--no-deps", "--no-build-isolation", "-e", ROOT)
    STAMPS.mkdir(parents=True, exist_ok=True)
    # The developers' lock holds everything that the other one does.
    both = [wanted, fingerprint(ROOT / "requirements.lock")] if which == "test" else [wanted]
    stamp.write_text("\n".join(both))


def npm() -> str:
    """Return an npm that runs: the machine's own, else one from PyPI."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return found
    own = VENV / "bin" / "npm"
    if not own.exists():
        lock = ROOT / "requirements-node.lock"
        pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        command("本机没有 Node.js，从 PyPI 安装", *pip, "--require-hashes", "-r", lock)
    return str(own)


def gather(which: str) -> None:
    """Fetch the front end's packages by their lock and gather what pages use."""
    dev = () if which == "test" else ("--omit=dev",)
    needs = [ROOT / "package.json", ROOT / "package-lock.json"]
    if which == "test" or not (STAMPS / "node-test").exists():
        words = "安装前端依赖（图标、图表）"
        step(f"node-{which}", words, needs, npm(), "ci", "--ignore-scripts", *dev)
    chosen = [*needs, ROOT / "rongbiao/shell/assets.py", ROOT / "rongbiao/web/icons.toml"]
    gathered = (ROOT / "var" / "assets").exists()
    if not gathered:
        (STAMPS / "assets").unlink(missing_ok=True)
    source = "from pathlib import Path; from rongbiao.shell.assets import gather; gather(Path('.'))"
    step("assets", "收集页面用到的图标和图表", chosen, PYTHON, "-c", source)


def finish(which: str) -> None:
    """Compile the words and collect the static files."""
    words = [ROOT / "rongbiao/locale", ROOT / "rongbiao/shell/words.py"]
    compiled = ROOT / "rongbiao/locale/en/LC_MESSAGES/django.mo"
    if not compiled.exists():
        (STAMPS / "words").unlink(missing_ok=True)
    sources = [*words[0].rglob("*.po"), words[1]]
    source = "from rongbiao.shell.words import compile_words; compile_words()"
    step("words", "编译界面词表", sources, PYTHON, "-c", source)
    if which == "run":
        static = [ROOT / "rongbiao/web/static", ROOT / "var/assets", ROOT / "requirements.lock"]
        if not (ROOT / "var" / "static").exists():
            (STAMPS / "static").unlink(missing_ok=True)
        step(
            "static",
            "归集静态文件",
            static,
            PYTHON,
            ROOT / "manage.py",
            "collectstatic",
            "--noinput",
            "--clear",
            "-v0",
        )


def main() -> int:
    """Prepare for serving or for testing."""
    which = sys.argv[1] if len(sys.argv) > 1 else "run"
    LOG.parent.mkdir(exist_ok=True)
    try:
        make_environment()
        install(which)
        gather(which)
        finish(which)
    except Failed as failed:
        print(f"准备未完成：{failed}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\n已停止，下次从停下的步骤接着做。", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
