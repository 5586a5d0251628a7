"""What records are grouped by, and groups in order: keys, classes, margins, parts."""
