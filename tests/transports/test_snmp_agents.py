"""Agents that lie, loop, grow, stall and send garbage: each costs its own device some bounded time, and is told."""

import asyncio
import random
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from healthd.errors import ConfigError, NotUnderstood, Refused, TimedOut, Unreachable
from healthd.lab import ber, pdu
from healthd.model.answer import Answers
from healthd.model.credential import SnmpCommunity
from healthd.model.device import Device
from healthd.model.request import Get, Walk
from healthd.model.secret import Secret
from healthd.transports.snmp import Settings, Snmp
from tests.transports.agents import Agent, Answer, Asked, asked, device, honest, listening, oid

QUICK = Settings(timeout=0.15, retries=1, walk_seconds=1.0, poll_seconds=3.0, varbinds=2000)
SYSTEM = Get(mib="SNMPv2-MIB", objects=(("sysDescr", "1.3.6.1.2.1.1.1.0"), ("sysName", "1.3.6.1.2.1.1.5.0")))
ABSENT = Get(mib="NO-MIB", objects=(("nothing", "1.3.6.1.4.1.9.9.999.1.0"),))
TABLE = Walk(mib="IF-MIB", table="ifTable", entry="1.3.6.1.2.1.2.2.1", columns=(("ifDescr", 2), ("ifInOctets", 10)))
ENTRY = oid(TABLE.entry)


@pytest.fixture
def wire() -> Iterator[Snmp]:
    snmp = Snmp({"v2c": SnmpCommunity(community=Secret("public-canary"))}, QUICK)
    yield snmp
    snmp.close()


async def told(wire: Snmp, answer: Answer, *, delay: float = 0.0) -> tuple[Answers, Agent, float]:
    """Poll an agent that answers as *answer* says; return what came, the agent, and the seconds that passed."""
    async with listening(answer, delay=delay) as (agent, one):
        began = monotonic()
        return await wire.ask(one, {SYSTEM, ABSENT, TABLE}), agent, monotonic() - began


def table(question: Asked) -> bool:
    return question.tag == pdu.GET_BULK


def hostile(in_tables: Callable[[Asked], Iterable[bytes]]) -> Answer:
    """Answer GETs honestly, and the questions of walks as *in_tables* does."""
    good = honest(device())
    return lambda question: in_tables(question) if table(question) else good(question)


async def test_an_honest_agent_is_read_whole_and_what_it_lacks_is_unsupported(wire: Snmp) -> None:
    found, agent, _ = await told(wire, honest(device(rows=70)))
    assert found.row(SYSTEM) == {"sysDescr": b"Cisco IOS Software", "sysName": b"sw1"}
    assert found.rows(TABLE)["70"] == {"ifDescr": b"Gi0/70", "ifInOctets": 70}
    assert len(found.rows(TABLE)) == 70
    assert (found.unsupported, found.errors) == ({ABSENT}, ())
    assert found.requests == len(agent.questions)
    assert {question.community for question in agent.questions} == {b"public-canary"}


def same_again(question: Asked) -> Iterator[bytes]:
    yield question.reply([((*ENTRY, 2, 1), ber.tlv(4, b"Gi0/1"))])


def round_and_round(question: Asked) -> Iterator[bytes]:
    step = question.oids[0][-1] % 3 + 1
    yield question.reply([((*ENTRY, 2, step), ber.tlv(4, b"Gi0/%d" % step))])


def downwards(question: Asked) -> Iterator[bytes]:
    yield question.reply([((*ENTRY, 2, n), ber.tlv(4, b"x")) for n in (9, 5, 1)])


@pytest.mark.parametrize("answer", [same_again, round_and_round, downwards])
async def test_a_walk_that_does_not_go_up_is_ended_and_told(wire: Snmp, answer: Answer) -> None:
    found, agent, seconds = await told(wire, hostile(answer))
    assert any("went back to 1.3.6.1.2.1.2.2.1.2." in error for error in found.errors)
    assert found.row(SYSTEM)["sysName"] == b"sw1"
    assert found.rows(TABLE), "what came before the trouble is kept"
    assert TABLE not in found.unsupported
    assert len(agent.questions) < 12
    assert seconds < 1


