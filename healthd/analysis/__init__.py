"""Pure functions over history: availability, rates, baselines, levels, health. Nothing here reads a clock or a database."""
