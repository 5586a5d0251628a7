"""One project from many observations, every one of which is kept."""
