"""Writing forms and ledgers as PDF, in a process of its own as ``pdf`` does for reports; what cannot be drawn is an error here."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from healthd.errors import RenderError
from healthd.model.sheet import Form, Ledger
from healthd.reports.press import KEPT

MEMORY = 1024**3
SECONDS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What to draw, in which language, and where to put it (a ``.pdf``)."""

    value: Form | Ledger
    code: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The sheets to draw; at most so much *memory* in bytes, and so many *seconds* of processor."""

    sheets: tuple[Sheet, ...]
    memory: int = MEMORY
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was written, its number of pages, and what WeasyPrint complained of."""

    path: Path
    pages: int
    complaints: tuple[str, ...] = ()


def write(value: Form | Ledger, code: str, path: Path) -> Drawn:
    """Write *value* in language *code* to *path*.

    Raises:
        RenderError: it could not be drawn; nothing was written.
    """
    return write_all([Sheet(value=value, code=code, path=path)])[0]


def write_all(wanted: Sequence[Sheet]) -> tuple[Drawn, ...]:
    """Write all of *wanted* in one process, or none of them.

    Raises:
        RenderError: one of them could not be drawn.
    """
    for each in wanted:
        each.path.parent.mkdir(parents=True, exist_ok=True)
    new = [each.path.with_name(f".{each.path.name}.new").absolute() for each in wanted]
    try:
        told = _drawn(Job(sheets=tuple(replace(each, path=place) for each, place in zip(wanted, new, strict=True))), wanted[0].path.name)
        for each, place in zip(wanted, new, strict=True):
            place.replace(each.path)
    finally:
        for place in new:
            place.unlink(missing_ok=True)
    return tuple(
        Drawn(path=each.path, pages=said["pages"], complaints=tuple(said["complaints"])) for each, said in zip(wanted, told, strict=True)
    )


def _drawn(job: Job, name: str) -> list[dict[str, Any]]:
    kept = {key: os.environ[key] for key in KEPT if key in os.environ}
    command = [sys.executable, "-m", "healthd.reports._sheet"]
    try:
        done = subprocess.run(command, input=pickle.dumps(job), capture_output=True, timeout=SECONDS, env=kept, check=False)
    except subprocess.TimeoutExpired as error:
        raise RenderError(f"{name}: drawing took more than {SECONDS:g} s") from error
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RenderError(f"{name}: drawing failed: {last[-1][:200] if last else f'status {done.returncode}'}")
    told: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return told
