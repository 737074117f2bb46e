"""What the service does, one module a resource, one plain function for each verb: (unit of work, …) → result.

Each locks the row of its subject before it records the event, so that the journal has the order of the changes. A handler that
locks several rows takes the borrower first, then the loan, its request, and devices in the order of their ids.
"""
