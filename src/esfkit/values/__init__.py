"""Printed words → one value.

Every ``read_*`` function takes the words as printed and returns one of three
things: the value; a :class:`~esfkit.model.finding.Problem` that tells why the
words cannot be read; or ``None`` where they say nothing. None of them raises,
whatever the words hold, and none fills in what the words leave out.
"""
