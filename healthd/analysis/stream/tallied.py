"""A day's log lines by message, the most frequent first, beside what is usual."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from healthd.analysis.stream.usual import Band, of_message
from healthd.model.event import Event
from healthd.model.logged import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often a *message* (FACILITY-MNEMONIC) of one *severity* came, from how many *devices*; *sample* is the first such line."""

    message: str
    severity: int
    number: int
    devices: int
    sample: Event
    usual: Band | None = None

    @property
    def name(self) -> str:
        """The message as Cisco writes it."""
        return f"{self.sample.facility}-{self.severity}-{self.sample.mnemonic}"


def tallies(lines: Iterable[Event], days: Sequence[Counts] = ()) -> tuple[Tally, ...]:
    """Return *lines* by message, the most frequent first; *days* are the days before."""
    numbers: Counter[tuple[str, int]] = Counter()
    senders: dict[tuple[str, int], set[str]] = {}
    samples: dict[tuple[str, int], Event] = {}
    for line in lines:
        key = (line.message, line.severity or 0)
        numbers[key] += 1
        senders.setdefault(key, set()).add(line.device)
        samples.setdefault(key, line)
    ranked = sorted(numbers, key=lambda key: (-numbers[key], key[1], key[0]))
    return tuple(
        Tally(message=m, severity=s, number=numbers[m, s], devices=len(senders[m, s]), sample=samples[m, s], usual=of_message(days, m, s))
        for m, s in ranked
    )
