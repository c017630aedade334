"""Photograph the main pages: ``shots.py [ADDRESS …]``, at 1440 and 390 px, into var/shots.

Starts the platform with its demonstration world on a port of its own, and one
picture of the board goes into docs for the README (``--readme``).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.machine import chromium, free_port  # noqa: E402

SHOTS = ROOT / "var" / "shots"
PLAN = "/plans/fuzhou-2023-157/"
PAGES = {
    "home": "/",
    "board": "/board/",
    "board-open": "/board/?asof=2025-09-30",
    "targets": "/targets/",
    "target": f"{PLAN}targets/declared-standards/?asof=2025-09-30",
    "matrix": "/matrix/?quarter=2025Q3&asof=2025-10-14",
    "task": f"{PLAN}tasks/11/",
    "tasks": "/tasks/",
    "units": "/units/",
    "unit": "/units/12/",
    "opinion": PLAN,
    "registers": "/registers/standards/",
    "check": "/check/",
    "decisions": "/decisions/",
    "conference": "/conference/",
    "supervision": "/supervision/",
    "login": "/accounts/login/",
}
LOOKS = {"": {}, "-dark": {"theme": "dark"}, "-large": {"size": "large"}}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


def serve(var: Path) -> tuple[subprocess.Popen, str]:
    """Start the platform and wait until its board answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "RONGBIAO_VAR": str(var),
        "RONGBIAO_ASSETS": str(ROOT / "var/assets"),
    }
    python = ROOT / ".venv/bin/python"
    subprocess.run(  # noqa: S603
        [python, ROOT / "manage.py", "collectstatic", "--noinput", "-v0"],
        env=environment,
        check=True,
    )
    server = subprocess.Popen(  # noqa: S603
        [ROOT / ".venv/bin/rongbiao", "serve", "--prepare", "--demo", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/board/", timeout=5).close()  # noqa: S310
        except OSError:
            time.sleep(0.5)
        else:
            break
    return server, address


def main() -> int:
    """Take the pictures."""
    from playwright.sync_api import sync_playwright

    readme = "--readme" in sys.argv
    wanted = [word for word in sys.argv[1:] if not word.startswith("-")] or list(PAGES)
    path = chromium()
    if path is None:
        print("本机没有 Chromium，不能拍照。", file=sys.stderr)
        return 2
    SHOTS.mkdir(parents=True, exist_ok=True)
    server, address = serve(ROOT / "var" / "shots-site")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=QUIET)
            for name in wanted:
                for width in (1440, 390):
                    for look, cookies in (
                        LOOKS.items() if name in {"board", "matrix", "home"} else [("", {})]
                    ):
                        context = browser.new_context(
                            viewport={"width": width, "height": 900}, locale="zh-CN"
                        )
                        context.add_cookies(
                            [{"name": k, "value": v, "url": address} for k, v in cookies.items()]
                        )
                        page = context.new_page()
                        page.goto(address + PAGES[name])
                        page.wait_for_timeout(300)
                        page.screenshot(path=SHOTS / f"{name}-{width}{look}.png", full_page=True)
                        context.close()
            if readme:
                page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
                page.goto(f"{address}/board/?asof=2025-09-30")
                page.wait_for_timeout(500)
                page.screenshot(path=ROOT / "docs" / "board.png")
            browser.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    print(f"已拍照，见 {SHOTS.relative_to(ROOT)}。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
