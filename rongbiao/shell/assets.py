"""Assets: what pages use of the front end's packages, gathered into one folder."""

import re
import shutil
import tomllib
from pathlib import Path

SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+\s*$")
ICONS = Path("@tabler/icons/icons/outline")
# package → (its licence file, its files that pages load)
PACKAGES = {
    "echarts": ("LICENSE", ("dist/echarts.min.js",)),
    "@tabler/icons": ("LICENSE", ()),
}


def gather(root: Path) -> None:
    """Copy icons, charts and licences into ``var/assets``."""
    modules, target = root / "node_modules", root / "var" / "assets"
    shutil.rmtree(target, ignore_errors=True)
    (target / "icons").mkdir(parents=True)
    (target / "licences").mkdir()
    with (root / "rongbiao" / "web" / "icons.toml").open("rb") as file:
        names = tomllib.load(file)["icons"]
    for name in names:
        shutil.copyfile(modules / ICONS / f"{name}.svg", target / "icons" / f"{name}.svg")
    for package, (licence, files) in PACKAGES.items():
        plain = package.strip("@").replace("/", "-")
        shutil.copyfile(modules / package / licence, target / "licences" / f"{plain}.txt")
        for name in files:
            content = (modules / package / name).read_bytes()
            (target / Path(name).name).write_bytes(SOURCE_MAP.sub(b"\n", content))
