"""Records themselves: shown, proved, exported, and without personal data."""
