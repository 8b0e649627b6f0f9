"""Polls as a table for people."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from healthd.model.finding import Finding, Level
from healthd.model.poll import Poll

_HEAD = ("DEVICE", "STATE", "SYSTEM", "VERSION", "MODEL", "UPTIME", "INTERFACES UP", "FINDINGS")
_SHORT = 2
_TOLD = 40
_COLOURS = {Level.CRITICAL: "31", Level.WARNING: "33"}


@dataclass(frozen=True, slots=True)
class Row:
    """One device's line: the cells, the worst level found (None when nothing was), and what was found, the worst first."""

    cells: tuple[str, ...]
    worst: Level | None
    found: tuple[Finding, ...] = ()


def row(poll: Poll, findings: Iterable[Finding]) -> Row:
    """Return the line for *poll*; a device that did not answer shows the reason instead."""
    if not poll.up:
        return Row((poll.device, "unreachable", _plain(poll.reason)), Level.CRITICAL)
    found = tuple(sorted(findings, key=lambda finding: -finding.level))
    levels = [finding.level for finding in found]
    system = poll.system
    if system is None:
        return Row((poll.device, "up"), None)
    ups = sum(1 for i in poll.interfaces if i.oper == "up")
    return Row(
        (
            poll.device,
            "up",
            system.platform,
            _plain(system.version),
            _plain(system.pid),
            str(timedelta(seconds=int(system.uptime_s))) if system.uptime_s is not None else "-",
            f"{ups}/{len(poll.interfaces)}",
            ", ".join(f"{levels.count(level)} {level.word}" for level in sorted(set(levels), reverse=True)) or "-",
        ),
        max(levels, default=None),
        found,
    )


def _plain(said: str) -> str:
    """Return what a device said on one line, or a dash; what would steer the terminal is spelt out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in " ".join(said.split())) or "-"


def show(rows: Sequence[Row]) -> None:
    """Print the table, sorted by device, and below it what was found; colours only on a terminal whose user has not refused them (NO_COLOR)."""
    body = sorted(rows, key=lambda r: r.cells[0])
    # Why a device did not answer runs on to the end of its line; it makes no column wider.
    whole = [_HEAD, *(r.cells if len(r.cells) == len(_HEAD) else r.cells[:_SHORT] for r in body)]
    widths = [max(len(cells[column]) for cells in whole if len(cells) > column) for column in range(len(_HEAD))]
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    print(_line(_HEAD, widths))
    for each in body:
        code = _COLOURS.get(each.worst) if each.worst and colours else None
        said = _line(each.cells, widths)
        print(f"\x1b[{code}m{said}\x1b[0m" if code else said)
    lines = [_found(each.cells[0], finding) for each in body for finding in each.found if finding.level > Level.NOTICE]
    if lines:
        print("", *lines[:_TOLD], sep="\n")
    if len(lines) > _TOLD:
        print(f"and {len(lines) - _TOLD} more; --json tells all")


def _found(device: str, finding: Finding) -> str:
    advice = f" → {_plain(str(finding.advice))}" if finding.advice else ""
    return f"{device}  {finding.level.word}: {_plain(str(finding.summary))}{advice}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=False)).rstrip()
