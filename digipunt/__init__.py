"""The command `digipunt`: puts the services together and runs them, and does an operator's errands."""
