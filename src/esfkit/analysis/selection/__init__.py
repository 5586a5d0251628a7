"""Which records take part: conditions, kinds, one observation of each, words searched for."""
