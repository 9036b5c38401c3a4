"""Which code page a text of one byte a letter was saved in: Western, Central European or Turkish, by the letters of its language.

The pages differ in a few dozen bytes, and each reads as letters in all of them. Right is the reading in which they are letters of
one language, and the small words around them are words of that language.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

WESTERN = "cp1252"
_TURKISH, _CENTRAL = ("cp1254",), ("cp1250", "iso8859_2")
# The first of equals is taken, so that Western texts, which are most, stay what they are.
_PAGES = (WESTERN, *_TURKISH, *_CENTRAL)
# So much of a text tells its language.
_SAMPLE_SIZE = 16_000

# Pages, letters and frequent words of a language. Letters that share a byte with one of another page are told apart by what
# stands beside them, for names in an English text have no words around them: "ñ" stands before a vowel, the Polish "ń" does not.
_VOWELS = "aeiouyáéíóúýäöüěů"
_CARON = rf"č(?=[{_VOWELS}nkt]|\b)"
_ACUTE = r"ć(?![rlsd])"
_LANGUAGES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        (WESTERN,),
        rf"[éàâçêëîïôùûüœ]|è(?![{_VOWELS}])",
        "le la les des et du une dans est pour que qui sur par au avec ont été aux",
    ),
    ((WESTERN,), r"[äöüß]", "der die und das den von mit für auf dem des ist ein eine zu im nicht sich auch nach"),
    ((WESTERN,), rf"[áéíóúü]|ñ(?=[{_VOWELS}])", "el la los las del que en y una por con para se su como más entre ha al"),
    ((WESTERN,), r"[áâàçéêíóôú]|ã(?=[oe]|s?\b)|õ(?=e)", "o a os as do da dos das que em um uma para com não no na pelo foi"),
    ((WESTERN,), rf"[àéìíòóù]|è(?![{_VOWELS}])", "il la di che e del della per un una con nel sono alla dei delle si è"),
    ((WESTERN,), r"[ëïéèöüó]", "de het een van en in op te dat is voor met zijn aan door niet"),
    ((WESTERN,), r"[øåé]|æ\B", "og i at det den til er på af av som en med for har ikke de"),
    ((WESTERN,), r"[åäöé]", "och i att det den till är på av som en med för har inte de ja on ei se että oli myös sekä"),
    ((WESTERN,), r"[áéíóúýþöð]|æ\B", "og í að á er sem til við um var það ekki"),
    ((WESTERN,), r"[àéíòóúïüç]|è(?![aeo])", "el la els les de i que en del per amb una és"),
    ((WESTERN,), r"[äöüõšž]", "ja on ei et see oli kui ka mis aga"),
    (_CENTRAL, rf"[ąęłśźżó]|{_ACUTE}|ń(?![aeiouy])", "i w na z do się nie że jest od po oraz dla o przez za są jak to"),
    (
        _CENTRAL,
        rf"[áďéěíňóšťúůýž]|{_CARON}|ř(?=[{_VOWELS}]|\b)",
        "a v na se že je s z do o po za pro ve od které také jako i byl již být bude",
    ),
    (_CENTRAL, rf"[áäďéíľňóôšťúýž]|{_CARON}", "a v na sa že je s z do o po za pre vo od ktoré aj ako bol už byť bude"),
    (_CENTRAL, r"[áéíóöúüű]|ő(?!e)", "a az és hogy nem is egy meg volt van de ez csak már között"),
    (_CENTRAL, r"[âîşţ]|ă(?![oe])", "de şi în a la cu pe din care să că nu pentru este au al prin o"),
    (_CENTRAL, rf"[đšž]|{_CARON}|{_ACUTE}", "i u na je se da za su od s o koji što kao će iz"),
    (_CENTRAL, rf"[šž]|{_CARON}", "in v na je se da za so s z ki pri po tudi kot bo"),
    (_TURKISH, r"[çıöşüâîû]|(?<=[aeıioöuü])ğ", "ve bir bu ile için da de olarak olan daha çok en ise kadar sonra"),
)
_GERMAN = frozenset("der die und das von mit für auf dem des ist ein eine zu im nicht sich auch nach".split())
_ENGLISH = frozenset("the of and to in that is for with on was by from said has their will which are have at".split())
_KNOWN = tuple(
    (pages, re.compile(rf"(?<!\d)(?:{letters})(?!\d)"), frozenset(words.split())) for pages, letters, words in _LANGUAGES
)
# What a language has to account for: letters beyond ASCII, signs within a word ("podpisa³y"), and bytes that mean nothing.
_JUDGED = re.compile(r"(?![ªºµ¹²³¼½¾])[^\W\d_a-z]|(?<=[^\W\d_])[¡-©®-³µ¶¸-º¼-¿×÷](?=[^\W\d_])|[\x80-\x9f\ufffd]")
# Signs where signs stand, which are letters in another page: surely, and likely.
_SURE = re.compile(r"(?<!\w)[£¥±](?=\d)|(?<!\w)©(?!\w)|(?<=\w)®|\b(?:[kcdm]?m|ft|co)[²³]|\bn[º°]|\d[ªº]")
_LIKELY = re.compile(r"(?<!\w)[¿¡«»](?=\w)|(?<=\w)[¹²³«»](?!\w)")
# A byte that means nothing stands in a word, and does not end it: "za\x9atiti" does not hold the word "za".
_WORD = re.compile(r"(?:[^\W\d_]|[\x80-\x9f\ufffd])+")


class Choice(Struct, frozen=True):
    """The code page of a text; where another reads as well, `doubt` holds the first word that differs in both."""

    page: str
    doubt: tuple[str, str] | None = None


def choose_page(lines: Iterable[bytes]) -> Choice:
    """Return the code page in which some lines read best; Western where none reads better."""
    sample = _take_sample(lines)
    readings: dict[str, list[str]] = {}
    for page in _PAGES:
        readings.setdefault(read_page(sample, page), []).append(page)
    if len(readings) == 1:
        return Choice(WESTERN)
    scores = {text: max(_score(text, page) for page in pages) for text, pages in readings.items()}
    # A reading that is no language's is no better than the usual one.
    fitting = [text for text, pages in readings.items() if WESTERN in pages or scores[text] > 0]
    best = max(fitting, key=lambda text: scores[text])
    other = next((text for text in fitting if text != best and scores[text] == scores[best]), best)
    return Choice(readings[best][0], _find_difference(best, other))


def _take_sample(lines: Iterable[bytes]) -> bytes:
    sample = b""
    for line in lines:
        sample += line[: _SAMPLE_SIZE - len(sample)]
        if len(sample) == _SAMPLE_SIZE:
            break
    return sample


def _score(text: str, page: str) -> int:
    """Return how well a reading fits: as the language of its page that it fits best, by that one's letters and frequent words.

    In an English text each name is of its own language, and the words around it say nothing about it; and in a German one, whose
    own letters stand in all of these pages.
    """
    # A dotted capital would become two characters.
    lowered = text.replace("İ", "ı").lower()
    counts = Counter(_WORD.findall(lowered))
    host = max(sum(counts[word] for word in words) for words in (_ENGLISH, _GERMAN))
    pieces = [piece for piece in dict.fromkeys(lowered.split()) if not piece.isascii()]
    judged = [len(_JUDGED.findall(piece)) for piece in pieces]
    signs = sum(2 * len(_SURE.findall(piece)) + len(_LIKELY.findall(piece)) for piece in pieces)
    fits: list[list[int]] = []
    known: list[int] = []
    for pages, letters, words in _KNOWN:
        if page in pages:
            fits.append([2 * len(letters.findall(piece)) - number for piece, number in zip(pieces, judged, strict=True)])
            known.append(sum(counts[word] for word in words))
    if host and host >= max(known):
        return signs + sum(max(fit[place] for fit in fits) for place in range(len(pieces)))
    return signs + max(sum(fit) + number for fit, number in zip(fits, known, strict=True))


def _find_difference(one: str, two: str) -> tuple[str, str] | None:
    return next((words for words in zip(one.split(), two.split(), strict=False) if words[0] != words[1]), None)


_HOLES = "bilateral-holes"


def read_page(raw: bytes, page: str) -> str:
    """Return the text of some bytes in a code page; those that mean nothing there are kept as controls, which go later."""
    codecs.register_error(_HOLES, _keep_hole)
    return raw.decode(page, _HOLES)


def _keep_hole(problem: UnicodeError) -> tuple[str, int]:
    assert isinstance(problem, UnicodeDecodeError)  # noqa: S101  # This handler is used for decoding only.
    return "".join(map(chr, problem.object[problem.start : problem.end])), problem.end
