"""Recognising what a web page says about itself between the sentences of an article: links, buttons, notices, tags.

A line is furniture only when it looks like it twice: by its words, and by being short, imperative or without a full stop. A sentence
about cookies or newspapers stays.
"""

import re

# Labels that announce a link to another article, in the languages whose news sites are commonly scraped.
_UNMISTAKABLE = r"""
    also\s+(?:read|on|worth|from|in\s+the\s+news)\b[^:.]{0,20} | read\s+also | also\s+see | see\s+(?:also|too) | read\s+(?:more|next|this|here|the\s+rest|full)\b[^:.]{0,30} | must[\s-]read | don['’]?t\s+miss
  | you\s+(?:may|might)\s+(?:also\s+)?like | recommended(?:\s+(?:for\s+you|stories|reading))?
  | related(?:\s+(?:stor(?:y|ies)|articles?|news|topics?|coverage|posts?|links?|content|reading))? | further\s+reading
  | in\s+case\s+you\s+missed\s+it | trending(?:\s+(?:now|stories|news))? | most\s+(?:read|popular|viewed|shared)
  | popular\s+(?:now|today|stories) | latest\s+(?:news|stories|headlines) | top\s+stories | editor['’]?s['’]?\s+picks?
  | (?:next|previous)\s+(?:story|article|post) | up\s+next | in\s+(?:pics|pictures|photos)
  | (?:यह|ये|इसे)\s+भी\s+(?:पढ़ें|पढ़ें) | ज़?रूर\s+पढ़ें | और\s+पढ़ें | संबंधित\s+(?:खबरें|लेख)
  | (?:à\s+)?lire\s+(?:aussi|également) | voir\s+aussi | sur\s+le\s+même\s+(?:sujet|thème) | le(?:a|e)\s+también | leia\s+(?:também|mais)
  | ver\s+también | te\s+puede\s+interesar | leggi\s+anche | lesen\s+sie\s+(?:auch|mehr) | mehr\s+zum\s+thema | auch\s+interessant
  | (?:관련|추천)\s?(?:기사|뉴스) | 함께\s?보면 | 関連記事 | あわせて読みたい | 相关(?:阅读|新闻|报道) | 延伸阅读 | 推荐阅读
  | اقرأ\s+(?:أيضاً|أيضًا|أيضا|المزيد) | مواضيع\s+ذات\s+صلة | читайте\s+(?:также|ещё) | baca\s+juga | lees\s+ook | ayrıca\s+oku | xem\s+thêm"""
_LIKELY = r"""
    more\s+(?:on|from|in|stories|news|about|here|coverage)\b[^:|.]{0,40} | elsewhere | watch(?:\s+(?:now|live|video|here))? | listen(?:\s+now)?
  | explainer | explained | analysis | opinion | live | breaking | newsletters? | podcast | alerts? | video | photos? | gallery | poll | quiz | promo"""
# The last alternative is a label glued to its headline: `Also ReadGermany and Norway open …`.
_MARK = r"(?:\s*(?:[:|»›>→▶…]+|\.{3}|[–—-](?=\s)|$)|(?-i:(?=[A-Z])))"
_LINK_LABEL = re.compile(rf"^\W{{0,4}}(?:{_UNMISTAKABLE}){_MARK}", re.IGNORECASE | re.VERBOSE)
_LIKELY_LABEL = re.compile(rf"^\W{{0,4}}(?:{_LIKELY})\s*(?:[:|»›>→▶…]+|[–—-](?=\s))", re.IGNORECASE | re.VERBOSE)
_BARE_LABEL = re.compile(rf"^\W{{0,4}}(?:{_UNMISTAKABLE})\s*[:|»›>→▶…–—-]*\s*$", re.IGNORECASE | re.VERBOSE)
_OPENS_LIST = re.compile(r"(?:more|rest|here|full|المزيد|पढ़ें)\W*$", re.IGNORECASE)

_SHARE_WORD = r"""(?:share|tweet|post|forward|send|mail|e-?mail|print|save|copy|link|copy\s+link|whats\s?app|facebook|twitter|x|fb|f|in|linkedin|telegram|reddit|pinterest|instagram
  |youtube|threads|bookmark|gift|listen|comments?|font|size|a[-+−]|aa|on|via|this|article|story|page|url|copied|follow|us|more|partager|imprimer|compartir|teilen|drucken
  |शेयर|करें|공유|인쇄|分享|打印|シェア|印刷|مشاركة|طباعة|поделиться|bagikan)"""
