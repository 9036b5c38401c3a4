"""Summary and key points: sentences of the text, chosen and never rewritten."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.ingest.prose import Block
from generator.ingest.words import any_of, fold_word, word_set
from generator.text import count_words, cut_words, split_sentences

SUMMARY_MAX = 280
# Below this a lead is half a thought, and the next paragraph may complete it.
_SUMMARY_ENOUGH = 110
_POINTS_MAX = 5
_POINTS_MIN = 3
_POINT_SIZES = (40, 280)
_SEARCHED = 120


class Sentence(Struct, frozen=True):
    """A sentence of an article, the paragraph it stands in, its words for comparing, and how many tell of something done."""

    text: str
    paragraph: int
    words: frozenset[str]
    acts: int


def list_sentences(blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """Return the first sentences of an article's paragraphs; headings, tables and code have none, list items are none."""
    return tuple(sentence for sentence, _ in zip(_sentences(blocks), range(_SEARCHED), strict=False))


def _sentences(blocks: Sequence[Block]) -> Iterator[Sentence]:
    for index, block in enumerate(blocks):
        if block.kind not in ("paragraph", "quote"):
            continue
        text = block.plain
        for start, end in split_sentences(text):
            sentence = text[start:end]
            folded = fold_word(sentence)
            words = frozenset(_WORD.findall(folded))
            acts = len(words & _ACT_WORDS) + len(set(_ACT_PAIRS.findall(folded)))
            yield Sentence(sentence, index, _keep_meaning(words, sentence), acts)


_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*\d|\d")
_COMMON = word_set("sentences", "common_words")
_ACT_WORDS = word_set("sentences", "act_words")
_ACT_PAIRS = re.compile(rf" {any_of('sentences', 'act_pairs')}\b")


def _keep_meaning(words: frozenset[str], sentence: str) -> frozenset[str]:
    """Return those of a sentence's folded words that carry meaning; in scripts without spaces, pairs of letters."""
    kept = words - _COMMON
    if len(kept) < 6 and re.search("[\u0e00-\u0eff\u3040-\u9fff]", sentence):
        letters = re.sub(r"\W", "", sentence)
        kept |= {letters[n : n + 2] for n in range(len(letters) - 1)}
    return kept


def make_summary(sentences: Sequence[Sentence]) -> str:
    """Return the lead in whole sentences, at most 280 characters; cut between words only when the first alone is longer."""
    lead = next((n for n, sentence in enumerate(sentences) if _is_statement(sentence.text)), 0 if sentences else -1)
    if lead < 0:
        return ""
    first = sentences[lead]
    if len(first.text) > SUMMARY_MAX:
        return cut_words(first.text, SUMMARY_MAX)
    summary, paragraph = first.text, first.paragraph
    for sentence in sentences[lead + 1 :]:
        if sentence.paragraph != paragraph and len(summary) >= _SUMMARY_ENOUGH:
            break
        joint = "" if _WIDE_STOP.search(summary) else " "
        if len(summary) + 1 + len(sentence.text) > SUMMARY_MAX or not _is_closed(sentence.text):
            break
        summary = f"{summary}{joint}{sentence.text}"
        paragraph = sentence.paragraph
    return summary


# Chinese and Japanese sentences follow each other without a space.
_WIDE_STOP = re.compile("[\u3002\uff01\uff1f][\u300d\u300f\u201d\u2019\uff09]*$")


def _is_statement(text: str) -> bool:
    """Say whether a piece of text is a sentence of its own: long enough and closed, not a label or a salutation."""
    return (count_words(text) >= 6 or len(text) >= 40) and bool(
        re.search(r"[.!?…。！？।؟:;,–—][\"'”’»)\]」』]*$", text) or len(text) >= 60
    )


_LEANING = re.compile(rf"^(?:[\"“'‘]|{any_of('sentences', 'leaning')}\b)", re.IGNORECASE)


def choose_points(sentences: Sequence[Sentence], summary: str) -> tuple[str, ...]:
    """Return three to five sentences of the text in its order: central, able to stand alone, no two alike, none from the summary.

    A text that has fewer of them gives fewer.
    """
    frequency = Counter(word for sentence in sentences for word in sentence.words)
    candidates = [
        (_score(sentence, frequency, index, len(sentences)), -index)
        for index, sentence in enumerate(sentences)
        if _POINT_SIZES[0] <= len(sentence.text) <= _POINT_SIZES[1]
        and sentence.text not in summary
        and _is_closed(sentence.text)
        and (count_words(sentence.text) >= 6 or not sentence.text.isascii())
    ]
    chosen: list[int] = []
    said = _keep_meaning(frozenset(_WORD.findall(fold_word(summary))), summary)
    wanted = min(_POINTS_MAX, max(_POINTS_MIN, len(sentences) // 4))
    for _, index in sorted(candidates, reverse=True):
        sentence = sentences[-index]
        alike = any(_likeness(sentence.words, sentences[other].words) > 0.5 for other in chosen)
        if not alike and _likeness(sentence.words, said) <= 0.6:
            chosen.append(-index)
        if len(chosen) == wanted:
            break
    return tuple(sentences[index].text for index in sorted(chosen))


# A sentence's last sign, with the marks that may stand behind it: looked for in the last characters only.
_CLOSED = re.compile(r"[.!?…。！？।؟][\"'”’»)\]」』]*$")
_MARKS_MAX = 8
_DIGIT = re.compile(r"\d")


def _is_closed(text: str) -> bool:
    return _CLOSED.search(text, max(0, len(text) - _MARKS_MAX)) is not None


def _score(sentence: Sentence, frequency: Counter[str], index: int, total: int) -> float:
    """Return how well a sentence says by itself what the text is about."""
    if not sentence.words:
        return 0.0
    central = sum(map(frequency.__getitem__, sentence.words)) / (len(sentence.words) + 4)
    score = central + 0.6 * sentence.acts + 1.5 * (1 - index / total)
    if _LEANING.match(sentence.text):
        score -= 2.0
    if len(sentence.text) < 60:
        score -= 1.0
    if _DIGIT.search(sentence.text):
        score += 0.5
    return score


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
