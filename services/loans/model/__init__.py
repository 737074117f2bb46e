"""The rules of lending, one module a subject. Pure: no I/O, no framework, the time is an argument."""
