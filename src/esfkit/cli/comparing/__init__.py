"""One side held against another: what changed, what is one project, what is missing."""
