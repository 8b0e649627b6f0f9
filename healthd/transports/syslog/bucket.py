"""A fair share for every source: one that floods costs the others nothing."""

from dataclasses import dataclass, field

KEPT = 100_000


@dataclass(slots=True)
class Buckets:
    """A token bucket per source address: *rate* messages a second, *burst* at once.

    Time is an argument, in monotonic seconds. The memory of sources is
    bounded: with more than ``KEPT`` of them (spoofed addresses), full buckets
    are forgotten first, which gives nobody more than his burst.
    """

    rate: float
    burst: float
    _levels: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, address: str, now: float) -> bool:
        """Say whether *address* may hand in one more message at *now*."""
        level, at = self._levels.get(address, (self.burst, now))
        level = min(self.burst, level + (now - at) * self.rate)
        if address not in self._levels and len(self._levels) >= KEPT:
            self._forget(now)
        allowed = level >= 1
        self._levels[address] = (level - 1 if allowed else level, now)
        return allowed

    def _forget(self, now: float) -> None:
        full = [who for who, (level, at) in self._levels.items() if level + (now - at) * self.rate >= self.burst]
        for who in full or list(self._levels)[: KEPT // 10]:
            del self._levels[who]
