"""Who is reached through whom, and who is connected to whom: names may be spelled in many ways, and loops are no parents."""

from healthd.analysis.topology import Link, lineage, topology
from healthd.model.device import Device
from healthd.model.observation import Neighbour, System
from healthd.model.poll import Poll
from tests.analysis.rules.story import NOW


def device(name: str, *parents: str, address: str = "") -> Device:
    return Device(name=name, customer="c", address=address or f"192.0.2.{ord(name[-1])}", parents=parents)


def poll(name: str, *seen: Neighbour, said: str = "") -> Poll:
    return Poll(device=name, at=NOW, up=True, neighbours=seen, system=System(name=said or name))


def heard(remote: str, port: str = "Gi0/1", protocol: str = "cdp", **more: str) -> Neighbour:
    return Neighbour(protocol=protocol, local=port, remote=remote, **more)


def test_parents_come_before_their_children_whatever_the_order_of_the_inventory() -> None:
    line = lineage([device("c", "b"), device("b", "a"), device("a")])
    assert line.order == ("a", "b", "c")
    assert line.roots == {"a"}


def test_a_parent_that_nobody_knows_is_left_out() -> None:
    assert lineage([device("b", "gone")]).parents == {"b": ()}


def test_devices_that_name_each_other_are_reached_through_what_is_around_them() -> None:
    line = lineage([device("top"), device("a", "b", "top"), device("b", "a"), device("c", "a")])
    assert line.loops == (("a", "b"),)
    assert (line.parents["a"], line.parents["b"], line.parents["c"]) == (("top",), ("top",), ("a",))
    assert line.order.index("top") < line.order.index("a") < line.order.index("c")


def test_a_neighbour_is_known_by_its_own_name_without_domain_serial_number_and_case() -> None:
    devices = [device("core"), device("n9k"), device("edge")]
    polls = {
        "edge": poll("edge", heard("CORE-SW.example.net"), heard("n9k(FDO12345678)", "Gi0/2")),
        "core": poll("core", said="core-sw"),
    }
    links = topology(devices, polls)
    assert links.neighbours["edge"] == {"core", "n9k"}
    assert links.ports("edge") == {"Gi0/1", "Gi0/2"}
    assert links.toward("edge", ["core"]) == (Link(device="edge", port="Gi0/1", far="core"),)


def test_a_neighbour_is_known_by_its_address_too() -> None:
    devices = [device("edge"), device("core", address="10.0.0.1")]
    links = topology(devices, {"edge": poll("edge", heard("whatever", remote_address="10.0.0.1", protocol="lldp"))})
    assert links.neighbours["core"] == {"edge"}


def test_a_name_of_two_devices_means_neither_and_routing_neighbours_are_no_lines() -> None:
    devices = [device("edge"), device("sw.a"), device("sw.b")]
    links = topology(devices, {"edge": poll("edge", heard("sw"), heard("sw.a", protocol="ospf"))})
    assert links.neighbours["edge"] == frozenset()


def test_a_device_is_no_neighbour_of_its_own() -> None:
    assert topology([device("edge")], {"edge": poll("edge", heard("edge"))}).links == ()


def test_configured_parents_are_lines_of_unknown_port_where_nothing_was_heard() -> None:
    links = topology([device("edge", "core"), device("core")], {})
    assert links.links == (Link(device="edge", port="", far="core"),)
    assert links.ports("edge") == frozenset()


def test_the_loss_of_a_cut_point_splits_the_network() -> None:
    chain = [device("a"), device("b", "a"), device("c", "b"), device("d", "b", "c")]
    assert topology(chain, {}).cut_points() == {"b"}
    ring = [device("a", "d"), device("b", "a"), device("c", "b"), device("d", "c")]
    assert topology(ring, {}).cut_points() == frozenset()


def test_a_long_chain_is_no_trouble() -> None:
    chain = [Device(name=f"d{n}", customer="c", address="192.0.2.1", parents=(f"d{n - 1}",) if n else ()) for n in range(3000)]
    assert len(topology(chain, {}).cut_points()) == 2998
    assert lineage(chain).order[-1] == "d2999"
