"""LibreOffice: the second program that opens our Word files, where it is installed."""

import shutil
import subprocess
from pathlib import Path

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
WHY_NOT = (
    "本机没有 LibreOffice，不转换 Word 文件（Debian：apt-get install libreoffice-writer-nogui）。"
)


def as_pdf(files: list[Path], folder: Path) -> list[Path]:
    """Return the PDF that LibreOffice makes of each Word file, with a profile of its own."""
    assert SOFFICE
    done = subprocess.run(
        [SOFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile",
         "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    made = [folder / f"{file.stem}.pdf" for file in files]
    assert all(path.exists() for path in made), done.stderr[-500:]
    return made
