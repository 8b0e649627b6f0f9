"""One file per MIB: the tables healthd asks for, as requests, and the words of their enumerations."""
