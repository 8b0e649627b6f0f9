"""Cisco IOS XE: Catalyst 3650, 3850, 9000, ISR 1000 and 4000, ASR 900 and 1000, Catalyst 8000, IE 3x00 and 9x00."""

from healthd.model.device import Platform

# Products that run nothing else, for devices whose sysDescr does not name the system (CISCO-PRODUCTS-MIB): stacks of
# Catalyst 3650, 3850 and 9000 (1745, 2066, 2494, 2664, 2688, 2694, 2695, 2871, 3155), IR1101, ESS3300, IE3200 to IE3400.
_PRODUCTS = (1745, 2066, 2494, 2661, 2664, 2681, 2682, 2683, 2684, 2685, 2686, 2687, 2688, 2692, 2694, 2695, 2871, 3155)

PLATFORM = Platform(
    name="iosxe",
    title="IOS XE",
    netmiko="cisco_xe",
    like=("ios",),
    object_ids=tuple(f"1.3.6.1.4.1.9.1.{product}" for product in _PRODUCTS),
    # IOSd runs as a process of a Linux system on XE: its image names say LINUX_IOSD, or CAT3K_CAA and CAT9K where XE is all there is.
    descriptions=(r"IOS[- ]?XE\b", "Virtual XE Software", "LINUX_IOSD", "CAT3K_CAA", r"CAT9K\w*"),
)
