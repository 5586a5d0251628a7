"""One file a command: its options, and what it puts together from the other parts."""
