"""The command `digipunt`: puts the services together and runs them, and does what an operator needs."""
