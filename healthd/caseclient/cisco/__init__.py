"""Cisco's TAC: the request that is pushed or drafted, the queue that answers, the evidence, and the mirror of what Cisco says.

Sources: Cisco's Smart Bonding, Support Case, RMA and CX Drive documents; the
open clients that are exercised against them agree on the field names.
"""
