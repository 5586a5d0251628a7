"""One page: its bytes to its text, and a saved page to what its reader sees."""
