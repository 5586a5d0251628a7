"""What prose says of a project's own figures, and the words that tell of something else."""

import re
from typing import Final, NamedTuple

_ANOTHER: Final = (
    r"\b(?:(?:ett |det )?(?:annat|andra|tidigare) projekt\w{0,3}|förstudie\w{0,10})\b"
)
ANOTHER: Final = re.compile(rf"(?i){_ANOTHER}")
"""Words of a sentence on another project."""

PERSONS: Final = re.compile(
    # A bare 2018 is a year, not a number of persons.
    r"(?<![\d,.:/–-])(?!(?:19|20)\d{2}\s)(\d{1,3}(?:[ \xa0\u202f]\d{3}){1,2}|\d{2,6})\s"
    r"(?:(?:individer|personer|unika|enskilda)\s)?deltagare\b"
)
OTHER_PERSONS: Final = re.compile(
    rf"(?i){_ANOTHER}|(?:%|\bprocent) av\b|\b(?:"
    r"tidigare|förra|föregående|redan|enkät\w{0,5}|länet|landet|"
    r"sverige|nationellt|per år|årligen|varje år|per termin|föreläsning\w{0,5}|"
    r"konferens\w{0,5}|seminari\w{0,5}|utvärdering\w{0,5}|sedan \d{4}|hösten|våren|"
    r"kommunens verksamhet\w{0,3})\b"
)
"""Words of a sentence on persons who are not, or not all, participants of the project."""

_LINKING: Final = (
    r"(?:\s(?:är|var|på|om|med|uppgår|uppgick|till|ligger|cirka|ca|omkring|beräknas|drygt|"
    r"närmare|omfattar)){1,4}\s"
)
_SUM: Final = (
    r"(\d{1,3}(?:[ \xa0\u202f.]\d{3}){1,4}|\d{1,12}(?:,\d{1,2})?)"
    r"[ \xa0\u202f](kr(?:onor)?|miljon(?:er)?(?: kr(?:onor)?)?|mkr|mnkr|msek|tkr|sek)\b"
)
_BUDGET: Final = re.compile(
    rf"(?i)\b(?:projektets (?:totala )?budget|projektbudget(?:en)?|"
    rf"total(?:a)? (?:projekt)?budget(?:en)?|totalbudget(?:en)?){_LINKING}{_SUM}"
)
_SUPPORT: Final = re.compile(
    rf"(?i)\b(?:esf-stöd(?:et)?|esf-medel|stöd från (?:europeiska )?socialfonden|"
    rf"projektet (?:har )?bevilja(?:ts|des)(?: stöd| medel)?){_LINKING}{_SUM}"
)
_SUPPORT_BARE: Final = re.compile(
    rf"(?i)\bprojektet (?:har )?bevilja(?:ts|des) (?:cirka |ca |drygt |närmare )?{_SUM}"
)


class ToldBy(NamedTuple):
    """How prose tells an amount.

    Attributes:
        words: Of which one has to occur, which is looked up before any pattern.
        patterns: With the figures and their unit as groups.
    """

    words: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


OF_BUDGET: Final = ToldBy(("udget",), (_BUDGET,))
OF_SUPPORT: Final = ToldBy(
    ("bevilja", "Bevilja", "ESF", "esf", "ocialfond"), (_SUPPORT, _SUPPORT_BARE)
)
OTHER_SUM: Final = re.compile(
    rf"(?i){_ANOTHER}|\b(?:per år|årligen|varje år|per månad|per deltagare|"
    r"tilläggs\w{1,20}|ytterligare|arvsfonden|vinnova|tillväxtverket|"
    # Money comes from somebody else, unless it comes from the fund.
    r"(?:kr|kronor|mkr|mnkr|msek|tkr|sek|miljon(?:er)?) från "
    r"(?!(?:den |svenska )?(?:europeiska )?(?:socialfond|esf|eu\b|rådet för europeiska)))"
)
"""Words of a sentence on a part of the money, or on that of another fund."""

_OF_PERIOD: Final = (
    "är|var|pågår|pågick|löper|löpte|genomförs|genomfördes|bedrivs|bedrevs|sträcker|sig|"
    r"ska|kommer|att|pågå|löpa|genomföras|från|och|med|fr\.o\.m\.|mellan|under|tid|period|"
    "tiden|perioden"
)
# Only words that link the project to its days: a phase or a meeting has days of its own.
DATES: Final = re.compile(
    rf"(?i)\bprojekt(?:ets?|tiden|perioden)?(?:[ ,:(]{{1,2}}(?:{_OF_PERIOD})){{0,8}}"
    r"[ ,:(]{1,2}(\d{4}-\d{2}-\d{2})\s?(?:-|–|till|t\.o\.m\.)\s?(\d{4}-\d{2}-\d{2})"
)
_SENTENCE_END: Final = re.compile(r"[.!?]\s|\n")
_LONGEST_SENTENCE: Final = 300  # characters on either side


def sentence_around(text: str, found: re.Match[str]) -> str:
    """Return the sentence around what a pattern found in a text.

    Args:
        text: That was searched.
        found: In it.

    Returns:
        The sentence, cut where it goes on for more than 300 characters on a side.
    """
    first, last = max(0, found.start() - _LONGEST_SENTENCE), found.end() + _LONGEST_SENTENCE
    before = [end.end() for end in _SENTENCE_END.finditer(text, first, found.start())]
    after = _SENTENCE_END.search(text, found.end(), last)
    stop = after.start() + 1 if after else min(len(text), last)
    return text[before[-1] if before else first : stop].strip()
