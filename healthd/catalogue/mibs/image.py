"""CISCO-IMAGE-MIB: the running image, as lines such as ``CW_VERSION$15.2(7)E3$``."""

from healthd.model.request import Walk

LINES = Walk(mib="CISCO-IMAGE-MIB", table="ciscoImageTable", entry="1.3.6.1.4.1.9.9.25.1.1.1", columns=(("ciscoImageString", 2),))
