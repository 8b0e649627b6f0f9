"""What a benchmark yields, and the processor time that processes have used."""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table: *what* was measured, *ours* and the *peer's* in words, their *ratio*, and the *target* if there is one.

    *met* is None where nothing was promised.
    """

    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None


def progress(said: str) -> None:
    """Tell whoever waits what is being measured; the table goes to standard output, this does not."""
    print(f"  {time.strftime('%H:%M:%S')} {said}", file=sys.stderr, flush=True)


@dataclass(slots=True)
class Spent:
    """Seconds of processor and of wall clock that a block has taken."""

    cpu: float = 0.0
    wall: float = 0.0


@contextmanager
def spent() -> Iterator[Spent]:
    """Measure this process, its threads, and the children that have ended inside the block."""
    made, cpu, wall = Spent(), own_cpu(), time.perf_counter()
    yield made
    made.cpu, made.wall = own_cpu() - cpu, time.perf_counter() - wall


def own_cpu() -> float:
    """Return the seconds of processor of this process and its ended children."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in both)


def cpu_of(pid: int) -> float:
    """Return the seconds of processor that the running process *pid* has used."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS


def memory_of(pid: int) -> int:
    """Return the bytes that *pid* and all its children hold; 0 when it has ended.

    What processes share counts once (Pss, proc_pid_smaps(5)). The kernel goes
    through all of their pages for it, which slows them down.
    """
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text().split()
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    own = int(told[told.index("Pss:") + 1]) * 1024 if "Pss:" in told else 0
    return own + sum(memory_of(child) for child in children)


@dataclass(slots=True)
class Rounds:
    """Values of several rounds by name; whoever is compared is measured in turn, so that a busy machine slows all alike."""

    values: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        self.values.setdefault(name, []).append(value)

    def median(self, name: str) -> float:
        return statistics.median(self.values[name])

    def ratio(self, one: str, two: str) -> float:
        """Return the median of *one* / *two*, round by round."""
        return statistics.median(a / b for a, b in zip(self.values[one], self.values[two], strict=True))


def best(times: int, action: Callable[[], object]) -> Spent:
    """Do *action* several times; return the time that took the least of the processor."""
    taken = []
    for _ in range(times):
        with spent() as each:
            action()
        taken.append(each)
    return min(taken, key=lambda each: each.cpu)
