"""What happened, where, when, to how many and by whom: Document + Resolutions -> Events.

    reading     sentences as words with places, and the phrases of `lexicon` in them
    climate     what the whole article is about: sport, a bulletin of war
    kinds       trigger words and learned weights decide what kind of event a sentence tells; `kinds.toml`
    status      whether it happened, is planned, denied, long past; `predicates` what is said of it afterwards
    places      which of the places `named` in a sentence an event word means, by the features of `linking`; `geography`
    openings    places told once for what follows: labels, headings; `passing` what is only passed, `areas` "Kano state"
    whereabouts the place of a telling by its own sentence; `scene` what is kept in mind, `around` where it names none;
                `stake` the country a text and a sentence are about
    dates       the day as `timewords`: `dayforms` how it is written, `days` what a named one means, `reckoned` one that
                is counted from another; `headings`, `years` told once for what follows, `printed` the article's own
    tolls       how many came to what `harm`: `numbers` counted, `taken` by which word, the `subjects` of its verbs,
                `victims` the `people` in a row, in what `scope`; `figures` makes them one, `recalled` finds it again
    actors      who did what to whom
    tell        one sentence -> tellings; `telling` what is said once, `coded` its kind, `share` one for each place,
                `mention` what is only spoken of, `owned` which tolls are its own
    story       tellings of one text -> events in the making (`draft`); `same` what is told again, `fitting` what speaks
                against that
    diplomacy   talks, visits, truces: a layer of their own
    assemble    drafts -> Events, with spans and confidence; `merge` the same event told twice is one; `why` explains

English takes this road; other languages take `geomap.foreign`, which shares the code book and the types.
"""

from geomap.events.assemble import extract, identity

__all__ = ["extract", "identity"]
