"""CISCOSB-RNDMNG: processor load of Small Business switches, percent over five minutes."""

from healthd.model.request import Get

LOAD = Get(mib="CISCOSB-RNDMNG", objects=(("rlCpuUtilDuringLast5Minutes", "1.3.6.1.4.1.9.6.1.101.1.9.0"),))
"""101 and above mean that measuring is switched off."""
