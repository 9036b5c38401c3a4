"""The style sheet of coloured code: few colours, each readable on a light and on a dark page.

Not one of Pygments' own styles, since none of them says that it reaches a contrast of 4.5:1, and most do not, least of all with
their comments. `light-dark()` follows the `color-scheme` of the page, so a switch between the schemes needs no second sheet.
"""

# Kind of word: colour on light, colour on dark, classes of Pygments. What is not named here has the colour of the text.
COLOURS = {
    "comment": ("#59636e", "#a3adb8", "c c1 ch cm cp cpf cs sd go gu"),
    "keyword": ("#8a1c5b", "#ff9fcb", "k kc kd kn kp kr ow nt bp"),
    "string": ("#0b5c3b", "#8fdbae", "s s1 s2 sa sb sc dl sh sx si ss se sr esc gi"),
    "number": ("#0a4f9e", "#93c8ff", "m mb mf mh mi mo il l ld no gp"),
    "name": ("#5a32a3", "#ccb4ff", "nf fm nc ne nd nb na ni nl vm"),
    "fault": ("#a3201a", "#ffa69b", "err gr gd gt"),
}
_EXTRA = (
    ".codehilite .hll{background:light-dark(#fff3c4,#3b3417)}",
    ".codehilite :is(.ge,.ges){font-style:italic}",
    ".codehilite :is(.gs,.ges,.gh){font-weight:bold}",
)


def code_css() -> str:
    """Return the rules for `.codehilite`, one a line; they need `color-scheme: light dark` on the page."""
    rules = (
        f".codehilite :is({','.join('.' + name for name in classes.split())}){{color:light-dark({light},{dark})}}"
        for light, dark, classes in COLOURS.values()
    )
    return "\n".join((*rules, *_EXTRA))
