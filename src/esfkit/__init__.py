"""esfkit."""
