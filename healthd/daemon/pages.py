"""What the pages say: of every part, when it last turned; of the whole, its numbers in Prometheus' text format."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.daemon.http import Page, as_json
from healthd.daemon.receiving import Receiving
from healthd.daemon.watch import Watch
from healthd.store import database, outbox

STUCK = timedelta(minutes=15)


@dataclass(kw_only=True)
class Pages:
    """The pages of a running daemon; *stuck* is how long each part may go without a turn."""

    watch: Watch
    receiving: Receiving
    now: Callable[[], datetime]
    stuck: Mapping[str, timedelta]

    def all(self) -> dict[str, Page]:
        """Return the pages by path."""
        return {"/healthz": self.healthz, "/readyz": self.readyz, "/metrics": self.metrics}

    def healthz(self) -> tuple[int, str, str]:
        """Say that the process lives."""
        return as_json(200, {"alive": True, "since": self.watch.started})

    def readyz(self) -> tuple[int, str, str]:
        """Say of each part whether it does its work; 503 when one does not."""
        parts = {part.name: {"turned": part.turned, "restarts": part.restarts, "error": part.error} for part in self.watch.parts.values()}
        bad = sorted(self.late())
        return as_json(503 if bad else 200, {"ready": not bad, "not": bad, "parts": parts})

    def late(self) -> Iterator[str]:
        """Yield the parts that fail, or have not turned for too long."""
        now = self.now()
        for part in tuple(self.watch.parts.values()):
            since = part.turned or self.watch.started
            if part.failing or (since and now - since > self.stuck.get(part.name, STUCK)):
                yield part.name

    def metrics(self) -> tuple[int, str, str]:
        """Return the numbers in Prometheus' text format (version 0.0.4)."""
        try:
            return 200, "text/plain; version=0.0.4; charset=utf-8", "\n".join(self._metrics()) + "\n"
        finally:
            database.leave()  # each request has a thread of its own

    def _metrics(self) -> Iterator[str]:
        yield from _metric(
            "healthd_loop_lag_seconds", "gauge", "Event loop delay, 99th percentile of five minutes.", [("", self.watch.lag())]
        )
        yield from _metric("healthd_queue_messages", "gauge", "Messages received and not yet kept.", [("", self.receiving.waiting)])
        parts = tuple(self.watch.parts.values())
        yield from _metric(
            "healthd_part_restarts_total",
            "counter",
            "How often a part was started again.",
            [(_label("part", p.name), p.restarts) for p in parts],
        )
        turned = [(_label("part", p.name), p.turned.timestamp()) for p in parts if p.turned]
        yield from _metric("healthd_part_turned_timestamp_seconds", "gauge", "When a part last did its work.", turned)
        for name, what in (
            ("arrived", "reached a listener"),
            ("handed_on", "were handed on"),
            ("suppressed", "were above their sender's rate"),
            ("lost", "found no room in the kernel"),
        ):
            counts = [(_label("listener", key), getattr(each.counts, name)) for key, each in self.receiving.listeners.items()]
            yield from _metric(f"healthd_listener_{name}_total", "counter", f"Messages that {what}.", counts)
        yield from _metric(
            "healthd_outbox_messages", "gauge", "Messages by stage.", [(_label("stage", s.value), n) for s, n in outbox.numbers().items()]
        )


def _label(name: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'{{{name}="{escaped}"}}'


def _metric(name: str, kind: str, meaning: str, values: list[tuple[str, float]]) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
    yield from (f"{name}{label} {value}" for label, value in values)
