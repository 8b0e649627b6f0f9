"""The clocks of a case as laws: over a year with both clock changes, holidays and pauses, and against a minute-by-minute oracle."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from healthd.desk import hours as hours_
from healthd.desk import lifecycle
from healthd.desk.clocks import clocks
from healthd.desk.hours import Hours
from healthd.errors import NotAllowed
from healthd.model.case import Case, Channel, Did, Entry, Priority, State
from healthd.model.clock import Clock, Kind
from healthd.model.device import Contract, Customer
from healthd.model.interval import Interval
from healthd.model.tac import Promise, Tac
from tests.desk import _oracle
from tests.desk.lives import CALLER, opening
from tests.desk.test_hours import ZONES, counts

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
OFFICE = [(time(8), time(18)), (time(9), time(17, 30)), None]
STEPS = (
    "acknowledge",
    "contact",
    "tell",
    "wait",
    "wait",
    "window",
    "continue",
    "continue",
    "priority",
    "priority",
    "rma",
    "resolve",
    "reopen",
)


@dataclass(frozen=True)
class Life:
    """A case that lived, whom it is for, what is promised, and when one looks."""

    case: Case
    customer: Customer
    tac: Tac
    now: datetime

    def clocks(self, now: datetime | None = None) -> dict[Kind, Clock]:
        return {each.kind: each for each in clocks(self.case, self.customer, self.tac, now or self.now)}

    def after(self, *entries: Entry) -> "Life":
        case = self.case
        for each in entries:
            case = lifecycle.apply(case, each)
        return replace(self, case=case)


@st.composite
def promises(draw: st.DrawFn) -> dict[Priority, Promise]:
    length = st.integers(1, 40).map(lambda n: n * 15 * MINUTE)
    return {
        each: Promise(
            response=draw(length),
            contact=draw(length),
            update=draw(length),
            resolution=draw(st.none() | length) if each is Priority.P4 else draw(length),
            round_the_clock=draw(st.booleans()),
            rma_stops=draw(st.booleans()),
        )
        for each in Priority
    }


@st.composite
def lives(draw: st.DrawFn, most: int = 9) -> Life:
    zone, office = draw(st.sampled_from(sorted(ZONES))), draw(st.sampled_from(OFFICE))
    weekdays = draw(st.sampled_from([frozenset(range(5)), frozenset(range(7)), frozenset({1, 3, 5})]))
    contract = Contract(number="C", level="L", hours=office, weekdays=weekdays)
    customer = Customer(
        code="acme", title="Acme", zone=ZoneInfo(zone), contract=contract, holidays=draw(st.sampled_from(["", ZONES[zone]]))
    )
    start = YEAR + draw(st.integers(0, 360 * 1440)) * MINUTE
    case = lifecycle.folded([opening(at=start, priority=draw(st.sampled_from(Priority)))], "2603-0001")
    at = start
    for step in _first(start):
        case = lifecycle.apply(case, step)
    for name in draw(st.lists(st.sampled_from(STEPS), max_size=most)):
        at += draw(st.integers(0, 500)) * MINUTE
        for step in _entries(draw, name, at):
            case = _lived(case, step)
    now = at + draw(st.integers(0, 900)) * MINUTE
    return Life(case, customer, Tac(promises=draw(promises())), now)


def _first(at: datetime) -> Iterator[Entry]:
    yield _entry(Did.OPENED, at, **CALLER)
    yield _entry(Did.ASSIGNED, at, engineer="li")


def _entry(did: Did, at: datetime, **facts: str) -> Entry:
    channel = Channel.HOTLINE if did is Did.OPENED else Channel.DESK
    return Entry(at=at, who="li", channel=channel, did=did, text="words", visible=did is Did.NOTED, facts=tuple(facts.items()))


def _entries(draw: st.DrawFn, name: str, at: datetime) -> Iterator[Entry]:
    if name == "acknowledge":
        yield _entry(Did.ACKNOWLEDGED, at)
    elif name == "contact":
        yield _entry(Did.CONTACTED, at)
    elif name == "tell":
        yield _entry(Did.NOTED, at)
    elif name in {"wait", "window"}:
        until = draw(st.none() | st.integers(1, 600).map(lambda n: (at + n * MINUTE).isoformat()))
        yield _entry(Did.WAITED, at, wait="maintenance" if name == "window" else "customer", **({"until": until} if until else {}))
    elif name == "continue":
        yield _entry(Did.CONTINUED, at)
    elif name == "priority":
        yield _entry(Did.PRIORITISED, at, priority=draw(st.sampled_from(Priority)).name)
    elif name == "rma":
        yield _entry(Did.ENGINEER_CONFIRMED, at, role="engineer")
        yield _entry(Did.CUSTOMER_CONFIRMED, at, by="Wang Fang")
        yield _entry(Did.RMA_PENDED, at)
    elif name == "resolve":
        yield _entry(Did.RESOLVED, at, reason="fixed")
    elif name == "reopen":
        yield _entry(Did.REOPENED, at)


def _lived(case: Case, step: Entry) -> Case:
    try:
        lifecycle.check(case, step)
    except NotAllowed:
        return case
    return lifecycle.apply(case, step)


# --- the oracle -----------------------------------------------------------------------------------------------------


def _stands(life: Life, at: datetime) -> frozenset[str]:
    """Say why a clock stands in the minute *at*, by looking through the entries up to then."""
    why: frozenset[str] = frozenset()
    until = None
    for each in life.case.entries:
        if each.at > at:
            break
        if each.did is Did.WAITED:
            why, until = frozenset({"wait"}), each.fact("until")
        elif each.did is Did.RMA_PENDED:
            why, until = frozenset({"rma"}), None
        elif each.did is Did.RESOLVED:
            why, until = frozenset({"resolved"}), None
        elif each.did in {Did.CONTINUED, Did.REOPENED}:
            why, until = frozenset(), None
    return frozenset() if until and at >= datetime.fromisoformat(until) else why


def _priority(life: Life, at: datetime) -> Priority:
    said = [each.fact("priority") for each in life.case.entries if each.did is Did.PRIORITISED and each.at <= at]
    return Priority[said[-1]] if said else life.case.opening.priority


def _stopwatch(life: Life, kind: Kind, start: datetime, end: datetime) -> _oracle.Stopwatch:
    """Run one clock's stopwatches from the opening to *end*; they begin to count at *start*."""
    given_ = {each: getattr(promise, kind) for each, promise in life.tac.promises.items() if getattr(promise, kind)}
    served = hours_.of(life.customer, life.tac)
    counted = cache(lambda at: counts(served, at))
    minutes = []
    at = start
    while at < end:
        minutes.append(
            (at, _oracle.Minute(_priority(life, at), bool(_stands(life, at) - {"rma"}) and kind in {Kind.UPDATE, Kind.RESOLUTION}))
        )
        at += MINUTE

    def runs(priority: Priority, at: datetime) -> bool:
        promise = life.tac.promises[priority]
        stopped = kind is Kind.RESOLUTION and promise.rma_stops and "rma" in _stands(life, at)
        return not stopped and (promise.round_the_clock or counted(at))

    return _oracle.run(minutes, given_, runs)


