"""Pure functions over the stream of events: what is the same, what belongs together, what was lost, what only flaps."""
