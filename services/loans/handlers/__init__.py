"""What the service does, one module a resource, one plain function for each verb: (unit of work, …) → result.

Each locks the row of its subject first and records the event after, so that the journal keeps the order. Who locks several
rows takes the borrower first, then the loan, its request, and devices in the order of their ids.
"""