def _first_of(life: Life, *acts: Did) -> datetime | None:
    return next((each.at for each in life.case.entries if each.did in acts and each.at <= life.now), None)


@settings(deadline=None, max_examples=60)
@given(life=lives())
def test_response_and_contact_are_what_a_stopwatch_says(life: Life) -> None:
    found = life.clocks()
    for kind, acts in (
        (Kind.RESPONSE, (Did.ACKNOWLEDGED, Did.CONTACTED, Did.RESOLVED)),
        (Kind.CONTACT, (Did.CONTACTED, Did.RESOLVED)),
    ):
        met = _first_of(life, *acts)
        watch = _stopwatch(life, kind, life.case.opened, met or life.now)
        clock = found[kind]
        assert (clock.met, clock.breached) == (met, watch.ran_out)
        assert clock.used == watch.used[clock.priority]


@settings(deadline=None, max_examples=80)
@given(life=lives())
def test_the_resolution_is_what_a_stopwatch_says(life: Life) -> None:
    clock = life.clocks().get(Kind.RESOLUTION)
    last = [each for each in life.case.entries if each.did in {Did.RESOLVED, Did.REOPENED} and each.at <= life.now]
    met = last[-1].at if last and last[-1].did is Did.RESOLVED else None
    watch = _stopwatch(life, Kind.RESOLUTION, life.case.opened, met or life.now)
    if clock is None:
        assert life.tac.promises[Priority.P4].resolution is None
        return
    assert (clock.met, clock.breached) == (met, watch.ran_out)
    if not (met and _priority(life, life.now) != _priority(life, met)):
        assert clock.used == watch.used[clock.priority]


@settings(deadline=None, max_examples=60)
@given(life=lives(most=6))
def test_what_is_due_runs_out_exactly_then_when_nothing_more_happens(life: Life) -> None:
    """Letting the stopwatches run on from now meets the due time that was told before."""
    for kind, clock in life.clocks().items():
        if clock.met or clock.breached or (clock.pause and not clock.pause.ended and clock.paused) or kind is Kind.UPDATE:
            continue
        if clock.due - life.now > 14 * DAY:
            continue
        watch = _stopwatch(life, kind, life.case.opened, clock.due + MINUTE)
        assert watch.ran_out == clock.due


