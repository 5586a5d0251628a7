"""What changed between two datasets, or between two moments of one.

``sides.py`` is what is compared, ``pairs.py`` which observations belong together,
``compare.py`` their differences field by field with the cause, ``moved.py`` the money by
group.
"""
