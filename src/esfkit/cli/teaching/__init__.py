"""What a user teaches: the option that names it, and the commands that show and make it."""
