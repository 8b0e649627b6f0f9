"""The daily report of 20, 200 and 1,000 devices, from stored data to PDF, in English and Chinese: time and memory.

``healthd report daily`` in a fresh process, as a person or a timer calls it,
over thirty-five days of an SQLite file (``_past.py`` fills it). Seconds are
those of the processor, of the process and of the child that draws; memory is
the largest sum of the resident pages of both, looked at every 20 ms.
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
    """What a report took: seconds of *cpu* and *wall* clock, *memory* in MiB."""

    cpu: float
    wall: float
    memory: float


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
    best = {language: min(made, key=lambda each: each.cpu) for language, made in taken.items()}
    english, chinese = best["en"], best["zh-CN"]
    promised = count == COUNTS[1]
    yield _figure(f"daily report of {count:,} devices, English", english, SECONDS if promised else None)
    more = chinese.cpu - english.cpu
    yield Figure(
        what=f"the same in Chinese ({count:,} devices)",
        ours=_said(chinese),
        peer="English",
        ratio=f"{chinese.cpu / english.cpu:.2f} ×",
        target=f"≤ {MORE_IN_CHINESE:g} s more" if promised else "",
        met=more <= MORE_IN_CHINESE if promised else None,
    )
    if promised:
        most = max(each.memory for made in taken.values() for each in made)
        yield Figure(
            what=f"memory of both processes, {count:,} devices", ours=f"{most:,.0f} MiB", target=f"≤ {MEBIBYTES} MiB", met=most <= MEBIBYTES
        )


def _figure(what: str, made: Made, target: float | None) -> Figure:
    return Figure(what=what, ours=_said(made), target=f"≤ {target:g} s" if target else "", met=made.cpu <= target if target else None)


def _said(made: Made) -> str:
    return f"{made.cpu:.1f} CPU-s ({made.wall:.1f} s), {made.memory:,.0f} MiB"


def _made(folder: Path, count: int, language: str) -> Made:
    command = [sys.executable, "-m", "healthd", "report", "daily", "--customer", f"D{count}", "--date", DAY, "--lang", language]
    places = ["--data", folder / "data", "--inventory", folder / f"inventory-{count}", "--to", folder / "reports"]
    cpu, begun, most = own_cpu(), time.perf_counter(), 0
    with subprocess.Popen([*command, *places], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        while running.poll() is None:
            most = max(most, memory_of(running.pid))
            time.sleep(0.02)
        said, wrong = running.communicate()
    if running.returncode or not said.strip().endswith(b".pdf"):
        raise Missing(f"the report of {count} devices failed: {wrong.decode()[-500:]}")
    return Made(cpu=own_cpu() - cpu, wall=time.perf_counter() - begun, memory=most / 2**20)
