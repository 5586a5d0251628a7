"""How much of the texts was understood."""
