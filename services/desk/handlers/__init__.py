"""One plain function per command: (unit of work, input) → result.

A refusal that a handler returns instead of raising is one whose count has to be committed first.
"""
