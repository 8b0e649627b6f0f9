"""Modules as all commands tell them: a state, a part, and what its online diagnostics add."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from healthd.collectors._bays import place
from healthd.collectors.shows import _words
from healthd.collectors.shows._hardware import said
from healthd.model.observation import Fact, Part, Reading


@dataclass(slots=True, kw_only=True)
class Module:
    """One module, as its rows in several tables add up."""

    item: str
    description: str = ""
    pid: str = ""
    serial: str = ""
    hardware: str = ""
    firmware: str = ""
    software: str = ""
    status: str = ""
    diagnostics: str = ""

    def facts(self, source: str) -> Iterator[Fact]:
        """Yield the module as a part where its model or serial number is told, and its state where that is told."""
        index = place("module", self.item)
        if said(self.pid) or said(self.serial):
            yield Part(
                index=index,
                kind="module",
                name=self.item,
                description=self.description,
                pid=said(self.pid),
                serial=said(self.serial),
                hardware=said(self.hardware),
                firmware=said(self.firmware),
                software=said(self.software),
                slot=self.item.rpartition(" ")[2],
            )
        state = _words.module(self.status)
        if state == "powerDenied" and (not self.pid or "deny" in self.status.lower()):
            # A card that never got power told nothing of itself: what is known is its power.
            yield Reading(metric="power.state", item=self.item, index=index, value="offDenied", raw=self.status, source=source)
        elif state:
            yield Reading(metric="module.state", item=self.item, index=index, value=state, raw=self.status, source=source)
        yield from self._tested(index, source)

    def _tested(self, index: str, source: str) -> Iterator[Fact]:
        word = _words.module(self.diagnostics)
        value = {"ok": "passed", "failed": "failed", "diagFailed": "failed", "okButDiagFailed": "failed"}.get(word)
        if value:
            item = f"{self.item} online diagnostics"
            yield Reading(metric="diagnostic.state", item=item, index=index, value=value, raw=self.diagnostics, source=source)


@dataclass(slots=True)
class Modules:
    """The modules of one output, in the order in which they appear."""

    found: dict[str, Module] = field(default_factory=dict)

    def named(self, item: str) -> Module:
        """Return the module called *item*."""
        return self.found.setdefault(item, Module(item=item))

    def facts(self, source: str) -> Iterator[Fact]:
        """Yield what all of them say."""
        for module in self.found.values():
            yield from module.facts(source)
