"""The wires: snmp, ssh, icmp, and replay of recordings. Each bounds what a device can do to us."""
