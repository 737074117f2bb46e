"""The services. None imports another; they meet in their events only."""
