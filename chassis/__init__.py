"""A frame for any event-driven service: settings, database, journal, relay, subscription, HTTP, health.

There is nothing of Digipunt in it. It imports `contracts`, never a service and never `common`. Its rooms:

- `outbox`: what an owner of events does: one transaction for state and events, the journal, the relay
- `inbox`: what a subscriber does: consumers, projections, checkpoints, dead letters, rebuilds
- `broker`: connections to the message broker; nobody else imports kombu or amqp
- `storage`: databases, their tables and their migrations
- `http`: the API of a service
- `runtime`: nameko's part: containers, entrypoints, timers, logs and metrics
"""
