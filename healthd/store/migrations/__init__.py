"""The database's versions, oldest first; the newest is what ``models`` says."""
