"""What figures mean: signed sums, distinct people, periods and estimates. No I/O."""
