"""Reading log lines: from bytes as they came to an ``Event``. Pure: the clock and the sender are arguments."""
