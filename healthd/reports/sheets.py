"""Writing a form or a ledger as PDF, in a process of its own as ``pdf`` does for reports; what cannot be drawn is an error here."""

import json
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from healthd.errors import RenderError
from healthd.model.sheet import Form, Ledger
from healthd.reports.press import KEPT

MEMORY = 1024**3
SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to draw in which language and where to put it; at most so much *memory* in bytes, and so many *seconds*."""

    sheet: Form | Ledger
    code: str
    path: Path
    memory: int = MEMORY
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was written, its number of pages, and what WeasyPrint complained of."""

    path: Path
    pages: int
    complaints: tuple[str, ...] = ()


def write(sheet: Form | Ledger, code: str, path: Path) -> Drawn:
    """Write *sheet* in language *code* to *path* (a ``.pdf``), all of it or nothing.

    Raises:
        RenderError: it could not be drawn.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new").absolute()
    kept = {key: os.environ[key] for key in KEPT if key in os.environ}
    command = [sys.executable, "-m", "healthd.reports._sheet"]
    job = pickle.dumps(Job(sheet=sheet, code=code, path=new))
    try:
        done = subprocess.run(command, input=job, capture_output=True, timeout=SECONDS, env=kept, check=False)
    except subprocess.TimeoutExpired as error:
        new.unlink(missing_ok=True)
        raise RenderError(f"{path.name}: drawing took more than {SECONDS:g} s") from error
    if done.returncode != 0 or not new.exists():
        new.unlink(missing_ok=True)
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RenderError(f"{path.name}: drawing failed: {last[-1][:200] if last else f'status {done.returncode}'}")
    new.replace(path)
    said = json.loads(done.stdout.splitlines()[-1])
    return Drawn(path=path, pages=said["pages"], complaints=tuple(said["complaints"]))
