"""``rongbiao dump``: the whole register of standards as one file, with its checksum."""

import argparse
import json
import time

from django.utils import timezone

from rongbiao.exchange import dump
from rongbiao.shell.complaint import Complaint


def run(asked: argparse.Namespace) -> int:
    """Write today's dump into ``var/dumps``."""
    started = time.monotonic()
    try:
        made = dump.write(timezone.localdate())
    except OSError as bad:
        raise Complaint(f"写不了全量数据（{bad}）。") from bad
    if asked.json:
        print(json.dumps({"path": str(made.path), "size": made.size, "sha256": made.sha256}))
    else:
        spent = time.monotonic() - started
        print(f"已写出：{made.path}（{made.size / 1e6:.1f} MB，{spent:.1f} 秒）。")
    return 0
