"""Records ↔ table: the fixed columns, and datasets in files.

``columns.py`` is the schema, ``frame.py`` turns records into a table and back,
``store.py`` reads a dataset from a file, ``dictionary.py`` describes every column
in Swedish and English. The writers live in :mod:`esfkit.output`.
"""
