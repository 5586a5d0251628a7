"""Names of persons: how they are spelt, who is known, and whom a text itself tells."""
