"""Work shared out over processes: results in the order of the work, errors as with one process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

from framing.errors import FramingError, bad_value

_AHEAD = 2  # batches a process may be ahead of the one that is waited for


class _Answer(NamedTuple):
    value: Any = None
    error: BaseException | None = None


def n_processes(n_jobs: int | None) -> int:
    """Return the number of processes that `n_jobs` stands for, counted as scikit-learn does.

    Raises
    ------
    FramingError
        If it is no whole number or 0.

    Examples
    --------
    >>> n_processes(3), n_processes(None)
    (3, 1)
    """
    if n_jobs is None:
        return 1
    if isinstance(n_jobs, bool) or not isinstance(n_jobs, int) or n_jobs == 0:
        raise FramingError(bad_value("n_jobs", "a whole number of processes, or -1 for all cores", n_jobs))
    return n_jobs if n_jobs > 0 else max(1, _n_cores() + 1 + n_jobs)


def _n_cores() -> int:
    """Return how many cores this process may use; a container or scheduler may allow fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(function: Callable[[Any], Any], items: Iterable[Any], n_jobs: int | None = 1) -> Iterator[Any]:
    """Yield ``function(item)`` for each item, in the order of the items.

    Only a few items are held at a time. With one process, or one item, all is done here. What is
    raised, by `function` or while an item is fetched, is raised in its turn, after all results before it.

    Parameters
    ----------
    function
        What each process does; a copy of it lives in each process for as long as there is work.
    items
        The work, read as it is needed.
    n_jobs
        Number of processes; -1 for all cores.

    Raises
    ------
    FramingError
        If a process ends before its work is done.
    """
    wanted = n_processes(n_jobs)
    if wanted == 1 or multiprocessing.current_process().daemon:  # a daemon may not have children
        yield from map(function, items)
        return
    items = iter(items)
    first = _fetched(islice(items, 2))
    if len(first) < 2 or first[-1].error:
        for answer in first:
            yield function(_opened(answer))
        return
    yield from _shared_out(function, chain([f.value for f in first], items), wanted)


def _fetched(items: Iterator[Any]) -> list[_Answer]:
    found = []
    try:
        for item in items:
            found.append(_Answer(item))
    except Exception as error:
        found.append(_Answer(error=error))
    return found


def _opened(answer: _Answer) -> Any:
    if answer.error is not None:
        raise answer.error
    return answer.value


def _shared_out(function: Callable[[Any], Any], items: Iterator[Any], wanted: int) -> Iterator[Any]:
    done: dict[int, _Answer] = {}
    n_given = n_yielded = 0
    item = _next(items)
    with _Processes(function) as processes:
        while item is not None or processes.busy or done:
            while item is not None and n_given - n_yielded < _AHEAD * wanted:
                if item.error is not None:
                    done[n_given] = item
                elif processes.idle or processes.n < wanted:
                    processes.give(n_given, item.value)
                else:
                    break
                n_given += 1
                item = _next(items) if item.error is None else None
            if processes.busy and n_yielded not in done:
                done.update(processes.answers())
            elif n_yielded in done:
                yield _opened(done.pop(n_yielded))
                n_yielded += 1


def _next(items: Iterator[Any]) -> _Answer | None:
    """Fetch an item or the error in its place; ``None`` at the end."""
    found = _fetched(islice(items, 1))
    return found[0] if found else None


class _Processes:
    """Processes that each do one piece of work at a time.

    There is no thread in this: with pipes and `wait`, Ctrl-C reaches the caller at once, a process
    that dies is seen at once, and the caller can be forked safely.
    """

    def __init__(self, function: Callable[[Any], Any]):
        self._function = function
        self._context = multiprocessing.get_context(_start_method())
        self._all: list[tuple[BaseProcess, Connection]] = []
        self.idle: list[Connection] = []
        self.busy: dict[Connection, int] = {}

    def __enter__(self) -> _Processes:
        return self

    def __exit__(self, *error: object) -> None:
        for process, line in self._all:
            line.close()  # an idle process ends when its line does
            if error[0] is not None:
                process.terminate()
        for process, _ in self._all:
            process.join()

    @property
    def n(self) -> int:
        """Number of processes."""
        return len(self._all)

    def give(self, number: int, item: Any) -> None:
        """Give an item to an idle process, or to a new one."""
        line = self.idle.pop() if self.idle else self._start()
        self.busy[line] = number
        try:
            line.send(item)
        except OSError as error:
            raise self._ended(line) from error

    def answers(self) -> dict[int, _Answer]:
        """Wait for answers and return those that have come, by the number of the item."""
        found = {}
        for line in wait(list(self.busy)):
            try:
                found[self.busy.pop(line)] = line.recv()
            except (EOFError, OSError) as error:
                raise self._ended(line) from error
            self.idle.append(line)
        return found

    def _start(self) -> Connection:
        here, there = self._context.Pipe()
        forked = self._context.get_start_method() == "fork"
        others = [here, *(line for _, line in self._all)] if forked else []
        process = self._context.Process(target=_work, args=(self._function, there, others), daemon=True)
        with warnings.catch_warnings():
            # Python 3.12 warns of a fork beside threads. Python itself has none here (see `_start_method`);
            # those of the libraries below pandas are idle and made to be forked.
            warnings.filterwarnings("ignore", message=".*fork", category=DeprecationWarning)
            process.start()
        there.close()
        self._all.append((process, here))
        return here

    def _ended(self, line: Connection) -> FramingError:
        process = next(p for p, own in self._all if own is line)
        process.join(timeout=5)
        return FramingError(
            f"a process ended before its work was done (exit code {process.exitcode}). Perhaps memory ran out: use "
            "fewer processes. In a script of your own, put the call under: if __name__ == '__main__':"
        )


def _start_method() -> str:
    """Choose how processes start; a safer way set with `multiprocessing.set_start_method` stays.

    A forked process need not import pandas and scikit-learn again, which takes longer than scoring
    hundreds of articles. It is safe on Linux while Python has a single thread.
    """
    chosen = multiprocessing.get_start_method(allow_none=True)
    if chosen not in (None, "fork"):
        return chosen
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _work(function: Callable[[Any], Any], line: Connection, others: list[Connection]) -> None:
    """Answer items until the line ends: the life of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the caller decides what it means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a fork would keep the caller's
    for other in others:  # copies made by the fork, which would keep the other lines open
        other.close()
    while True:
        try:
            item = line.recv()
        except (EOFError, OSError):
            return
        try:
            answer = _Answer(function(item))
        except Exception as error:
            if not isinstance(error, FramingError):
                error.add_note("In a process of its own:\n" + traceback.format_exc())
            answer = _Answer(error=error)
        try:
            line.send(answer)
        except OSError:
            return
        except Exception as error:  # what cannot be sent is named
            line.send(_Answer(error=RuntimeError(f"{answer.error or answer.value!r} cannot be sent: {error}")))