async def test_a_table_without_end_stops_at_the_number_of_values(wire: Snmp) -> None:
    def endless(question: Asked) -> Iterator[bytes]:
        start = question.oids[0][-1] if len(question.oids[0]) > len(ENTRY) + 1 else 0
        yield question.reply([((*ENTRY, 2, start + n), ber.tlv(4, b"x" * 20)) for n in range(1, question.rows + 1)])

    found, agent, _ = await told(wire, hostile(endless))
    assert any("may bring no more values" in error for error in found.errors)
    assert QUICK.varbinds <= len(found.rows(TABLE)) < QUICK.varbinds + 100
    assert len(agent.questions) < 150


async def test_a_slow_table_without_end_stops_at_its_time(wire: Snmp) -> None:
    def crawling(question: Asked) -> Iterator[bytes]:
        start = question.oids[0][-1] if len(question.oids[0]) > len(ENTRY) + 1 else 0
        yield question.reply([((*ENTRY, 2, start + 1), ber.tlv(4, b"x"))])

    found, _, seconds = await told(wire, hostile(crawling), delay=0.1)
    assert any("the walk took 1 s and was ended there" in error for error in found.errors)
    assert found.rows(TABLE)
    assert seconds < 2.5


async def test_an_agent_that_dies_in_the_middle_costs_one_set_of_tries_and_keeps_what_it_said(wire: Snmp) -> None:
    dead = False
    many = [Walk(mib="M", table=f"t{n}", entry=f"1.3.6.1.4.1.9.9.{n}.1", columns=(("a", 1),)) for n in range(1, 60)]
    good = honest(device())

    def dying(question: Asked) -> Iterable[bytes]:
        nonlocal dead
        dead = dead or (table(question) and question.oids[0][:9] >= oid("1.3.6.1.4.1.9.9.4"))
        return () if dead else good(question)

    async with listening(dying) as (agent, one):
        began = monotonic()
        found = await wire.ask(one, {SYSTEM, *many})
    assert found.row(SYSTEM)
    assert any("stopped answering" in error for error in found.errors)
    assert not {each for each in many if each.table > "t4"} & found.unsupported, "what was not asked is not unsupported"
    assert monotonic() - began < 2
    assert len(agent.questions) < 40


async def test_a_late_answer_is_not_taken_for_the_answer_to_the_next_question(wire: Snmp) -> None:
    kept: list[bytes] = []
    good = honest(device())

    def a_question_behind(question: Asked) -> Iterable[bytes]:
        kept.append(next(iter(good(question))))
        return kept[-2:-1]

    async with listening(a_question_behind) as (_, one):
        with pytest.raises(TimedOut):
            await wire.ask(one, {SYSTEM})


async def test_an_answer_that_comes_twice_counts_once(wire: Snmp) -> None:
    good = honest(device(rows=40))
    found, _, _ = await told(wire, lambda question: [*good(question)] * 2)
    assert len(found.rows(TABLE)) == 40
    assert not found.errors


async def test_an_answer_from_another_address_is_not_heard(wire: Snmp) -> None:
    good, other = honest(device()), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    other.bind(("127.0.0.2", 0))

    class Elsewhere(Agent):
        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:

            other.sendto(next(iter(good(asked(data)))), addr)

    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: Elsewhere(good), local_addr=("127.0.0.1", 0))
    one = Device(name="sw1", customer="a", address="127.0.0.1", port=transport.get_extra_info("sockname")[1], snmp="v2c")
    with pytest.raises(TimedOut, match="no SNMP answer in 2 tries"):
        await wire.ask(one, {SYSTEM})
    transport.close()
    other.close()


async def test_a_wrong_request_id_is_no_answer_however_many_come_and_the_right_one_behind_them_is(wire: Snmp) -> None:
    good = honest(device())

    def first_wrong(question: Asked) -> Iterable[bytes]:
        return [*(question.reply([(question.oids[0], ber.tlv(4, b"forged"))], number=n) for n in range(50)), *good(question)]

    found, _, _ = await told(wire, first_wrong)
    assert found.row(SYSTEM)["sysDescr"] == b"Cisco IOS Software"
    assert not found.errors

    async with listening(lambda question: [question.reply([(o, ber.tlv(4, b"x")) for o in question.oids], number=7)] * 9) as (_, one):
        with pytest.raises(TimedOut):
            await wire.ask(one, {SYSTEM})