_SHARE_ROW = re.compile(rf"^\W*{_SHARE_WORD}(?:[\W_]+{_SHARE_WORD})*\W*$", re.IGNORECASE | re.VERBOSE)
_SITE = re.compile(
    r"""^\W{0,4}(?:
    (?:please\s+)?(?:share|send|forward|e-?mail|print|save|bookmark|gift|like|rate)\s+(?:this|it|on|via|your|to\s+a)\b(?!.*\b(?:said|says)\b)
  | (?:please\s+)?follow\s+(?!up|suit)(?:.*\b(?:us|on|for|channels?|page|updates?|desk|live)\b)
  | (?:subscribe|sign\s?up|sign\s+in|log\s?in|register|tap|click|swipe|scroll|download|install|unlock|enable|turn\s+on|join|get|become|start|try|support|donate|buy|check\s+out|visit|stay|discover|explore|catch|browse|view|load|show|see|keep|continue|find)\b
      .*\b(?:newsletters?|letters?|digest|inbox|apps?|alerts?|updates?|updated|channels?|e-?mails?|mailing|subscri\w+|accounts?|comments?|conversation|notifications?|here|for\s+free|free\s+trial|informed|tuned|connected|whats\s?app|telegram|podcast|reply|replies|discussion|more\s+stories|all\s+news|full\s+story|reading|latest\s+news|breaking\s+news|sign\s?up|member|us\s+on|more|daily|weekly|original)\b
  | (?:subscribe|sign\s?up|sign\s+in|log\s?in|register|join\s+now)\W*$
  | (?:[\w\s’',]{0,40}\b)?(?:we|you|your|our|this\s+(?:site|page|website)|cookies)\b.{0,60}\bcookies?\b
  | cookies?\s+(?:on|help|keep|policy|settings|notice|preferences|are\s+used|make|let|improve)\b | (?:we|by\s+(?:continuing|using)).*\bcookies?\b
  | (?:accept|allow|reject|manage)\s+(?:all\s+)?cookies | (?:your\s+)?privacy(?:\s+(?:policy|notice|settings|matters))?\s*(?:$|[:|])
  | be\s+the\s+first\s+to | no\s+comments?\s+(?:yet|so\s+far|posted) | comments?\s+(?:are\s+)?(?:closed|off|policy|section|so\s+far|have\s+been)
  | (?:leave|post|add|write|view|show|read|hide)\s+(?:a\s+|your\s+|all\s+|\d+\s+)?(?:comments?|reply|replies)
  | what\s+do\s+you\s+think\s*\? | have\s+your\s+say
  | skip\s+to\b | back\s+to\s+(?:top|the\s+(?:top|front)|home) | (?:story|article)\s+continues\b | continue[sd]?\s+(?:reading\s+)?below | loading\b
  | (?:read|reading)\s+time\b | (?:a\s+)?\d{1,3}[\s-]*min(?:ute)?s?(?:\s+read)?\W*$ | listen\s+to\s+(?:this|the)\b
  | our\s+(?:[\w-]+\s+){0,3}(?:newsletter|letter|app|podcast|channel)\b
  | (?:this|the)\s+(?:entry|post|article|story)\b.{0,80}\bappeared\s+first\b | (?:first|originally)\s+published\s+(?:on|in|at|by)\b(?!.*\d{4}.*\w{4}.*\.)
  | whats\s?app\b.{0,30}\b(?:channel|group)\b | हमारे\b.*(?:चैनल|ऐप) | (?:abonnez|inscrivez)-vous | suivez-nous | suscr[ií]b[ae]se | síguenos | s[ií]guenos
  | (?:newsletter\s+)?abonnieren | folgen\s+sie\s+uns | 구독하기 | 카카오톡\s?제보 | 무단\s?전재 | .{0,30}무단\s?전재 | подпис(?:ывайтесь|аться)\b
  | تابعونا | اشترك\b | ikuti\s+kami | 关注我们 | 扫描二维码 | 責任編集 | 责任编辑
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ALWAYS = re.compile(
    r"""^\W{0,4}(?:
    advertisements?(?:\s*[-–:].*)? | ad | ads? \s by .* | sponsored(?:\s+(?:content|post|by.*))? | promoted(?:\s+content)? | partner\s+content | publicité | anzeige | werbung | publicidad | विज्ञापन
  | 광고 | 広告 | 广告 | إعلان | реклама | iklan | pubblicità
  | comments?\s*(?:\(\d+\)|:|\d+)? | \d+\s+(?:comments?|replies|responses|reader\s+notes) | view\s+comments | show\s+comments | commentaires | comentarios | kommentare | 댓글(?:\s?\d+)? | टिप्पणियां | コメント | 评论 | تعليقات | комментарии
  | home | menu | search | close | next | previous | prev | more | top | tags? | share | loading
    )\W{0,4}$""",
    re.IGNORECASE | re.VERBOSE,
)
_TAGS = re.compile(
    r"""^\W{0,4}(?:tags?|tagged(?:\s+(?:as|with|in|under))?|topics?|filed\s+under|posted\s+in|keywords?|labels?|categor(?:y|ies)|hashtags?|in\s+this\s+(?:article|story)
    |mots[- ]clés|schlagw[oö]rter|etiquetas|टैग्?स?|태그|タグ|标签|الوسوم|теги)\s*(?:[:|]|//)\s*\S""",
    re.IGNORECASE | re.VERBOSE,
)
_HASHTAGS = re.compile(r"^\W{0,2}(?:#[\w&-]+[\s,|/·]*)+$")
_RIGHTS = re.compile(r"^\W{0,3}(?:©|\(c\)\s|copyright\b)|\ball\s+rights\s+reserved\b|^전재|저작권자", re.IGNORECASE)
_NOTICE = re.compile(
    r"""^\W{0,3}(?:
    this\s+(?:story|article|report|content|copy|news|piece)\b.{0,80}\b(?:edited|auto-?generated|syndicated|generated|published)\b
  | (?:\W?except\s+for\s+the\s+headline) | disclaimer\s*: | \(?with\s+(?:\w+\s+){0,3}inputs?\b | \(?inputs?\s+from\b | \(?(?:additional\s+)?report(?:ing|ed)\s+by\b | \(?(?:writing|editing|edited|compiled|translated|published)\s+by\b
  | catch\s+all\s+the\b | for\s+(?:all\s+)?the\s+latest\b | first\s+published\s*: | note\s+to\s+readers | correction\s+policy
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT = re.compile(r"\b(?:subscribe|sign\s?up|log\s?in|newsletters?|cookies?|share\s+this)\b", re.IGNORECASE)
_NOTICE_LABEL = re.compile(
    r"^\W{0,4}(?:newsletters?|podcast|advertisement|promo(?:tion)?|subscribe|follow\s+us)\s*[:|]", re.IGNORECASE
)
_INLINE = re.compile(rf"\s*[(\[](?:{_UNMISTAKABLE})\s*[:|–—-][^()\[\]]{{0,200}}[)\]]", re.IGNORECASE | re.VERBOSE)
_GLUED = re.compile(
    r"(?<=[.!?”\"’'])\s*(?:also\s+read|read\s+also|read\s+more|यह\s+भी\s+पढ़ें|lire\s+aussi|lea\s+también|baca\s+juga)\s*[:|–—-]\s*[^.!?]{0,200}$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"""^\W{0,4}(?:(?:\d+\s+|all\s+|post\s+a\s+|leave\s+a\s+|add\s+a\s+|reader\s+)?(?:comments?|reply|replies|reader\s+notes)\s*(?:\(\d+\)|:|\d+)?|comments?\s+section|join\s+the\s+(?:conversation|discussion)
    |commentaires(?:\s*\(\d+\))?|comentarios(?:\s*\(\d+\))?|kommentare(?:\s*\(\d+\))?|댓글(?:\s?\d+)?)\W{0,4}$""",
    re.IGNORECASE | re.VERBOSE,
)
_FULL_STOP = re.compile(r"[.!?।。؟][\"'”’)\]]*$")
# Longer lines are paragraphs whatever their words: the longest notice seen in the wild had 34 words.
_MAX_WORDS = 22
_MAX_NOTICE_WORDS = 45


def is_furniture(text: str) -> bool:
    """Say whether a line or paragraph belongs to the page and not to the article."""
    if len(text) > 400:
        return False
    if not any(char.isalnum() for char in text):
        return True
    if text[0] in "\"“'‘«" and _FULL_STOP.search(text):
        return False
    words = len(text.split())
    if words > _MAX_NOTICE_WORDS:
        return False
    if _NOTICE.match(text) or (_RIGHTS.search(text) and words <= 20) or _HASHTAGS.match(text) or _ALWAYS.match(text):
        return True
    if words > _MAX_WORDS:
        return False
    ends = _FULL_STOP.search(text)
    if _NOTICE_LABEL.match(text) or (words <= 7 and _SHORT.search(text)):
        return True
    if _LINK_LABEL.match(text) or _SHARE_ROW.match(text):
        return True
    return bool((not ends and (_LIKELY_LABEL.match(text) or _TAGS.match(text))) or _SITE.match(text))


def opens_links(text: str) -> bool:
    """Say whether a line is a bare label (`Also Read`, `Related stories`) whose links follow on lines of their own."""
    return len(text) < 60 and bool(_BARE_LABEL.match(text)) and not _OPENS_LIST.search(text)


def opens_comments(text: str) -> bool:
    """Say whether everything from this line on is what readers wrote."""
    return len(text) < 60 and bool(_TAIL.match(text))


def is_headline(text: str) -> bool:
    """Say whether a line reads like the title of a linked article: some words and no full stop."""
    return 3 <= len(text.split()) <= _MAX_WORDS and not _FULL_STOP.search(text) and not text.endswith((":", ",", ";"))


def strip_links(text: str) -> str:
    """Return a paragraph without the links to other articles that were glued into it."""
    return _GLUED.sub("", _INLINE.sub("", text)) if _MAY_HOLD_LINK.search(text) else text


_MAY_HOLD_LINK = re.compile(
    r"(?i:read|related|watch|recommended|lire|también|baca|पढ़ें|lesen|관련|関連|相关|اقرأ|читайте|see also|miss|trending|popular)"
)
