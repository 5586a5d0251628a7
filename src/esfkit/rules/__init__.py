"""The catalogue of checks: what is possible, what is usual, what contradicts itself.

A rule only reports; it never changes or drops a value. To add one, write a function in
the module of its theme, a :class:`~esfkit.rules.rule.Rule` with two examples beside it, a
member of ``Problem``, and a row with its reasons in ``catalogue.csv``.
"""
