"""Pages whose values are given → a layout that reads more of their kind."""
