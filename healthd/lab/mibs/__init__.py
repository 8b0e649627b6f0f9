"""One file per family of MIBs: ``objects(model, network)`` returns what a device of that kind shows there.

A MIB that the platform does not have gives nothing, as on the real device.
"""