@settings(deadline=None, max_examples=60)
@given(life=lives())
def test_the_update_clock_begins_anew_with_each_word_after_the_first_call(life: Life) -> None:
    called = _first_of(life, Did.CONTACTED, Did.RESOLVED)
    clock = life.clocks().get(Kind.UPDATE)
    if called is None:
        assert clock is None, "before the first call the contact clock is the one that counts"
        return
    speaks = {Did.CONTACTED, Did.NOTED, Did.REOPENED}
    words = [each.at for each in life.case.entries if called <= each.at <= life.now and each.did in speaks]
    last = [each for each in life.case.entries if each.did in {Did.RESOLVED, Did.REOPENED} and each.at <= life.now]
    met = last[-1].at if last and last[-1].did is Did.RESOLVED else None
    begun = [at for at in words if met is None or at < met]
    if clock is None:
        assert begun == []
        return
    watch = _stopwatch(life, Kind.UPDATE, begun[-1], met or life.now)
    assert (clock.met, clock.breached, clock.used) == (met, watch.ran_out, watch.used[clock.priority])
    rounds = pairwise(begun)
    assert clock.missed == sum(1 for start, end in rounds if _stopwatch(life, Kind.UPDATE, start, end).ran_out)


# --- laws -----------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=150)
@given(life=lives())
def test_used_and_left_are_the_promise_and_what_is_left_lies_before_the_due_time(life: Life) -> None:
    served = hours_.of(life.customer, life.tac)
    for clock in life.clocks().values():
        assert clock.used + clock.left == clock.promise
        assert clock.used >= timedelta(0)
        if clock.met is None and not clock.breached and clock.pause is None:
            counted = Hours(zone=served.zone) if life.tac.promises[clock.priority].round_the_clock else served
            assert counted.worked(Interval(life.now, clock.due)) == clock.left


@settings(deadline=None, max_examples=150)
@given(life=lives(), minute=st.integers(1, 400))
def test_a_due_time_lies_inside_service_hours(life: Life, minute: int) -> None:
    served = hours_.of(life.customer, life.tac)
    for clock in life.clocks().values():
        if not life.tac.promises[clock.priority].round_the_clock:
            assert served.worked(Interval(clock.due - timedelta(seconds=1), clock.due)) == timedelta(seconds=1)


@settings(deadline=None, max_examples=100)
@given(life=lives(), data=st.data())
def test_lines_in_any_order_make_the_same_clocks(life: Life, data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(life.case.entries))
    case = lifecycle.folded([life.case.opening, *mixed], life.case.number)
    assert replace(life, case=case).clocks() == life.clocks()


@settings(deadline=None, max_examples=150)
@given(life=lives(), data=st.data(), shift=st.integers(-200, 200))
def test_a_correction_makes_what_saying_it_right_at_first_had_made(life: Life, data: st.DataObject, shift: int) -> None:
    wrong = data.draw(st.sampled_from(life.case.entries))
    true = max(wrong.at + shift * MINUTE, life.case.opened)
    fix = Entry(
        at=life.now, who="li", channel=Channel.DESK, did=Did.CORRECTED, facts=(("entry", str(wrong.number)), ("at", true.isoformat()))
    )
    said_right = [replace(each, at=true) if each is wrong else each for each in life.case.entries]
    right = replace(life, case=lifecycle.folded([life.case.opening, *said_right], life.case.number))
    fixed = life.after(fix)
    assert fixed.clocks() == right.clocks()
    assert (fixed.case.state, fixed.case.priority, fixed.case.since) == (right.case.state, right.case.priority, right.case.since)


@settings(deadline=None, max_examples=150)
@given(life=lives(most=5), minute=st.integers(0, 300), until=st.none() | st.integers(1, 2000))
def test_pausing_never_makes_anything_due_earlier(life: Life, minute: int, until: int | None) -> None:
    assume(life.case.state not in {State.WAITING, State.RMA_PEND})  # there a new wait ends the one that stood already
    at = life.now + minute * MINUTE
    facts = {"until": (at + until * MINUTE).isoformat()} if until else {}
    later = at + 600 * MINUTE
    before, paused = life.clocks(later), life.after(_entry(Did.WAITED, at, **facts)).clocks(later)
    for kind in before.keys() & paused.keys():
        assert paused[kind].due >= before[kind].due
        assert paused[kind].used <= before[kind].used


