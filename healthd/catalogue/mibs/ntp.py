"""CISCO-NTP-MIB (1.3.6.1.4.1.9.9.168): does the clock follow a server?"""

from healthd.model.request import Get

SYSTEM = Get(
    mib="CISCO-NTP-MIB",
    objects=(
        ("cntpSysLeap", "1.3.6.1.4.1.9.9.168.1.1.1.0"),
        ("cntpSysStratum", "1.3.6.1.4.1.9.9.168.1.1.2.0"),
        ("cntpSysSrvStatus", "1.3.6.1.4.1.9.9.168.1.1.11.0"),
    ),
)
