"""healthd: network monitoring and health reports for Cisco networks.

The folders are the journey of a fact: ``platforms`` say how to talk to a
device, ``collectors`` what to ask and how to read it, ``transports`` are the
wires, ``store`` keeps it, ``analysis`` judges it, ``reports`` print it.
"""

__version__ = "0.1.0"
