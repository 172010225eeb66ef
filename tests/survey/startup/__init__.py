"""The static reader of start-up files: unit tests, and the real shells as oracles."""
