"""A dataset taken up again with ``esfkit ingest --update``.

``planning.py`` tells what has to be read, ``matching.py`` which documents are the same as
before, ``settling.py`` what becomes of their rows, ``renewing.py`` makes the dataset anew.
No row is ever taken out.
"""
