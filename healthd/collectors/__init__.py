"""One file per family of readings: what to ask over SNMP (``ASKS``) and how to read the answer (``read``).

A file of the same name in a sub-package named after a platform wins for that
platform and for those that are ``like`` it. ``shows`` holds the readers of
CLI output.
"""
