"""The file of refused lines (``rongbiao load --refused``): opened before anything is entered."""

import csv
import io
import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from rongbiao.exchange.loading import loads
from rongbiao.shell.complaint import Complaint, way_out
from rongbiao.standards.load import Load

HEADING = ("行", "列", "原因")


class Refusals:
    """Where refused lines go; without a name they go nowhere.

    Raises Complaint on entering where nobody may write, and on leaving where writing
    failed: by then the loads are done, and the lines of those that follow are not lost on them.
    """

    def __init__(self, name: str | None) -> None:
        self.name = name
        self.bad: OSError | None = None
        self.text: io.TextIOWrapper | None = None

    def __enter__(self) -> Self:
        if not self.name:
            return self
        try:  # to append: what stands in the file goes only when there is better
            file = Path(self.name).open("ab")
            self.text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
        except OSError as bad:
            raise Complaint(f"没有导入：不能写入“{self.name}”，{way_out(bad)}。") from bad
        self.begun = False
        return self

    def take(self, load: Load) -> None:
        """Write the refused lines of a load that is done, under the one heading of the file."""
        if not self.text or self.bad:
            return
        try:
            if not self.begun:
                if os.fstat(self.text.fileno()).st_size:  # pipes and devices hold nothing
                    self.text.seek(0)
                    self.text.truncate()
                csv.writer(self.text).writerow(HEADING)
                self.begun = True
            csv.writer(self.text).writerows(loads.refused_rows(load))
            self.text.flush()
        except OSError as bad:
            self.bad = bad

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if not self.text:
            return
        with suppress(OSError):  # what could not be written is told below
            self.text.close()
        if self.bad and kind is None:
            raise Complaint(
                f"导入已经办完，但不能接收的行没有写进“{self.name}”：{way_out(self.bad)}。"
            ) from self.bad
