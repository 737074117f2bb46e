"""The rules of notifications: what is told to whom, when, by which way. No I/O."""
