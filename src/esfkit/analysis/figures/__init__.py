"""What can be measured of a record, in which money, and how it adds up."""
