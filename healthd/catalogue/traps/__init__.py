"""SNMP notifications, one file per subject: ``TRAPS``, and ``OBJECTS`` that no table of ``catalogue.mibs`` has."""
