"""The rules themselves, a module for each theme; :mod:`esfkit.rules.catalogue` lists them."""
