"""The visits service over real HTTP, on SQLite with the broker in the process and on PostgreSQL with RabbitMQ."""
