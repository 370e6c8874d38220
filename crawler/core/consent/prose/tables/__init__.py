"""The words of written reservations: a table a language, a line or more a class of words.

Predicates: `ban`, `cannot` (a ban with its "not" in it, so that another "not" agrees with it),
`res` (reserves), `obj` (objects), `perm`, `want` (wanted, meant, offered: counts if it is not),
`hinder` (counts if nothing hinders), `need` (acquiring too) and `only` with `cons` (consent, right)
or `fee`, `without`, `unless`, `modal`, `use`. They are turned by `neg`, by `no` (before nouns too) and by `fact` (an
auxiliary and "not": it tells what is done, not what may be). `except` and `limit` turn back.
Topics: `mine`, `ml`, `law`, `input`; `train` or `build` with `ai`; `train` with `model`; `ai` alone
after `for` or `by` or before `post`, if nothing is `made` by it; `scrape`, or `auto` with `gather`. `noai` hides what is no topic.
Vetoes: `your` with `data`, `veto` (courses, privacy, devices), `others` who speak or are spoken of,
`prod` beside a topic, `org` "for" it, `ask` at the start, `holder` (of rights, who may reserve); `x` hides those.
`allr` is "all rights reserved", which speaks of a topic only with `incl` or `over`. `stop` tells languages.
"""

from crawler.core.consent.prose.tables import (
    cyrillic,
    eastern,
    european,
    germanic,
    iberian,
    nordic,
    romance,
    shared,
    slavic,
    southern,
    uralic,
    western,
)

TABLES: dict[str, str] = {
    **shared.TABLE,
    **germanic.TABLE,
    **nordic.TABLE,
    **romance.TABLE,
    **iberian.TABLE,
    **slavic.TABLE,
    **cyrillic.TABLE,
    **uralic.TABLE,
    **european.TABLE,
    **western.TABLE,
    **southern.TABLE,
    **eastern.TABLE,
}
