"""Fault points do nothing in earnest, and exactly what was asked in a test."""

import signal
import subprocess
import sys

import pytest

from healthd.errors import ConfigError
from healthd.faultpoint import InjectedError, faultpoint, wanted


def test_without_the_variable_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEALTHD_FAULT", raising=False)
    faultpoint("poll.before_commit")


def test_outside_test_mode_it_is_refused() -> None:
    with pytest.raises(ConfigError, match="this is no test"):
        wanted({"HEALTHD_FAULT": "mail.after_250:kill"})


def test_what_is_not_understood_is_told() -> None:
    with pytest.raises(ConfigError, match="explode"):
        wanted({"HEALTHD_FAULT": "mail.after_250:explode", "HEALTHD_TEST": "1"})


def test_the_chosen_pass_fails_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHD_TEST", "1")
    monkeypatch.setenv("HEALTHD_FAULT", "here-once@2:raise")
    faultpoint("here-once")
    with pytest.raises(InjectedError):
        faultpoint("here-once")
    faultpoint("here-once")
    faultpoint("elsewhere")


def test_kill_ends_the_process_at_once() -> None:
    code = "from healthd.faultpoint import faultpoint\nprint('before', flush=True)\nfaultpoint('x')\nprint('after')"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"HEALTHD_TEST": "1", "HEALTHD_FAULT": "x:kill"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert done.stdout == "before\n"
