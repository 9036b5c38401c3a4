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
    for index, block in enumerate(blocks[: _count_without_notes(blocks)]):
        if block.kind not in ("paragraph", "quote"):
            continue
        text = block.plain
        text = _NOTE_MARK.sub("", text) if "[" in text else text
        for start, end in split_sentences(text):
            sentence = text[start:end]
            folded = fold_word(sentence)
            words = frozenset(_WORD.findall(folded))
            acts = len(words & _ACT_WORDS) + len(set(_ACT_PAIRS.findall(folded)))
            yield Sentence(sentence, index, _keep_meaning(words, sentence), acts)


# The marks of notes: at a word or a stop, or with a space before the stop. "[20] million" is what an editor put into a quotation.
_MARK = r"(?:\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\])+"
_NOTE_MARK = re.compile(
    rf"(?<=[^\W_]|[.,;:!?”\"’)]){_MARK}(?=[\s.,;:!?)”\"’]|$)|(?<=[.!?”\"])\s{_MARK}(?=\s|$)|\s{_MARK}(?=[.,;:!?]|$)"
)
_NOTE = re.compile(r"\[(?:\d{1,3}|\^[^\[\]]{1,20})\\?\]")


def _count_without_notes(blocks: Sequence[Block]) -> int:
    """Return how many blocks stand above the notes at the end; a text of which each paragraph has a number has no notes."""
    count = len(blocks)
    while count and (_NOTE.match(blocks[count - 1].text) or blocks[count - 1].kind == "heading"):
        count -= 1
    return count or len(blocks)


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
        is_open = summary[-1].isalnum() or summary.endswith(")")
        if is_open or len(summary) + 1 + len(sentence.text) > SUMMARY_MAX or not _is_closed(sentence.text):
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

    A text that has fewer of them gives fewer. What is asked, and what the one says who asks, is no point of it.
    """
    askers = _find_askers(sentences)
    frequency = Counter(word for sentence in sentences for word in sentence.words)
    candidates = [
        (_score(sentence, frequency, index, len(sentences)), -index)
        for index, sentence in enumerate(sentences)
        if _POINT_SIZES[0] <= len(sentence.text) <= _POINT_SIZES[1]
        and sentence.text not in summary
        and _is_closed(sentence.text)
        and not (sentence.text.endswith("?") or _find_speaker(sentence.text) in askers)
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


_SPEAKER = re.compile(r"([A-ZÀ-Þ][^.:!?\"“”]{1,40}):\s")


def _find_speaker(text: str) -> str:
    """Return whose words a paragraph of an interview begins with, going by the label in front of them."""
    match = _SPEAKER.match(text)
    return match[1] if match else ""


def _find_askers(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the labels of those whose paragraphs are questions, at least two and half of them."""
    asked: dict[str, dict[int, bool]] = {}
    speaker, paragraph = "", -1
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            speaker, paragraph = _find_speaker(sentence.text), sentence.paragraph
        if speaker:
            asked.setdefault(speaker, {})[paragraph] = sentence.text.endswith("?")
    return frozenset(name for name, ends in asked.items() if len(ends) > 1 and sum(ends.values()) * 2 >= len(ends))


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
