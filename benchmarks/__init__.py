"""How fast, how small: every file here that does not begin with an underscore is a benchmark. See README.md."""
