import subprocess
import sys
import time

import pytest

import framing


def test_all_names_load_and_are_few():
    assert len(set(framing.__all__) - {"__version__"}) <= 30
    for name in framing.__all__:
        assert getattr(framing, name) is not None
    assert set(framing.__all__) | {"Sourcing", "Style", "Voice"} <= set(dir(framing))


@pytest.mark.slow
def test_functions_stay_functions_whatever_is_imported_first():
    code = "import framing; framing.compare; framing.figures; import framing.analysis, framing.comparing.contrasts, framing.comparing.specifications; framing.features.__call__; framing.compare.__call__; framing.robustness.__call__; framing.keyness.__call__; framing.distinct.__call__"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_name():
    with pytest.raises(AttributeError, match="has no attribute 'frames'"):
        framing.frames  # noqa: B018


def test_public_things_are_documented():
    for name in framing.__all__:
        assert name == "__version__" or getattr(framing, name).__doc__, name


def seconds(*command):
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def test_import_and_help_are_quick():
    bare = seconds(sys.executable, "-c", "pass")
    assert seconds(sys.executable, "-c", "import framing") - bare < 0.3
    assert seconds(sys.executable, "-m", "framing", "--help") - bare < 0.5


def test_heavy_packages_load_on_use_only():
    code = "import sys, framing; assert not {'pandas', 'matplotlib', 'nltk', 'textstat', 'sklearn'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
    scored = "import sys, framing; framing.features('It rained.'); assert not {'textstat', 'nltk', 'matplotlib'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", scored], check=True)


def test_the_guard_against_the_network_works():
    import socket

    with socket.socket() as outside, pytest.raises(AssertionError, match="the network was touched"):
        outside.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match="the network was touched"):
        socket.getaddrinfo("example.org", 80)
