"""The words in which a reconciliation is told, in both languages."""

from collections.abc import Mapping
from typing import Final

from esfkit.dataset.dictionary import Language

HEADINGS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "list": "List",
        "status": "Status",
        "matched_by": "Matched by",
        "record_id_here": "Record here",
        "record_id_there": "Record there",
        "differences": "Differences",
        "fields_compared": "Fields compared",
        "other_measure": "Another measure",
        "perhaps": "Perhaps",
        "perhaps_title": "Its title",
        "perhaps_score": "Score",
        "projects_here": "Here",
        "projects_there": "There",
        "matched": "Matched",
        "differing": "Differing",
        "missing_here": "Missing here",
        "missing_there": "Missing there",
        "total_budget_sek_here": "Budget here",
        "total_budget_sek_there": "Budget there",
        "esf_support_sek_here": "Support here",
        "esf_support_sek_there": "Support there",
        "total_budget_sek_here_stated": "n",
        "total_budget_sek_there_stated": "n",
        "esf_support_sek_here_stated": "n",
        "esf_support_sek_there_stated": "n",
        "first": "First",
        "second": "Second",
        "periods": "Periods",
        "n1": "First holds",
        "n2": "Second holds",
        "both": "Both hold",
        "held": "One holds",
        "estimate": "Estimate",
        "low": "From",
        "high": "To",
        "neither": "Neither holds",
        "neither_low": "From",
        "neither_high": "To",
        "refused": "Refused",
        "reason": "Reason",
        "period": "Period",
        "region": "Region",
        "area": "Area",
        "measure": "Measure",
        "unit": "Unit",
        "published": "Published",
        "here": "Here",
        "difference": "Differs by",
        "difference_share": "As a share",
        "projects": "Projects",
        "stated": "n",
        "not_placed": "Not placed",
        "as_of": "As of",
        "source": "Source",
        "note": "Note",
    },
    "sv": {
        "list": "Lista",
        "status": "Läge",
        "matched_by": "Parade efter",
        "record_id_here": "Post här",
        "record_id_there": "Post där",
        "differences": "Skillnader",
        "fields_compared": "Jämförda fält",
        "other_measure": "Annat mått",
        "perhaps": "Kanske",
        "perhaps_title": "Dess namn",
        "perhaps_score": "Likhet",
        "projects_here": "Här",
        "projects_there": "Där",
        "matched": "Parade",
        "differing": "Skiljer sig",
        "missing_here": "Saknas här",
        "missing_there": "Saknas där",
        "total_budget_sek_here": "Budget här",
        "total_budget_sek_there": "Budget där",
        "esf_support_sek_here": "Stöd här",
        "esf_support_sek_there": "Stöd där",
        "total_budget_sek_here_stated": "n",
        "total_budget_sek_there_stated": "n",
        "esf_support_sek_here_stated": "n",
        "esf_support_sek_there_stated": "n",
        "first": "Första",
        "second": "Andra",
        "periods": "Perioder",
        "n1": "Första har",
        "n2": "Andra har",
        "both": "Båda har",
        "held": "Någon har",
        "estimate": "Skattning",
        "low": "Från",
        "high": "Till",
        "neither": "Ingen har",
        "neither_low": "Från",
        "neither_high": "Till",
        "refused": "Avböjd",
        "reason": "Skäl",
        "period": "Period",
        "region": "Region",
        "area": "Område",
        "measure": "Mått",
        "unit": "Enhet",
        "published": "Publicerat",
        "here": "Här",
        "difference": "Skiljer sig med",
        "difference_share": "Som andel",
        "projects": "Projekt",
        "stated": "n",
        "not_placed": "Ej placerade",
        "as_of": "Per",
        "source": "Källa",
        "note": "Not",
    },
}
SAID: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "total": "Total",
        "missing_here": "Missing here",
        "missing_there": "Missing there",
        "differing": "Differing",
        "matched": "Matched",
        "nameless": "(neither number, title nor owner)",
        "more": "  and {count} more (--show projects has them all)",
        "difference": "{field}: {here} here, {there} there",
        "perhaps": "perhaps {id}: {title} (alike {score} of 100; not counted as a match)",
        "estimate": "{first} holds {n1} projects, {second} {n2}, both {both} ({periods}). If "
        "they were made independently there are {total} projects (95 %: {low} to {high}), of "
        "which neither holds {neither} ({neither_low} to {neither_high}).",
        "no_estimate": "What neither {first} nor {second} holds is not estimated: {why}.",
        "n": "n: how many of the group's projects state the figure to its left.",
        "condition": "--where chose among what was matched: a project takes part if one of "
        "its sides states what is asked for.",
        "period_there": "{list} holds no project of {period}: all of that period are missing "
        "there.",
        "period_here": "The data hold no project of {period}: all of {list} of that period are "
        "missing here.",
        "other_measure": "Not compared: the support of {count} matched projects. One side "
        "states the EU's contribution alone, the other the support granted, which also holds "
        "the state's part. Their sums are two measures too.",
        "totals": "A published figure may be rounded: half a unit of its last digit is allowed "
        "beside the tolerance. n: how many of the projects state the figure.",
        "agrees": "agrees",
        "differs": "differs",
        "not_comparable": "Not comparable: {measures} ({count}): {reason}.",
        "not_placed": "Not placed: projects of the period that do not state the region or area "
        "asked for, and so are not in the sum.",
    },
    "sv": {
        "total": "Summa",
        "missing_here": "Saknas här",
        "missing_there": "Saknas där",
        "differing": "Skiljer sig",
        "matched": "Parade",
        "nameless": "(varken nummer, namn eller ägare)",
        "more": "  och {count} till (--show projects visar alla)",
        "difference": "{field}: {here} här, {there} där",
        "perhaps": "kanske {id}: {title} (likhet {score} av 100; räknas inte som par)",
        "estimate": "{first} har {n1} projekt, {second} {n2}, båda {both} ({periods}). Om de "
        "har gjorts oberoende av varandra finns {total} projekt (95 %: {low} till {high}), av "
        "vilka ingen har {neither} ({neither_low} till {neither_high}).",
        "no_estimate": "Vad varken {first} eller {second} har skattas inte: {why}.",
        "n": "n: hur många av gruppens projekt som anger talet till vänster.",
        "condition": "--where valde bland det som hade parats: ett projekt är med om en av "
        "sidorna anger det som efterfrågas.",
        "period_there": "{list} har inget projekt från {period}: alla från den perioden saknas "
        "där.",
        "period_here": "Datamängden har inget projekt från {period}: alla i {list} från den "
        "perioden saknas här.",
        "other_measure": "Inte jämfört: stödet i {count} parade projekt. Den ena sidan anger "
        "bara EU:s bidrag, den andra det beviljade stödet, som även rymmer statens del. "
        "Även summorna är två mått.",
        "totals": "En publicerad siffra kan vara avrundad: en halv enhet av sista siffran "
        "tillåts utöver toleransen. n: hur många av projekten som anger talet.",
        "agrees": "stämmer",
        "differs": "skiljer sig",
        "not_comparable": "Inte jämförbart: {measures} ({count}): {reason}.",
        "not_placed": "Ej placerade: projekt från perioden som inte anger den region eller det "
        "område som efterfrågas, och därför inte är med i summan.",
    },
}
REFUSED: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "same_layout": "both were read from {because}, so they have one origin and are not "
        "independent",
        "same_site": "both were read from {because}, so they have one origin and are not "
        "independent",
        "not_judged": "the condition asks for what some of the projects do not state",
        "no_common_period": "they have no programme period in common",
        "nested": "one holds all {both} projects of the other, as if it were made from it",
        "few_on_both": "both hold {both} projects, and fewer than {because} tell nothing",
    },
    "sv": {
        "same_layout": "båda har lästs ur {because}, så de har ett ursprung och är inte "
        "oberoende",
        "same_site": "båda har lästs från {because}, så de har ett ursprung och är inte "
        "oberoende",
        "not_judged": "villkoret frågar efter det som några av projekten inte anger",
        "no_common_period": "de har ingen programperiod gemensam",
        "nested": "den ena har alla {both} projekt som den andra har, som om den vore gjord "
        "av den",
        "few_on_both": "båda har {both} projekt, och färre än {because} säger inget",
    },
}
ASSUMPTIONS: Final[Mapping[Language, str]] = {
    "en": "The estimate (Chapman, log-normal interval) rests on four assumptions: no project "
    "was added or taken away between the two lists; being on the one made no project likelier "
    "to be on the other; within each list every project was equally likely to be on it; and no "
    "match was missed or wrong. Lists that draw on one register depend on each other, and then "
    "there are more projects than estimated.",
    "sv": "Skattningen (Chapman, lognormalt intervall) vilar på fyra antaganden: inget "
    "projekt kom till eller försvann mellan de två listorna; att stå på den ena gjorde det "
    "inte troligare att stå på den andra; inom varje lista var varje projekt lika troligt; och "
    "inget par missades eller blev fel. Listor som bygger på samma register beror av varandra, "
    "och då finns det fler projekt än skattat.",
}
