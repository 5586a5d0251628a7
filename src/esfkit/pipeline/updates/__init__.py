"""A dataset taken up again with ``esfkit ingest --update``.

``planning.py`` tells what has to be read, ``renaming.py`` which files are known under another
path, ``matching.py`` which documents are the same as before, ``settling.py`` what becomes of
their rows, ``vanishing.py`` of which sources nothing is left, ``renewing.py`` makes the dataset
anew. No row is ever taken out.
"""
