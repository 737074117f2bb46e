"""Reports that are printed, mailed and reckoned with: one object (`parts`), written as PDF, XLSX and CSV."""
