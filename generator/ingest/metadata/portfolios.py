"""The words of which offices and ministries are named, and where such a name ends."""

from generator.ingest.words import fold_word, word_set

PORTFOLIO = word_set("names", "portfolio_words")
LINKS = frozenset({"and", "of", "for", "the", "&"})


def trim_portfolios(name: str, start: int, places: frozenset[str]) -> str:
    """Return `Ministry of Commerce and Industry`, but only `Ministry of Defence` of `Ministry of Defence and Hanwha`."""
    kept, pending = name[:start].split(), list[str]()
    size = len(kept)
    for word in name[start:].split():
        known = fold_word(word.strip(",")) in PORTFOLIO or fold_word(word.strip(",")) in places or len(kept) == size
        if fold_word(word) in LINKS:
            pending.append(word)
        elif not pending or known:
            kept += [*pending, word]
            pending = []
            if not known and word.endswith(","):
                break
        else:
            break
        if kept[-1].endswith(",") and not known:
            break
    return " ".join(kept).rstrip(",")
