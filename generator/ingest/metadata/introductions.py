"""People with their offices in texts of other languages than English, where an office beside a name shows both for certain.

None is better than a wrong one. In Hindi the words for who acts or is met close a name. In Arabic, where nothing tells a name
from other words, it has to begin with a known first name and to end before a word that is none. In Russian only the nominative
counts, for a name in another case would have to be put back into it.
"""

import re
from collections.abc import Iterator

from generator.ingest.words import CAPITAL, SMALL, any_of
from generator.model import Person
from generator.vocabulary import load_language

_SEARCHED = 60_000
_MOST = 12

# The one small letter among the capitals that begins words of these languages.
_CAPITAL = rf"(?!œ)[{CAPITAL}]"
_WORD = rf"{_CAPITAL}[\w’'-]*[{SMALL}]"
_PARTICLE = r"(?:de|da|do|dos|das|del|della|di|la|le|van|von|der|den|zu|bin|ibn|al|el|y)"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_WORD}){{1,3}}"
# A portfolio or a country between office and name: "ministre espagnole des Transports", "presidente brasileño".
_OF = r"(?:de la |de los |de l[’']|d[’']|des |del |de |du |do |da |das |dos )"
_PORTFOLIO = rf"(?: {_OF}(?:{any_of('names', 'portfolios_abroad')}|[\w’'-]+(?: [a-zà-ÿ]{{4,}})?(?: (?:et|y|e) [\w’'-]+)?))?"
# Of which country: any other small word may be a verb, as in "el presidente visitó Santa Cruz".
_ADJECTIVE = r"(?: (?:%(adjective)s|adjoint|fédéral|federal|délégu|interino|general)\w*)?"
_ROMANCE = rf"(?<![\w’'-])(?P<office>%(office)s{_ADJECTIVE}{_PORTFOLIO}{_ADJECTIVE}),? (?P<name>{_NAME})(?![\w’'-])"
# Every German noun has a capital: two words are a name, and with a third one it is open where the name ends.
_GERMAN = rf"(?<![\w-])(?P<office>[\w-]*%(office)s) (?P<name>{_WORD} (?:{_PARTICLE} ){{0,2}}{_WORD})(?![\w’'-]| {_CAPITAL})"
_RUSSIAN = r"(?<![\w-])(?P<office>%(office)s(?: [а-яё]{4,}){0,3}) (?P<name>[А-ЯЁ][а-яё]+(?: [А-ЯЁ][а-яё-]+){1,2})(?![\w-])"
_PATRONYMIC = re.compile(r" \w+(?:вич|ич|вна|чна) ")
_KOREAN = rf"(?<![가-힣])(?P<name>{any_of('names', 'korean_surnames')}[가-힣]{{2}}) (?P<office>(?:[가-힣]{{2,6}} )?%(office)s)"
# Nothing shows where a Chinese name ends but the word behind it.
_CHINESE = (
    rf"(?P<office>(?:[\u4e00-\u9fff]{{2}}部|国务院|国家)?%(office)s)(?P<name>{any_of('names', 'chinese_surnames')}"
    r"[\u4e00-\u9fff]{1,2}?)(?=[、，。与和同在对说表会出将率访指强主举于向宣签称])"
)
_JAPANESE = r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{4})(?P<office>%(office)s)"
# "विदेश मंत्री एस जयशंकर ने": who acts has this word behind the name, and whom others meet has those of meeting.
_HINDI = (
    r"(?<![\u0900-\u097f])(?P<office>%(office)s) (?:(?:श्रीमती|श्री|सुश्री|डॉ\.?) )?"
    r"(?P<name>[\u0900-\u0963]+(?: [\u0900-\u0963]+){1,2}) "
    r"(?:ने|(?:से|के साथ) (?:टेलीफोन पर |फोन पर )?(?:मुलाकात|मुलाक़ात|बातचीत|बात|भेंट|वार्ता|चर्चा|बैठक))(?![\u0900-\u097f])"
)
# "وزير الخارجية السعودي الأمير فيصل بن فرحان في": of three names the last has an article, or it may be a verb.
_ARABIC_WORD = "[\u0621-\u064a]{2,}"
_ARABIC_PART = rf"(?:(?:عبد|بن|ابن|آل|أبو) )?{_ARABIC_WORD}"
_ARABIC = (
    rf"(?<![\u0600-\u06ff])[ولب]?(?P<office>%(office)s(?: ال{_ARABIC_WORD}ية?)?) (?:(?:الأمير|الشيخ|الدكتور|السيد|الفريق) )?"
    rf"(?P<name>(?:عبد )?{any_of('names', 'arabic_first_names')} {_ARABIC_PART}"
    rf"(?: (?:ال{_ARABIC_WORD}|(?:بن|آل) {_ARABIC_WORD}))?)"
    rf"(?=[،.؛:()«»\n]| {any_of('names', 'arabic_behind_names')}(?![\u0600-\u06ff])| و{_ARABIC_WORD})"
)
_NO_HINDI_NAME = re.compile(
    r"(?:^| )(?:और|के|की|का|को|से|में|पर|भी|तथा|एवं|या|व|स्तर|पद|परिषद|भवन|कार्यालय|मंत्रालय|मंत्री|प्रवक्ता|दोनों|उप|योजना|चुनाव"
    r"|परिणाम|अभियान|मिशन|समूह|कोष|पुरस्कार|संग्रहालय|शासन|पार्टी)(?: |$)|ों(?: |$)"
)
_NO_JAPANESE_NAME = re.compile("[国日米中韓英仏独露印両各前元新現副政府外相]")
_NO_KOREAN_NAME = re.compile("[부처청원실회국측]$")

