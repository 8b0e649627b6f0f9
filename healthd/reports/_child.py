"""The process that makes one PDF and ends: limited in memory, time and files, without a network, fetching nothing.

Standard input is a pickled ``Job`` from our own parent process; standard
output gets one line of JSON with pages and memory. A report that is too long
for its pages is drawn again with fewer rows.
"""

import ctypes
import gc
import json
import logging
import pickle
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from healthd.model.report import Report

LARGEST = 100 * 1024 * 1024
"""Bytes of a PDF: what is larger is a mistake, and must not fill the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to draw and where to put it; *memory* in bytes."""

    report: Report
    language: str
    path: Path
    memory: int
    seconds: float


def main() -> None:
    """Do the job on standard input."""
    job = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    # Laying out makes millions of objects that live to the end: searching them for circular garbage took a third of the time.
    gc.set_threshold(100_000, 50, 1000)
    confine(job)
    outcome = draw(job)
    print(json.dumps(outcome))


def confine(job: Job) -> None:
    """Give up memory, time, core files and, where the kernel lets us, the network."""
    resource.setrlimit(resource.RLIMIT_AS, (job.memory, job.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(job.seconds) + 1, int(job.seconds) + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    libc = ctypes.CDLL(None, use_errno=True)
    new_network, new_user = 0x40000000, 0x10000000
    if libc.unshare(new_network) != 0:
        libc.unshare(new_network | new_user)


def draw(job: Job) -> dict[str, object]:
    """Write the PDF; return its pages, those before the appendix, what WeasyPrint complained of, and the memory used."""
    began = time.monotonic()
    complaints = _listen()
    from healthd.reports.paper import Paper

    paper = Paper(job.language)
    report, document = paper.fitting(job.report)
    job.path.write_bytes(paper.pdf(report, document))
    return {
        "pages": len(document.pages),
        "main": paper.main(document),
        "complaints": complaints,
        "memory": _peak(),
        "seconds": round(time.monotonic() - began, 3),
    }


def _peak() -> int:
    """Return the most memory this process has held, in octets; getrusage would count its parent's from before the start."""
    told = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return next((int(words[1]) * 1024 for words in told if words and words[0] == "VmHWM:"), 0)


def _listen() -> list[str]:
    """Return a list that fills with what WeasyPrint logs as wrong (a picture without a text, a font that is missing)."""
    complaints: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            complaints.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    logger.handlers = [Keeper(level=logging.WARNING)]
    logger.propagate = False
    return complaints


if __name__ == "__main__":
    main()
