"""An installation of its own for tests of backups."""

import shutil
from pathlib import Path

import pytest

from tests.shell.installation import FOUND, python, rongbiao


@pytest.fixture(scope="module")
def founded(tmp_path_factory) -> Path:
    """An installation with 20 files, and a backup of it beside it."""
    place = tmp_path_factory.mktemp("founded")
    python(place / "var", FOUND)
    done = rongbiao(place / "var", "backup", place / "backup.tar")
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture
def var(founded, tmp_path) -> Path:
    """A copy of the installation, to be changed."""
    shutil.copytree(founded / "var", tmp_path / "var")
    return tmp_path / "var"
