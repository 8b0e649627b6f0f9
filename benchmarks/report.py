"""The daily report of 20, 200 and 1,000 devices, from stored data to PDF, in English and Chinese: time and memory.

``healthd report daily`` in a fresh process, as a person or a timer calls it,
over thirty-five days of an SQLite file (``_past.py`` fills it). Seconds are
those on the wall, best of the rounds, and those of the processors in all
processes; memory is the most that all of them held together, pages that they
share once, looked at every 50 ms in a run of its own.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

from benchmarks import _past
from benchmarks._figure import Figure, memory_of, own_cpu, progress
from benchmarks._missing import Missing
from healthd.lab import examples
from healthd.store import database

ORDER = 2
COUNTS = (20, 200, 1000)
LANGUAGES = ("en", "zh-CN")
SECONDS, MORE_IN_CHINESE, MEBIBYTES = 3.0, 2.0, 500
DAY = "2026-03-30"
FIRST = int(IPv4Address("10.0.0.1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a report took: seconds of *cpu* and *wall* clock."""

    cpu: float
    wall: float


def figures(scale: float = 1.0) -> Iterator[Figure]:
    """Measure; below *scale* 1 the counts shrink, above it 1,000 devices are measured too, which takes many minutes."""
    folder = Path(tempfile.mkdtemp(prefix="healthd-bench-"))
    counts = COUNTS if scale > 1 else COUNTS[:2] if scale == 1 else tuple(max(5, int(count * scale)) for count in COUNTS[:1])
    try:
        _prepared(folder, counts)
        for count in counts:
            progress(f"daily report of {count:,} devices")
            yield from _reported(folder, count, 2 if scale >= 1 and count <= COUNTS[1] else 1)
    finally:
        shutil.rmtree(folder)


def _prepared(folder: Path, counts: Sequence[int]) -> None:
    database.open_database(database.Settings(url=database.sqlite_url(folder / "data" / "healthd.sqlite3")))
    try:
        progress("the past of the lab's devices, some 40 s")
        _past.live()
        for count in counts:
            wanted = _past.copies(count)
            _past.copied(f"D{count}", wanted)
            _inventory(folder / f"inventory-{count}" / f"D{count}", count, wanted)
    finally:
        database.close_database()


def _inventory(folder: Path, count: int, wanted: Sequence[_past.Copy]) -> None:
    folder.mkdir(parents=True)
    (folder / "customer.yaml").write_text(
        f"title: Company with {count} devices\nlanguages: [en, zh-CN]\ntime_zone: UTC\n"
        "contract: {number: B-1, level: 7x24x4, starts: 2026-01-01, ends: 2027-12-31, availability: 99.9}\n"
    )
    (folder / "credentials.yaml").write_text("any:\n  snmp: v2c\n  community: env:NONE\n")
    known = examples.network(_past.NOW).specs
    lines = (
        f"{each.name}:\n  hostname: {IPv4Address(FIRST + number)}\n  platform: {known[each.model].platform}\n  data: {{snmp: any}}\n"
        for number, each in enumerate(wanted)
    )
    (folder / "hosts.yaml").write_text("".join(lines))


def _reported(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    taken: dict[str, list[Made]] = {language: [] for language in LANGUAGES}
    for _ in range(rounds):
        for language in LANGUAGES:
            taken[language].append(_made(folder, count, language))
    best = {language: min(made, key=lambda each: each.wall) for language, made in taken.items()}
    english, chinese = best["en"], best["zh-CN"]
    promised = count == COUNTS[1]
    yield Figure(
        what=f"daily report of {count:,} devices, English",
        ours=_said(english),
        target=f"≤ {SECONDS:g} s" if promised else "",
        met=english.wall <= SECONDS if promised else None,
    )
    more = chinese.wall - english.wall
    yield Figure(
        what=f"the same in Chinese ({count:,} devices)",
        ours=_said(chinese),
        peer="English",
        ratio=f"{chinese.wall / english.wall:.2f} ×",
        target=f"≤ {MORE_IN_CHINESE:g} s more" if promised else "",
        met=more <= MORE_IN_CHINESE if promised else None,
    )
    held = {language: _held(folder, count, language) for language in LANGUAGES}
    yield Figure(
        what=f"memory of all processes, {count:,} devices, English and Chinese",
        ours=f"{held['en']:,.0f} and {held['zh-CN']:,.0f} MiB",
        target=f"≤ {MEBIBYTES} MiB" if promised else "",
        met=max(held.values()) <= MEBIBYTES if promised else None,
    )


def _said(made: Made) -> str:
    return f"{made.wall:.1f} s ({made.cpu:.1f} CPU-s)"


def _made(folder: Path, count: int, language: str) -> Made:
    cpu, begun = own_cpu(), time.perf_counter()
    with _running(folder, count, language) as running:
        _ended(running, count)
    return Made(cpu=own_cpu() - cpu, wall=time.perf_counter() - begun)


def _held(folder: Path, count: int, language: str) -> float:
    """Return the most MiB that the processes of one report held together."""
    most = 0
    with _running(folder, count, language) as running:
        while running.poll() is None:
            most = max(most, memory_of(running.pid))
            time.sleep(0.05)
        _ended(running, count)
    return most / 2**20


def _running(folder: Path, count: int, language: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "healthd", "report", "daily", "--customer", f"D{count}", "--date", DAY, "--lang", language]
    places = ["--data", folder / "data", "--inventory", folder / f"inventory-{count}", "--to", folder / "reports"]
    return subprocess.Popen([*command, *places], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _ended(running: "subprocess.Popen[bytes]", count: int) -> None:
    said, wrong = running.communicate()
    if running.returncode or not said.strip().endswith(b".pdf"):
        raise Missing(f"the report of {count} devices failed: {wrong.decode()[-500:]}")
