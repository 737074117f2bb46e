"""What the API reads, one module a resource: (connection, …) → rows. Each list has a total order, so that paging is stable."""
