"""What a verdict is made of: the proofs that states, events and the command line give, and how they are weighed."""