async def test_a_value_of_another_object_than_asked_is_left_out_and_told(wire: Snmp) -> None:
    wrong = oid("1.3.6.1.2.1.1.6.0")
    found, _, _ = await told(wire, lambda question: [question.reply([(wrong, ber.tlv(4, b"elsewhere"))])])
    assert not found.gets
    assert any("answered 1.3.6.1.2.1.1.6.0, which was not asked" in error for error in found.errors)
    async with listening(lambda question: [question.reply([(wrong, ber.tlv(4, b"elsewhere"))])]) as (_, one):
        assert await wire.sweep(one, ["1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.1.0"]) == (None, None)


async def test_rows_of_another_table_end_the_walk(wire: Snmp) -> None:
    found, _, _ = await told(
        wire, hostile(lambda q: [q.reply([(oid("1.3.6.1.6.3.1.1.0"), ber.integer(1)), ((*ENTRY, 2, 1), ber.tlv(4, b"late"))])])
    )
    assert TABLE in found.unsupported
    assert not found.walks


GARBAGE = {
    "words": b"this is no SNMP",
    "one-octet": b"\x30",
    "truncated": bytes.fromhex("302902010104067075"),
    "four-gigabytes": bytes.fromhex("3084ffffffff0201010406"),
    "indefinite": bytes.fromhex("308002010104067075626c6963"),
    "nested": b"\x30\x80" * 2000,
    "endless-number": bytes.fromhex("3082040002") + b"\xff" * 1000,
    "oversized": b"\x30\x82\x20\x00" + b"\x00" * 8192,
}


@pytest.mark.parametrize("name", GARBAGE)
async def test_garbage_is_told_within_the_tries(wire: Snmp, name: str) -> None:
    async with listening(lambda _: [GARBAGE[name]] * 3) as (_, one):
        began = monotonic()
        with pytest.raises(NotUnderstood, match="answers that are no SNMP"):
            await wire.ask(one, {SYSTEM, TABLE})
    assert monotonic() - began < 2


@pytest.mark.parametrize("name", GARBAGE)
async def test_the_true_answer_behind_garbage_is_read(wire: Snmp, name: str) -> None:
    good = honest(device())
    found, _, _ = await told(wire, lambda question: [GARBAGE[name], *good(question)])
    assert found.row(SYSTEM)["sysName"] == b"sw1"
    assert len(found.rows(TABLE)) == 3


async def test_answers_with_bytes_gone_wrong_never_escape_as_another_error(wire: Snmp) -> None:
    """Two hundred answers with a few octets changed: each poll ends in values or in one of our own errors."""
    dice, good = random.Random(20260101), honest(device())

    def mangled(question: Asked) -> Iterator[bytes]:
        (datagram,) = good(question)
        body = bytearray(datagram)
        # The head stays, so that the damage reaches what is decoded behind it.
        for _ in range(dice.randint(1, 3)):
            body[dice.randrange(36 if len(body) > 40 else 2, len(body))] = dice.randrange(256)
        yield bytes(body[: dice.choice((len(body), len(body), dice.randrange(len(body))))])

    wire.settings = replace(QUICK, timeout=0.02, retries=0)
    async with listening(mangled) as (agent, one):
        while len(agent.questions) < 200:
            try:
                await wire.ask(one, {SYSTEM, TABLE})
            except (NotUnderstood, TimedOut, Refused):
                continue


async def test_an_oid_that_cannot_be_asked_for_again_ends_the_walk_with_a_word(wire: Snmp) -> None:
    huge = pdu.ber.tlv(6, bytes.fromhex("2b060102010202010a") + b"\xff" * 9 + b"\x7f")

    def strange(question: Asked) -> Iterator[bytes]:
        body = pdu.response(question.number, ber.tlv(ber.SEQUENCE, huge + ber.integer(5)))
        yield ber.tlv(ber.SEQUENCE, ber.integer(1) + ber.tlv(4, question.community) + body)

    found, _, seconds = await told(wire, hostile(strange))
    assert found.row(SYSTEM)
    assert found.errors
    assert seconds < 3


