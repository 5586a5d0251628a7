"""Table → bytes: writers of each format, and what keeps them whole and harmless.

Nothing is loaded here: who only writes a file whole need not wait for the table library.
"""
