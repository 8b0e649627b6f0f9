"""A case's way to Cisco's TAC and back: wishes, pushes, the inbox, the mirror; what the pure parts decide is done and kept here."""
