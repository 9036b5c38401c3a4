"""Tags of languages, as BCP 47 has them: which text is one, what it is called, and which way it is written."""

import re
from functools import cache

# Of the tags of BCP 47 those that name a language: `en`, `zh-Hans`, `pt-BR`, `sr-Latn-RS`, `es-419`, `ca-valencia`.
_LANGUAGE = re.compile(r"(?i)[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*")

# Source: ISO 639-1. Of the longer codes there are 8,000, of which nobody takes one for that of a country.
_LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et "
    "eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk "
    "kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny "
    "oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti "
    "tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)


def is_language(text: str) -> bool:
    """Say whether a text is the code of a language, such as `en` or `pt-BR`: `cz` and `ua` are those of countries."""
    code = text[:3].partition("-")[0].lower()
    return _LANGUAGE.fullmatch(text) is not None and (len(code) > 2 or code in _LANGUAGES)


# What is written from right to left: languages, and scripts where the tag names one. Source: CLDR; ISO 15924.
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks ps sd ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa".split())


def find_direction(language: str) -> str:
    """Return `rtl` or `ltr`: which way a language is written. Azerbaijani is either, `az-Arab` and `az-Latn`."""
    code, *rest = language.lower().split("-")
    script = next((part for part in rest[:1] if len(part) == 4 and part.isalpha()), "")
    is_reverse = script in _RIGHT_TO_LEFT_SCRIPTS if script else code in _RIGHT_TO_LEFT
    return "rtl" if is_reverse else "ltr"


def spell_tag(lang: str) -> str:
    """Return the tag of a language with small and capital letters as they are usual: `pt-BR` for `pt-br`, `zh-Hant-TW`."""
    first, *rest = lang.split("-")
    return "-".join([first.lower(), *map(_spell_subtag, rest)])


def _spell_subtag(subtag: str) -> str:
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.title() if len(subtag) == 4 and subtag.isalpha() else subtag.lower()


@cache
def name_language(lang: str) -> str:
    """Return the English name of a language: "Korean", "Portuguese (Brazil)", "Chinese (Traditional, Taiwan)".

    A name of its own is kept ("Dari", of which the tag says that it is Persian in Afghanistan); one of CLDR that turns the name
    round ("Brazilian Portuguese") is not, so that the forms of a language stand together in a list.
    """
    if lang == "en":
        return "English"
    from babel import Locale  # 40 ms to import, and many archives are in English alone.

    english = Locale("en")
    base, *rest = spell_tag(lang).split("-")
    name = english.languages.get(base, base)
    whole = english.languages.get("_".join([base, *rest]), name)
    if name not in whole:
        return str(whole)
    # A script, a region and a variant are told apart by their letters and digits, so that none is found among the others.
    known = (english.scripts.get(part) or english.territories.get(part) or english.variants.get(part.upper()) for part in rest)
    # CLDR has brackets within brackets so: "Burmese (Myanmar [Burma])".
    said = [(found or part).replace("(", "[").replace(")", "]") for found, part in zip(known, rest, strict=True)]
    return f"{name} ({', '.join(said)})" if said else name
