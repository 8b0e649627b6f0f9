"""The plan: what is to be done on the desk about all that stands now. Pure, and nothing when it was done already.

A trouble belongs to the case that covers any of its findings; only what no
case covers may open one. The order of findings, troubles and cases does not
matter.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from healthd.caseclient.course import HOUR, Moment, grown, looked, said, sent
from healthd.caseclient.digest import Room, digest, room
from healthd.caseclient.opening import Known, opening, part, token
from healthd.caseclient.policy import mode, wait
from healthd.caseclient.priority import graded
from healthd.caseclient.together import LOSS
from healthd.caseclient.troubles import Picture, Trouble
from healthd.model.action import Action, Open, Reopen
from healthd.model.case import Priority
from healthd.model.followed import Followed, Told
from healthd.model.phrase import say
from healthd.model.policy import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The *actions* for the desk, in their order, and the cases of which something else is to be remembered from now on."""

    actions: tuple[Action, ...] = ()
    followed: tuple[Followed, ...] = ()


def plan(seen: Picture, followed: Iterable[Followed], heard: Collection[str], known: Known, now: datetime) -> Planned:
    """Return what is to be done about what is *seen*.

    *followed* are the client's cases: all that are open, and those of the
    keys in *seen* that were closed. *heard* are the devices that answered
    this cycle: nothing is well of which that was not heard.
    """
    cases = sorted(followed, key=lambda f: (f.opened, f.token))
    moment = Moment(seen=seen, heard=frozenset(heard), known=known, now=now)
    return _Plan(cases, moment).made()


