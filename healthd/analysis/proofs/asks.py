"""Which read-only commands tell about a part, by operating system: what a TAC engineer would ask for first.

Source: Cisco TAC, "Information to Collect" of the troubleshooting guides of Catalyst 6500 and 9000, ASR 1000, Nexus 9000, ASR 9000 and
ASA 5500-X; a command that a device does not have is answered so, and costs nothing. No command starts a test: a test's
result is read, whoever ran it.
"""

from collections.abc import Mapping, Sequence

from healthd.model.verdict import Component

_POWER = ("show environment all", "show environment", "show platform", "show module")
_CARDS = ("show module", "show platform", "show diagnostic result module all", "show diagnostic result switch all")
_IOS: Mapping[Component, Sequence[str]] = {
    Component.PSU: (*_POWER, "show power"),
    Component.FAN: _POWER,
    Component.MODULE: (*_CARDS, "show environment all"),
    Component.SUPERVISOR: (*_CARDS, "show redundancy states", "show redundancy"),
    Component.MEMORY: (*_CARDS, "show version"),
    Component.ASIC: (*_CARDS, "show version"),
    Component.FLASH: ("dir", "show file systems", "show version"),
    Component.OPTIC: ("show interfaces transceiver detail",),
    Component.STACK_MEMBER: ("show switch detail", "show platform", "show module", "show diagnostic result switch all"),
    Component.STACK_CABLE: ("show switch detail", "show switch stack-ports summary"),
    Component.CHASSIS: ("show environment all", "show environment", "show platform", "show version"),
}
_NXOS: Mapping[Component, Sequence[str]] = {
    Component.PSU: ("show environment", "show environment power", "show module"),
    Component.FAN: ("show environment", "show environment fan", "show module"),
    Component.OPTIC: ("show interface transceiver details",),
    Component.FLASH: ("dir", "show module", "show version"),
    Component.SUPERVISOR: ("show module", "show system redundancy status", "show system reset-reason", "show diagnostic result module all"),
}
_NXOS_ANY = ("show module", "show environment", "show diagnostic result module all", "show system reset-reason")
_IOSXR: Mapping[Component, Sequence[str]] = {
    Component.OPTIC: ("show controllers optics",),
    Component.SUPERVISOR: ("show platform", "show redundancy summary", "show diagnostic result location all"),
    Component.FLASH: ("dir", "show platform", "show version"),
}
_IOSXR_ANY = ("show environment", "show platform", "show pfm location all", "show alarms brief system active")
_ASA: Mapping[Component, Sequence[str]] = {Component.FLASH: ("dir", "show version")}
_ASA_ANY = ("show environment", "show module", "show failover")
_ALWAYS = ("show inventory", "show logging")


def asks(component: Component, platform: str) -> tuple[str, ...]:
    """Return the commands for a part on *platform* (our name of it), the most telling first."""
    if platform == "nxos":
        said, log = _NXOS.get(component, _NXOS_ANY), ("show inventory", "show logging last 200")
    elif platform == "iosxr":
        said, log = _IOSXR.get(component, _IOSXR_ANY), ("show inventory", "show logging last 200")
    elif platform in ("asa", "ftd"):
        said, log = _ASA.get(component, _ASA_ANY), _ALWAYS
    else:
        said, log = _IOS[component], _ALWAYS
    return tuple(dict.fromkeys((*said, *log)))
