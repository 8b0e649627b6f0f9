import socket

import pytest

from healthd.analysis import reachability, restarts
from healthd.analysis.reasons import reason
from healthd.errors import CollectError
from healthd.model.credential import SnmpCommunity
from healthd.model.device import Device
from healthd.model.phrase import say
from healthd.model.secret import Secret
from healthd.transports import _usm
from healthd.transports.snmp import Settings, Snmp

WHERE = "core-01 (192.0.2.1)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no answer", "no answer"),
        ("core-01: no answer from 192.0.2.1", "no answer"),
        (f"{WHERE}: no SNMP answer in 3 tries of 2 s; check the path and the agent", "no SNMP answer, asked 3 × 2 s"),
        (
            f"{WHERE}: no SNMP answer in 1 try of 0.5 s; it is there, but does not answer this user: the privacy password may differ",
            "no SNMP answer, asked 1 × 0.5 s; its agent is there, but does not answer our user",
        ),
        (
            f"{WHERE}: user 'healthd': wrong signature: the authentication password or protocol differs; correct the profile",
            "SNMPv3: authentication password or protocol differs",
        ),
        (
            f"{WHERE}: [Errno 113] No route to host; check the address and that SNMP is switched on",
            "SNMP does not reach it: [Errno 113] No route to host",
        ),
        (f"{WHERE}: stopped answering; 1 table was not asked", "it stopped answering; one table was not asked"),
        (f"{WHERE}: the poll took 300 s and was ended; 1 table was not asked", "the poll was ended after 300 s; one table was not asked"),
        (f"{WHERE}: stopped answering; 4 tables were not asked", "it stopped answering; 4 tables were not asked"),
        (f"{WHERE}: 1.3.6.1.2.1.2.2: the walk took 60 s and was ended there", "reading the table 1.3.6.1.2.1.2.2 was ended after 60 s"),
        ("ssh: core-01: 192.0.2.1 port 22: no answer within 10 s", "no SSH answer within 10 s"),
        (
            "show inventory: the device does not authorise it for tac; allow the account to read it",
            "our login may not use the command show inventory",
        ),
        (
            "ssh: core-01: its SSH host key is not known; look at it and accept it: healthd device trust core-01",
            "its SSH host key has not been accepted yet",
        ),
        ("restarted", "restart, reason not given by the device"),
        ("restarted: PowerOn", "restart: PowerOn"),
        ("no answer; restarted: PowerOn", "no answer; restart: PowerOn"),
        (f"{WHERE}: no SNMP answer in 2 tries of 1 s; check the path and the agent; no answer", "no SNMP answer, asked 2 × 1 s; no answer"),
    ],
)
def test_what_healthd_writes_is_known_again(text: str, said: str) -> None:
    assert str(reason(text)) == said
    assert reason(text).template != "{reason}"


@pytest.mark.parametrize("cause", _usm.CAUSES.values())
def test_what_an_agent_of_version_3_holds_against_us_is_known(cause: str) -> None:
    assert str(reason(f"{WHERE}: user 'healthd': {cause}")).startswith("SNMPv3: ")


@pytest.mark.parametrize(
    "text", ["Software upgrade, change CHG-1182", "no answer from the landlord {yet}", "", "更换电源；已确认", "restart"]
)
def test_what_people_and_devices_say_stands_as_it_is(text: str) -> None:
    assert reason(text) == say("{reason}", reason=text)


def test_no_reason_of_our_own_is_unknown() -> None:
    ours = (reachability.ISOLATED, reachability.NOT_PROBED, reachability.NO_ANSWER, restarts.RESTARTED)
    assert [text for text in ours if reason(text).template == "{reason}"] == []


@pytest.mark.parametrize("listening", [True, False], ids=["silent", "closed"])
async def test_an_agent_that_does_not_answer_gives_a_reason_that_is_known(listening: bool) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there:
        there.bind(("127.0.0.1", 0))
        device = Device(name="core-01", customer="c", address="127.0.0.1", port=there.getsockname()[1], snmp="p")
        if not listening:
            there.close()
        wire = Snmp({"p": SnmpCommunity(community=Secret("x"))}, Settings(timeout=0.05, retries=0))
        with pytest.raises(CollectError) as failed:
            await wire.sweep(device, ("1.3.6.1.2.1.1.3.0",))
        wire.close()
    said = str(reason(str(failed.value)))
    assert said == ("no SNMP answer, asked 1 × 0.05 s" if listening else "its SNMP port is closed")
