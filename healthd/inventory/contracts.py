"""``contracts.csv`` beside a ``customer.yaml``: what contracts say unit by unit.

    serial,pid,contract,level,starts,ends,warranty,supported
    FOC2242L0AB,C9300-48P,200457,SNTP,2026-01-01,2026-12-31,,2031-10-31

Only *serial* is needed. *level* is as Cisco or the partner writes it
("8x5xNBD", "SNTP", "7x24x4"); *warranty* is its last day, *supported* Cisco's
last date of support. Comma, semicolon or tab; dates as 2026-12-31 or
2026/12/31; UTF-8, with or without a byte order mark.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from healthd.inventory.document import Mistakes
from healthd.model.coverage import Coverage

COLUMNS = ("serial", "pid", "contract", "level", "starts", "ends", "warranty", "supported")
DATES = ("starts", "ends", "warranty", "supported")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_SERIAL = re.compile(r"[A-Za-z0-9-]{4,32}")


def coverage(file: Path, mistakes: Mistakes) -> tuple[Coverage, ...]:
    """Return what *file* says, sorted by serial number; empty where there is no such file."""
    if not file.exists():
        return ()
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        mistakes.add(file, 1, "cannot be read as UTF-8; save the table as CSV UTF-8")
        return ()
    found: dict[str, Coverage] = {}
    for number, row in _rows(lines, file, mistakes):
        made = _unit(number, row, file, mistakes)
        if made and made.serial.upper() in found:
            mistakes.add(file, number, f"serial: found {made.serial!r} twice; allowed: once; keep the line that holds")
        elif made:
            found[made.serial.upper()] = made
    return tuple(found[key] for key in sorted(found))


def _rows(lines: list[str], file: Path, mistakes: Mistakes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the lines below the header with their numbers, the columns by name."""
    header = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=max(",;\t", key=header.count))
    names = [each.strip().lower() for each in next(reader, [])]
    unknown = [each for each in names if each and each not in COLUMNS]
    if "serial" not in names or unknown:
        found = f"the column {unknown[0]!r}" if unknown else "no column 'serial'"
        mistakes.add(file, 1, f"found {found}; allowed: {', '.join(COLUMNS)}; name the columns in the first line")
        return
    for row in reader:
        if any(each.strip() for each in row):
            yield reader.line_num, {name: value.strip() for name, value in zip(names, row, strict=False) if name}


def _unit(number: int, row: dict[str, str], file: Path, mistakes: Mistakes) -> Coverage | None:
    serial = row.get("serial", "")
    if not _SERIAL.fullmatch(serial):
        mistakes.add(file, number, f"serial: found {serial!r}; allowed: a serial number; correct it")
        return None
    days = {key: _date(number, key, row.get(key, ""), file, mistakes) for key in DATES}
    starts, ends = days["starts"], days["ends"]
    if starts and ends and ends < starts:
        mistakes.add(file, number, f"ends: found {ends}, before starts {starts}; allowed: a later day; correct one of them")
    return Coverage(serial=serial, pid=row.get("pid", ""), contract=row.get("contract", ""), level=row.get("level", ""), **days)


def _date(number: int, key: str, said: str, file: Path, mistakes: Mistakes) -> date | None:
    if not said:
        return None
    if found := _DATE.fullmatch(said):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
    mistakes.add(file, number, f"{key}: found {said!r}; allowed: a day as YYYY-MM-DD; write for example 2026-12-31")
    return None
