"""Apart (分工): what a process that checks portions beside the main one does first.

Nothing here may import a model: that is only possible after ``prepare``.
"""

import os
import threading
import time

LOOK = 1.0  # seconds between two looks at the parent


def prepare(parent: int) -> None:
    """Make a process ready for models, and let it end when its parent is gone, even killed."""
    import django

    end_with(parent)
    django.setup()


def end_with(parent: int) -> None:
    """Let this process end when its parent is gone, even killed."""
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)
