"""What the process that draws is told."""

from dataclasses import dataclass
from pathlib import Path

from healthd.model.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to draw and where to put it; at most so much *memory* in bytes, and so many *seconds* of processor."""

    report: Report
    path: Path
    memory: int
    seconds: float
