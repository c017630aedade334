"""Where tests work: in a ``var`` of their own, never in the desk's.

A pytest plugin (``-p tests.place``), because settings are read before any conftest is.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

if "RONGBIAO_VAR" not in os.environ:
    os.environ["RONGBIAO_VAR"] = tempfile.mkdtemp(prefix="rongbiao-tests-")
    atexit.register(shutil.rmtree, os.environ["RONGBIAO_VAR"], ignore_errors=True)
os.environ.setdefault("RONGBIAO_ASSETS", str(ROOT / "var" / "assets"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongbiao.settings")
(Path(os.environ["RONGBIAO_VAR"]) / "static").mkdir(parents=True, exist_ok=True)
