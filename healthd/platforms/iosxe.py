"""Cisco IOS XE: Catalyst 9000, ISR 4000, ASR 1000, Catalyst 8000."""

from healthd.model.device import Platform

PLATFORM = Platform(name="iosxe", title="IOS XE", netmiko="cisco_xe", like=("ios",))
