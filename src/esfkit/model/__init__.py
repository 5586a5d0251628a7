"""The nouns: frozen types that every other part speaks in.

Imports nothing of ours. To add a field of the record, start in ``record.py``.
"""
