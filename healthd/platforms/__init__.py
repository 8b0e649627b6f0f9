"""One file per Cisco operating system: how to recognise it, how to talk to it, whose readers it inherits."""
