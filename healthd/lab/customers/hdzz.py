"""华东制造 (HDZZ): a Chinese customer with a plant in Hangzhou and a branch in Suzhou."""

from functools import partial

from healthd.lab.customers._site import bgp, built, cabled, configured, ip, ospf
from healthd.lab.hardware._build import Order
from healthd.lab.parts import Hsrp, Spec

CODE = "HDZZ"
_order = partial(Order, customer=CODE, zone="Asia/Shanghai", offset=8 * 3600)
_hangzhou = partial(_order, site="hz", location="Hangzhou, Wensan Rd 398, building B, room 301")
_suzhou = partial(_order, site="sz", location="Suzhou, Xinghu St 88, floor 5")

CABLES = (
    ("hz-pe-01", "Te0/0/0/0", "hz-core-01", "Twe1/0/1", 0.20),
    ("hz-pe-01", "Te0/0/0/1", "hz-core-01", "Twe2/0/1", 0.16),
    ("hz-core-01", "Twe1/0/3", "hz-dc-01", "Eth1/49", 0.24),
    ("hz-core-01", "Twe2/0/3", "hz-dc-02", "Eth1/49", 0.22),
    ("hz-dc-01", "Eth1/53", "hz-dc-02", "Eth1/53", 0.02),
    ("hz-dc-01", "Eth1/54", "hz-dc-02", "Eth1/54", 0.02),
    ("hz-core-01", "Twe1/0/5", "hz-acc-01", "Te1/1/1", 0.20),
    ("hz-core-01", "Twe2/0/5", "hz-acc-01", "Te2/1/1", 0.17),
    ("hz-core-01", "Twe1/0/7", "hz-acc-02", "Gi1/0/49", 0.30),
    ("hz-core-01", "Twe1/0/8", "hz-fw-01", "inside", 0.38),
    ("hz-core-01", "Twe2/0/8", "hz-fw-02", "inside", 0.01),
    ("hz-fw-01", "folink", "hz-fw-02", "folink", 0.01),
    ("hz-pe-01", "Te0/0/0/2", "sz-edge-01", "Te0/0/0", 0.07),
    ("sz-edge-01", "Gi0/0/0", "sz-rtr-01", "Gi0/0", 0.25),
    ("sz-rtr-01", "Gi0/1", "sz-acc-01", "Gi1/0/25", 0.22),
)


def _orders() -> tuple[Order, ...]:
    return (
        _hangzhou(name="hz-pe-01", role="edge", family="asr9001", address="127.20.1.1", days_up=512.7, service_point="杭州出口"),
        _hangzhou(name="hz-core-01", role="core", family="c9500", address="127.20.1.2", days_up=88.4, parents=("hz-pe-01",), service_point="杭州核心"),
        _hangzhou(name="hz-dc-01", role="datacenter", family="n9k", address="127.20.1.11", days_up=267.5, parents=("hz-core-01",), partner="hz-dc-02", service_point="杭州数据中心"),
        _hangzhou(name="hz-dc-02", role="datacenter", family="n9k", address="127.20.1.12", days_up=267.4, parents=("hz-core-01",), partner="hz-dc-01", standby=True, service_point="杭州数据中心"),
        _hangzhou(name="hz-fw-01", role="firewall", family="asa5516", address="127.20.1.21", days_up=133.2, parents=("hz-core-01",), partner="hz-fw-02"),
        _hangzhou(name="hz-fw-02", role="firewall", family="asa5516", address="127.20.1.22", days_up=133.1, parents=("hz-core-01",), partner="hz-fw-01", standby=True),
        _hangzhou(name="hz-acc-01", role="access", family="c9300", model="C9300-48P", members=2, address="127.20.1.31", days_up=88.2, parents=("hz-core-01",)),
        _hangzhou(name="hz-acc-02", role="access", family="c2960x", model="WS-C2960X-48FPS-L", address="127.20.1.32", days_up=640.1, parents=("hz-core-01",), community_only=True),
        _suzhou(name="sz-edge-01", role="wan", family="asr1001x", address="127.20.2.1", days_up=154.8, parents=("hz-pe-01",), service_point="苏州广域网"),
        _suzhou(name="sz-rtr-01", role="branch", family="isr", model="CISCO2911/K9", address="127.20.2.2", days_up=301.6, parents=("sz-edge-01",), community_only=True),
        _suzhou(name="sz-acc-01", role="access", family="c2960x", model="WS-C2960X-24PS-L", address="127.20.2.31", days_up=301.5, parents=("sz-rtr-01",), community_only=True),
    )  # fmt: skip


