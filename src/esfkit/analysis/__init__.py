"""Table → table: pure functions that turn a dataset into figures.

* :func:`esfkit.analysis.summary.summary` — sums by group, with what backs them
* :func:`esfkit.analysis.coverage.findings_by_cause` — what is wrong, by cause
* :mod:`esfkit.analysis.filters` — which records take part; ``conditions`` reads ``--where``
* :mod:`esfkit.analysis.observations` — one observation of each record
"""
