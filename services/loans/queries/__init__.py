"""What the API reads, one module a resource: (connection, …) → rows. Each list is in an order that paging can rely on."""
