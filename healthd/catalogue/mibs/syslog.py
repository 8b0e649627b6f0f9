"""CISCO-SYSLOG-MIB (1.3.6.1.4.1.9.9.41): the log lines that a device remembers itself."""

from healthd.model.request import Walk

HISTORY = Walk(
    mib="CISCO-SYSLOG-MIB",
    table="clogHistoryTable",
    entry="1.3.6.1.4.1.9.9.41.1.2.3.1",
    columns=(
        ("clogHistFacility", 2),
        ("clogHistSeverity", 3),
        ("clogHistMsgName", 4),
        ("clogHistMsgText", 5),
        ("clogHistTimestamp", 6),
    ),
)
"""Row index: clogHistIndex. SyslogSeverity counts from 1 (emergency), the timestamp is sysUpTime when the line was made."""
