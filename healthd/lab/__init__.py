"""A simulated Cisco network over real sockets: for the demo, the tests and training.

``examples.network`` makes the network, ``scenario`` its story, ``run.running``
serves it over SNMP, SSH, syslog and traps, and ``wire.LabWire`` asks the same
devices without sockets.
"""
