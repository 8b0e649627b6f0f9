"""A simulated Cisco network over real sockets: for the demo, the tests and training."""
