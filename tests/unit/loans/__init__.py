"""The rules of the loans service, and the words it prints."""
