"""`digipunt demo`: three years of a partnership that does not exist, so that every screen has something to show.

`points`, `people`, `visits`, `sessions`, `lending` and `today` make up what happened; `backfill` lets it happen at the moments
of then; `fill` puts it in order. Nobody can be reached by mistake: the demo sends no message, e-mail addresses end in
example.org (RFC 2606), and no telephone number in Belgium begins with 016 00.
"""
