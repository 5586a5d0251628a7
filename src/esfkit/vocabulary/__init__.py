"""The words: labels, headings, chrome and code lists, as data with their sources."""
