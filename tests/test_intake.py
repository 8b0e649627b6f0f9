"""What arrives becomes events of the right device, once, and the books are in balance."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd import intake
from healthd.intake import Intake, Senders
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.model.received import Notification, Received
from healthd.store import events, quarantine, tally
from healthd.store.database import Settings

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
ALL = Interval(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
SHANGHAI = ZoneInfo("Asia/Shanghai")
ACME, HDZZ = Customer(code="acme", title="ACME", zone=SHANGHAI), Customer(code="hdzz", title="HDZZ")
SW1 = Device(name="sw1", customer="acme", address="10.0.0.1")
LINE = b"<189>7: Nov 25 06:00:00.123 UTC: %LINEPROTO-5-UPDOWN: Line protocol on Interface Gi1/0/1, changed state to down"
LINK_DOWN = "1.3.6.1.6.3.1.1.5.3"


def senders(*devices: Device, owners: dict[str, str] | None = None) -> Senders:
    return intake.senders([ACME, HDZZ], devices or [SW1], owners)


def line(data: bytes = LINE, address: str = "10.0.0.1", listener: str = "udp") -> Received:
    return Received(NOW, listener, address, data)


def trap(address: str = "10.0.0.1") -> Notification:
    return Notification(at=NOW, listener="traps", address=address, oid=LINK_DOWN, variables=(("1.3.6.1.2.1.2.2.1.2.7", b"Gi1/0/7"),))


def test_a_line_becomes_an_event_of_its_sender_whatever_name_its_header_carries() -> None:
    batch = Intake(senders=senders()).take([line(b"<189>Nov 25 06:00:00 other-host 7: %SYS-5-CONFIG_I: Configured from console")])
    (event,) = batch.events["acme"]
    assert (event.device, event.hostname, event.mnemonic, event.source) == ("sw1", "other-host", "CONFIG_I", "udp")


def test_the_catalogue_names_class_and_item() -> None:
    (event,) = Intake(senders=senders()).take([line()]).events["acme"]
    assert (event.kind, event.item) == ("interface.down", "Gi1/0/1")


def test_cst_of_a_customer_in_china_is_chinas() -> None:
    (event,) = Intake(senders=senders()).take([line(b"<189>7: Nov 25 14:00:00.000 CST: %SYS-5-RESTART: System restarted")]).events["acme"]
    assert event.at == NOW


def test_a_sender_that_nobody_knows_goes_into_quarantine() -> None:
    batch = Intake(senders=senders()).take([line(address="192.0.2.9"), trap("192.0.2.9")])
    assert batch.events == {}
    assert [(e.device, e.address, e.source) for e in batch.strays] == [("", "192.0.2.9", "udp"), ("", "192.0.2.9", "trap")]
    assert batch.hints == frozenset()


def test_two_customers_with_one_address_are_told_apart_by_listener_or_not_at_all() -> None:
    both = senders(SW1, Device(name="fw", customer="hdzz", address="10.0.0.1"), owners={"site-b": "hdzz"})
    assert both.find("site-b", "10.0.0.1") == intake.Sender(customer="hdzz", device="fw", zone=HDZZ.zone)
    assert both.find("udp", "10.0.0.1") is None


def test_an_address_of_version_four_inside_six_is_the_same_sender() -> None:
    assert senders().find("udp", "::ffff:10.0.0.1") is not None


def test_local_time_without_a_zone_is_read_as_what_lies_nearer_to_the_arrival() -> None:
    local = line(b"<189>7: Nov 25 14:00:00.000: %SYS-5-CONFIG_I: Configured from console by li")
    utc = line(b"<189>8: Nov 25 06:00:00.000: %SYS-5-CONFIG_I: Configured from console by wang")
    assert [e.at for e in Intake(senders=senders()).take([local, utc]).events["acme"]] == [NOW, NOW]


def test_a_copy_over_another_way_is_counted_and_not_kept() -> None:
    batch = Intake(senders=senders()).take([line(), Received(NOW, "tcp", "10.0.0.1", LINE, "tcp")])
    assert len(batch.events["acme"]) == 1
    assert batch.counts == {("syslog", "in"): 2, ("syslog", "out"): 1, ("syslog", "dropped: copy"): 1}


def test_a_line_that_a_device_says_twice_is_kept_twice() -> None:
    assert len(Intake(senders=senders()).take([line(), line()]).events["acme"]) == 2


def test_a_trap_asks_for_a_look_at_its_device() -> None:
    batch = Intake(senders=senders()).take([trap()])
    assert batch.hints == {("acme", "sw1")}
    assert batch.events["acme"][0].kind == "interface.down"


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        (b"%NTP-5-PEERSYNC: NTP synced to peer 10.0.0.9", True),
        (b"%PLATFORM_FEP-1-FRU_PS_SIGNAL_FAULTY: Switch 2: signal on power supply B is faulty", True),
        (b"%OSPF-5-ADJCHG: Process 1, Nbr 10.0.0.9 on Gi0/1 from FULL to DOWN, Neighbor Down: Dead timer expired", True),
        (b"%LINK-3-UPDOWN: Interface GigabitEthernet1/0/1, changed state to down", False),
        (b"%SYS-5-CONFIG_I: Configured from console by li", False),
    ],
)
def test_a_line_about_a_part_whose_state_polls_tell_asks_for_a_look_too(said: bytes, asks: bool) -> None:
    batch = Intake(senders=senders()).take([line(b"<187>7: Nov 25 06:00:00.000: " + said)])
    assert batch.hints == (frozenset({("acme", "sw1")}) if asks else frozenset())


def test_what_was_held_to_its_rate_is_told_once_for_each_device() -> None:
    ((customer, event),) = intake.suppressed({"10.0.0.1": 700, "192.0.2.9": 5}, "udp", senders(), "udp", NOW)
    assert (customer, event.device, event.kind, dict(event.variables)) == ("acme", "sw1", "log.suppressed", {"number": "700"})


@given(data=st.lists(st.tuples(st.binary(max_size=200), st.sampled_from(["10.0.0.1", "192.0.2.9"])), max_size=20))
def test_whatever_arrives_the_books_are_in_balance_and_the_octets_are_kept(data: list[tuple[bytes, str]]) -> None:
    batch = Intake(senders=senders()).take([line(octets, address) for octets, address in data])
    counted = {outcome: number for (_, outcome), number in batch.counts.items()}
    assert tally.missing(counted) == 0
    assert counted.get("in", 0) == len(data)
    sent = {octets.rstrip(b"\r\n") for octets, _ in data}
    assert {e.raw for e in (*batch.events.get("acme", ()), *batch.strays)} == sent


def test_a_batch_is_kept_with_its_share_of_the_books(store: Settings) -> None:
    batch = Intake(senders=senders()).take([line(), line(), line(address="192.0.2.9"), trap()])
    intake.keep(batch, NOW)
    assert len(events.between("acme", ALL)) == 3
    assert len(quarantine.between(ALL)) == 1
    assert {stage: tally.missing(those) for stage, those in tally.sums().items()} == {"syslog": 0, "trap": 0}


def test_a_batch_that_breaks_off_leaves_nothing_behind(store: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHD_TEST", "1")
    monkeypatch.setenv("HEALTHD_FAULT", "intake.before_commit:raise")
    monkeypatch.setattr("healthd.faultpoint._passed", Counter())
    with pytest.raises(OSError, match=r"intake\.before_commit"):
        intake.keep(Intake(senders=senders()).take([line()]), NOW)
    assert events.between("acme", ALL) == ()
    assert tally.sums() == {}


def test_an_inform_that_is_sent_again_is_one_event() -> None:
    first = Notification(at=NOW, listener="traps", address="10.0.0.1", oid=LINK_DOWN, request=7)
    later = Notification(at=NOW + timedelta(seconds=5), listener="traps", address="10.0.0.1", oid=LINK_DOWN, request=7)
    other = Notification(at=NOW + timedelta(seconds=6), listener="traps", address="10.0.0.1", oid=LINK_DOWN, request=8)
    assert len(Intake(senders=senders()).take([first, later, other]).events["acme"]) == 2


def test_a_flapping_port_is_told_of_when_it_begins_and_when_it_has_settled() -> None:
    taking = Intake(senders=senders())
    words = [LINE.replace(b"down", b"up") if n % 2 else LINE for n in range(20)]
    kinds = [
        e.kind
        for e in taking.take([Received(NOW + timedelta(seconds=n), "udp", "10.0.0.1", w) for n, w in enumerate(words)]).events["acme"]
    ]
    assert (len(kinds), kinds.count("interface.flapping")) == (21, 1)
    (settled,) = taking.settled(NOW + timedelta(hours=1)).events["acme"]
    assert (settled.kind, settled.after) == ("interface.settled", "up")
