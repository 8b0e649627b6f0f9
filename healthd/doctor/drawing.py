"""Fonts and libraries that reports are drawn with."""

import shutil
import subprocess
from collections.abc import Iterator
from ctypes.util import find_library

from healthd.doctor._patient import Found, Patient, bad, good, note

ORDER = 10


def check(patient: Patient) -> Iterator[Found]:
    """Look for Pango, the font subsetter, and Latin and Chinese fonts."""
    if not find_library("pango-1.0"):
        yield bad("Pango is missing: no PDF can be drawn, reports come as text", "apt-get install libpango-1.0-0 libpangoft2-1.0-0")
    if not find_library("harfbuzz-subset"):
        yield note("libharfbuzz-subset is missing: a Chinese report takes some 16 s instead of one", "apt-get install libharfbuzz-subset0")
    chinese = any("zh-CN" in customer.languages for customer in patient.customers)
    if chinese and not _has("zh-cn"):
        yield bad("no font for Simplified Chinese: reports would show boxes", "apt-get install fonts-noto-cjk")
    if not _has("en"):
        yield bad("no font at all", "apt-get install fonts-inter fonts-noto-core")
    if find_library("pango-1.0") and find_library("harfbuzz-subset") and (_has("zh-cn") or not chinese):
        yield good("fonts and libraries for reports are there")


def _has(language: str) -> bool:
    if shutil.which("fc-list") is None:
        return True  # nobody to ask; drawing says it when it is wrong
    done = subprocess.run(["fc-list", f":lang={language}", "family"], capture_output=True, text=True, check=False, timeout=20)
    return bool(done.stdout.strip())
