"""No sequence of acts, late entries and corrections reaches a state that the process forbids.

The rules are written here once more, from the process and not from the code:
they look at what was accepted, and know nothing of the table of acts.
"""

from collections.abc import Iterator
from datetime import timedelta

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from healthd.desk import lifecycle
from healthd.errors import NotAllowed
from healthd.model.case import Case, Channel, Did, Entry, Priority, Rma, State
from tests.desk.lives import MINUTE, T0, opening

S = State
SIDES = {S.WAITING, S.RMA_PEND, S.ON_SITE, S.ESCALATED, S.CISCO}
WORK = SIDES | {S.ACKNOWLEDGED, S.IN_PROGRESS}
WAYS = {
    S.NEW: {S.ENTITLEMENT, S.SALES, S.ASSIGNED},
    S.ENTITLEMENT: {S.SALES, S.ASSIGNED},
    S.SALES: {S.ENTITLEMENT},
    S.ASSIGNED: {S.ACKNOWLEDGED},
    S.ACKNOWLEDGED: {S.ASSIGNED, S.IN_PROGRESS, S.RESOLVED, *SIDES},
    S.IN_PROGRESS: {S.RESOLVED, *SIDES},
    **{side: {S.IN_PROGRESS, S.RESOLVED, *SIDES} - {side} for side in SIDES},
    S.RESOLVED: {S.CLOSED, S.IN_PROGRESS},
    S.CLOSED: {S.SURVEYED, S.IN_PROGRESS},
    S.SURVEYED: {S.IN_PROGRESS},
}
MANAGERS = {"center-manager", "duty-manager"}
PEOPLE = {"li": "engineer", "sun": "senior-engineer", "mei": "hotline", "zhao": "center-manager", "qian": "duty-manager", "Wang Fang": ""}
WORDS_OF_THE_MONITOR = {Did.OPENED, Did.NOTED, Did.RECOVERED, Did.RECURRED, Did.PRIORITISED, Did.ATTACHED, Did.STEPPED, Did.TOLD}
ITS_ERRANDS = {Did.SURVEY_SENT, Did.SURVEY_REMINDED, Did.RMA_STEPPED, Did.CLOSED, Did.CISCO_OPENED}
FACTS = {
    Did.ENTITLED: [{"covered": "yes", "contract": "C-1"}, {"covered": "no"}, {"covered": "yes"}, {}],
    Did.OVERRIDDEN: [{"reason": "renewal"}, {}],
    Did.ASSIGNED: [{"engineer": "li"}, {"engineer": "sun"}, {}],
    Did.ACKNOWLEDGED: [{}, {"by": "li"}, {"by": "sun"}],
    Did.WAITED: [{"reason": "his boss"}, {"reason": "window", "wait": "maintenance"}, {}],
    Did.CUSTOMER_CONFIRMED: [{"by": "Wang Fang"}, {"by": "li"}, {}],
    Did.RMA_STEPPED: [{"rma": each} for each in ("requested", "received", "installed", "returned", "candidate", "none")],
    Did.PRIORITISED: [{"priority": each, "reason": "impact"} for each in ("P1", "P2", "P3", "P4", "P5")],
    Did.PRIORITY_CONFIRMED: [{}, {"priority": "P3"}, {"priority": "P1"}],
    Did.CISCO_OPENED: [{}, {"cisco": "700000001"}],
    Did.ON_SITE_APPROVED: [{"start": "2026-03-03T09:00:00+00:00", "end": "2026-03-03T10:00:00+00:00"}, {}],
    Did.CLOSED: [{"agreed": "Wang Fang"}, {"silence": "5", "reason": "no word"}, {}],
    Did.SURVEYED: [{"mark": "5"}, {"mark": "6"}],
    Did.STEPPED: [{"step": "response:P3:50", "rung": "1"}, {"step": "response:P3:75", "rung": "2", "engineer": "sun"}],
    Did.COMPLETED: [{"caller": "Wang Fang", "phone": "1", "email": "e", "contract": "C-1"}, {"phone": "1"}],
    Did.ATTACHED: [{"file": "f"}, {}],
}
ANY = [{}, {"reason": "because"}]
ALL_ROLES = "hotline,engineer,center-manager"
STILL = {Did.NOTED, Did.CORRECTED, Did.ATTACHED, Did.TOLD, Did.EXPERTS_FORMED, Did.ENGINEER_ASKED, Did.RECOVERED, Did.STEPPED}
MOVING = set(Did) - STILL


