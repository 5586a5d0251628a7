"""The words of the page of one record, in Swedish and English."""

from typing import Final

SAID: Final = {
    "en": {
        "withheld": "(withheld; --personal-data shows it)",
        "VALUES": "VALUES",
        "SOURCE": "SOURCE",
        "SECTIONS": "SECTIONS",
        "FINDINGS": "FINDINGS",
        "no_title": "(no title)",
        "no_heading": "(no heading)",
        "none": "none",
        "in": "in",
        "line": "line",
        "layout": "layout",
        "characters": "characters",
        "character": "character",
        "derived": "derived",
        "derived_from": "derived from",
        "women": "women",
        "men": "men",
        "source_read": "source lines from {path}, unchanged since it was read",
        "source_gone": "source lines as the dataset keeps them: the source is not here, or "
        "was changed since it was read",
        "counted": "observation {number} of {all}: this one sums count",
        "not_counted": "observation {number} of {all}: not counted in sums",
    },
    "sv": {
        "withheld": "(utelämnas; visas med --personal-data)",
        "VALUES": "VÄRDEN",
        "SOURCE": "KÄLLA",
        "SECTIONS": "AVSNITT",
        "FINDINGS": "ANMÄRKNINGAR",
        "no_title": "(utan titel)",
        "no_heading": "(utan rubrik)",
        "none": "inga",
        "in": "i",
        "line": "rad",
        "layout": "sidmall",
        "characters": "tecken",
        "character": "tecken",
        "derived": "härlett",
        "derived_from": "härlett ur",
        "women": "kvinnor",
        "men": "män",
        "source_read": "källrader ur {path}, oförändrad sedan den lästes",
        "source_gone": "källrader så som datamängden har dem: källan finns inte här eller har "
        "ändrats sedan den lästes",
        "counted": "observation {number} av {all}: den som summor räknar",
        "not_counted": "observation {number} av {all}: räknas inte i summor",
    },
}
