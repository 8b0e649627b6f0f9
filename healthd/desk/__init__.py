"""The TAC's own case desk: its process, clocks, ladder and spares as pure functions, and ``desk`` that applies them."""
