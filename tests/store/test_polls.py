"""Full polls come back as they were, once each."""

from datetime import UTC, datetime, timedelta

from healthd.model.observation import Interface, Neighbour, Part, Reading, System
from healthd.model.poll import Poll
from healthd.store import polls

NOW = datetime(2026, 3, 2, 12, 0, 0, 123456, UTC)


def full(device: str = "r1", at: datetime = NOW, up: bool = True, **more: object) -> Poll:
    return Poll(
        device=device,
        at=at,
        up=up,
        reason="" if up else "no answer in 2 s",
        by=("icmp", "snmp"),
        system=System(platform="iosxe", name=device, uptime_s=12.5, version="17.9.4a"),
        parts=(Part(index="1", kind="chassis", pid="C9300-48P", fru=True), Part(index="2", parent="1", fru=None)),
        interfaces=(Interface(index="1", name="Gi1/0/1", alias="to \0 \udcff <b>", speed_bps=10**11),),
        neighbours=(Neighbour(protocol="bgp", asn=4200000000),),
        readings=(
            Reading(metric="cpu.busy", item="CPU 1", value=23.7, limits=(None, None, 80.0, 90.0)),
            Reading(metric="psu.state", item="PSU A", value="ok", raw=2, source="CISCO-ENTITY-FRU-CONTROL-MIB::x"),
            Reading(metric="reload.reason", item="", value="power \0 lost"),
            Reading(metric="interface.in.octets", item="Gi1/0/1", value=2**64 - 1),
        ),
        seconds=1.5,
        requests=12,
        unsupported=("BGP4-MIB::bgpPeerTable",),
        errors=("walk broke off",),
        **more,
    )


def test_a_poll_comes_back_exactly(store: object) -> None:
    polls.add("acme", full())
    assert polls.newest("acme", "r1") == full()


def test_the_newest_answered_poll_counts_unless_any_is_wanted(store: object) -> None:
    later = full(at=NOW + timedelta(minutes=5), up=False)
    polls.add_all("acme", [later, full()])
    assert polls.newest("acme", "r1") == full()
    assert polls.newest("acme", "r1", answered=False) == later
    assert polls.newest("acme", "r1", before=NOW - timedelta(seconds=1)) is None


def test_a_poll_of_one_customer_is_nothing_to_another(store: object) -> None:
    polls.add("acme", full())
    assert polls.newest("other", "r1") is None


def test_the_same_poll_twice_is_one(store: object) -> None:
    from healthd.store._ready import models

    for _ in range(2):
        polls.add("acme", full())
    assert models.Poll.objects.count() == 1
    assert models.Layout.objects.count() == 1


def test_old_polls_are_thinned_to_the_last_answered_of_each_day(store: object) -> None:
    day = NOW.replace(hour=0)
    kept = [full(at=day + timedelta(days=d, hours=h)) for d in range(4) for h in (1, 5, 9)]
    failed = full(at=day + timedelta(hours=20), up=False)
    polls.add_all("acme", [*kept, failed])
    assert polls.thin("acme", day + timedelta(days=4)) == 5
    assert polls.newest("acme", "r1", before=day + timedelta(days=1)) == kept[2]
    assert polls.newest("acme", "r1", before=day + timedelta(days=2, hours=2)) == kept[6]
    assert polls.thin("acme", day + timedelta(days=4)) == 0
