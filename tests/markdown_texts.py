"""Texts for the tests of Markdown: random ones out of its signs, and briefings such as an archive holds."""

from random import Random

from hypothesis import settings
from hypothesis import strategies as st

# How often two ways to the same result are compared: 500 times in the gate, 20,000 times in `make proofs`.
MANY = settings(deadline=None, max_examples=5 * settings.default.max_examples)

# Pieces that mean something to Python-Markdown, whole or cut: most faults of a shortcut lie where two of them meet.
SIGNS = (
    "a|word|Two words|R&D|1|2020|**|*|_|__|`|``|[|]|(|)|[a](/x)|[b](https://e.org/a_b)|**bold**|*em*|_em_|"
    "***both***| |  |!|&|&amp;|;|\\|"
    "\\*|[^1]|[x]|[y][x]|![i](/i.png)|'|\"|.|,|:|é|한국|हिंदी|\u00a0|\u2028|\u3000|“q”|{|}|+|-|=|~|^|#|>|\x0c|\u200b"
).split("|")
LINES = (
    "\n~\n\n~\n\n\n~\n- ~\n* ~\n1. ~\n> ~\n# ~\n## ~\n## Same\n~\n\n## Same\n\n~\n\n- a\n- b\n\n~"
    "\n\n> q\n> r\n\n~\n\n1. a\n2. b\n\n~\n\nPlain text.\n\n"
    "~\n\n    code\n\n~    ~\n---\n~\n===\n~|~\n| a | b |\n|---|--:|\n| 1 | 2 |\n~\n\n[^1]: note\n\n~\n[x]: /u\n~\n  b\n~  \n"
).split("~")
FAR = (
    "<b>|</b>|<div>|</div>|<!--|-->|<https://e.org>|<me@e.org>|*[HT]: Hyper\n|HT|\n: def|\n\n: def|\n```\n|\n~"
    "~~py\n|\t|\r\n|&#|&#38;|[TOC]|"
    "\x02|\x03|\ue000|\ue0000|///Footnotes Go Here///"
).split("|")

PHRASES = (
    'Plain text here.~**bold** and *em*.~A [link](https://e.org/x).~See [a](/b/), (**c**) and "*d*".~'
    "R&D rose.~Wrapped\nline two\nline three~"
    "(x)~1.5 per cent~2025 was *good*~“**x**”~see — *y* —~a*b~**a**b~*a* *b*~_u_~a_b~**a [l](/u) b**~"
    "[*e*](/u)~[a](u)[b](v)~![i](/u)~`c`~end[^1]~x > y~"
    '"q"~**a**.~*x*?~2. two~it\'s **"q"**~***t***~**a** **b**~[r][x]~[x]~[l](/u \'t\')~[l](<u>)~'
    "https://e.org/a_b_c~**a~b**~*~[~]~_a~b_~"
    "  two  spaces ~a \nb~a  \nb~a; b & c~&copy;~{x}~#tag~x #~\\*a"
).split("~")


def _paragraphs() -> st.SearchStrategy[str]:
    simple, any_ = (st.lists(st.sampled_from(some), min_size=1, max_size=4) for some in (PHRASES[:11], PHRASES))
    return st.builds(lambda gap, words: gap.join(words), st.sampled_from(" \n"), st.one_of(simple, simple, any_))


TABLE_HEADS = ("| a {b} | {{c}} |", "| {} | } |", "| a | b |", "| a | b |", "|a|*b*|", "| a | |", "a | b", "| a |", "| a | b")
TABLE_RULES = ("|---|---|", "| --- | ---: |", "|:-:|:--|", "| - | - |", "|---|", "|---|---|---|", "| --- | -- -: |", "--- | ---")


