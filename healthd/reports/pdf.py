"""Writing a report as PDF, in a process of its own that may fail without harm.

The process has limits on memory and time, no network, and fetches nothing.
When it crashes, is too slow or too hungry, a plain report takes the PDF's
place: same verdict, same figures, as text. A report always arrives.
"""

import json
import pickle
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from healthd.errors import RenderError
from healthd.model.interval import Interval
from healthd.model.phrase import say
from healthd.model.report import Report
from healthd.reports.job import Job
from healthd.reports.language import language
from healthd.reports.paper_text import lines
from healthd.reports.press import Press

MEMORY = 1024**3
SECONDS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: the *path*, its pages, and why it is only text (empty: it is a PDF)."""

    path: Path
    pages: int = 0
    main: int = 0
    complaints: tuple[str, ...] = ()
    memory: int = 0
    fallback: str = ""


def write(  # noqa: PLR0913 - what, where, and with what
    report: Report, code: str, path: Path, *, memory: int = MEMORY, seconds: float = SECONDS, press: Press | None = None
) -> Written:
    """Write *report* in language *code* to *path* (a ``.pdf``), all of it or nothing; a plain ``.txt`` beside it when it cannot be drawn.

    *press* draws it, one for *code*; without one, a press is started now.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    try:
        outcome = _drawn(press or Press(code), Job(report=report, path=new.absolute(), memory=memory, seconds=seconds))
    except RenderError as error:
        new.unlink(missing_ok=True)
        return _plain(report, code, path.with_suffix(".txt"), str(error))
    new.replace(path)
    path.with_suffix(".txt").unlink(missing_ok=True)
    return Written(
        path=path,
        pages=int(outcome["pages"]),
        main=int(outcome["main"]),
        complaints=tuple(outcome["complaints"]),
        memory=int(outcome["memory"]),
    )


def _drawn(press: Press, job: Job) -> Mapping[str, object]:
    try:
        done = press.run(pickle.dumps(job), job.seconds)
    except subprocess.TimeoutExpired as error:
        raise RenderError(f"drawing took more than {job.seconds:g} s") from error
    if done.returncode != 0 or not job.path.exists():
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RenderError(f"drawing failed ({_ended(done.returncode)}): {last[-1][:200] if last else 'without a word'}")
    found: Mapping[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def _ended(status: int) -> str:
    return f"ended by signal {-status}" if status < 0 else f"status {status}"


def _plain(report: Report, code: str, path: Path, why: str) -> Written:
    speaker = language(code, report.zone, Interval(report.window.start, report.window.end))
    new = path.with_name(f".{path.name}.new")
    said = speaker.say(
        say("This is the plain edition of the report: its pages could not be drawn ({why}). The figures are the same.", why=why)
    )
    new.write_text("\n".join((said, "", *lines(report, speaker))) + "\n", "utf-8")
    new.replace(path)
    # An older PDF would show other figures than the text beside it.
    path.with_suffix(".pdf").unlink(missing_ok=True)
    return Written(path=path, fallback=why)
