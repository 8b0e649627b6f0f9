"""What a device answered is written down without its secrets, and answers again as it did."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.errors import ConfigError
from healthd.model.answer import Answers
from healthd.model.device import Device
from healthd.model.request import Get, Show, Walk
from healthd.model.secret import Secret
from healthd.transports.replay import Replay, write
from healthd.transports.scrub import REMOVED, Scrub

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DEVICE = Device(name="sw1", customer="acme", address="192.0.2.1")
NAME = Get(mib="SNMPv2-MIB", objects=(("sysName", "1.3.6.1.2.1.1.5.0"), ("sysObjectID", "1.3.6.1.2.1.1.2.0")))
PORTS = Walk(mib="IF-MIB", table="ifTable", entry="1.3.6.1.2.1.2.2.1", columns=(("ifDescr", 2), ("ifPhysAddress", 6), ("ifInOctets", 10)))
ABSENT = Walk(mib="X-MIB", table="x", entry="1.3.6.1.4.1.9.99.1", columns=(("y", 1),))
VERSION, RELOAD = Show("show version"), Show("show reload")


def answers(text: str = "Version 17.9.4a\r\n") -> Answers:
    return Answers(
        gets={NAME: {"sysName": b"sw1", "sysObjectID": "1.3.6.1.4.1.9.1.2494"}},
        walks={
            PORTS: {
                "1": {"ifDescr": b"Gi1/0/1", "ifPhysAddress": b"\x00\x1e\xff\x00\x01\x02", "ifInOctets": 2**40},
                "10": {"ifDescr": b"Gi1/0/10"},
            }
        },
        shows={VERSION: text},
        unsupported=frozenset({ABSENT, RELOAD}),
        requests=5,
    )


def test_a_recording_answers_as_the_device_did(tmp_path: Path) -> None:
    write(tmp_path, DEVICE, answers(), Scrub(), NOW)
    again = asyncio.run(Replay(tmp_path).ask(DEVICE, {NAME, PORTS, ABSENT, VERSION, RELOAD}))
    assert (again.gets, again.walks, again.shows, again.unsupported) == (
        answers().gets,
        answers().walks,
        answers().shows,
        answers().unsupported,
    )


def test_a_recording_answers_questions_that_were_not_asked_in_that_form(tmp_path: Path) -> None:
    write(tmp_path, DEVICE, answers(), Scrub(), NOW)
    other = Get(mib="IF-MIB", objects=(("ifDescr.10", "1.3.6.1.2.1.2.2.1.2.10"),))
    assert asyncio.run(Replay(tmp_path).ask(DEVICE, {other})).row(other) == {"ifDescr.10": b"Gi1/0/10"}
    assert asyncio.run(Replay(tmp_path).sweep(DEVICE, ["1.3.6.1.2.1.2.2.1.10.1", "1.3.6.9"])) == (2**40, None)


@pytest.mark.parametrize(
    "line",
    [
        "snmp-server community CANARY RO 10",
        "snmp-server host 10.0.0.1 version 2c CANARY",
        "snmp-server host 10.0.0.1 CANARY",
        "snmp-server user CANARY healthd v3 auth sha CANARY priv aes 128 CANARY",
        "enable secret 9 CANARY",
        "enable password CANARY",
        "username CANARY privilege 15 secret 5 CANARY",
        " password 7 CANARY",
        "tacacs-server host 10.0.0.2 key 7 CANARY",
        " key 7 CANARY",
        "  key-string CANARY",
        "crypto isakmp key CANARY address 0.0.0.0",
        " neighbor 10.0.0.3 password 7 CANARY",
        " standby 1 authentication md5 key-string 7 CANARY",
        " ip ospf message-digest-key 1 md5 7 CANARY",
        "ntp authentication-key 1 md5 CANARY 7",
        " ppp chap password 0 CANARY",
        "archive path ftp://user:CANARY@10.0.0.4/",
        "Community name: CANARY",
        "-----BEGIN RSA PRIVATE KEY-----\nCANARY\n-----END RSA PRIVATE KEY-----",
    ],
)
def test_secrets_are_taken_out_of_the_places_where_they_stand(tmp_path: Path, line: str) -> None:
    write(tmp_path, DEVICE, answers(f"hostname sw1\n{line}\nend\n"), Scrub(), NOW)
    written = "".join(file.read_text() for file in tmp_path.rglob("*") if file.is_file())
    assert "CANARY" not in written
    assert REMOVED in written
    assert "hostname sw1\n" in written


def test_a_known_secret_is_taken_out_wherever_it_stands(tmp_path: Path) -> None:
    given_ = answers("banner: our community is tr0ub4dor\n")
    write(tmp_path, DEVICE, given_, Scrub(known=(Secret("tr0ub4dor"), Secret("Gi1/0/10"))), NOW)
    written = "".join(file.read_text() for file in tmp_path.rglob("*") if file.is_file())
    assert "tr0ub4dor" not in written
    assert "Gi1/0/10" not in written


def test_what_is_no_secret_stays() -> None:
    text = "service password-encryption\nkey chain EIGRP\nVersion 17.9.4a\nsnmp-server location HZ room 3\nGi1/0/1 is up\n"
    assert Scrub().text(text) == text


def test_serial_numbers_become_stand_ins_of_the_same_shape_when_asked() -> None:
    text = "PID: C9300-48P, SN: FOC2345X0AB\nSN: FOC2345X0AB\nSN: FDO2127R01C\n"
    masked = Scrub(serials=False).text(text)
    assert "FOC2345X0AB" not in masked
    one, two, three = (line.rsplit(" ", 1)[1] for line in masked.splitlines())
    assert one == two != three
    assert len(one) == 11


def test_a_folder_that_is_no_recording_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is no recording"):
        Replay(tmp_path)
    write(tmp_path, DEVICE, answers(), Scrub(), NOW)
    (tmp_path / "snmp.jsonl").write_text('{"oid": "1.3", "int": 1}\n{"oid": "1.3", "blob": 1}\n')
    with pytest.raises(ConfigError, match=r"snmp.jsonl:2: found"):
        Replay(tmp_path)


@given(
    st.dictionaries(
        st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=6).map(tuple),
        st.one_of(st.integers(), st.binary(max_size=30)),
        max_size=12,
    )
)
def test_any_values_survive(tmp_path_factory: pytest.TempPathFactory, rows: dict[tuple[int, ...], int | bytes]) -> None:
    folder = tmp_path_factory.mktemp("r")
    walk = Walk(mib="M", table="t", entry="1.3.6.1.4.1.9.9.1", columns=(("c", 3),))
    given_ = Answers(walks={walk: {".".join(map(str, index)): {"c": value} for index, value in rows.items()}})
    write(folder, DEVICE, given_, Scrub(), NOW)
    again = asyncio.run(Replay(folder).ask(DEVICE, {walk})).rows(walk)
    assert {index: row["c"] for index, row in again.items()} == {".".join(map(str, index)): value for index, value in rows.items()}
