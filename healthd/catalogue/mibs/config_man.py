"""CISCO-CONFIG-MAN-MIB (1.3.6.1.4.1.9.9.43): when the configurations changed, in ticks of sysUpTime."""

from healthd.model.request import Get

HISTORY = Get(
    mib="CISCO-CONFIG-MAN-MIB",
    objects=(
        ("ccmHistoryRunningLastChanged", "1.3.6.1.4.1.9.9.43.1.1.1.0"),
        ("ccmHistoryRunningLastSaved", "1.3.6.1.4.1.9.9.43.1.1.2.0"),
        ("ccmHistoryStartupLastChanged", "1.3.6.1.4.1.9.9.43.1.1.3.0"),
    ),
)
