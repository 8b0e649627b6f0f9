"""What only IOS and IOS XE have: stacks, their supervisors, power over Ethernet."""
