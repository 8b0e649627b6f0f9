"""How ASA, and the data plane of FTD, print it."""
