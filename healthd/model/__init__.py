"""The ground: frozen values, standard library only, no I/O and no clock."""
