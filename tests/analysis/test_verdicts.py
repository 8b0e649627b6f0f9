"""Only two independent proofs that last make a failed part; whatever explains the state otherwise comes first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.judge import judge
from healthd.analysis.recorded import Recorded
from healthd.analysis.verdicts import verdicts
from healthd.catalogue.messages.read import Message, entries
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context, parse
from healthd.model.event import Event
from healthd.model.finding import Condition
from healthd.model.interval import Interval
from healthd.model.observation import Part, Reading, System
from healthd.model.phrase import Phrase
from healthd.model.poll import Poll
from healthd.model.verdict import Component, Proof, Verdict, Way
from tests.analysis.rules.story import NOW, STEP, device

FRU, ENVMON = "CISCO-ENTITY-FRU-CONTROL-MIB::cefcFRUPowerOperStatus", "CISCO-ENVMON-MIB::ciscoEnvMonSupplyState"
FANS, MODULES = "CISCO-ENTITY-FRU-CONTROL-MIB::cefcFanTrayOperStatus", "CISCO-ENTITY-FRU-CONTROL-MIB::cefcModuleOperStatus"
EDGE = device("edge", ssh="login", site="HQ")
WINDOW = Interval(NOW - timedelta(hours=3), NOW)
PARTS = (
    Part(index="1", kind="chassis", name="Switch 1", pid="C9300-48P", serial="FOC1111AAAA"),
    Part(index="11", parent="1", kind="powerSupply", name="Switch 1 - Power Supply A", pid="PWR-C1-715WAC", serial="ART1111AAAA"),
    Part(index="12", parent="1", kind="powerSupply", name="Switch 1 - Power Supply B", pid="PWR-C1-715WAC", serial="ART2222BBBB"),
    Part(index="13", parent="1", kind="powerSupply", name="Switch 1 - Power Supply C"),
    Part(index="21", parent="1", kind="fan", name="Switch 1 - Fan 1", pid="FAN-T1", serial="FXS1111AAAA"),
    Part(index="31", parent="1", kind="module", name="Module 3 Line card", pid="C9400-LC-48U", serial="JAE3333CCCC"),
)
A, B, FAN, CARD = ("psu.state", "11"), ("psu.state", "12"), ("fan.state", "21"), ("module.state", "31")
NAMES = {part.index: part.name for part in PARTS}
SOURCES = {"psu.state": FRU, "fan.state": FANS, "module.state": MODULES}
Rows = Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """States over the last looks, oldest first; what the *log* told (minutes ago, line); what the command line *said* (minutes ago, of what)."""

    rows: Rows = field(default_factory=dict)
    log: Sequence[tuple[float, str]] = ()
    said: Sequence[tuple[float, Way, Condition]] = ()
    envmon: str = ""
    of: str = "psu:edge:Switch 1 - Power Supply A"
    readings: Sequence[Reading] = ()
    site: Sequence[str] = ()


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def line(minutes: float, text: str, name: str = "edge") -> Event:
    return classed(parse(text.encode(), Context(received=ago(minutes), device=name)))


def polls(scene: Scene, name: str = "edge") -> Iterable[Poll]:
    looks = max((len(words) for words in scene.rows.values()), default=1)
    for number in range(looks):
        at = NOW - STEP * (looks - 1 - number)
        readings = [
            Reading(metric=metric, item=NAMES[index], index=index, value=words[number], source=SOURCES[metric], oid=f"1.3.{index}")
            for (metric, index), words in scene.rows.items()
            if number < len(words)
        ]
        if scene.envmon and number == looks - 1:
            readings.append(
                Reading(metric="psu.state", item=f"{NAMES['11']} (ENVMON)", index="11", value=scene.envmon, source=ENVMON, oid="1.4")
            )
        yield Poll(
            device=name, at=at, up=True, parts=PARTS, readings=(*readings, *scene.readings), system=System(platform="iosxe"), by=("snmp",)
        )  # fmt: skip


def history(scene: Scene) -> Recorded:
    others = [device(name, site="HQ") for name in scene.site]
    every = [poll for name in ("edge", *scene.site) for poll in polls(scene, name)]
    return Recorded((EDGE, *others), every, WINDOW, events={"edge": [line(*each) for each in scene.log]})


def proofs(scene: Scene) -> Mapping[str, Sequence[Proof]]:
    made = [
        Proof(way=way, at=ago(minutes), says=says, text=Phrase("it said so"), source=f"show {way}") for minutes, way, says in scene.said
    ]
    return {f"1:{scene.of}": made} if made else {}


def judged(scene: Scene) -> tuple[Verdict, ...]:
    past = history(scene)
    return verdicts(judge(past, NOW), past, proofs(scene), NOW)


FAULTY = "%PLATFORM_FEP-1-FRU_PS_SIGNAL_FAULTY: Switch 1: signal on power supply A is faulty"
OTHER = "%PLATFORM_FEP-1-FRU_PS_SIGNAL_FAULTY: Switch 1: signal on power supply B is faulty"
FINE = "%PLATFORM_FEP-6-FRU_PS_SIGNAL_OK: Switch 1: signal on power supply A is restored"
FAN_LINE = "%PLATFORM_THERMAL-1-FRU_FAN_FAILURE: Switch 1: Fan 1 failure detected"
DIAG = "%MODULE-2-MOD_DIAG_FAIL: Module 3 (Serial number: JAE3333CCCC) reported failure due to Device error"
PULLED = "%IOSXE_OIR-6-REMCARD: Card (LC) removed from slot 3"
SOFT = "%IOSXE-3-PLATFORM: Switch 1 R0/0: kernel: EDAC MC0: 1 CE on DIMM 0"
HARD = "%IOSXE-3-PLATFORM: Switch 1 R0/0: kernel: EDAC MC0: 1 UE on DIMM 0"
GOOD, LOST = ["on", "on", "on"], ["on", "failed", "failed"]
CLI, TEST = Way.CLI, Way.TEST
F, S, U, X, E, W, H = (
    Condition.FAILED, Condition.SUSPECT, Condition.UNPOWERED, Condition.ABSENT, Condition.ENVIRONMENT, Condition.SOFTWARE, Condition.HEALTHY,
)  # fmt: skip
C9, TAB = Component, "1:psu:edge:Switch 1 - Power Supply A"

CASES: dict[str, tuple[Scene, tuple[Component, Condition] | None]] = {
    "a state that lasts, and a line of the log": (Scene(rows={A: LOST, B: GOOD}, log=[(7, FAULTY)]), (C9.PSU, F)),
    "a state that lasts, and the command line": (Scene(rows={A: LOST, B: GOOD}, said=[(0, CLI, F)]), (C9.PSU, F)),
    "a state alone": (Scene(rows={A: LOST, B: GOOD}), (C9.PSU, S)),
    "a state seen once, and a line of the same moment": (Scene(rows={A: ["on", "on", "failed"], B: GOOD}, log=[(0.2, FAULTY)]), (C9.PSU, S)),
    "a state seen once, long after the line": (Scene(rows={A: ["on", "on", "failed"], B: GOOD}, log=[(4, FAULTY)]), (C9.PSU, F)),
    "a line about the other supply is no proof": (Scene(rows={A: LOST, B: GOOD}, log=[(7, OTHER)]), (C9.PSU, S)),
    "a line from before it was well": (Scene(rows={A: [*GOOD, *GOOD, *LOST], B: [*GOOD] * 3}, log=[(38, FAULTY)]), (C9.PSU, S)),
    "a line that good news ended, and no state": (Scene(rows={A: GOOD, B: GOOD}, log=[(9, FAULTY), (8, FINE)]), (C9.PSU, H)),
    "a line, and a state that is well since": (Scene(rows={A: GOOD, B: GOOD}, log=[(9, FAULTY)]), (C9.PSU, H)),
    "a line that no look has followed yet": (Scene(rows={A: GOOD, B: GOOD}, log=[(0, FAULTY)]), (C9.PSU, S)),
    "the command line calls it well, and so did nobody else": (Scene(rows={A: LOST, B: GOOD}, said=[(0, CLI, H)]), (C9.PSU, W)),
    "log and state against the command line": (Scene(rows={A: LOST, B: GOOD}, log=[(7, FAULTY)], said=[(0, CLI, H)]), (C9.PSU, S)),
    "the command line knows of no input": (Scene(rows={A: LOST, B: GOOD}, log=[(7, FAULTY)], said=[(0, CLI, U)]), (C9.PSU, U)),
    "the command line knows of no supply": (Scene(rows={A: LOST, B: GOOD}, said=[(0, CLI, X)]), (C9.PSU, X)),
    "no input power": (Scene(rows={A: ["on", *["offEnvPower"] * 2], B: GOOD}, log=[(7, FAULTY)]), (C9.PSU, U)),
    "off for no reason, and failed on the command line": (
        Scene(rows={A: ["on", *["offEnvOther"] * 2], B: GOOD}, log=[(7, FAULTY)], said=[(0, CLI, F)]), (C9.PSU, S),
    ),
    "the other table calls it well": (Scene(rows={A: LOST, B: GOOD}, log=[(7, FAULTY)], envmon="normal"), (C9.PSU, S)),
    "the command line settles between two tables": (Scene(rows={A: LOST, B: GOOD}, said=[(0, CLI, F)], envmon="normal"), (C9.PSU, F)),
    "the other table says that it is off": (Scene(rows={A: LOST, B: GOOD}, log=[(7, FAULTY)], envmon="shutdown"), (C9.PSU, F)),
    "what the command line said of an earlier failure": (Scene(rows={A: [*GOOD, *LOST], B: [*GOOD] * 2}, said=[(22, CLI, F)]), (C9.PSU, S)),
    "all supplies of the chassis": (Scene(rows={A: LOST, B: LOST}, log=[(7, FAULTY), (7, OTHER)], said=[(0, CLI, F)]), (C9.PSU, U)),
    "all supplies of the chassis, one after the other": (
        Scene(rows={A: ["on", *["failed"] * 8], B: [*["on"] * 8, "failed"]}, log=[(42, FAULTY), (2, OTHER)], said=[(0, CLI, F)]),
        (C9.PSU, U),
    ),
    "its own input reads nothing": (
        Scene(
            rows={A: LOST, B: GOOD},
            log=[(7, FAULTY)],
            readings=[Reading(metric="voltage", item="Switch 1 - Power Supply A Vin", index="99", value=0.0, unit="V", source=FRU)],
        ),
        (C9.PSU, U),
    ),
    "the input of the other supply reads nothing": (
        Scene(
            rows={A: LOST, B: GOOD},
            log=[(7, FAULTY)],
            readings=[Reading(metric="voltage", item="Switch 1 - Power Supply B Vin", index="99", value=0.0, unit="V", source=FRU)],
        ),
        (C9.PSU, F),
    ),
    "supplies of two devices of a site at once": (Scene(rows={A: LOST, B: GOOD}, log=[(7, FAULTY)], site=["core"]), (C9.PSU, U)),
    "a fan that stands still, and its line": (Scene(rows={FAN: ["up", "down", "down"]}, log=[(6, FAN_LINE)]), (C9.FAN, F)),
    "a fan that only shows wear": (Scene(rows={FAN: ["up", "warning", "warning"]}, log=[(6, FAN_LINE)]), (C9.FAN, S)),
    "a card out of service, confirmed by a test": (
        Scene(rows={CARD: ["ok", "failed", "failed"]}, said=[(0, TEST, F)], of="module:edge:Module 3 Line card"), (C9.MODULE, F),
    ),
    "a failed test that the log told of, confirmed by the test": (
        Scene(rows={CARD: ["ok"] * 3}, log=[(20, DIAG)], said=[(0, TEST, F)], of="hardware:edge:module 3"), (C9.MODULE, F),
    ),
    "a failed test that only the log told of": (Scene(rows={CARD: ["ok"] * 3}, log=[(20, DIAG)]), (C9.MODULE, S)),
    "a card that was pulled": (Scene(log=[(20, PULLED)]), (C9.MODULE, X)),
    "a card that was too hot": (Scene(rows={CARD: ["ok", *["outOfServiceEnvTemp"] * 2]}), (C9.MODULE, E)),
    "one corrected bit": (Scene(log=[(20, SOFT)]), (C9.MEMORY, S)),
    "many corrected bits": (Scene(log=[(n, SOFT) for n in range(9, 1, -1)]), (C9.MEMORY, S)),
    "a bit that could not be corrected": (Scene(log=[(20, HARD)]), (C9.MEMORY, S)),
    "an optic's alarm": (Scene(log=[(3, "%SFF8472-3-THRESHOLD_VIOLATION: Gi1/0/1: Tx power low alarm; Operating value: -40.0 dBm")]), (C9.OPTIC, S)),
    "an allocation that failed": (Scene(log=[(3, "%SYS-2-MALLOCFAIL: Memory allocation of 1028 bytes failed from 0x601")]), (C9.MEMORY, W)),
    "nothing at all": (Scene(rows={A: GOOD, B: GOOD, FAN: ["up"] * 3}), None),
    "an empty bay that is called off": (Scene(rows={A: GOOD, ("psu.state", "13"): ["offEnvOther"] * 3}), None),
    "a supply that was pulled": (Scene(rows={A: ["on", *["notPresent"] * 2], B: GOOD}, log=[(7, OTHER)]), (C9.PSU, X)),
    "a supply whose row is gone": (Scene(rows={A: ["on", "on"], B: GOOD}), (C9.PSU, X)),
    "a redundant power system that does not work": (
        Scene(rows={A: GOOD}, readings=[Reading(metric="psu.state", item="Sw1, PS1 RPS", index="1006", value="critical", source=ENVMON)]),
        (C9.PSU, U),
    ),
    "an optic without light": (
        Scene(
            readings=[
                Reading(metric="optic.power", item="Gi1/0/1 Receive Power", index="77", value=-40.0, unit="dBm", limits=(-20.0, -18.0, 0.0, 1.0))
            ],
        ),
        None,
    ),
    "an optic with too little light": (
        Scene(
            readings=[
                Reading(metric="optic.power", item="Gi1/0/1 Receive Power", index="77", value=-22.0, unit="dBm", limits=(-20.0, -18.0, 0.0, 1.0))
            ],
        ),
        (C9.OPTIC, S),
    ),
    "an empty bay": (Scene(rows={A: GOOD, B: ["notPresent"] * 3}), None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_verdict(name: str) -> None:
    scene, expected = CASES[name]
    found = [v for v in judged(scene) if v.device == "edge" and not v.item.endswith("B")]
    assert [(v.component, v.state) for v in found] == ([expected] if expected else [])


def first(scene: Scene) -> Verdict:
    return next(v for v in judged(scene) if v.device == "edge")


def test_a_failed_part_has_its_numbers_its_proofs_and_nothing_missing() -> None:
    found = first(Scene(rows={A: LOST, B: GOOD}, log=[(7, FAULTY)], said=[(0, CLI, F)]))
    assert (found.pid, found.serial, found.replaces, found.missing) == ("PWR-C1-715WAC", "ART1111AAAA", True, ())
    assert {proof.way for proof in found.proofs} == {Way.SNMP, Way.EVENT, Way.CLI}
    assert (found.since, found.finding) == (ago(7), TAB)


@pytest.mark.parametrize(
    ("own", "numbers"),
    [
        ({"pid": "PWR-1", "serial": "ART1"}, ("PWR-1", "ART1")),
        ({"serial": "ART1", "fru": False}, ("C9300-48P", "FOC1111AAAA")),
        ({"serial": "ART1", "fru": True}, ("", "ART1")),
        ({"fru": None}, ("", "")),
    ],
)
def test_a_built_in_supply_is_replaced_with_what_holds_it_and_an_unreadable_one_is_not(
    own: dict[str, object], numbers: tuple[str, str]
) -> None:
    supply = Part(index="11", parent="1", kind="powerSupply", name="Switch 1 - Power Supply A", **own)  # type: ignore[arg-type]
    made = [replace(poll, parts=(PARTS[0], supply, *PARTS[2:])) for poll in polls(Scene(rows={A: LOST, B: GOOD}))]
    past = Recorded((EDGE,), made, WINDOW)
    (found,) = verdicts(judge(past, NOW), past, {}, NOW)
    assert (found.pid, found.serial) == numbers


def test_what_is_missing_is_said_and_asked_for() -> None:
    found = first(Scene(rows={A: LOST, B: GOOD}))
    assert [str(each) for each in found.missing] == ["A second proof of another kind: what the command line says of the part."]
    assert {"show environment all", "show inventory", "show logging"} <= set(found.asks)


def test_a_device_without_a_command_line_needs_a_person_or_a_log() -> None:
    past = history(Scene(rows={A: LOST, B: GOOD}))
    past.devices = tuple(device("edge") for _ in range(1))
    (found,) = verdicts(judge(past, NOW), past, {}, NOW)
    assert "cannot be asked" in str(found.missing[0])


def test_a_single_soft_error_is_worth_a_notice_and_waits_for_the_next() -> None:
    found = first(Scene(log=[(20, SOFT)]))
    assert "flipped bit" in str(found.missing[0])


def test_what_failed_days_ago_keeps_the_proofs_of_that_time() -> None:
    """The window has moved on: what the command line said then still counts, as the state has lasted since."""
    scene = Scene(rows={A: ["failed"] * 36, B: ["on"] * 36}, said=[(60 * 24 * 2 - 1, CLI, F)])
    past = history(scene)
    found = verdicts(judge(past, NOW), past, proofs(scene), NOW, first_seen={TAB: ago(60 * 24 * 2)})
    assert [v.state for v in found] == [F]
    assert [v.state for v in verdicts(judge(past, NOW), past, proofs(scene), NOW, first_seen={TAB: ago(60 * 24)})] == [S]


def test_a_line_about_the_fan_that_was_in_the_bay_before_is_no_proof() -> None:
    def of(serial: str) -> list[Condition]:
        text = f"%PLATFORM-2-FAN_FAIL: Fan module 1 (Serial number {serial}) failed"
        scene = Scene(rows={FAN: ["up", "down", "down"]}, log=[(7, text)])
        return [v.state for v in judged(scene) if v.finding == "1:fan:edge:Switch 1 - Fan 1"]

    assert of("FXS1111AAAA") == [F]
    assert of("FXS9999ZZZZ") == [S]


def test_the_fan_of_a_dead_supply_explains_nothing_and_is_its_matter() -> None:
    scene = Scene(rows={A: LOST, B: GOOD}, log=[(7, FAULTY)])
    fan = Part(index="111", parent="11", kind="fan", name="Switch 1 - Power Supply A Fan")
    still = Reading(metric="fan.state", item=fan.name, index="111", value="down", source=FANS, oid="1.3.111")
    made = [replace(poll, parts=(*PARTS, fan), readings=(*poll.readings, still)) for poll in polls(scene)]
    past = Recorded((EDGE,), made, WINDOW, events={"edge": [line(*each) for each in scene.log]})
    (found,) = verdicts(judge(past, NOW), past, {}, NOW)
    assert (found.component, found.state, found.also) == (C9.PSU, F, ("1:fan:edge:Switch 1 - Power Supply A Fan",))


def test_a_copy_of_a_line_is_not_counted_and_a_repetition_is() -> None:
    (found,) = judged(Scene(log=[(20, SOFT), (20 - 1 / 60, SOFT), (10, SOFT)]))
    assert str(found.proofs[0].text).startswith("2 times")


def test_a_part_that_is_well_again_is_healthy_with_the_state_that_says_so() -> None:
    found = first(Scene(rows={A: GOOD, B: GOOD}, said=[(100, CLI, F)]))
    assert (found.state, found.finding, found.serial) == (H, TAB, "ART1111AAAA")
    assert [proof.says for proof in found.proofs] == [H]


def test_what_healthd_noticed_itself_is_no_second_proof() -> None:
    past = history(Scene(rows={A: LOST, B: GOOD}))
    found = judge(past, NOW)
    noticed = Event(device="edge", received=ago(5), kind="psu.changed", source="poll", item="Switch 1 - Power Supply A", severity=2)
    past = Recorded((EDGE,), list(polls(Scene(rows={A: LOST, B: GOOD}))), WINDOW, events={"edge": [noticed]})
    assert [v.state for v in verdicts(found, past, {}, NOW)] == [S]


def test_a_trap_and_a_line_are_one_way() -> None:
    trap = Event(
        device="edge", received=ago(20), kind="psu.changed", source="trap", mnemonic="cefcPowerStatusChange", severity=3, item="11",
        variables=(("cefcFRUPowerOperStatus", "failed"),),
    )  # fmt: skip
    past = Recorded((EDGE,), list(polls(Scene())), WINDOW, events={"edge": [trap, line(20, FAULTY)]})
    found = verdicts(judge(past, NOW), past, {}, NOW)
    assert {(v.state, v.serial) for v in found} <= {(S, "ART1111AAAA"), (S, "")}
    with_state = Recorded((EDGE,), list(polls(Scene(rows={A: LOST, B: GOOD}))), WINDOW, events={"edge": [trap]})
    assert [v.state for v in verdicts(judge(with_state, NOW), with_state, {}, NOW)] == [F]


MESSAGES = [m for m in entries() if m.hardware != "none"]


@given(st.lists(st.tuples(st.sampled_from(MESSAGES), st.floats(0, 170)), max_size=12))
def test_no_set_of_events_alone_makes_a_failed_part(those: list[tuple[Message, float]]) -> None:
    lines = [line(minutes, message.example) for message, minutes in those]
    past = Recorded((EDGE,), list(polls(Scene())), WINDOW, events={"edge": lines})
    found = verdicts(judge(past, NOW), past, {}, NOW)
    assert all(v.state is not F for v in found)


@given(st.lists(st.tuples(st.sampled_from(MESSAGES), st.floats(0, 170)), max_size=8), st.sampled_from(["on", "offEnvPower", "offAdmin"]))
def test_no_log_makes_a_failed_part_of_a_supply_whose_state_is_another(those: list[tuple[Message, float]], word: str) -> None:
    lines = [line(minutes, message.example) for message, minutes in those]
    past = Recorded((EDGE,), list(polls(Scene(rows={A: [word] * 3, B: GOOD}))), WINDOW, events={"edge": lines})
    assert all(v.state is not F for v in verdicts(judge(past, NOW), past, {}, NOW))


def test_verdicts_do_not_depend_on_the_order_of_findings() -> None:
    past = history(Scene(rows={A: LOST, B: ["on", "offEnvPower", "offEnvPower"], FAN: ["up", "down", "down"]}, log=[(7, FAULTY)]))
    found = judge(past, NOW)
    assert verdicts(found, past, {}, NOW) == verdicts(found[::-1], past, {}, NOW)


@pytest.mark.parametrize("way", [Way.CLI, Way.TEST, Way.EVENT])
@pytest.mark.parametrize("known", [True, False])
def test_a_proof_of_days_ago_makes_no_failed_part_wherever_the_window_begins(way: Way, known: bool) -> None:
    """A fault that the state alone tells, minute by minute: it passes through the beginning of the window, and out of it."""
    began = NOW - timedelta(hours=6)
    old = Proof(way=way, at=began - timedelta(days=6), says=F, text=Phrase("it said so"), source="show it")
    for minute in range(361):
        now = began + timedelta(minutes=minute)
        assert F not in {v.state for v in rolled(now, began, [old], known=known)}, f"after {minute} minutes"


def test_a_proof_of_the_unit_that_was_there_before_is_none_of_the_one_that_is_there() -> None:
    """The finding stands through the exchange: even what was seen a minute ago is of the other unit."""
    began = NOW - timedelta(hours=6)
    for minute in range(0, 361, 5):
        now = began + timedelta(minutes=minute)
        made = Proof(way=Way.CLI, at=now, says=F, text=Phrase("it said so"), source="show it")
        states = {serial: rolled(now, began, [replace(made, serial=serial)])[0].state for serial in ("ART0000OLD", "ART1111AAAA", "")}
        assert states["ART0000OLD"] is not F, f"after {minute} minutes"
        assert minute < 2 or states["ART1111AAAA"] is states[""] is F, f"after {minute} minutes"


def test_a_line_that_was_told_of_the_unit_before_is_none_of_the_one_that_is_there() -> None:
    scene = Scene(rows={A: LOST, B: GOOD}, log=[(7, FAULTY)])
    past = history(scene)
    (fresh,) = verdicts(judge(past, NOW), past, {}, NOW)
    told = [replace(each, serial="ART0000OLD") for each in fresh.proofs if each.way is Way.EVENT]
    assert fresh.state is F
    assert [v.state for v in verdicts(judge(past, NOW), past, {TAB: told}, NOW)] == [S]


def rolled(now: datetime, began: datetime, looks: Sequence[Proof], *, known: bool = True) -> tuple[Verdict, ...]:
    """Return the verdicts of *now* on a supply that failed at *began*, out of three hours before; *known* tells when it was first seen."""
    times = [now - STEP * n for n in range(37)][::-1]
    made = [
        Poll(
            device="edge", at=at, up=True, parts=PARTS, system=System(platform="iosxe"), by=("snmp",),
            readings=tuple(
                Reading(metric="psu.state", item=NAMES[row], index=row, value="failed" if row == "11" and at >= began else "on", source=FRU)
                for row in ("11", "12")
            ),
        )
        for at in times
    ]  # fmt: skip
    past = Recorded((EDGE,), made, Interval(now - timedelta(hours=3), now + timedelta(seconds=1)))
    first_seen = {TAB: began} if known and now > began else {}
    return verdicts(judge(past, now), past, {TAB: looks}, now, first_seen=first_seen)
