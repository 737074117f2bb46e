"""One database per service, the same on SQLite and on PostgreSQL: connections, tables, rows, migrations."""
