"""What is missing: a dataset against lists of projects and against published totals."""
