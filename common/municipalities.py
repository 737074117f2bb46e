"""Where Digipunt began: the municipalities of a deployment that names none."""

MUNICIPALITIES = ("24107", "24059", "24130", "24133", "24041", "24028", "24054")
"""NIS codes of the seven founding municipalities."""
