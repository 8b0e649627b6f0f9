"""One file per family of chassis: ``build(order)`` returns the device with its parts, sensors and ports.

The layout of each tree (indexes, names, nesting) follows what the family's
ENTITY-MIB shows; part numbers and serials are invented, well-formed ones.
"""
