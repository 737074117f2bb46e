"""The pages of the half-year and year report: each function writes one section from the figures."""
