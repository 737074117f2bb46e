"""What the service does: `figures` brings events into the read models, `targets` keeps what is to be reached and tells it.

Each changes or locks the row of its subject first and records the event after, so that the journal keeps the order.
"""