def _rows(cell: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    whole = st.builds("| {} | d |".format, cell)
    cut = st.sampled_from(
        ("| a |", "| a | b | c |", "|  |  |", "| a | b", "a | b", "| `|` | b |", "| \\| | b |", "|  a  |b|", "| a | b |  ")
    )
    return st.lists(whole | cut, max_size=3).map("\n".join)


def _blocks() -> st.SearchStrategy[str]:
    paragraph = _paragraphs()
    fixed = (
        "    code~    - nested~[x]: /url~Title\n---~---~* star\n* list~1. a\n- b~- a\n  b\n- c~> a\nlazy~# Same~"
        "## Same~### R&D ##~## *x*~"
    )
    return st.one_of(
        paragraph,
        paragraph,
        st.sampled_from(fixed.rstrip("~").split("~")),
        paragraph.map("## {}".format),
        paragraph.map("## Head\n{}".format),
        paragraph.map("\n{}".format),
        paragraph.map("[^1]: {}".format),
        st.builds("{}\n{}\n{}".format, st.sampled_from(TABLE_HEADS), st.sampled_from(TABLE_RULES), _rows(paragraph)),
        paragraph.map(lambda text: "> " + text.replace("\n", "\n> ")),
        st.lists(paragraph, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
        st.lists(paragraph, min_size=1, max_size=3).map(
            lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
        ),
    )


def markdown_texts() -> st.SearchStrategy[str]:
    """Return texts of which a third are signs at random, a third whole blocks, and a third both with what reaches far."""
    near = st.sampled_from(SIGNS) | st.sampled_from(LINES)
    blocks = st.lists(_blocks(), min_size=1, max_size=5).map("\n\n".join)
    return st.one_of(
        st.lists(near, min_size=1, max_size=20).map("".join),
        blocks,
        st.lists(near | st.sampled_from(FAR) | _blocks(), min_size=1, max_size=6).map("".join),
    )


NOTED = (
    "x [a[^1]](/u) y~x [[^1]](/u) y~a [^1]~- a [^1]\n- b~> a [^1]~x[^1] [^2]~| a [^1] | b |\n|---|---|\n| [^2] | 1 |~"
    "Plain text.[^1]~a[^2], b~[^1]~[^1] a~**b**[^1]~*a[^1]*~[a[^1]](/u)~![^1]~([^2])~## a[^1]~> q[^1]~- a[^1]\n- b[^2]~a[^1][^2]"
    "~a[^1]b~1. a[^1]~| a[^1] | b |\n|---|---|\n| 1 | 2[^2] |~a[^1](/u)~[^1]: a~a_[^1]_~a [^1]\n[^2] b~&[^1];~*[^1]*~a[^1]:"
    "~[a]: [^1]~a[^3]"
).split("~")
NOTES = (
    "[^1]: Note.~[^2]: R&D *a* [b](/u).~[^2]: (x)~[^1]:  a~[^1]:a~[^b]: c~[^1]: a[^2]~[^1]: - a~[^2]: 1. a~[^1]: a\n    b"
    "~[^2]: a \n~text~    a~[^2]: a: b~[^1]: a  b~[^1]:~[^a-b]: c~[^1]: [x]~ [^1]: a~[^1]: *[a]: b~[^2]: “a”"
    "~[^1]: a\u2028b~[^1]: a\x0cb"
).split("~")


def noted_texts() -> st.SearchStrategy[str]:
    """Return texts with references to notes, most of them with the notes at the end."""
    body = st.lists(st.sampled_from(NOTED) | _paragraphs(), min_size=1, max_size=4).map("\n\n".join)
    common = st.permutations(NOTES[:2]).map("\n\n".join)
    notes = st.builds(
        lambda gap, some: gap.join(some), st.sampled_from(("\n", "\n\n", "\n\n\n")), st.lists(st.sampled_from(NOTES), max_size=3)
    )
    return st.builds("{}\n\n{}{}".format, body, common | notes, st.sampled_from(("", "", "\n", "\n\n", "\n\na")))


FENCES = (
    '```\ncode\n```~```python\ndef a():\n\n    b = "<"\n```~```py\nx > 1\n\n\n# not a heading\n---\n- no item\n```~```\n```~```'
    '\n\n```~````\n```\n````~```py\n`a`\n```~```py\na `b`\n *c*\n: d\n```~``` {.py}\na\n```~```py hl_lines="1"\na\n```~```py\na'
    "\n``` ~ ```\na\n```~```\na~a\n```~~~~\na\n~~~~```\n[x]: /u\n[^1]: n\n    \n```~```sql\n| a | b |\n|---|---|\n```"
).split("~")


def fenced_texts() -> st.SearchStrategy[str]:
    """Return texts with fences, most of them apart from other blocks."""
    gap = st.sampled_from(("\n\n", "\n\n", "\n\n", "\n\n\n", "\n"))
    block = st.sampled_from(FENCES) | _blocks() | _paragraphs()
    return st.lists(st.tuples(block, gap).map("".join), min_size=1, max_size=5).map("".join)


SENTENCES = (
    "The two ministries agreed to meet again before the end of the year.|"
    "Trade between them grew by 11.5 per cent, to $3.4 billion.|"
    'Officials called the plan "difficult to verify" and declined to say more.|'
    "Spending on R&D fell, and firms asked for clearer rules.|"
    "What matters is **market access**, not *tariffs*, because demand recovered.|"
    "The [annual survey](https://example.org/reports/survey) says so.|"
    "A [summary of the talks](/briefings/summary/) notes that costs would fall.|"
    "The region's share slipped: three ports were closed (two of them new).|"
    "It is unclear whether the customs protocol will address green hydrogen.|"
    "“We expect an early harvest,” said one negotiator – and left."
).split("|")
HEADINGS = "Background|What was agreed|Risks and open questions|The economic case|R&D|다음 단계|Next steps".split("|")


def make_briefings(count: int) -> list[str]:
    """Return bodies of 150 to 900 words, the same every time, as an archive of briefings holds them."""
    rng = Random(20250816)
    return [_make_body(rng) for _ in range(count)]


def _make_body(rng: Random) -> str:
    def prose() -> str:
        return " ".join(rng.choices(SENTENCES, k=rng.randint(2, 5)))

    makers = (
        lambda: f"## {rng.choice(HEADINGS)}",
        lambda: "> " + prose(),
        lambda: "\n".join("- " + prose() for _ in range(rng.randint(2, 5))),
        lambda: "\n".join(f"{n}. {prose()}" for n in range(1, rng.randint(3, 6))),
        lambda: (
            "| Measure | Value |\n| --- | ---: |\n"
            + "\n".join(f"| {n} per cent | ${n}.2 billion |" for n in range(rng.randint(2, 5)))
        ),
    )
    rare = (
        lambda: prose() + "[^1]\n\n[^1]: A note on the figures.",
        lambda: "```python\ndef share(part, whole):\n    return part / whole\n```",
        lambda: "Term\n:   What it means.",
        lambda: "The HTML page.\n\n*[HTML]: Hyper Text Markup Language",
        lambda: "- one\n\n    still one\n\n- two\n    - nested",
        lambda: "A <b>raw</b> word & <https://example.org/>.",
    )
    blocks = []
    for _ in range(rng.randint(5, 14)):
        blocks.append(prose())
        if rng.random() < 0.4:
            blocks.append(rng.choice(makers)())
        if rng.random() < 0.03:
            blocks.append(rng.choice(rare)())
    return "\n\n".join(blocks) + "\n"
