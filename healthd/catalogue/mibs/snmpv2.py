"""SNMPv2-MIB (RFC 3418) and SNMP-FRAMEWORK-MIB (RFC 3411): what the agent says of itself."""

from healthd.model.request import Get

SYSTEM = Get(
    mib="SNMPv2-MIB",
    objects=(
        ("sysDescr", "1.3.6.1.2.1.1.1.0"),
        ("sysObjectID", "1.3.6.1.2.1.1.2.0"),
        ("sysUpTime", "1.3.6.1.2.1.1.3.0"),
        ("sysContact", "1.3.6.1.2.1.1.4.0"),
        ("sysName", "1.3.6.1.2.1.1.5.0"),
        ("sysLocation", "1.3.6.1.2.1.1.6.0"),
    ),
)
"""sysUpTime counts hundredths of a second and wraps after 497 days."""

ENGINE = Get(
    mib="SNMP-FRAMEWORK-MIB",
    objects=(
        ("snmpEngineBoots", "1.3.6.1.6.3.10.2.1.2.0"),
        ("snmpEngineTime", "1.3.6.1.6.3.10.2.1.3.0"),
    ),
)
"""snmpEngineTime counts seconds since the engine's boots last grew; it does not wrap for 68 years."""
