"""What identifies a person or opens an account, found in free text however it is written; one module a kind.

Each looks at a `Reading` and takes time in proportion to its length, whatever is in it: patterns do not nest repeats that
can match the same text, and what follows a word is looked at up to the next such word.
"""
