"""OLD-CISCO-SYS-MIB and OLD-CISCO-CHASSIS-MIB: from before ENTITY-MIB, and still answered by IOS and IOS XE."""

from healthd.model.request import Get

RELOAD = Get(mib="OLD-CISCO-SYS-MIB", objects=(("whyReload", "1.3.6.1.4.1.9.2.1.2.0"),))
"""Why the system was last restarted, in the words of the boot loader."""
