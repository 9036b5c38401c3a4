"""A synthetic archive of any size, the same everywhere: real front matter, prose with some markup, pairs as unequal as life."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

COUNTRIES = "US CN IN JP KR DE FR GB AU CA BR ZA NG KE EG SA AE TR ID VN PH SG MY TH NO SE NL PL UA MX AR CL NZ IT ES".split()
SECTORS = (
    "trade defence semiconductors clean-energy finance health agriculture climate space water infrastructure shipbuilding "
    "cyber-security critical-minerals digital-economy manufacturing fisheries nuclear-energy maritime-security"
).split()
KINDS = "summit ministerial-meeting dialogue agreement-signed memorandum contract announcement".split()
SUBJECTS = (
    "The two ministers|Officials of both sides|A joint committee|The trade delegations|Both governments|The working group".split(
        "|"
    )
)
VERBS = "agreed on|reviewed|postponed a decision on|welcomed progress in|exchanged drafts of|asked for figures on".split("|")
OBJECTS = (
    "the customs protocol|a roadmap for chip packaging|port capacity|the double taxation treaty|grid connections|"
    "a visa scheme for engineers|rules for data transfers|joint patrols|a hydrogen corridor|rare earth processing|"
    "loans for railways"
).split("|")
ENDS = "|, after two years of talks|, without naming a date|, which is to start next spring|, although the cost is open".split(
    "|"
)


def _pick(words: Sequence[str], dice: random.Random) -> str:
    """Return a word, earlier ones more often: the first pair of an archive has a hundred times the briefings of a rare one."""
    return words[min(int(dice.expovariate(4 / len(words))), len(words) - 1)]


def _sentence(dice: random.Random) -> str:
    thing = dice.choice(OBJECTS)
    marked = f"**{thing}**" if dice.random() < 0.06 else thing
    return f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} {marked}{dice.choice(ENDS)}."


def _body(dice: random.Random) -> str:
    blocks = []
    for _ in range(dice.randint(6, 11)):
        kind = dice.random()
        if kind < 0.08:
            blocks.append(f"## {dice.choice(OBJECTS).capitalize()}")
        elif kind < 0.16:
            blocks.append("\n".join(f"- {_sentence(dice)}" for _ in range(3)))
        elif kind < 0.2:
            blocks.append(f"> {_sentence(dice)}")
        else:
            blocks.append(" ".join(_sentence(dice) for _ in range(dice.randint(3, 6))))
    return "\n\n".join(blocks)


def write_corpus(root: Path, count: int, *, has_list_keys: bool = False) -> list[Path]:
    """Write `count` briefings of 2005 to 2025 below `root` and return their files, oldest first."""
    days = (date(2005, 1, 1) + timedelta(days=number * 7600 // count) for number in range(count))
    return [write_one(root, number, f"{day}", has_list_keys=has_list_keys) for number, day in enumerate(days)]


def write_one(root: Path, number: int, day: str, *, has_list_keys: bool = False) -> Path:
    """Write the briefing of a number, which is the same in every archive, and return its file.

    With `has_list_keys` its front matter also names the lists that Hugo cannot derive: by year, and by pair and sector.
    """
    dice = random.Random(20251122 + number)
    one = _pick(COUNTRIES, dice)
    other = _pick([code for code in COUNTRIES if code != one], dice)
    first, second = sorted((one, other))
    pair = f"{first}-{second}".lower()
    sectors = tuple(dict.fromkeys(_pick(SECTORS, dice) for _ in range(3)))
    title = f"{first} and {second} on {dice.choice(OBJECTS)}, part {number}"
    terms = f"countries: [{first!r}, {second!r}]\npairs: [{pair}]\nsectors: [{', '.join(sectors)}]"
    source = f"source: {{publisher: Bench Desk, url: 'https://example.org/{number}'}}"
    head = f"title: {title}\ndate: {day}\nsummary: {_sentence(dice)}\nkind: {dice.choice(KINDS)}\n{terms}\n{source}"
    if has_list_keys:
        head += f"\nyears: ['{day[:4]}']\npair_sectors: [{', '.join(f'{pair}-{sector}' for sector in sectors)}]"
    path = root / "content" / "briefings" / day[:4] / f"{day}-briefing-{number:06}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{head}\n---\n\n{_body(dice)}\n", encoding="utf-8")
    return path
