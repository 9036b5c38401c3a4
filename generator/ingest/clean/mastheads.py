"""The name of the outlet above a headline: told by what stands under it, for a name has no form of its own."""

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.ingest.clean.crumbs import is_crumbs
from generator.ingest.clean.findings import Findings
from generator.ingest.clean.furniture import is_furniture
from generator.ingest.clean.headlines import Line, is_prose
from generator.ingest.clean.lines import parse_byline, parse_stamp_line
from generator.ingest.clean.rows import Row
from generator.ingest.words import fold_word, word_set

_MASTHEAD_WORDS = 3
OFFICES = frozenset({"ministry", "department", "embassy", "office", "government", "prime"})


def is_masthead_line(words: Sequence[str], following: Row | None) -> bool:
    """Say whether an outlet stands over the headline: short or an office, over a longer line, another office or a notice."""
    is_short = len(words) <= _MASTHEAD_WORDS or not OFFICES.isdisjoint(map(fold_word, (words[0], words[-1])))
    if following is None or not is_short or is_prose(following):
        return False
    text = following.plain
    is_head = is_furniture(text, sure=True) or fold_word(text.split()[0]) in OFFICES
    return is_head or len(text.split()) > max(len(words), _MASTHEAD_WORDS)


_NAME_WORDS = 6
_HEADLINE_WORDS = 5
_LINKS = frozenset("of from for the and in on to &".split())
_PORTFOLIOS = word_set("names", "portfolio_words")
_ACTS = word_set("sentences", "act_words")
_STATES = frozenset({"republic", "federation", "kingdom"})
_NO_NAME = re.compile(r"[.,:;!?\d\"“”„«»]")


def stands_above_headline(line: Line, found: Findings) -> bool:
    """Say whether the topmost line is the name of the site or of an office, in any words ("Notes from Poland"), by its place.

    A site's name stands apart from a longer line right over the day, which is the headline, or over the site's menu. What is
    called a ministry and nothing else is one over any line that the day follows.
    """
    words, following = line.text.split(), line.following
    if not line.topmost or line.row.kind != "paragraph" or following is None or not 2 <= len(words) <= _NAME_WORDS + 2:
        return False
    if (
        not _ACTS.isdisjoint(map(fold_word, words))
        or _NO_NAME.search(line.text)
        or not all(word[0].isupper() or word in _LINKS for word in words)
    ):
        return False
    if len(words) <= _NAME_WORDS and is_crumbs(following.plain):
        return True
    is_over_day = bool(line.beyond) and _is_day(line.beyond[0], found) and not line.beyond[0].gap
    if not is_over_day or is_prose(following) or _is_day(following, found) or parse_byline(following.plain):
        return False
    if _is_office(words):
        return True
    title = following.plain
    is_longer = len(title.split()) >= _HEADLINE_WORDS and len(title) > len(line.text) * 1.5
    return following.gap and is_longer and len(words) <= _NAME_WORDS and title[:1].isupper() and title[-1:].isalnum()


def _is_day(row: Row, found: Findings) -> bool:
    return parse_stamp_line(row.plain, order=found.order, place=found.place) is not None


def _is_office(words: Sequence[str]) -> bool:
    """Say whether words are an office and a country, without a verb: "Ministry of Foreign Affairs Republic of Poland"."""
    folded = [fold_word(word.strip(",")) for word in words]
    known = (
        word in _PORTFOLIOS or word in _LINKS or word in _STATES or before in ("of", "the") for before, word in pairwise(folded)
    )
    return folded[0] in OFFICES and len(words) > 2 and all(known)