class _Plan:
    """One plan in the making."""

    def __init__(self, cases: Sequence[Followed], moment: Moment) -> None:
        self.before = {case.token: case for case in cases}
        self.moment, self.now, self.known = moment, moment.now, moment.known
        self.policy = moment.known.customer.cases
        self.cases = {case.token: case if self._is_doubted(case) else looked(case, moment) for case in cases}
        self.ready: dict[str, str] = {}  # drafts that are worth a case now: token by key of the trouble
        self.earlier = Counter(case.key for case in cases)
        self.back = [c for c in self.cases.values() if not c.stands and self.now - c.since < 2 * self.policy.settle]
        self.actions: list[Action] = []
        self.opened: set[str] = set()  # keys of the troubles that get a case now

    def made(self) -> Planned:
        """Return the plan."""
        own, _ = self._shared_out()
        for case in [case for case in self.cases.values() if not case.is_open and not self._is_doubted(case)]:
            self._return(case, own.get(case.token, ()))
        # Who has come back takes part in the sharing from now on: the next plan must find the same.
        own, new = self._shared_out()
        current = [case for case in self.cases.values() if case.is_open and not self._is_doubted(case)]
        for case in (case for case in current if not case.digest):
            new += self._continue(case, own.get(case.token, ()))
        digests = {case.token: own.get(case.token, ()) for case in current if case.digest}
        self._gather(self._begin(new, [t for those in digests.values() for t in those if self._is_grave(t)]))
        for token_, those in digests.items():
            self._list(token_, [t for t in those if t.key not in self.opened])
        changed = tuple(case for token_, case in self.cases.items() if case != self.before.get(token_))
        return Planned(actions=tuple(self.actions), followed=changed)

    def _is_doubted(self, case: Followed) -> bool:
        """Say whether what is seen now may be another device's: then nothing of it counts for the case."""
        return bool(self.moment.seen.identities.doubted.intersection(case.devices))

    def _shared_out(self) -> tuple[Mapping[str, list[Trouble]], list[Trouble]]:
        """Return the troubles of each case, and those that no case covers."""
        place: dict[str, str] = {}
        for case in sorted(self.cases.values(), key=_precedence):
            if case.is_open or self._is_remembered(case):
                for key in case.covers:
                    place.setdefault(key, case.token)
        own, new = defaultdict[str, list[Trouble]](list), list[Trouble]()
        for trouble in self.moment.seen.troubles:
            tokens = [place[f.key] for f in trouble.members if f.key in place]
            (own[min(tokens, key=lambda token_: _precedence(self.cases[token_]))] if tokens else new).append(trouble)
        return own, new

    def _is_remembered(self, case: Followed) -> bool:
        """Say whether a closed case would be taken up again rather than followed by a new one."""
        return not case.draft and case.closed is not None and self.now - case.closed < self.policy.reopen

    def _continue(self, case: Followed, troubles: Sequence[Trouble]) -> Sequence[Trouble]:
        """Go on with *case*; return the troubles of a draft that are worth a case now."""
        if case.draft:
            return self._draft(case, troubles)
        if not self._is_worked_on(case.devices):
            self._say(grown(case, troubles), troubles)
        return ()

    def _say(self, case: Followed, troubles: Sequence[Trouble]) -> None:
        self.cases[case.token], actions = said(case, troubles, self.moment)
        self.actions += actions

    def _return(self, case: Followed, troubles: Sequence[Trouble]) -> None:
        """Take a closed case up again when its trouble went away and came back; one that a person closed as it stood stays closed."""
        before = self.before[case.token]
        if not before.stands and case.stands and not any(self._is_ripe(t) and self._is_told(t) for t in troubles):
            # Not yet: it is still seen as gone, so that it is looked at again.
            self.cases[case.token] = replace(case, stands=False, since=before.since, flaps=before.flaps)
        elif not before.stands and case.stands:
            action = Reopen(
                token=case.token, mark=f"n{case.sent + 1}", text=say("It was seen again at {now}, after the case was closed.", now=self.now)
            )
            notices = tuple(at for at in case.notices if self.now - at < HOUR)
            self.actions.append(action)
            self.cases[case.token] = sent(replace(case, closed=None, told=Told.ILL, flaps=0, notices=notices), self.now)

    def _draft(self, case: Followed, troubles: Sequence[Trouble]) -> Sequence[Trouble]:
        """Open a draft that a person wants, let one go with its trouble, and return what has become worth a case by itself."""
        self.cases[case.token] = replace(grown(case, troubles), news=())
        if case.wanted and troubles:
            self._open(troubles[0], case.token)
            return ()
        if not case.stands and self.moment.stands(case) is False and self.now - case.since >= self.policy.settle:
            self.cases[case.token] = replace(case, closed=self.now)
        found = [t for t in troubles if self._is_told(t) and self._is_ripe(t) and mode(t, self.policy) is Mode.OPEN][:1]
        self.ready.update((t.key, case.token) for t in found)
        return found

    def _begin(self, troubles: Sequence[Trouble], listed: Sequence[Trouble]) -> Sequence[Trouble]:
        """Open or draft what is new, the most urgent first, and open what is grave among what a digest has *listed*.

        Return what of the new there is no room for in this hour.
        """
        ripe = [t for t in troubles if self._is_told(t) and self._is_ripe(t)]
        for trouble in (t for t in ripe if mode(t, self.policy) is Mode.DRAFT):
            self._keep(trouble, self._token(trouble), draft=True)
        ripe += [t for t in listed if self._is_told(t) and self._is_ripe(t)]
        wanted = sorted((t for t in ripe if mode(t, self.policy) is Mode.OPEN), key=lambda t: (self._grade(t), t.since, t.key))
        lately = (c for c in self.cases.values() if not c.draft and not c.digest and self.now - c.opened < HOUR)
        taken = Counter(room(c.key, c.devices, c.priority, c.verdict) for c in lately)
        for trouble in wanted:
            own = self._room(trouble)
            if taken[own] < self.policy.most:
                taken[own] += 1
                self._open(trouble, self._token(trouble))
        here = self.opened.union(t.key for t in listed)
        return [t for t in wanted if t.key not in here]

    def _gather(self, troubles: Sequence[Trouble]) -> None:
        """Let one digest list *troubles*: that of this hour, if there is one."""
        if not troubles:
            return
        for case in (self.cases[self.ready[t.key]] for t in troubles if t.key in self.ready):
            self.cases[case.token] = replace(case, closed=self.now)
        there = next((c for c in self.cases.values() if c.digest and c.is_open and self.now - c.opened < HOUR), None)
        if there is not None:
            there = there if there.stands else replace(there, stands=True, since=self.now)
            self._say(grown(there, troubles), troubles)
        else:
            made, actions = digest(troubles, self.known, self.now)
            self.cases[made.token] = made
            self.actions += actions

    def _list(self, token_: str, troubles: Sequence[Trouble]) -> None:
        """Go on with a digest about those of its *troubles* that have no case of their own."""
        case = self.cases[token_]
        if not self._is_worked_on(case.devices):
            self._say(grown(case, troubles), troubles)

    def _room(self, trouble: Trouble) -> Room:
        return room(trouble.key, trouble.devices, self._grade(trouble), trouble.state)

    def _is_grave(self, trouble: Trouble) -> bool:
        """Say whether *trouble* is worth a case of its own though a digest lists it."""
        return self._room(trouble) is not Room.OTHER

    def _is_told(self, trouble: Trouble) -> bool:
        """Say whether anybody is to hear of *trouble*: not when people know, work on it, or nobody can tell whose it is."""
        return not trouble.quiet and not trouble.doubted and not self._is_worked_on(trouble.devices) and not self._is_returning(trouble)

    def _is_worked_on(self, devices: Collection[str]) -> bool:
        return bool(devices) and self.known.working.issuperset(devices)

    def _is_returning(self, trouble: Trouble) -> bool:
        """Say whether it was cut off by what has just come back: it gets two rounds to come back, too."""
        device = self.known.devices.get(trouble.root.device)
        # Where parents are configured, reachability has waited for it already.
        if trouble.root.rule != LOSS or device is None or device.parents:
            return False
        return any(trouble.root.device in case.impact and trouble.key not in case.covers for case in self.back)

    def _is_ripe(self, trouble: Trouble) -> bool:
        """Say whether it has lasted long enough, and was seen now: of a silent device only its silence is news."""
        lost = trouble.root.rule == LOSS
        current = lost or trouble.root.device in self.moment.heard
        return current and self.now - (trouble.since if lost else trouble.seen) >= wait(trouble, self.policy)

    def _grade(self, trouble: Trouble) -> Priority:
        return graded(trouble, self.known.devices, self.known.entitlement(trouble).level)[0]

    def _token(self, trouble: Trouble) -> str:
        """Return the token of this episode: when it was first seen, and how many cases of its key were before it; a draft has one."""
        if trouble.key in self.ready:
            return self.ready[trouble.key]
        return token(self.known.customer.code, trouble.key, f"{trouble.seen.isoformat()}|{self.earlier[trouble.key]}")

    def _open(self, trouble: Trouble, token_: str) -> None:
        self.opened.add(trouble.key)
        self.actions.append(Open(opening=opening(trouble, token_, self.known)))
        self._keep(trouble, token_, draft=False)

    def _keep(self, trouble: Trouble, token_: str, *, draft: bool) -> None:
        self.cases[token_] = Followed(
            token=token_,
            key=trouble.key,
            customer=self.known.customer.code,
            opened=self.now,
            priority=self._grade(trouble),
            covers=tuple(f.key for f in trouble.members),
            devices=trouble.devices,
            impact=trouble.impact,
            serial=part(trouble)[1],
            verdict=trouble.verdict.state if trouble.verdict else None,
            desk=self.known.desk,
            since=self.now,
            sent=0 if draft else 1,
            notices=() if draft else (self.now,),
            draft=draft,
        )


def _precedence(case: Followed) -> tuple[bool, bool, bool, datetime, str]:
    """Return what sorts the cases that a trouble may belong to.

    One of its own comes before a digest, one that is open before a draft, a draft before one that is closed, then the older.
    """
    return case.digest, not case.is_open, case.draft, case.opened, case.token
