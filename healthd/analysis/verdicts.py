"""What is the matter with each part: the hardware verdicts.

Findings say what a state alone suggests; here they meet what the device's log
told, what its command line said when it was asked, and what happened beside
them. See ``proofs/weigh.py`` for how proofs are weighed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from healthd.analysis.present import MAX_AGE, unit
from healthd.analysis.proofs import cases, feeds, seen
from healthd.analysis.proofs.asks import asks
from healthd.analysis.proofs.cases import Matters
from healthd.analysis.proofs.current import Current
from healthd.analysis.proofs.lines import RULE, Line, denied, lines, standing
from healthd.analysis.proofs.told import Told, of_events, source, told
from healthd.analysis.proofs.told import proofs as of_told
from healthd.analysis.proofs.weigh import HARDWARE, Matter, Weighed, weighed, when
from healthd.analysis.proofs.words import METRICS, means
from healthd.model.event import Event
from healthd.model.finding import Condition, Finding
from healthd.model.history import History
from healthd.model.observation import Part
from healthd.model.verdict import Component, Proof, Verdict, Way

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def verdicts(
    found: Sequence[Finding],
    history: History,
    proofs: Mapping[str, Sequence[Proof]],
    now: datetime,
    *,
    first_seen: Mapping[str, datetime] | None = None,
) -> tuple[Verdict, ...]:
    """Return one verdict for each part that a finding, a log or an earlier proof is about, by device and part.

    *proofs* are those of earlier looks, by the key of the finding they were
    made for. *first_seen* is when findings that stand were first seen, by
    their keys: what began before the window began then.
    """
    found = [_begun(each, (first_seen or {}).get(each.key)) for each in found]
    current = Current(history=history, now=now)
    bench = _Bench(
        history=history, proofs=proofs, shared=feeds.together(found, current), current=current, standing=frozenset(first_seen or ())
    )
    return bench.judged(found)


def _begun(found: Finding, seen_: datetime | None) -> Finding:
    return replace(found, since=min(found.since or seen_, seen_)) if seen_ else found


@dataclass(frozen=True, kw_only=True)
class _Bench:
    """What all verdicts are judged by.

    *shared* says of which supplies the feed is what failed, *standing* has
    the keys of the findings of which it is known when they were first seen.
    """

    history: History
    proofs: Mapping[str, Sequence[Proof]]
    shared: Mapping[str, Proof]
    current: Current
    standing: frozenset[str]

    def judged(self, found: Sequence[Finding]) -> tuple[Verdict, ...]:
        known = {device.name for device in self.history.devices}
        about = cases.together([s for f in found if f.device in known and (s := seen.suspicion(f, self.history))])
        free = [each for each in told(self.history) if not cases.taken(each, about)]
        made = [*map(self._of_case, about), *map(self._of_line, lines(self.history, free))]
        keys = {key for each in made for key in (each.finding, *each.also)}
        made += [v for key in self.proofs if key not in keys and (v := self._well_again(key, known))]
        return tuple(sorted(made, key=lambda v: (v.device, v.component, v.item, v.finding)))

    def _of_case(self, case: Matters) -> Verdict:
        main, begun = case.main, case.begun(self.current.now)
        pid, serial, slot = main.numbers
        others = [p for p in self._looked(case.keys) if not _is_of(p, serial)]
        start = self._from(case.keys, begun)
        events = [each for each in standing(_told_of(case)) if (each.soft or each.at >= start) and not any(_tells(p, each) for p in others)]
        matter = Matter(
            component=main.component,
            suggested=main.says,
            proofs=(
                *seen.proofs(main.finding),
                # What else is found in the part may show its fault; what explains that other thing explains no more.
                *(p for s in case.suspicions[1:] for p in seen.proofs(s.finding) if p.says in HARDWARE),
                *_once(of_told(events), self._earlier(case.keys, begun, serial)),
                *self._beside(case, begun),
            ),
            vague=seen.vague(main.finding),
            reachable=self._reachable(case.device),
            soft=bool(events) and all(each.soft for each in events),
        )
        made = self._verdict(weighed(matter), main.component, case.device, main.part)
        found = main.finding
        made = replace(made, item=found.item, finding=found.key, also=tuple(case.keys[1:]))
        if made.state is Condition.ABSENT and (main.part is None or main.part.kind == "chassis"):
            # What is gone is not the chassis that held it, whose numbers are all that is left in its row.
            return replace(made, pid="", serial="", slot="")
        return replace(made, pid=pid, serial=serial, slot=slot)

    def _beside(self, case: Matters, begun: datetime) -> list[Proof]:
        """Return what explains the state of a supply from outside of it."""
        found = [self.shared[key] for key in case.keys if key in self.shared]
        poll = self.history.poll(case.device)
        if case.main.component is Component.PSU and poll and poll.at >= begun:
            found += feeds.without_input(case.main.finding.item, poll.readings, poll.at)
        return found

    def _of_line(self, line: Line) -> Verdict:
        left = standing(line.those)
        well = denied(self.current, line)
        if well or not left:
            ill = (each for each in line.those if each.says is not Condition.HEALTHY)
            good = (each for each in line.those if each.says is Condition.HEALTHY)
            found = Weighed(state=Condition.HEALTHY, pro=(*of_told(good), *well), contra=tuple(of_told(ill)))
        else:
            serial = line.part.serial if line.part else ""
            proofs = tuple(_once(of_told(left), self._earlier([line.key], left[0].at, serial)))
            soft = all(each.soft for each in left)
            found = weighed(
                Matter(
                    component=line.component, suggested=Condition.SUSPECT, proofs=proofs, reachable=self._reachable(line.device), soft=soft
                )
            )
        return replace(self._verdict(found, line.component, line.device, line.part), item=line.item, finding=line.key)

    def _well_again(self, key: str, known: set[str]) -> Verdict | None:
        """Return that the part of the finding *key*, which stands no more, is well; None where no present state says so."""
        _, rule, device, item = [*key.split(":", 3), "", "", ""][:4]
        component = seen.COMPONENTS.get(rule)
        if component is None or device not in known:
            return None
        parts = (component, Component.STACK_CABLE) if component is Component.STACK_MEMBER else (component,)
        there = (s for part in parts for metric in METRICS.get(part, ()) for s in self.current.of(metric, device))
        well = next((s for s in there if s.reading.item == item and means(s.reading.metric, s.word) is Condition.HEALTHY), None)
        if well is None:
            return None
        found = Weighed(state=Condition.HEALTHY, pro=(seen.well(well),))
        return replace(self._verdict(found, component, device, unit(well.poll, well.reading.index)), item=item, finding=key)

    def _verdict(self, found: Weighed, component: Component, device: str, part: Part | None) -> Verdict:
        return Verdict(
            component=component,
            device=device,
            item="",
            state=found.state,
            pid=part.pid if part else "",
            serial=part.serial if part else "",
            slot=part.slot if part else "",
            since=when(found.pro),
            proofs=found.pro,
            against=found.contra,
            missing=found.missing,
            asks=asks(component, self._platform(device)) if found.state is not Condition.HEALTHY else (),
        )

    def _platform(self, device: str) -> str:
        poll = self.history.poll(device)
        return poll.system.platform if poll and poll.system else next(d.platform for d in self.history.devices if d.name == device)

    def _reachable(self, device: str) -> bool:
        return any(each.ssh for each in self.history.devices if each.name == device)

    def _from(self, keys: Iterable[str], begun: datetime) -> datetime:
        """Return from when on lines of the log belong to what began at *begun*, as far as is seen: it began up to some looks earlier.

        What the window begins with may have begun at any time, unless it is known when it was first seen.
        """
        start = self.history.window.start
        unknown = start <= begun <= start + MAX_AGE and self.standing.isdisjoint(keys)
        return _LONG_AGO if unknown else begun - MAX_AGE

    def _earlier(self, keys: Iterable[str], begun: datetime, serial: str) -> list[Proof]:
        """Return what earlier looks have proven about the part *serial* of *keys*, as far as it is about what goes on since *begun*.

        A look follows its finding: what was seen well before is of an earlier fault, wherever the window begins by now.
        """
        every = [proof for proof in self._looked(keys) if _is_of(proof, serial)]
        return [p for p in every if (p.last or p.at) >= (begun - MAX_AGE if p.way is Way.EVENT else begun)]

    def _looked(self, keys: Iterable[str]) -> list[Proof]:
        return [proof for key in keys for proof in self.proofs.get(key, ())]


def _is_of(proof: Proof, serial: str) -> bool:
    """Say whether *proof* may be about the part *serial*, and not about the one that was in its place before."""
    return not proof.serial or not serial or proof.serial == serial


def _tells(proof: Proof, each: Told) -> bool:
    """Say whether *proof* was made of *each*, among others."""
    return proof.way is Way.EVENT and proof.source == source(each.event) and proof.at <= each.at <= (proof.last or proof.at)


def _told_of(case: Matters) -> list[Told]:
    """Return what was told of the part, with the lines that its findings rest on and that have left the window."""
    there = {each.event for each in case.told}
    lines_ = [each for s in case.suspicions if s.finding.rule == RULE for each in s.finding.evidence if isinstance(each, Event)]
    kept = [each for each in of_events(lines_) if each.event not in there]
    return sorted((*kept, *case.told), key=lambda each: each.at)


def _once(events: Iterable[Proof], earlier: Sequence[Proof]) -> list[Proof]:
    """Return the proofs of *events* and the *earlier* ones, without what both tell."""
    fresh = list(events)
    both = {(proof.source, proof.says) for proof in fresh}
    return [*fresh, *(p for p in earlier if p.way is not Way.EVENT or (p.source, p.says) not in both)]
