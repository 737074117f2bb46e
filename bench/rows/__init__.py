"""One module a row, or a few rows that share their ground. Each has `measure(stage)`, which returns lines of the table."""
