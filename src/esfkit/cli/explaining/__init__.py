"""A document as the parser sees it: what claims each line, and why a field is missing."""
