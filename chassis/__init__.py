"""How every Digipunt service runs: settings, database, journal, relay, subscription, HTTP, health.

The chassis imports `contracts` and never a service.
"""
