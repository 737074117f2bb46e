"""The same work done the way others do it, in plain good code."""