def of_machine(each: Entry) -> bool:
    return each.who == "healthd" or each.channel is Channel.MONITOR


def role(each: Entry) -> set[str]:
    return set(each.fact("role").split(","))


class Desk(RuleBasedStateMachine):
    """People and the monitor try whatever they like, at whatever time; what is accepted is kept."""

    case: Case
    accepted: tuple[Entry, ...]

    @initialize(
        priority=st.sampled_from(Priority),
        channel=st.sampled_from([Channel.MONITOR, Channel.HOTLINE, Channel.MAIL, Channel.DESK]),
        entitled=st.booleans(),
        rma=st.booleans(),
    )
    def opens(self, priority: Priority, channel: Channel, entitled: bool, rma: bool) -> None:
        self.now, self.accepted = T0, ()
        start = opening(priority=priority, channel=channel, entitled=entitled, rma=rma)
        self.case = lifecycle.folded([start], "2603-0001")
        who = "healthd" if channel is Channel.MONITOR else "mei"
        self.attempt(Entry(at=T0, who=who, channel=channel, did=Did.OPENED, facts=(("caller", "Wang Fang"),)))

    @rule(data=st.data(), likely=st.integers(0, 9), back=st.integers(0, 9), who=st.sampled_from([*PEOPLE, "healthd"]))
    def acts(self, data: st.DataObject, likely: int, back: int, who: str) -> None:
        """Something is tried: nine times in ten what is said to be allowed, one time in five at a time that has passed."""
        known = sorted(lifecycle.allowed(self.case)) if likely else sorted(Did)
        did = data.draw(st.sampled_from([each for each in known if each is not Did.CORRECTED] or sorted(Did)))
        self.now += data.draw(st.integers(0, 30)) * MINUTE
        at = self.now - (data.draw(st.integers(0, 90)) * MINUTE if back < 2 else timedelta(0))
        facts = dict(data.draw(st.sampled_from(FACTS.get(did, ANY))))
        machine = who == "healthd"
        channels = [Channel.MONITOR, Channel.CISCO] if machine else [Channel.DESK, Channel.HOTLINE, Channel.WEB, Channel.MAIL]
        channel = data.draw(st.sampled_from(channels))
        if PEOPLE.get(who):
            facts["role"] = PEOPLE[who]
        text = data.draw(st.sampled_from(["", "words"]))
        self.attempt(Entry(at=at, entered=self.now, who=who, channel=channel, did=did, text=text, facts=tuple(facts.items())))

    @rule(data=st.data(), picks=st.lists(st.integers(0, 99), min_size=1, max_size=8))
    def goes_on(self, data: st.DataObject, picks: list[int]) -> None:
        """Somebody who may does what moves the case, and says what it needs."""
        for pick in picks:
            moving = sorted(lifecycle.allowed(self.case) & MOVING)
            did = moving[pick % len(moving)] if moving else Did.NOTED
            facts = {"role": ALL_ROLES, "reason": "because", **FACTS.get(did, ANY)[0]}
            facts |= {"by": self.case.engineer} if did is Did.ACKNOWLEDGED else {}
            facts |= {"rma": data.draw(st.sampled_from(tuple(Rma)))} if did is Did.RMA_STEPPED else {}
            self.now += MINUTE
            channel = Channel.HOTLINE if did is Did.PRIORITY_CONFIRMED else Channel.DESK
            who = "healthd" if did in {Did.SURVEY_SENT, Did.SURVEY_REMINDED, Did.RECURRED} else "qian"
            self.attempt(Entry(at=self.now, who=who, channel=channel, did=did, text="words", facts=tuple(facts.items())))

    @precondition(lambda self: len(self.accepted) > 2)
    @rule(data=st.data(), shift=st.integers(-60, 60))
    def corrects(self, data: st.DataObject, shift: int) -> None:
        wrong = data.draw(st.sampled_from([each for each in self.accepted if each.did in MOVING] or self.accepted))
        facts = (("entry", str(wrong.number)), ("at", (wrong.at + shift * MINUTE).isoformat()))
        self.attempt(Entry(at=self.now, who="mei", channel=Channel.HOTLINE, did=Did.CORRECTED, facts=facts))

    def attempt(self, each: Entry) -> None:
        try:
            lifecycle.check(self.case, each)
        except NotAllowed:
            return
        before = self.case.entries
        self.case = lifecycle.apply(self.case, each)
        assert self.case.entries[:-1] == before, "nothing that was written is changed"
        self.accepted = self.case.entries

    def true(self) -> tuple[Entry, ...]:
        return lifecycle.history(self.accepted)

    def path(self) -> Iterator[Case]:
        """Yield the case as it was after each thing that happened."""
        case = lifecycle.folded([self.case.opening], "x")
        for each in self.true():
            if each.did is not Did.CORRECTED:  # what they correct is corrected already
                case = lifecycle.apply(case, each)
            yield case

    @invariant()
    def it_goes_only_the_ways_of_the_process(self) -> None:
        at = State.NEW
        for case in self.path():
            assert case.state is at or case.state in WAYS[at], f"{at} to {case.state}"
            at = case.state
        assert at is self.case.state

    @invariant()
    def rma_pend_has_both_words_of_two_people(self) -> None:
        happened = self.true()
        for n, each in enumerate(happened):
            if each.did is Did.RMA_PENDED:
                void = max((m for m, e in enumerate(happened[:n]) if e.fact("rma") == Rma.CANDIDATE), default=-1) + 1
                words = happened[void:n]
                tac = {e.fact("by") or e.who for e in words if e.did is Did.ENGINEER_CONFIRMED and "engineer" in e.fact("role")}
                customer = {e.fact("by") or e.who for e in words if e.did is Did.CUSTOMER_CONFIRMED}
                assert tac
                assert customer
                assert len(tac | customer) > 1
        if self.case.state is State.RMA_PEND or self.case.rma not in {Rma.NONE, Rma.CANDIDATE}:
            assert any(each.did is Did.RMA_PENDED for each in happened)

    @invariant()
    def the_monitor_does_only_what_it_may(self) -> None:
        for before, each in zip((None, *self.path()), self.true(), strict=False):
            if not of_machine(each):
                continue
            assert each.did in WORDS_OF_THE_MONITOR | ITS_ERRANDS
            if each.did is Did.CLOSED:
                assert before is not None
                assert each.fact("silence")
                assert before.rma is Rma.NONE
                assert not before.opening.rma
            if each.did is Did.PRIORITISED:
                assert before is not None
                assert Priority[each.fact("priority")] < before.priority

    @invariant()
    def nobody_works_without_contract_unless_the_manager_says_so(self) -> None:
        if self.case.state not in WORK | {State.ASSIGNED, State.RESOLVED, State.CLOSED, State.SURVEYED} or self.case.opening.entitled:
            return
        covered = any(each.did is Did.ENTITLED and each.fact("covered") == "yes" and each.fact("contract") for each in self.accepted)
        let = any(each.did is Did.OVERRIDDEN and role(each) & MANAGERS and (each.fact("reason") or each.text) for each in self.accepted)
        assert covered or let

    @invariant()
    def a_visit_was_asked_for_and_approved_by_a_manager(self) -> None:
        waits = False
        for before, each in zip((None, *self.path()), self.true(), strict=False):
            if each.did is Did.ON_SITE_APPROVED:
                moved = before is not None and before.state is State.ON_SITE and each.fact("start") < each.fact("end")
                assert waits or moved
                assert role(each) & MANAGERS
            waits = each.did is Did.ON_SITE_ASKED or (waits and each.did not in {Did.ON_SITE_APPROVED, Did.ON_SITE_REFUSED})
        if self.case.state is State.ON_SITE:
            assert any(each.did is Did.ON_SITE_APPROVED for each in self.accepted)

    @invariant()
    def a_grave_priority_of_the_monitors_waits_for_a_person(self) -> None:
        if self.case.priority > Priority.P2 or self.case.proposed:
            return
        happened = self.true()
        vouched = [e for e in happened if not of_machine(e) and e.did in {Did.OPENED, Did.PRIORITISED, Did.PRIORITY_CONFIRMED}]
        assert vouched
        last = max(n for n, e in enumerate(happened) if e.did in {Did.OPENED, Did.PRIORITISED, Did.PRIORITY_CONFIRMED})
        assert not of_machine(happened[last]), "the last word on a priority that holds is a person's"

    @invariant()
    def what_is_closed_was_resolved_by_a_person_and_is_complete(self) -> None:
        happened = self.true()
        if self.case.state in {State.CLOSED, State.SURVEYED}:
            resolved = [n for n, e in enumerate(happened) if e.did is Did.RESOLVED and not of_machine(e)]
            closed = [n for n, e in enumerate(happened) if e.did is Did.CLOSED]
            assert resolved[-1] < closed[-1]
            assert all(self.case.detail(name) for name in ("caller", "phone", "email"))
            assert self.case.detail("contract") or self.case.overridden
        if self.case.state is State.SURVEYED:
            assert happened[-1].at >= T0 - timedelta(days=1)
            assert [e.fact("mark") for e in happened if e.did is Did.SURVEYED][-1] in {"1", "2", "3", "4", "5"}

    @invariant()
    def a_worked_case_has_an_engineer_who_has_taken_it(self) -> None:
        if self.case.state in WORK | {State.ASSIGNED}:
            assert self.case.engineer in {"li", "sun"}
        if self.case.taken:
            takers = {each.fact("by") or each.who for each in self.accepted if each.did is Did.ACKNOWLEDGED}
            assert self.case.engineer in takers

    @invariant()
    def some_act_leads_on_from_every_open_state(self) -> None:
        """No case is locked: its engineer, its manager or the hotline can move it, whatever was done before."""
        if not self.case.is_open:
            return
        facts = {"by": self.case.engineer, "role": ALL_ROLES, "reason": "because", "engineer": "li", "covered": "no"}
        ways = {Did.ASSIGNED, Did.HANDED_TO_SALES, Did.ACKNOWLEDGED, Did.STARTED, Did.CONTINUED, Did.RESOLVED, Did.REOPENED}
        more = [] if self.case.state is State.ASSIGNED else sorted(ways - {Did.ACKNOWLEDGED})
        moves = [
            Entry(at=self.now, who="zhao", channel=Channel.DESK, did=did, facts=tuple(facts.items())) for did in (Did.ACKNOWLEDGED, *more)
        ]
        free = [each for each in moves if not lifecycle.refusal(self.case, each)]
        assert any(lifecycle.apply(self.case, each).state is not self.case.state for each in free), self.case.state

    @invariant()
    def cisco_was_opened_by_a_person(self) -> None:
        if self.case.state is State.CISCO or self.case.cisco:
            assert any(each.did is Did.CISCO_OPENED and not of_machine(each) for each in self.accepted)

    @invariant()
    def steps_are_made_once_and_the_record_is_whole(self) -> None:
        steps = [each.fact("step") for each in self.accepted if each.did is Did.STEPPED]
        assert len(steps) == len(set(steps))
        assert [each.number for each in self.accepted] == list(range(1, len(self.accepted) + 1))
        assert self.case.version == len(self.accepted) + 1
        assert lifecycle.folded([self.case.opening, *self.accepted], self.case.number) == self.case

    @invariant()
    def what_is_not_allowed_is_refused_whoever_tries(self) -> None:
        free = lifecycle.allowed(self.case)
        facts = {
            "by": self.case.engineer,
            "role": "hotline,engineer,center-manager",
            "reason": "r",
            "step": "x",
            "priority": "P3",
            "covered": "no",
        }
        more = {"rma": "returned", "agreed": "x", "mark": "3", "file": "f", "engineer": "li"}
        for did in sorted(set(Did) - free - {Did.CORRECTED}):
            each = Entry(at=self.now, who="zhao", channel=Channel.DESK, did=did, facts=tuple({**facts, **more}.items()))
            try:
                lifecycle.check(self.case, each)
            except NotAllowed:
                continue
            raise AssertionError(f"{did} is said not to be allowed, and is")


TestDesk = Desk.TestCase
# Without shrinking: a failing sequence is told as it was found, in seconds instead of minutes.
TestDesk.settings = settings(max_examples=40, stateful_step_count=25, deadline=None, phases=[Phase.reuse, Phase.generate])
