"""Progress bars: on a terminal only, and without a thread of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tqdm import tqdm


class _Bar(tqdm):
    monitor_interval = 0  # no thread: processes start fastest from a program without any


def progress_bar(items: Sequence[Any] | None, what: str, progress: bool, **options: Any) -> Any:
    """Return a bar over some items, or one to be moved by hand when there are none.

    Parameters
    ----------
    items
        What to go through.
    what
        Words before the bar.
    progress
        Whether to show it; it shows on a terminal only.
    **options
        As `tqdm.tqdm` takes them.
    """
    return _Bar(items, desc=what, leave=False, disable=None if progress else True, **options)
