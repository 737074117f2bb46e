"""Private servers and processes for the tests."""
