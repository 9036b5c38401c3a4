"""The language of a text: by its script where that settles it, by its function words, and only then by a model."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# A script that one language of the world's news uses; scripts of several are settled by words or the model.
_SCRIPTS = (
    ("ko", "\uac00-\ud7a3\u1100-\u11ff"),
    ("ja", "\u3040-\u30ff"),
    ("zh", "\u4e00-\u9fff"),
    ("th", "\u0e00-\u0e7f"),
    ("he", "\u0590-\u05ff"),
    ("el", "\u0370-\u03ff"),
    ("bn", "\u0980-\u09ff"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("kn", "\u0c80-\u0cff"),
    ("ml", "\u0d00-\u0d7f"),
    ("gu", "\u0a80-\u0aff"),
    ("pa", "\u0a00-\u0a7f"),
    ("si", "\u0d80-\u0dff"),
    ("my", "\u1000-\u109f"),
    ("km", "\u1780-\u17ff"),
    ("lo", "\u0e80-\u0eff"),
    ("ka", "\u10a0-\u10ff"),
    ("hy", "\u0530-\u058f"),
    ("am", "\u1200-\u137f"),
)
_SHARED = (("deva", "\u0900-\u097f"), ("arab", "\u0600-\u06ff\u0750-\u077f"), ("cyrl", "\u0400-\u04ff"))
_RANGES = tuple((name, re.compile(f"[{letters}]")) for name, letters in (*_SCRIPTS, *_SHARED))
_WORDS = {
    "en": "the of and to in that is for with on was by from said has their will which an are have at",
    "fr": "le la les des et du une dans est pour que qui sur par au avec plus ont été cette aux",
    "de": "der die und das den von mit für auf dem des ist ein eine zu im nicht sich auch nach wird",
    "es": "el la los las del que en y una por con para se su como más entre ha al este",
    "pt": "o a os as do da dos das que em um uma para com não no na pelo pela entre foi",
    "it": "il la di che e del della per un una con nel sono alla dei delle ha si gli è",
    "nl": "de het een van en in op te dat is voor met zijn aan door niet ook bij naar worden",
    "id": "yang dan di dengan untuk dari pada ini itu dalam akan tidak kepada oleh telah juga atas kedua antara ke",
    "tr": "ve bir bu ile için da de olarak olan daha çok en ise kadar sonra gibi tarafından iki üzere arasında",
    "vi": "và của các có là trong cho với được này đã những một về tại không người để giữa hai",
    "hi": "के में की है और से को का पर ने कि यह हैं भी इस लिए एक था कहा दोनों",
    "ar": "في من على إلى أن عن التي الذي بين مع هذا هذه كما قد وقال كان بعد خلال ما لا",
    "fa": "در به از که این است را با برای آن می‌شود و یک شده خود تا بر کرد های بین",
    "ur": "کے میں کی ہے اور سے کو کا پر نے کہ یہ ہیں بھی اس لیے ایک تھا کہا دونوں",
    "ru": "и в на с что по не к из для от как это его между был также о при году",
    "uk": "і в на з що та до не за для від як це його між був також про при року",
}
_WORD_SETS = {lang: frozenset(words.split()) for lang, words in _WORDS.items()}
_LATIN = re.compile(r"[A-Za-z]")
_LATIN_LANGUAGES = ("en", "fr", "de", "es", "pt", "it", "nl", "id", "tr", "vi")
# None of the Latin languages above has these letters but in names, which begin with a capital.
_EASTERN = re.compile(r"(?<!\w)[a-ząćčďėęěģįķłľļńňņóřśšťůźżž]*[ąćčďėęěģįķłľļńňņőřśťůűźż]", re.MULTILINE)
_BY_SCRIPT = {"deva": ("hi",), "arab": ("ar", "fa", "ur"), "cyrl": ("ru", "uk")}
_SAMPLE = 1500


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, or nothing where it is too short to tell."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters < 12:
        return ""
    if sample.isascii() or len(_LATIN.findall(sample)) * 10 >= letters * 7:
        is_eastern = len(_EASTERN.findall(sample)) > 1
        return _by_words(sample, ("en",) if is_eastern else _LATIN_LANGUAGES) or _ask_model(sample)
    script = _find_script(sample, letters)
    return _by_words(sample, _BY_SCRIPT[script]) or _ask_model(sample) if script in _BY_SCRIPT else script or _ask_model(sample)


def _find_script(sample: str, letters: int) -> str:
    """Return the language or shared script of most letters; kana outweigh the Chinese characters that stand among them."""
    counts = {name: len(pattern.findall(sample)) for name, pattern in _RANGES}
    if counts["ja"] * 10 > counts["zh"] + counts["ja"] > letters // 3:
        return "ja"
    name = max(counts, key=lambda key: counts[key])
    return name if counts[name] * 2 > letters else ""


def _by_words(sample: str, candidates: tuple[str, ...]) -> str:
    """Return the candidate whose function words make up a good part of the text, clearly more than any other's."""
    words = re.findall(r"[^\s\d.,;:!?\"“”()«»।،؟]+", sample.lower())
    if len(words) < 8:
        return ""
    if candidates[0] == "en" and sum(word in _WORD_SETS["en"] for word in words) * 4 >= len(words):
        return "en"
    counts = sorted(((sum(word in _WORD_SETS[lang] for word in words), lang) for lang in candidates), reverse=True)
    best, lang = counts[0]
    second = counts[1][0] if len(counts) > 1 else 0
    if best * 8 < len(words) or best < 1.5 * second:
        return ""
    # Words of one letter, and any single word, are those of many languages: "o" is Portuguese, Polish and Czech.
    is_sure = candidates[0] != "en" or sum(len(word) > 1 for word in _WORD_SETS[lang].intersection(words)) > 1
    return lang if is_sure else ""


def _ask_model(sample: str) -> str:
    """Return the language that a model takes a text for, or nothing where it is not sure: none is better than a wrong one."""
    code, confidence = _load_model().classify(sample)
    return str(code) if code == "en" or confidence >= _CONFIDENCE else ""


_CONFIDENCE = 0.35


@cache
def _load_model() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.7 s to load its model; few texts get here.

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