@pytest.mark.parametrize("error", [1, 2, 5, 16])
async def test_an_agent_that_fails_at_many_objects_is_asked_for_fewer(wire: Snmp, error: int) -> None:
    """tooBig, noSuchName (as SNMPv1 says it), genErr, authorizationError: each for one bad object, and for long answers."""
    good, bad = honest(device(rows=9)), oid("1.3.6.1.4.1.9.9.999.1.0")

    def choosy(question: Asked) -> Iterable[bytes]:
        if bad in question.oids or question.rows > 3:
            return [question.reply([(o, b"\x05\x00") for o in question.oids], error=error)]
        return good(question)

    found, _, _ = await told(wire, choosy)
    assert found.row(SYSTEM) == {"sysDescr": b"Cisco IOS Software", "sysName": b"sw1"}
    assert len(found.rows(TABLE)) == 9
    assert ABSENT not in found.gets


async def test_long_answers_that_get_lost_on_their_way_are_asked_for_in_pieces(wire: Snmp) -> None:
    good = honest(device(rows=30))

    def lossy(question: Asked) -> Iterable[bytes]:
        return (answer for answer in good(question) if len(answer) < 300)

    found, _, _ = await told(wire, lossy)
    assert len(found.rows(TABLE)) == 30
    assert not found.errors


@pytest.mark.parametrize("error", [None, 2, 5])
async def test_an_agent_without_getbulk_is_walked_by_getnext(wire: Snmp, error: int | None) -> None:
    good = honest(device(rows=5))

    def old(question: Asked) -> Iterable[bytes]:
        if table(question):
            return [] if error is None else [question.reply([(question.oids[0], b"\x05\x00")], error=error)]
        return good(question)

    found, agent, _ = await told(wire, old)
    assert len(found.rows(TABLE)) == 5
    assert not found.errors
    assert sum(question.tag == pdu.GET_NEXT for question in agent.questions) > 5


async def test_an_agent_that_fails_at_one_place_of_a_table_is_told(wire: Snmp) -> None:
    good = honest(device(rows=9))

    def stuck(question: Asked) -> Iterable[bytes]:
        if question.oids[0] >= (*ENTRY, 2, 6) or question.rows > 1:
            return [question.reply([(question.oids[0], b"\x05\x00")], error=5)] if question.tag != pdu.GET else good(question)
        return good(question)

    found, _, _ = await told(wire, stuck)
    assert list(found.rows(TABLE)) == ["1", "2", "3", "4", "5", "6"]
    assert any("answers with an error when asked for what follows 1.3.6.1.2.1.2.2.1.2.6" in error for error in found.errors)


async def test_an_agent_that_denies_everything_is_refused_and_one_that_denies_a_part_is_read(wire: Snmp) -> None:
    async with listening(lambda q: [q.reply([(o, b"\x05\x00") for o in q.oids], error=16)]) as (_, one):
        with pytest.raises(Refused, match="denies access"):
            await wire.ask(one, {SYSTEM})
        assert await wire.heard(one), "who denies is there"
    good = honest(device())
    found, _, _ = await told(wire, lambda q: [q.reply([(q.oids[0], b"\x05\x00")], error=16)] if table(q) else good(q))
    assert found.row(SYSTEM)
    assert any("denies access" in error for error in found.errors)
    assert TABLE not in found.unsupported


async def test_a_wrong_community_and_a_closed_port_have_different_reasons(wire: Snmp) -> None:
    good = honest(device())
    async with listening(lambda question: good(question) if question.community == b"right" else []) as (_, one):
        with pytest.raises(TimedOut, match=r"no SNMP answer in 2 tries of 0\.15 s; check the path, the agent and its community") as caught:
            await wire.ask(one, {SYSTEM})
        assert not await wire.heard(one)
    assert "public-canary" not in str(caught.value)
    with pytest.raises(Unreachable, match="nothing listens at that port"):
        await wire.ask(one, {SYSTEM})


