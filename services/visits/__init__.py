"""Walk-in help, info sessions, referrals, feedback and digipunts: what happens at a digital-help point."""
