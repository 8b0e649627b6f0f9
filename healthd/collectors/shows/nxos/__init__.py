"""How NX-OS prints it."""
