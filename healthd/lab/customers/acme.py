"""ACME Group: an English customer with a head office in London and a branch in Manchester."""

from functools import partial

from healthd.lab.customers._site import bgp, built, cabled, configured, ip, ospf
from healthd.lab.hardware._build import Order
from healthd.lab.parts import Hsrp, Spec

CODE = "ACME"
_order = partial(Order, customer=CODE, zone="Europe/London", offset=0)
_london = partial(_order, site="ldn", location="London, 1 Finsbury Sq, comms room 2")
_manchester = partial(_order, site="man", location="Manchester, 40 Portland St, floor 1")

CABLES = (
    ("ldn-edge-01", "Te0/0/0", "ldn-core-01", "Twe1/0/1", 0.18),
    ("ldn-edge-01", "Te0/0/1", "ldn-core-01", "Twe2/0/1", 0.14),
    ("ldn-core-01", "Twe1/0/3", "ldn-dc-01", "Eth1/49", 0.30),
    ("ldn-core-01", "Twe2/0/3", "ldn-dc-02", "Eth1/49", 0.26),
    ("ldn-dc-01", "Eth1/53", "ldn-dc-02", "Eth1/53", 0.02),
    ("ldn-dc-01", "Eth1/54", "ldn-dc-02", "Eth1/54", 0.02),
    ("ldn-core-01", "Twe1/0/5", "ldn-acc-01", "Te1/1/1", 0.22),
    ("ldn-core-01", "Twe2/0/5", "ldn-acc-01", "Te2/1/1", 0.19),
    ("ldn-core-01", "Twe1/0/6", "ldn-acc-02", "Te1/1/1", 0.12),
    ("ldn-core-01", "Twe2/0/6", "ldn-acc-02", "Te2/1/1", 0.10),
    ("ldn-core-01", "Twe1/0/8", "ldn-fw-01", "inside", 0.35),
    ("ldn-core-01", "Twe2/0/8", "ldn-fw-02", "inside", 0.01),
    ("ldn-fw-01", "folink", "ldn-fw-02", "folink", 0.01),
    ("ldn-edge-01", "Gi0/0/1", "man-rtr-01", "Gi0/0/0", 0.28),
    ("man-rtr-01", "Gi0/0/1", "man-acc-01", "Gi1/0/48", 0.24),
)
"""ldn-core-01 reaches 1G and 10G neighbours through slower optics in its 25G ports."""


def _orders() -> tuple[Order, ...]:
    return (
        _london(name="ldn-edge-01", role="edge", family="asr1001x", address="127.10.1.1", days_up=211.3, service_point="London Internet"),
        _london(name="ldn-core-01", role="core", family="c9500", address="127.10.1.2", days_up=143.6, parents=("ldn-edge-01",), service_point="London core"),
        _london(name="ldn-dc-01", role="datacenter", family="n9k", address="127.10.1.11", days_up=388.2, parents=("ldn-core-01",), partner="ldn-dc-02", service_point="London data centre"),
        _london(name="ldn-dc-02", role="datacenter", family="n9k", address="127.10.1.12", days_up=388.1, parents=("ldn-core-01",), partner="ldn-dc-01", standby=True, service_point="London data centre"),
        _london(name="ldn-fw-01", role="firewall", family="asa5516", address="127.10.1.21", days_up=96.4, parents=("ldn-core-01",), partner="ldn-fw-02"),
        _london(name="ldn-fw-02", role="firewall", family="asa5516", address="127.10.1.22", days_up=96.5, parents=("ldn-core-01",), partner="ldn-fw-01", standby=True),
        _london(name="ldn-acc-01", role="access", family="c9300", model="C9300-48P", members=3, address="127.10.1.31", days_up=143.4, parents=("ldn-core-01",)),
        _london(name="ldn-acc-02", role="access", family="c9300", model="C9300-24T", members=2, address="127.10.1.32", days_up=61.7, parents=("ldn-core-01",)),
        _manchester(name="man-rtr-01", role="branch", family="isr", model="ISR4331/K9", address="127.10.2.1", days_up=174.9, parents=("ldn-edge-01",), service_point="Manchester WAN"),
        _manchester(name="man-acc-01", role="access", family="c9300", model="C9300-48P", members=2, address="127.10.2.31", days_up=174.8, parents=("man-rtr-01",)),
    )  # fmt: skip


def specs() -> tuple[Spec, ...]:
    """Return ACME's devices."""
    made = cabled(built(_orders()), CABLES)
    wan = "255.255.255.248"
    made["ldn-edge-01"] = configured(
        made["ldn-edge-01"],
        {"Te0/0/0": ip("10.10.0.1"), "Te0/0/1": ip("10.10.0.5"), "Gi0/0/0": ip("198.51.100.2", wan, alias="ISP A, circuit LDN-4471", load=0.42), "Gi0/0/1": ip("10.10.0.17"), "Lo0": ip("10.10.255.1", "255.255.255.255")},
        (bgp("198.51.100.1", "Gi0/0/0", 64496, 8), bgp("10.10.0.18", "Gi0/0/1", 64610, 6, "man-rtr-01"), ospf("10.10.0.2", "10.10.255.2", "Te0/0/0", "ldn-core-01"), ospf("10.10.0.6", "10.10.255.2", "Te0/0/1", "ldn-core-01")),
        asn=64600,
    )  # fmt: skip
    made["ldn-core-01"] = configured(
        made["ldn-core-01"],
        {"Twe1/0/1": ip("10.10.0.2"), "Twe2/0/1": ip("10.10.0.6"), "Vl10": ip("10.10.10.1", "255.255.255.0", alias="users"), "Vl20": ip("10.10.20.1", "255.255.255.0", alias="servers"), "Lo0": ip("10.10.255.2", "255.255.255.255")},
        (ospf("10.10.0.1", "10.10.255.1", "Twe1/0/1", "ldn-edge-01"), ospf("10.10.0.5", "10.10.255.1", "Twe2/0/1", "ldn-edge-01")),
    )  # fmt: skip
    made["man-rtr-01"] = configured(
        made["man-rtr-01"],
        {"Gi0/0/0": ip("10.10.0.18"), "Gi0/0/1": ip("10.20.10.2", "255.255.255.0"), "Lo0": ip("10.20.255.1", "255.255.255.255")},
        (bgp("10.10.0.17", "Gi0/0/0", 64600, 24, "ldn-edge-01"),),
        asn=64610, hsrp=(Hsrp(port="GigabitEthernet0/0/1", group=10, address="10.20.10.1", rank=1, other="10.20.10.3"),),
    )  # fmt: skip
    for name, active, other in (("ldn-dc-01", 1, "10.10.100.3"), ("ldn-dc-02", 2, "10.10.100.2")):
        mine, partner = ("10.10.100.2", "ldn-dc-02") if active == 1 else ("10.10.100.3", "ldn-dc-01")
        made[name] = configured(made[name], {"Vlan100": ip(mine, "255.255.255.0"), "mgmt0": ip(f"10.10.99.{10 + active}", "255.255.255.0")},
                                hsrp=(Hsrp(port="Vlan100", group=100, address="10.10.100.1", rank=active, other=other, partner=partner),))  # fmt: skip
    return tuple(made.values())
