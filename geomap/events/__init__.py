"""What happened, where, when, to how many and by whom: Document + Resolutions -> Events.

    reading     sentences as words with places, and the phrases of `lexicon` in them
    climate     what the whole article is about: sport, a bulletin of war
    kinds       trigger words and learned weights decide what kind of event a sentence tells; `kinds.toml`
    status      whether it happened, is planned, denied, long past; `predicates` what is said of it afterwards
    places      which of the places `named` in a sentence an event word means, by the features of `linking`; `geography`
    whereabouts the place of a telling by its own sentence; `scene` what is kept in mind, `around` where it names none;
                `stake` the country a text and a sentence are about
    dates       the day: `dayforms` how it is written, `days` what that means, `headings` and `years`
                told once for what follows, `printed` that of the article itself
    tolls       how many: `numbers` counted, of which `victims`, in what `scope`, made one by `figures`
    actors      who did what to whom
    tell        one sentence -> tellings; `telling` what is said once, `coded` its kind, `share` one for each place,
                `mention` what is only spoken of
    story       tellings of one text -> events in the making (`draft`); `same` what is told again
    diplomacy   talks, visits, truces: a layer of their own
    assemble    drafts -> Events, with spans and confidence; `merge` the same event told twice is one; `why` explains

English takes this road; other languages take `geomap.foreign`, which shares the code book and the types.
"""

from geomap.events.assemble import extract, identity

__all__ = ["extract", "identity"]
