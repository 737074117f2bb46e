"""Half-year and year reports, from the request to the files as a reader opens them."""