def specs() -> tuple[Spec, ...]:
    """Return HDZZ's devices."""
    made = cabled(built(_orders()), CABLES)
    made["hz-pe-01"] = configured(
        made["hz-pe-01"],
        {"Te0/0/0/0": ip("10.30.0.1"), "Te0/0/0/1": ip("10.30.0.5"), "Te0/0/0/2": ip("10.30.0.9"), "Te0/0/2/0": ip("203.0.113.2", alias="ISP, circuit HZ-20917", load=0.08), "Lo0": ip("10.30.255.1", "255.255.255.255")},
        (bgp("203.0.113.1", "Te0/0/2/0", 64500, 12), bgp("10.30.0.10", "Te0/0/0/2", 64710, 9, "sz-edge-01"), ospf("10.30.0.2", "10.30.255.2", "Te0/0/0/0", "hz-core-01"), ospf("10.30.0.6", "10.30.255.2", "Te0/0/0/1", "hz-core-01")),
        asn=64700,
    )  # fmt: skip
    made["hz-core-01"] = configured(
        made["hz-core-01"],
        {"Twe1/0/1": ip("10.30.0.2"), "Twe2/0/1": ip("10.30.0.6"), "Vl10": ip("10.30.10.1", "255.255.255.0", alias="office"), "Vl20": ip("10.30.20.1", "255.255.255.0", alias="MES"), "Lo0": ip("10.30.255.2", "255.255.255.255")},
        (ospf("10.30.0.1", "10.30.255.1", "Twe1/0/1", "hz-pe-01"), ospf("10.30.0.5", "10.30.255.1", "Twe2/0/1", "hz-pe-01")),
    )  # fmt: skip
    made["sz-edge-01"] = configured(
        made["sz-edge-01"],
        {"Te0/0/0": ip("10.30.0.10"), "Gi0/0/0": ip("10.31.0.1"), "Lo0": ip("10.31.255.1", "255.255.255.255")},
        (bgp("10.30.0.9", "Te0/0/0", 64700, 31, "hz-pe-01"), ospf("10.31.0.2", "10.31.255.2", "Gi0/0/0", "sz-rtr-01")),
        asn=64710,
    )  # fmt: skip
    made["sz-rtr-01"] = configured(
        made["sz-rtr-01"], {"Gi0/0": ip("10.31.0.2"), "Gi0/1": ip("10.31.10.2", "255.255.255.0"), "Lo0": ip("10.31.255.2", "255.255.255.255")},
        (ospf("10.31.0.1", "10.31.255.1", "Gi0/0", "sz-edge-01"),), hsrp=(Hsrp(port="GigabitEthernet0/1", group=10, address="10.31.10.1", rank=1, other="10.31.10.3"),),
    )  # fmt: skip
    for name, active, other in (("hz-dc-01", 1, "10.30.100.3"), ("hz-dc-02", 2, "10.30.100.2")):
        mine, partner = ("10.30.100.2", "hz-dc-02") if active == 1 else ("10.30.100.3", "hz-dc-01")
        made[name] = configured(made[name], {"Vlan100": ip(mine, "255.255.255.0"), "mgmt0": ip(f"10.30.99.{10 + active}", "255.255.255.0")},
                                hsrp=(Hsrp(port="Vlan100", group=100, address="10.30.100.1", rank=active, other=other, partner=partner),))  # fmt: skip
    return tuple(made.values())
