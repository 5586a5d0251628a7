"""Sources read into a dataset, with the account of it."""
