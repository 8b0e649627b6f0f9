"""The present states of each device, looked up once for all that ask."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from healthd.analysis.present import Present, present
from healthd.model.history import History


@dataclass(frozen=True, kw_only=True)
class Current:
    """What states are at *now*."""

    history: History
    now: datetime
    _known: dict[str, dict[str, list[Present]]] = field(default_factory=dict)

    def of(self, metric: str, device: str) -> Sequence[Present]:
        """Return the present states of *metric* at *device*."""
        if metric not in self._known:
            self._known[metric] = defaultdict(list)
            for seen in present(self.history, metric, self.now):
                self._known[metric][seen.device].append(seen)
        return self._known[metric].get(device, ())
