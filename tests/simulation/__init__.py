"""The spine in one process under a seeded schedule: real outbox, inbox and contracts; broker, clock and threads are simulated.

docs/dev/simulation.md says how to run it and how to read what it finds.
"""
