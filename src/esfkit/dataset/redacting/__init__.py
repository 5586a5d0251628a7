"""Personal data found in the texts of records, and taken out of them."""
