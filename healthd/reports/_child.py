"""The process that makes one PDF and ends: limited in memory, time and files, without a network, fetching nothing.

It is called with a language and makes itself ready for it: importing
WeasyPrint and finding the fonts takes a second, in which the report is still
being computed. Standard input is then a pickled ``Job`` from our own parent
process; standard output gets one line of JSON with pages and memory. What
stands before the appendix is drawn by this process, the appendix meanwhile by
a fork of it.
"""

import ctypes
import gc
import json
import logging
import os
import pickle
import resource
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from healthd.model.report import Report
from healthd.reports.appendix import Appendix, Drawn
from healthd.reports.job import Job
from healthd.reports.joined import joined
from healthd.reports.numbers import Numbers
from healthd.reports.paper import Paper
from healthd.reports.sample import sample

LARGEST = 100 * 1024 * 1024
"""Bytes of a PDF: what is larger is a mistake, and must not fill the disk."""


def main() -> None:
    """Do the job on standard input; none is given when nobody wants a report any more."""
    # Laying out makes millions of objects that live to the end: searching them for circular garbage took a third of the time.
    gc.set_threshold(100_000, 50, 1000)
    complaints = _listen()
    paper = ready(sys.argv[1])
    complaints.clear()
    written = sys.stdin.buffer.read()
    if not written:
        return
    job: Job = pickle.loads(written)  # noqa: S301 - our own parent wrote it
    confine(job)
    print(json.dumps(draw(paper, job, complaints)), flush=True)
    os._exit(0)  # to take half a million objects apart one by one takes a quarter of a second


def ready(language: str) -> Paper:
    """Return the paper for *language*, its fonts and templates in memory."""
    paper = Paper(language)
    paper.pdf(*paper.fitting(sample()))
    gc.collect()
    gc.freeze()
    return paper


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


def draw(paper: Paper, job: Job, complaints: list[str]) -> dict[str, object]:
    """Write the PDF; return its pages, those before the appendix, what WeasyPrint complained of, and the memory used."""
    began = time.monotonic()
    front = replace(job.report, sections=tuple(s for s in job.report.sections if not s.appendix))
    rest = replace(job.report, sections=tuple(s for s in job.report.sections if s.appendix), attachments=())
    made, main, pages = _in_two(paper, front, rest, complaints) if front.sections and rest.sections else _whole(paper, job.report)
    job.path.write_bytes(made.content)
    return {
        "pages": pages,
        "main": main,
        "complaints": [*complaints, *made.complaints],
        "memory": _peak() + made.memory,
        "seconds": round(time.monotonic() - began, 3),
    }


def _in_two(paper: Paper, front: Report, rest: Report, complaints: list[str]) -> tuple[Drawn, int, int]:
    """Return the PDF, the number of pages before the appendix, and that of all."""
    appendix = Appendix(partial(_rest, paper, rest, complaints))
    shown, document = paper.fitting(front, appendix.numbers)
    main = len(document.pages)
    if main != appendix.numbers.own:  # it had to be laid out again, with other pages than the appendix counts on from
        appendix.drop()
        return _whole(paper, replace(front, sections=(*front.sections, *rest.sections)))
    made = paper.pdf(shown, document)
    other = appendix.drawn()
    return replace(other, content=joined(made, other.content)), main, appendix.numbers.all


def _rest(paper: Paper, report: Report, complaints: list[str], numbers: Numbers) -> Drawn:
    content = paper.pdf(report, paper.behind(report, numbers), part=True)
    return Drawn(content=content, complaints=tuple(complaints), memory=_peak())


def _whole(paper: Paper, report: Report) -> tuple[Drawn, int, int]:
    shown, document = paper.fitting(report)
    return Drawn(content=paper.pdf(shown, document)), paper.main(document), len(document.pages)


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
