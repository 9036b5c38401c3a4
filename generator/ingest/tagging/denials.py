"""What a text says did not happen: in "did not sign the treaty" no word tells of a signing."""

import re
from collections.abc import Iterator

# What parties do or bring about. Behind another verb its object is real: "did not disclose the agreement that they signed".
# To miss a denial is better than to deny what happened: verbs that take much else, as "open" and "join" do, are not here.
_ACT = (
    r"(?:sign|initial|agree|reach|conclu|finali[sz]|seal|clinch|strik|struck|ratif|approv|adopt|issu|declar|announc|pledg|launch"
    r"|inaugurat|award|buy|bought|purchas|meet|met\b|produc|yield|secur"
    r"|(?:com(?:e|ing)|came) into\b|(?:tak(?:e|ing)|took) effect|in(?:to)? force)\w*"
)
_RESULT = (
    r"(?:agreement|deal|treat(?:y|ies)|pact|accord|contract|memorand(?:um|a)|mou|statement|communiqu[eé]|declaration|summit|meeting"
    r"|talk|dialogue)s?\b"
)
_BETWEEN = (
    r"(?:(?:yet|ever|even|still|so far|been|being|be|to|\w+ly"
    r"|(?:ready|willing|able|prepared|expected|likely|going|set|due) to) ){0,3}"
)
_ADJECTIVES = r"(?:(?!(?:doubt|date|other|for|of|on|in|to|that|the)\b)[\w-]+ ){0,2}?"
_DENIAL = re.compile(
    r"(?:(?:\b(?:(?:not|never|cannot)(?! only\b| just\b| merely\b)"
    r"|(?:fail(?:s|ed|ing|ure)?|refus(?:es?|ed|ing|al)|declin(?:es?|ed|ing)|unable|unwilling|yet) to"
    r"|without|stop(?:s|ped|ping)? short of|rul(?:es?|ed|ing) out|neither(?: [\w-]+){1,2}?(?: nor(?: [\w-]+){1,2}?)?)"
    rf"|(?<=n)['’]t) {_BETWEEN}{_ACT}"
    rf"|\b(?:no|(?:without|rul(?:es?|ed|ing) out)(?: an?)?) {_ADJECTIVES}{_RESULT}"
    r"|\bremain(?:s|ed|ing)? unsigned)"
    # The "and" between two parties joins no clauses.
    r"(?:(?: [\w-]+){0,3}? between(?: [\w-]+){1,3}? and\b)?"
)
# How a denial begins: to try the pattern at every word took a twentieth of a seed's time.
_CUES = tuple(
    "not |never |cannot |fail|refus|declin|unable |unwilling |yet to |without |stop|rul|neither |'t |’t |no |remain".split("|")
)
# Where the clause ends, and with it what is denied: the talks at which nothing was signed were held.
_END = re.compile(
    r"(?<!\b\w)\.(?!\w)|[,;:!?\n()–—]"
    r"| (?:at|during|after|before|despite|when|where|as|following|while|but|although|though|whereas|however|because|since|amid"
    r"|instead|so(?! far)|yet|that|which|it|they|and (?:the|both|later|then"
    r"|(?:(?!(?:was|were|be|been)\b)[\w-]+ ){0,2}(?:\w+ed|met|held|signs|agrees|will|would|has|have|had)))\b"
)
_UNTIL = re.compile(r" (?:until|till)\b")
# "The treaty was not signed": what is denied may stand in front of some cues, up to the clause or the verb before.
_BACKWARD = ("not ", "never ", "cannot ", "yet to ", "'t ", "’t ", "remain")
_BEFORE = re.compile(
    r"\b(?:(?:between [\w-]+ and |(?!(?:and|but|or|as|that|which|who|while|when|after|at|in|during|talks?|meetings?|summits?"
    r"|dialogues?|consultations|sign\w*|\w+ed|met|held)\b)[\w'’-]+ )){1,4}\w*$"
)
_BEFORE_SIZE = 60


def find_denials(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text in small letters that tell what did not happen, in order of appearance."""
    done = 0
    for cue in sorted(at for word in _CUES for at in _find_all(folded, word)):
        denial = _DENIAL.match(folded, cue) if cue >= done else None
        if denial is None:
            continue
        stop = _END.search(folded, denial.end())
        end = stop.start() if stop else len(folded)
        # "They did not sign until Monday": then they did.
        if _UNTIL.search(folded, denial.end(), end):
            continue
        first = max(done, cue - _BEFORE_SIZE)
        before = _BEFORE.search(folded[first:cue]) if folded.startswith(_BACKWARD, cue) else None
        yield first + before.start() if before else cue, end
        done = end


def _find_all(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
