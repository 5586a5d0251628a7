"""What may come next on the command line, told to bash, zsh and fish.

The shell's own script (``bash.sh``, ``zsh.sh``, ``fish.fish``) hands over the line up to
the cursor; ``line.py`` cuts it into words, ``answer.py`` finds what is being written,
``offers.py`` and ``conditions.py`` name what fits there. No table is loaded for that.
"""
