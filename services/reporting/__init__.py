"""Figures, made from events only: contacts, people, themes, bottlenecks, referrals, sessions."""