_FORMS: dict[str, str] = {
    "fr": _ROMANCE,
    "es": _ROMANCE,
    "pt": _ROMANCE,
    "de": _GERMAN,
    "ru": _RUSSIAN,
    "ko": _KOREAN,
    "zh": _CHINESE,
    "ja": _JAPANESE,
    "hi": _HINDI,
    "ar": _ARABIC,
}
_ROMANCES = frozenset({"fr", "es", "pt"})
_NO_ARABIC_NAME = re.compile(rf"(?:^| ){any_of('names', 'arabic_behind_names')}(?: |$)")
_REFUSED = {"ar": _NO_ARABIC_NAME, "hi": _NO_HINDI_NAME, "ja": _NO_JAPANESE_NAME, "ko": _NO_KOREAN_NAME}
# Whose counterpart somebody is, is no office, nor is a government; and a Russian office in another case than the nominative has
# its name there, too.
_NO_OFFICE = re.compile(
    "^(?:رئيس|وزير|ملك|أمير|الأمير)$|حكومة|نظيره|homolog|homólog|Amtskoll|gouvernement|regierung|gobierno|governo|правительств|政府|정부|सरकार|(?<=[а-я])(?:а|ы|ом)$",
    re.IGNORECASE,
)


def find_introduced(text: str, lang: str) -> tuple[Person, ...]:
    """Return the people whom a text in `lang` introduces with their office, in order of appearance, one entry each."""
    people: dict[str, Person] = {}
    for name, office in _introductions(text[:_SEARCHED], lang):
        people.setdefault(name, Person(name, office))
    return tuple(people.values())[:_MOST]


def _introductions(text: str, lang: str) -> Iterator[tuple[str, str]]:
    offices = load_language(lang).words.get("office", ()) if lang in _FORMS else ()
    if not offices:
        return
    # Longest first: "外交部长" is the whole office, not "部长".
    known = sorted((office for office in offices if not _NO_OFFICE.search(office)), key=len, reverse=True)
    refused = _REFUSED.get(lang)
    twofold = re.compile(any_of("names", "portfolios_abroad") + "$")
    words = {"office": f"(?i:{'|'.join(map(re.escape, known))})", "adjective": _list_adjectives(lang)}
    for match in re.finditer(_FORMS[lang] % words, text):
        name, office = match["name"], match["office"]
        if lang == "ru" and name.count(" ") > 1 and not _PATRONYMIC.search(name):
            # "президент Сербии Александр Вучич": of three names the second is the father's, or the first a country's.
            country, _, name = name.partition(" ")
            office = f"{office} {country}"
        # "presidente do Banco Central Roberto Campos": three capitals behind a fourth may be the end of the bank's name.
        is_open = (
            lang in _ROMANCES and office.split()[-1][0].isupper() and name.count(" ") > 1 and text[match.end("office")] != ","
        )
        if not (is_open and not twofold.search(office)) and (refused is None or not refused.search(name)):
            yield name, office


def _list_adjectives(lang: str) -> str:
    """Return the stems of the adjectives of countries: in the languages whose adjectives stand behind, they are small."""
    words = (word for names in load_language(lang).countries.values() for word in names if word[0].islower())
    return "|".join(re.escape(word.rstrip("*")) for word in words)