async def test_a_device_that_moved_or_whose_name_is_unknown_is_unreachable_and_a_name_is_looked_up(wire: Snmp) -> None:
    async with listening(honest(device())) as (_, one):
        assert (await wire.ask(replace(one, address="localhost"), {SYSTEM})).row(SYSTEM)
    with pytest.raises(Unreachable, match="cannot be looked up"):
        await wire.ask(replace(one, address="no-such-host.invalid"), {SYSTEM})
    with pytest.raises(Unreachable):
        await wire.ask(replace(one, address="240.0.0.1"), {SYSTEM})
    with pytest.raises(ConfigError, match=r"found the SNMP profile 'nine'; allowed: v2c"):
        await wire.ask(replace(one, snmp="nine"), {SYSTEM})


async def test_a_text_of_sixty_kilobytes_is_refused_alone(wire: Snmp) -> None:
    objects = device() | {oid("1.3.6.1.2.1.1.1.0"): ber.tlv(4, b"A" * 60_000)}
    found, _, _ = await told(wire, honest(objects))
    assert found.row(SYSTEM) == {"sysName": b"sw1"}
    assert len(found.rows(TABLE)) == 3
    assert any("longer than 4080 bytes" in error for error in found.errors)


async def test_nobody_waits_for_dead_and_hostile_devices(wire: Snmp) -> None:
    """Fifty devices, a tenth of them dead or hostile: the good ones are done before the first bad one has used up its tries."""
    bad: list[Answer] = [
        lambda _: [], lambda _: [GARBAGE["nested"]] * 30, hostile(same_again), lambda q: [q.reply([], number=1)] * 200,
        hostile(lambda q: []),
    ]  # fmt: skip
    finished: list[str] = []

    async def one(target: Device) -> Answers | Exception:
        try:
            return await wire.ask(target, {SYSTEM, TABLE})
        except (TimedOut, NotUnderstood) as error:
            return error
        finally:
            finished.append(target.name)

    async with AsyncExitStack() as stack:
        answers = [*bad, *[honest(device(rows=20))] * 45]
        targets = [(await stack.enter_async_context(listening(each, name=f"d{n:02}")))[1] for n, each in enumerate(answers)]
        found = await asyncio.gather(*map(one, targets))
    assert all(isinstance(each, Answers) and len(each.rows(TABLE)) == 20 and not each.errors for each in found[len(bad) :])
    slow = {targets[n].name for n in (0, 1, 3, 4)}
    assert set(finished[-len(slow) :]) == slow, "every good device finished before the bad ones"


async def test_a_flood_of_wrong_answers_leaves_the_loop_to_others(wire: Snmp) -> None:
    """Behind each wrong answer a true one of another device is read: the loop turns, however much one agent sends."""
    flood = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    turns = 0

    async def turning() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    class Flood(Agent):
        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:

            wrong = asked(data).reply([((1, 3, 6), ber.integer(1))], number=3)
            for _ in range(2000):
                self.transport.sendto(wrong, addr)  # type: ignore[union-attr]

    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: Flood(honest({})), local_addr=("127.0.0.1", 0))
    one = Device(name="sw1", customer="a", address="127.0.0.1", port=transport.get_extra_info("sockname")[1], snmp="v2c")
    task = asyncio.create_task(turning())
    with pytest.raises(TimedOut):
        await wire.ask(one, {SYSTEM})
    task.cancel()
    transport.close()
    flood.close()
    assert turns > 200


async def test_sessions_are_kept_one_a_device_and_leave_no_descriptor_behind(wire: Snmp) -> None:
    def open_now() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    async with AsyncExitStack() as stack:
        targets = [(await stack.enter_async_context(listening(honest(device()), name=f"d{n}")))[1] for n in range(20)]
        await asyncio.gather(*(wire.ask(each, {SYSTEM, TABLE}) for each in targets))
        before = open_now()
        for _ in range(3):
            await asyncio.gather(*(wire.ask(each, {SYSTEM, TABLE}) for each in targets))
            for each in targets[:3]:
                with pytest.raises(Unreachable):
                    await wire.ask(replace(each, address="127.0.0.2"), {SYSTEM})
        assert open_now() == before
        wire.close()
        assert open_now() <= before - 2 * len(targets)