@settings(deadline=None, max_examples=100)
@given(life=lives(), minute=st.integers(0, 300), until=st.integers(1, 600))
def test_a_pause_stops_only_the_clocks_it_should(life: Life, minute: int, until: int) -> None:
    at = life.now + minute * MINUTE
    paused = life.after(_entry(Did.WAITED, at, until=(at + until * MINUTE).isoformat()))
    later = at + 2000 * MINUTE
    for kind in (Kind.RESPONSE, Kind.CONTACT):
        assert paused.clocks(later).get(kind) == life.clocks(later).get(kind)


@settings(deadline=None, max_examples=150)
@given(life=lives(), wait=st.integers(0, 5000))
def test_time_alone_uses_a_promise_and_never_gives_any_back(life: Life, wait: int) -> None:
    first, then = life.clocks(), life.clocks(life.now + wait * MINUTE)
    assert first.keys() == then.keys()
    for kind, clock in first.items():
        assert then[kind].used >= clock.used
        assert clock.breached is None or then[kind].breached == clock.breached
        if clock.met:
            assert then[kind] == clock


@settings(deadline=None, max_examples=150)
@given(life=lives(), more=lives())
def test_what_was_met_stays_met_and_what_ran_out_stays_so_whatever_comes_later(life: Life, more: Life) -> None:
    """Later entries of another life are done to this one, as far as they are allowed."""
    case, shift = life.case, life.now - more.case.opened
    for each in more.case.entries[2:]:
        facts = tuple((name, value) for name, value in each.facts if name != "until")
        case = _lived(case, replace(each, at=each.at + shift, entered=None, number=0, facts=facts))
    before, after = life.clocks(), replace(life, case=case).clocks(more.now + shift)
    for kind in (Kind.RESPONSE, Kind.CONTACT):
        if before[kind].met:
            assert after[kind] == before[kind]
        assert before[kind].breached is None or after[kind].breached == before[kind].breached
    if Kind.RESOLUTION in before and before[Kind.RESOLUTION].breached:
        assert Kind.RESOLUTION not in after or after[Kind.RESOLUTION].breached == before[Kind.RESOLUTION].breached


@settings(deadline=None, max_examples=150)
@given(life=lives(), minute=st.integers(0, 300))
def test_raising_makes_nothing_due_later_and_lowering_nothing_earlier(life: Life, minute: int) -> None:
    at = life.now + minute * MINUTE
    now = life.case.priority
    for other in Priority:
        changed = life.after(_entry(Did.PRIORITISED, at, priority=other.name))
        before, after = life.clocks(at), changed.clocks(at)
        for kind in before.keys() & after.keys():
            if before[kind].met is None:
                assert after[kind].due <= before[kind].due if other < now else after[kind].due >= before[kind].due
            assert after[kind].breached == before[kind].breached


@settings(deadline=None, max_examples=100)
@given(life=lives(), silent=st.integers(0, 20_000))
def test_opened_again_a_clock_goes_on_where_it_stopped(life: Life, silent: int) -> None:
    """However long it was resolved, being opened again breaches nothing by itself."""
    at = life.now + MINUTE
    done = life.after(_entry(Did.ACKNOWLEDGED, at), _entry(Did.RESOLVED, at, reason="fixed"))
    before = done.clocks(at)
    again = at + silent * MINUTE
    after = done.after(_entry(Did.REOPENED, again)).clocks(again)
    if Kind.RESOLUTION in before and Kind.RESOLUTION in after:  # a P4 since then may be promised none
        first, then = before[Kind.RESOLUTION], after[Kind.RESOLUTION]
        assert (then.breached, then.met) == (first.breached, None)
        # Where one priority counts round the clock and another does not, the pause may have made another promise the first to run out.
        assert then.used == first.used or then.priority != first.priority
    assert after[Kind.RESPONSE].met is not None


def test_who_was_quicker_than_the_monitor_has_kept_the_promise() -> None:
    """The engineer saw it himself and says when he took it; the monitor told the desk twenty minutes later."""
    start = opening(at=YEAR, priority=Priority.P2)
    told = Entry(at=YEAR, entered=YEAR + 20 * MINUTE, who="healthd", channel=Channel.MONITOR, did=Did.OPENED)
    taken = (_entry(Did.ASSIGNED, YEAR + 4 * MINUTE, engineer="li"), _entry(Did.ACKNOWLEDGED, YEAR + 5 * MINUTE))
    case = lifecycle.folded([start, told, *taken], "2601-0001")
    response = clocks(case, None, Tac(), YEAR + DAY)[0]
    assert (response.met, response.breached, response.used) == (YEAR + 5 * MINUTE, None, timedelta(0))
