import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from framing.errors import CodebookError, FramingError
from framing.processes import _start_method, in_order, n_processes


def late_first(number):
    time.sleep(0.05 if number == 0 else 0)
    return number * 10, os.getpid()


def fails_at_three(number):
    if number == 3:
        raise CodebookError("three is too many.")
    return number


def breaks(number):
    return number / 0


def dies(number):
    os._exit(7)


def unsendable(number):
    return lambda: number


@pytest.fixture(params=["fork", "spawn"])
def start(request, monkeypatch):
    if request.param not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system cannot {request.param}")
    monkeypatch.setattr("framing.processes._start_method", lambda: request.param)


def test_results_come_in_the_order_of_the_work(start):
    found = list(in_order(late_first, range(9), 2))
    assert [value for value, _ in found] == [n * 10 for n in range(9)]
    assert os.getpid() not in {pid for _, pid in found}
    assert len({pid for _, pid in found}) <= 2


def test_an_error_comes_in_its_turn_and_as_it_was(start):
    found = []
    with pytest.raises(CodebookError, match="^three is too many.$"):
        for value in in_order(fails_at_three, range(9), 2):
            found.append(value)
    assert found == [0, 1, 2]


def test_an_error_of_the_source_comes_after_what_is_before_it(start):
    def source():
        yield from range(3)
        raise FramingError("row 4 is bad.")

    found = []
    with pytest.raises(FramingError, match="row 4 is bad"):
        for value in in_order(fails_at_three, source(), 2):
            found.append(value)
    assert found == [0, 1, 2]


@pytest.mark.parametrize("n", [0, 1])
def test_short_work_stays_in_this_process(n):
    assert [pid for _, pid in in_order(late_first, range(n), 2)] == [os.getpid()] * n


def test_an_unexpected_error_says_where_it_was(start):
    with pytest.raises(ZeroDivisionError) as caught:
        list(in_order(breaks, range(4), 2))
    assert "in breaks" in caught.value.__notes__[0]


def test_a_process_that_dies_is_named(start):
    with pytest.raises(FramingError, match=r"ended before its work was done \(exit code 7\)"):
        list(in_order(dies, range(4), 2))


def test_what_cannot_be_sent_is_named(start):
    with pytest.raises(RuntimeError, match="cannot be sent"):
        list(in_order(unsendable, range(4), 2))


def test_no_process_is_left_when_the_caller_stops_early(start):
    results = in_order(late_first, iter(range(1000)), 2)
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


def test_only_a_few_items_are_fetched_ahead():
    fetched = []

    def source():
        for number in range(100):
            fetched.append(number)
            yield number

    results = in_order(fails_at_three, source(), 2)
    next(results)
    assert len(fetched) <= 8
    results.close()


@pytest.mark.parametrize("n_jobs", [0, 1.5, "2", True])
def test_bad_numbers_of_processes(n_jobs):
    with pytest.raises(FramingError, match="n_jobs must be a whole number of processes, or -1 for all cores, got "):
        n_processes(n_jobs)


def test_numbers_of_processes():
    assert n_processes(-1) >= 1 and n_processes(-1000) == 1 and n_processes(4) == 4 and n_processes(None) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")
def test_no_fork_beside_threads():
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    assert _start_method() == "spawn"
    end.set()
    other.join()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_all_processes():
    code = (
        "import os, time\n"
        "from framing.processes import in_order\n"
        "def work(n):\n"
        "    os.write(1, b'%d\\n' % os.getpid()); time.sleep(60)\n"  # one write, so that two do not mix
        "if __name__ == '__main__':\n"
        "    list(in_order(work, range(4), 2))\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    pids = [int(run.stdout.readline()) for _ in range(2)]
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all at once
    _, errors = run.communicate(timeout=20)
    assert run.returncode != 0
    assert errors.count("Traceback") == 1 and "KeyboardInterrupt" in errors
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
