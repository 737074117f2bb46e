"""The rules of a help point, one module a resource. Pure: no I/O, no framework, the time is an argument."""
