"""Table → table: pure functions that turn a dataset into figures.

* :mod:`esfkit.analysis.selection` — which records take part
* :mod:`esfkit.analysis.figures` — what can be measured of them, and how it adds up
* :mod:`esfkit.analysis.grouping` — what they are grouped by, and groups in order
* :mod:`esfkit.analysis.reports` — the answers
* :mod:`esfkit.analysis.time` — figures over the years
* :mod:`esfkit.analysis.namespace` — all of it as ``frame.esf``
"""
