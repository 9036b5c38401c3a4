# ruff: noqa: E501  # Dirt and its expected form are easier to compare on one line each.
"""Dirt goes, sentences stay: the promises of cleaning, on messes of our own writing and on generated ones."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from generator.errors import Location, SeedError
from generator.ingest import Made, propose
from generator.ingest.clean import clean
from generator.ingest.clean.captions import find_caption
from generator.ingest.clean.crumbs import is_crumbs, looks_like_crumbs, strip_crumbs
from generator.ingest.clean.datelines import find_dateline
from generator.ingest.clean.furniture import is_furniture
from generator.ingest.clean.lines import is_outlet, parse_byline, parse_stamp_line
from generator.ingest.clean.rows import find_width
from generator.ingest.prose import Article, dump_blocks, strip_marks
from generator.model import Seed
from generator.publish.markup import render_markdown
from tests.factories import shipped_vocabulary

REAL_SEED = Path(__file__).parent.parent / "seeds" / "000_0eaf84618f860533.txt"


def make_seed(body: str, syntax: str = "text", **fields: str) -> Seed:
    return Seed("a", Location("seeds/a.txt"), "sha256:00", syntax, body, **fields)


def cleaned(body: str, syntax: str = "text", **fields: str) -> Article:
    return clean(make_seed(body, syntax, **fields))


def text_of(body: str, syntax: str = "text", **fields: str) -> str:
    return strip_marks(cleaned(body, syntax, **fields).blocks)


LEAD = "Peru and Fiji agreed on Monday to open a fisheries office in Lima before the end of the year."
NEXT = "The office will have twelve people, the fisheries ministry of Peru said after the meeting."


def test_real_seed_loses_its_dirt_and_keeps_every_sentence() -> None:
    article = cleaned(REAL_SEED.read_text(encoding="utf-8"))
    text = strip_marks(article.blocks)
    assert article.title == "India, South Korea Resolve To Set 'New Industrial Ambition' In High-Tech Sectors"
    assert article.publisher == "NDTV Profit"
    assert [stamp.moment.isoformat() for stamp in article.stamps] == ["2025-08-16T21:52:00+05:30"]
    assert article.caption is not None
    assert article.caption.credit == "Jaishankar/ X profile"
    assert text.startswith("India and South Korea on Saturday resolved")
    assert text.endswith("the MEA said in a statement.")
    assert len(article.blocks) == 15
    assert not re.search(r"Business News|09:52|NDTV|X profile|<", text)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Business NewsBusinessPeru and Fiji Agree on Fish", "Peru and Fiji Agree on Fish"),
        ("HomePeru NewsDiplomacyPeru and Fiji Agree on Fish", "Peru and Fiji Agree on Fish"),
        ("Home > World > South Pacific > Peru and Fiji Agree on Fish", "Peru and Fiji Agree on Fish"),
        ("World / Asia / Peru and Fiji Agree on Fish", "Peru and Fiji Agree on Fish"),
        ("Policy Desk NotesPeru and Fiji Agree on Fish", "Peru and Fiji Agree on Fish"),
        ("BrahMos Sale to Peru Agreed", "BrahMos Sale to Peru Agreed"),
        ("McDonald Visits Peru for Talks", "McDonald Visits Peru for Talks"),
        ("NewsPoliticsBrahMos Sale to Peru Agreed", "BrahMos Sale to Peru Agreed"),
        ("World Bank Lends to Peru", "World Bank Lends to Peru"),
        ("देशभारत और पेरू ने समझौते पर हस्ताक्षर किए", "भारत और पेरू ने समझौते पर हस्ताक्षर किए"),
    ],
)
def test_section_names_leave_the_headline(line: str, title: str) -> None:
    assert strip_crumbs(line, "Peru and Fiji met. The BrahMos missile was sold. McDonald came.") == title


@pytest.mark.parametrize("line", ["Home > World > Asia", "Business News", "World » Africa", "NewsBusinessEconomy"])
def test_lines_of_section_names_are_breadcrumbs(line: str) -> None:
    assert is_crumbs(line)


FURNITURE = """\
Also Read: Chad, Niger sign water pact
ALSO READ | Chad, Niger sign water pact
Also ReadChad and Niger open …
(Also Read: Chad, Niger sign water pact)
Read more >>
Related: Chad and Niger sign…
Related stories
More on this story
Share • Tweet • Email
Share on: [f] [x] [in]
Share this article
Post | Mail | Save
Follow us on Google News
Follow the desk for daily updates
Join our WhatsApp Channel to get latest news and updates
Subscribe to our newsletter
Get our Friday letter. Sign up
Sign in to comment
We use cookies. OK
This site uses cookies to improve your experience.
Your privacy: cookies keep this site running
Comments (0)
No comments so far. Be first.
Be the first to reply
Tags: peru | fiji | fish
#peru #fiji #fish
Topics // fish // ports
Advertisement
Story continues below this advertisement
(With inputs from PTI)
(This story has not been edited by our staff and is auto-generated from a syndicated feed.)
© 2024 The Example Times. All rights reserved.
4 min read
Copyright © 2024 The Example Times
Copyright The Example Times
With inputs from agencies
(Inputs from PTI and The Example Times)
Published by The Example Times.
Reporting by Ana Rojas in Lima; editing by Jone Vula.
This article was originally published by The Example Times.
For the latest news, download our app.
Sign up today.
Click here to read more.
Stay tuned for more.
Sponsored by The Example Bank
무단전재 및 재배포 금지
اشترك الآن
***
यह भी पढ़ें: पेरू और फिजी
À lire aussi : le Pérou et les Fidji
관련기사
この記事をシェア
اقرأ أيضا: بيرو وفيجي
""".splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_between_paragraphs_is_left_out(line: str) -> None:
    body = f"Peru and Fiji Agree on Fish\n\n{LEAD}\n\n{line}\n\n{NEXT}\n\n{LEAD.replace('Monday', 'Sunday')}\n\n{NEXT}"
    assert text_of(body).splitlines() == [LEAD, NEXT, LEAD.replace("Monday", "Sunday"), NEXT]


SENTENCES = """\
The ministers will share intelligence on fishing fleets.
Read together, the two texts open a market of two million people.
Related developments were discussed in Suva last week.
Related: talks on visas went on too, he added.
Cookies and biscuits are among the goods whose tariffs fall to zero.
"Follow us if you can," the president told reporters.
Comments by the minister drew criticism in Suva.
More than 40 ships fish in these waters.
Watch lists are to be exchanged twice a year.
The advertisement of the port tender is due in May.
The privacy of passengers was a subject of the talks.
Signed in duplicate, in the English language.
Elsewhere, the two sides agreed to differ.
Subscribers of both telephone companies pay less from June.
Get-togethers of the two chambers of commerce are planned.
Also on Tuesday, Peru and Fiji exchanged lists of their ports.
This report, published by the ministry in Lima on Monday, says that trade with Fiji fell by a tenth.
Published by the ministry of trade in Suva, the list names forty ships.
Reported by a newspaper last week, the sale of the boats was confirmed in Lima.
For the latest round of talks, Fiji sent its minister of trade to Lima.
Inputs from Fiji make up a third of the value of each can.
Support for the accord rose more in Lima than in Suva.
Catch quotas for tuna were cut more in Fiji than in Peru.
Peru and Chile share this view.
Fiji did not sign up.
Copyright disputes between the two countries fell by half last year.
Sponsored by Peru and Chile, the resolution passed with ninety votes.
The minister shared a photo: both delegations on the pier.
Exports of Peru to Fiji doubled in a year (source: customs).
전재수 장관은 15일 리마에서 회담했다.
اشترك البلدان في مناورات بحرية قرب ليما.
दोनों देशों ने व्यापार बढ़ाने पर सहमति जताई।
Les deux ministres ont signé l’accord à Lima.
양국은 수산 협력을 확대하기로 합의했다.
وقع الوزيران الاتفاق في ليما.
""".splitlines()


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_that_look_like_furniture_stay(line: str) -> None:
    assert not is_furniture(line)
    assert text_of(f"Peru and Fiji Agree on Fish\n\n{LEAD}\n\n{line}\n\n{NEXT}").splitlines() == [LEAD, line, NEXT]


def test_comments_of_readers_are_cut_to_the_end() -> None:
    body = (
        f"Peru and Fiji Agree on Fish\n\n{LEAD}\n\n{NEXT}\n\n{NEXT}\n\n2 Comments\nJohn: At last, a good idea.\nMary: I wonder."
    )
    assert text_of(body).splitlines() == [LEAD, NEXT, NEXT]


def test_links_under_a_bare_label_go_with_it() -> None:
    body = f"Peru and Fiji Agree on Fish\n\n{LEAD}\n\nAlso Read\n\nChad And Niger Sign Water Pact\n\n{NEXT}"
    assert text_of(body).splitlines() == [LEAD, NEXT]


def test_caption_is_kept_once_with_its_credit() -> None:
    caption = "A fishing boat off Lima, file picture. (Photo: Example Archive)"
    body = f"Peru and Fiji Agree on Fish\n<figure><p>{caption}</p></figure>\n{caption}\n\n{LEAD}\n\n{caption}\n\n{NEXT}"
    article = cleaned(body)
    assert article.caption is not None
    assert (article.caption.text, article.caption.credit) == ("A fishing boat off Lima, file picture", "Example Archive")
    assert strip_marks(article.blocks).splitlines() == [LEAD, NEXT]


@pytest.mark.parametrize(
    "sentence",
    [
        "The two sides agreed on new sectors (trade and investment).",
        "The corridor leads to Europe (via the Red Sea).",
        "The figures are from the ministry (source of the claim unknown).",
        "ペルーとフィジーは来年、リマで再び会う予定である。(c)AFP/Ana PAREDES",
    ],
)
def test_sentences_that_end_in_brackets_are_no_captions(sentence: str) -> None:
    assert find_caption(sentence) is None


@pytest.mark.parametrize(
    ("paragraph", "place", "agency", "start"),
    [
        ("NEW DELHI, March 6 (PTI) - The minister of Peru arrived.", "NEW DELHI", "PTI", "The minister"),
        ("SEOUL, Sept. 10 -- The minister of Peru arrived.", "SEOUL", "", "The minister"),
        ("TOKYO, 16 March — The minister of Peru arrived.", "TOKYO", "", "The minister"),
        ("WASHINGTON (AP) — The minister of Peru arrived.", "WASHINGTON", "AP", "The minister"),
        ("NEW DELHI (April 28): The minister of Peru arrived.", "NEW DELHI", "", "The minister"),
        ("Lima, Aug 16 (Xinhua) -- The minister of Fiji arrived.", "Lima", "Xinhua", "The minister"),
        ("KANANASKIS, Canada, June 17 - The minister of Peru arrived.", "KANANASKIS, Canada", "", "The minister"),
        ("(Reuters) - The minister of Peru arrived in Suva.", "", "Reuters", "The minister"),
        ("BERN (dpa) - The minister of Peru arrived in Suva.", "BERN", "dpa", "The minister"),
        ("CIUDAD DE MÉXICO (EFE).- El ministro de Perú llegó el martes.", "CIUDAD DE MÉXICO", "EFE", "El ministro"),
        ("MADRID.- El ministro de Perú llegó el martes a Suva.", "MADRID", "", "El ministro"),
        ("Lisboa, 3 mai (Lusa) — O ministro do Peru chegou a Suva.", "Lisboa", "Lusa", "O ministro"),
        ("МОСКВА, 9 июля — РИА Новости. Министр прибыл во вторник в Лиму.", "МОСКВА", "РИА Новости", "Министр"),
        ("МОСКВА, 5 марта /ТАСС/. Министр прибыл во вторник в Лиму.", "МОСКВА", "ТАСС", "Министр"),
        ("【マニラ共同】大臣は火曜日にリマに到着し、会談に臨んだと発表した。", "マニラ", "共同", "大臣は"),
        ("新华社利马9月5日电（记者张三）秘鲁部长星期二抵达苏瓦，开始为期三天的访问。", "利马", "新华社", "秘鲁"),
        (
            "SANTIAGO, 3 de marzo de 2021 (Agencia Andina) - Los ministros llegaron a Lima.",
            "SANTIAGO",
            "Agencia Andina",
            "Los ministros",
        ),
        ("नई दिल्ली, 22 मार्च 2024 (एजेंसी)। पेरू के मंत्री मंगलवार को सुवा पहुंचे।", "नई दिल्ली", "एजेंसी", "पेरू"),
        ("LIMA, April 7. /TASS/. The minister of Fiji arrived in Peru.", "LIMA", "TASS", "The minister"),
        (
            "GOMA, Democratic Republic of the Congo, 11 June 2022 - The minister of Peru arrived.",
            "GOMA, Democratic Republic of the Congo",
            "",
            "The minister",
        ),
        ("LIMA, 17 OCTOBER 2023 - The minister of Fiji arrived.", "LIMA", "", "The minister"),
        ("(하노이=연합뉴스) 장관은 화요일에 하노이에 도착해 회담에 들어갔다고 밝혔다.", "하노이", "연합뉴스", "장관은"),
        ("NIAMEY (Sahel Presse) 2023-05-04 — The minister of Peru arrived.", "NIAMEY", "Sahel Presse", "The minister"),
        ("NEW DELHI, March 6 (PTI) The minister of Peru arrived.", "NEW DELHI", "PTI", "The minister"),
        ("New Delhi [India], March 6 (ANI): The minister of Peru arrived.", "New Delhi", "ANI", "The minister"),
        ("ABU DHABI, 6th March, 2024 (WAM) -- The minister of Peru arrived.", "ABU DHABI", "WAM", "The minister"),
        ("Riyadh, March 06, 2024, SPA -- The minister of Peru arrived.", "Riyadh", "SPA", "The minister"),
        ("Addis Ababa, March 6/2024 (ENA) - The minister of Peru arrived.", "Addis Ababa", "ENA", "The minister"),
        ("Paris, France | AFP | The minister of Peru arrived.", "Paris, France", "AFP", "The minister"),
        ("Tehran, March 6, IRNA – The minister of Peru arrived.", "Tehran", "IRNA", "The minister"),
        ("Damascus, SANA- The minister of Peru arrived in Suva.", "Damascus", "SANA", "The minister"),
        ("CAIRO - 6 March 2024: The minister of Peru arrived.", "CAIRO", "", "The minister"),
        ("JAKARTA, KOMPAS.com - Menteri Peru tiba di Jakarta.", "JAKARTA", "KOMPAS.com", "Menteri Peru"),
        ("Jakarta, detik.com – Menteri Peru tiba di Jakarta.", "Jakarta", "detik.com", "Menteri Peru"),
        ("(ANSA) - ROMA, 06 MAR - Il ministro del Perù è arrivato.", "ROMA", "ANSA", "Il ministro"),
        ("Rabat, 06/03/2024 (MAP) - Le ministre du Pérou est arrivé.", "Rabat", "MAP", "Le ministre"),
        ("BERLIN (dpa-AFX) - Der Minister aus Peru ist eingetroffen.", "BERLIN", "dpa-AFX", "Der Minister"),
        ("Ciudad de México, 6 mar (EFE).- El ministro de Perú llegó.", "Ciudad de México", "EFE", "El ministro"),
        ("6 марта, Минск /Корр. БЕЛТА/. Министр прибыл во вторник.", "Минск", "БЕЛТА", "Министр"),
        ("Москва. 6 марта. INTERFAX.RU - Министр прибыл во вторник.", "Москва", "INTERFAX.RU", "Министр"),
        ("（中央社記者王小明台北6日電）秘魯部長星期二抵達蘇瓦，開始為期三天的訪問。", "台北", "中央社", "秘魯"),
        ("[東京 6日 ロイター] - 大臣は火曜日にリマに到着したと発表した。", "東京", "ロイター", "大臣は"),
        ("[예시일보 김철수 기자] 장관은 화요일에 하노이에 도착했다고 밝혔다.", "", "예시일보", "장관은"),
    ],
)
def test_dateline_is_metadata(paragraph: str, place: str, agency: str, start: str) -> None:
    found = find_dateline(paragraph)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert paragraph[len(found.text) :].startswith(start)


MASTHEADS = [
    (
        "Press Information Bureau\nGovernment of Peru\nMinistry of Fisheries & Trade\n\n{}\n\nPosted On: 14 MAR 2023 6:42PM by PIB Lima",
        "Press Information Bureau",
    ),
    ("DEPARTMENT OF STATE\nFOR THE PRESS\nMARCH 14, 2023\nNo. 312\n\n{}", "DEPARTMENT OF STATE"),
    ("Ministry of Fisheries\nFor Immediate Release\n14 March 2023\n\n{}", "Ministry of Fisheries"),
    (
        "GOV.UK\nHome > World > Peru\n\nPress release\n\n{}\n\nThe office will allow both fleets to count the anchovy in the open sea.\n\nPublished 14 March 2023",
        "GOV.UK",
    ),
]


@pytest.mark.parametrize(("head", "publisher"), MASTHEADS)
def test_a_release_is_known_by_the_headline_under_its_masthead(head: str, publisher: str) -> None:
    title = "Peru and Fiji open an office for fish"
    article = cleaned(f"{head.format(title)}\n\n{LEAD}\n\n{NEXT}\n\n***\nAD/VN\n(Release ID: 1906931)\n")
    text = strip_marks(article.blocks)
    assert (article.title, article.publisher) == (title, publisher)
    assert [stamp.day.isoformat() for stamp in article.stamps] == ["2023-03-14"]
    assert text.endswith(f"{LEAD}\n{NEXT}")
    assert "312" not in text
    assert "Published" not in text


@pytest.mark.parametrize(
    "title", ["Joint Statement", "Gemeinsame Erklärung von Peru und Fidschi", "Press Remarks", "JOINT COMMUNIQUÉ"]
)
def test_a_document_is_called_what_its_first_line_calls_it(title: str) -> None:
    assert cleaned(f"{title}\n\n12 October 2009\n\n{LEAD}\n\n{NEXT}").title == title


@pytest.mark.parametrize("line", ["New Delhi", "Ana Rojas", "World News"])
def test_two_other_words_are_no_headline(line: str) -> None:
    assert cleaned(f"{line}\n\n12 October 2009\n\n{LEAD}\n\n{NEXT}").title == ""


def test_a_german_newspaper_is_known_by_its_name_and_the_dateline_stands_under_it() -> None:
    body = "Peru und Fidschi einigen sich\nBerliner Wirtschaftsblatt\n25.08.2021\n\nLIMA (dpa) - Die Minister von Peru und Fidschi haben sich geeinigt."
    article = cleaned(body)
    assert (article.publisher, article.place) == ("Berliner Wirtschaftsblatt", "LIMA")


def test_a_mail_gives_its_subject_and_nothing_of_its_head_and_end() -> None:
    head = "From: press@fish.example.pe\nTo: editors\nDate: Tue, 2 Mar 2021 18:15:00 +0300\nSubject: Peru and Fiji open an office for fish\n\n"
    end = "\n\nENDS\n\nNotes to editors\n\nFor media enquiries please contact: press@fish.example.pe, +51 1 555 0100\n"
    article = cleaned(f"{head}{LEAD}\n\n{NEXT}{end}")
    assert article.title == "Peru and Fiji open an office for fish"
    assert [stamp.moment.isoformat() for stamp in article.stamps] == ["2021-03-02T18:15:00+03:00"]
    assert strip_marks(article.blocks).splitlines() == [LEAD, NEXT]


def test_a_bare_address_is_where_the_article_came_from() -> None:
    article = cleaned(f"Peru and Fiji open an office for fish\nhttps://fish.example.pe/2021/03/02/office/\n\n{LEAD}\n\n{NEXT}")
    assert dict(article.fields) == {"url": "https://fish.example.pe/2021/03/02/office/"}
    assert strip_marks(article.blocks).splitlines() == [LEAD, NEXT]


def test_what_readers_wrote_goes_however_short_the_article_is() -> None:
    comments = "Comments (12)\n\nJohn: A very good article, many thanks to all of you for it.\n\n" * 4
    assert text_of(f"Peru and Fiji open an office for fish\n\n{LEAD}\n\n{NEXT}\n\n{comments}").splitlines() == [LEAD, NEXT]


@pytest.mark.parametrize("line", ["[embedded content]", "Watch the video below", "-30-", "## END ##"])
def test_what_a_page_says_between_paragraphs_goes(line: str) -> None:
    assert text_of(f"Peru and Fiji open an office for fish\n\n{LEAD}\n\n{line}\n\n{NEXT}").splitlines() == [LEAD, NEXT]


def test_a_headline_that_names_an_office_is_no_masthead() -> None:
    article = cleaned(f"The Example Times\nGovernment of Peru Raises Fuel Levy\n14 March 2023\n\n{LEAD}\n\n{NEXT}")
    assert article.title == "Government of Peru Raises Fuel Levy"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Dr Ana Rojas", "Dr Ana Rojas"),
        ("By Ana Rojas / Staff reporter", "Ana Rojas"),
        ("Amb. Ben Tui", "Amb. Ben Tui"),
        ("New Delhi", ""),
    ],
)
def test_a_name_with_a_title_under_the_headline_is_the_authors(line: str, author: str) -> None:
    assert cleaned(f"Why Peru needs Fiji for its fish\n\n{line}\n\n{LEAD}\n\n{NEXT}").author == author


@pytest.mark.parametrize(
    "paragraph",
    [
        "PRESIDENT MARTINEZ: Thank you all for coming to this meeting.",
        "Background: The two countries have no treaty on fisheries.",
        "India-Peru trade - the subject of the talks - rose by a tenth.",
        "AUKUS is the name that three leaders gave to a partnership.",
    ],
)
def test_what_speaks_or_explains_is_no_dateline(paragraph: str) -> None:
    assert find_dateline(paragraph) is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("MANILA: The minister of Peru arrived on Tuesday.", "The minister"),
        ("Kathmandu: The minister of Peru arrived on Tuesday.", "The minister"),
        ("Cairo — The minister of Peru arrived on Tuesday.", "The minister"),
        ("Havana, Mar 6 (Prensa Latina) The minister of Peru arrived on Tuesday.", "The minister"),
        ("القاهرة في 6 مارس /أ ش أ/ وصل وزير الثقافة يوم الأحد إلى المدينة القديمة.", "وصل"),
        ("الكويت - 6 - 3 (كونا) -- وصل وزير الثقافة يوم الأحد إلى المدينة القديمة.", "وصل"),
        ("الرياض 06 مارس 2024 واس وصل وزير الثقافة يوم الأحد إلى المدينة القديمة.", "وصل"),
        ("नयी दिल्ली, छह मार्च (भाषा) मंत्री मंगलवार को सुवा पहुंचे और बैठक में शामिल हुए।", "मंत्री"),
        ("On March 6 (Monday) the minister of Peru arrived.", "On March"),
        ("Monday, March 6 (local time) the minister of Peru arrived.", "Monday"),
        ("قال وزير الثقافة في 6 مارس (آذار) إن المتحف افتتح يوم الأحد في المدينة القديمة.", "قال"),
        ("पिछले साल, 6 मार्च (शनिवार) को मंत्री सुवा पहुंचे और बैठक में शामिल हुए।", "पिछले"),
        ("Olaf Scholz (SPD) - der Kanzler - kam am Dienstag nach Lima.", "Olaf"),
        ("U.S. - China trade grew by a tenth in the spring.", "U.S."),
        ("الرياض - افتتح وزير الثقافة متحفا جديدا يوم الأحد في المدينة القديمة.", "افتتح"),
        ("PRESIDENT: The minister of Peru arrived on Tuesday.", "PRESIDENT"),
        ("Moscow – Beijing trade grew by a tenth in the spring.", "Moscow"),
        ("Japan: The minister of Peru arrived on Tuesday.", "Japan"),
    ],
)
def test_a_city_before_a_colon_or_dash_is_a_dateline(text: str, start: str) -> None:
    made = propose(make_seed(f"{text} He will stay for three days, the embassy said.", title="A visit"), shipped_vocabulary())
    assert isinstance(made, Made)
    assert made.text.startswith(start)


@pytest.mark.parametrize(
    "line",
    [
        "16 Aug 2025, 09:52 PM IST i",
        "Updated: August 16, 2025 9:52 pm IST",
        "Wed, Apr 30, 2025 at 7:12 PM ET",
        "By Jane Doe | Updated 16 Aug 2025 | 3 min read",
        "Published - August 16, 2025 09:52 pm IST - NEW DELHI",
        "입력 2025.08.16. 오후 9:52",
        "प्रकाशित: 16 अगस्त 2025",
        "Publié le 16 août 2025 à 21h52",
        "2025年8月16日 21時52分",
    ],
)
def test_time_stamps_are_lines_of_their_own(line: str) -> None:
    assert parse_stamp_line(line) is not None


def test_a_sentence_with_a_date_is_no_time_stamp() -> None:
    assert parse_stamp_line("The text was signed in Lima on 16 August 2025 by both ministers.") is None
    assert parse_stamp_line("It was to take effect on 1 January 2021.") is None


@pytest.mark.parametrize(
    "name", ["The East African", "The South African", "The Africa Report", "Arab News", "Gulf News", "The Nation", "The European"]
)
@pytest.mark.parametrize("head", ["{title}\n{day}\n{name}", "{title}\n\n{name}\n\n{day}", "{name}\n{title}\n{day}"])
def test_an_outlet_with_the_name_of_a_section_is_the_publisher(name: str, head: str) -> None:
    title = "Peru and Fiji open an office in Lima"
    article = cleaned(f"{head.format(title=title, day='15 September 2025', name=name)}\n{LEAD}\n")
    assert (article.title, article.publisher, strip_marks(article.blocks)) == (title, name, LEAD)


@pytest.mark.parametrize("section", ["Africa", "World News", "Business News", "The Americas", "Middle East"])
def test_a_section_under_the_headline_is_no_publisher(section: str) -> None:
    article = cleaned(f"Peru and Fiji open an office in Lima\n15 September 2025\n{section}\n{LEAD}\n")
    assert (article.publisher, strip_marks(article.blocks)) == ("", LEAD)


def test_where_the_outlet_is_known_a_section_of_such_a_name_is_one() -> None:
    article = cleaned(f"Peru and Fiji open an office in Lima\nReuters\nThe Nation\n{LEAD}\n")
    assert (article.publisher, strip_marks(article.blocks)) == ("Reuters", LEAD)


def test_bylines_and_publishers_are_told_apart() -> None:
    assert parse_byline("By Jane Doe, Lima") == "Jane Doe"
    assert parse_byline("By Jane Doe in New Delhi") == "Jane Doe"
    assert parse_byline("By Jane Doe in Lima and Juan Pérez in Suva | Reuters") == "Jane Doe and Juan Pérez"
    assert parse_byline("By land and by sea the fleet returned to Lima.") == ""
    assert is_outlet("The Example Times")
    assert is_outlet("exampletimes.co.uk")
    assert not is_outlet("Peru and Fiji agree on news exchange")


def test_a_line_that_goes_on_in_small_letters_is_joined_however_short_the_one_before() -> None:
    lines = [
        "The governments of Peru and Fiji have agreed on fishing after long talks",
        "that were held in the capital of Peru, said officials of the Ministry",
        "of Foreign Affairs, who had been",
        "at work on it since the spring of last year and wanted to be done with it",
        "before the summer, when the boats go out.",
        "Peru will send three ships.",
    ]
    assert text_of("Peru and Fiji Agree on Fish\n\n" + "\n".join(lines)).splitlines()[0].endswith("when the boats go out.")


def test_hard_wrapped_lines_become_paragraphs_again() -> None:
    long = f"{LEAD} {NEXT} {LEAD} {NEXT}"
    words, lines = long.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 64:
            lines.append("")
        lines[-1] += f"{word} "
    wrapped = "\n".join(line.rstrip() for line in lines)
    assert find_width(wrapped.split("\n")) > 0
    assert text_of(f"Peru and Fiji Agree on Fish\n\n{wrapped}\n\n{wrapped}").splitlines() == [long, long]


def test_indented_paragraphs_of_a_wire_are_kept_apart() -> None:
    body = (
        " date 1987-03-02 PERU SEES LARGER CATCH\nReuters\nLIMA, March 2 - Peru expects a larger catch of anchovy this year than\n"
        "in the last, the fisheries ministry said in a statement that was\nissued here today.\n    The catch fell by a tenth in 1986, when warm water kept\n"
        "the shoals away from the coast for three months and made the\nfleet stay in port.\n"
    )
    article = cleaned(body)
    assert [block.plain.split()[0] for block in article.blocks] == ["Peru", "The"]
    assert (article.publisher, article.place) == ("Reuters", "LIMA")


def test_lists_tables_and_headings_are_kept() -> None:
    body = f"# Peru and Fiji Agree\n\n{LEAD}\n\n## What was agreed\n\n- fish;\n- ports.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n> A quotation of some length."
    article = cleaned(body, "markdown")
    assert [block.kind for block in article.blocks] == ["paragraph", "heading", "item", "item", "table", "quote"]
    assert "- fish;\n- ports." in dump_blocks(article.blocks)
    assert "A | B\n1 | 2" in strip_marks(article.blocks)


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("```\na <b>\n\nb\n````", "a <b>\n\nb\n"),
        ("````\n```\na\n```\n````", "```\na\n```\n"),
        ("````\n```\na\n`````", "```\na\n"),
        ("```\na\n    ```\n\nb\n```", "a\n    ```\n\nb\n"),
        ("- An item.\n\n  ```py\n  a\n\n    b\n c\n  ```", "a\n\n  b\nc\n"),
        ('```js title="x" {1}\na\n\nb\n```', "a\n\nb\n"),
        ("~~~\na\n```\n\nb\n~~~~", "a\n```\n\nb\n"),
        ("~~~ `a`\na\n\nb\n~~~", "a\n\nb\n"),
        ('``` {.py hl_lines="1"}\na\n\nb\n```', "a\n\nb\n"),
        ("``` hl_lines='\na\n```", "a\n"),
        ("- An item:\n\n\t```py\n\ta\n\n\t\tb\n\t```", "a\n\n    b\n"),
    ],
)
def test_code_of_a_seed_is_code_on_its_page_and_the_text_below_it_is_none(block: str, code: str) -> None:
    article = cleaned(f"# Peru and Fiji Agree\n\n{LEAD}\n\n{block}\n{NEXT}\n\n```\nend\n```\n\nThe end.", "markdown")
    page = html.fromstring(render_markdown(dump_blocks(article.blocks), location=Location("a.md")))
    assert [element.text_content() for element in page.iter("pre")] == [code, "end\n"]
    assert [element.text_content() for element in page.iter("p")] == [LEAD, NEXT, "The end."]


@pytest.mark.parametrize("line", ["```code``` is a word.", "```", "~~~~\na\n~~~", "```\na\n~~~\nb\n    ```"])
def test_what_is_no_fence_hides_no_text(line: str) -> None:
    wrapped = NEXT.replace(", ", ",\n")
    article = cleaned(f"# Peru and Fiji Agree\n\n{LEAD}\n\n{line}\n\n{wrapped}\n\n- fish\n- ports", "markdown")
    assert "code" not in [block.kind for block in article.blocks]
    assert [block.text for block in article.blocks[-3:]] == [NEXT, "fish", "ports"]


def test_inline_items_of_a_scraper_come_apart() -> None:
    assert text_of(f"Peru and Fiji Agree\n\n{LEAD}\n\n-   One thing is fish. -   Another thing is ports.").splitlines()[1:] == [
        "- One thing is fish.",
        "- Another thing is ports.",
    ]


def test_signs_of_markdown_in_plain_text_stay_what_they_were() -> None:
    line = "1. [Peru](fish) said 2 * 3 is <b>not</b> _seven_ & `code`, #hash and so on for the whole of the text."
    body = dump_blocks(cleaned(f"Peru and Fiji Agree on Fish\n\n{LEAD}\n\nPrice: {line}").blocks)
    assert "\\[Peru\\](" in body or "[Peru\\](" in body
    assert "2 \\* 3" in body
    assert "\\`code\\`" in body


def test_header_without_body_is_refused() -> None:
    with pytest.raises(SeedError, match="nothing but a header"):
        cleaned(
            " date 2025-08-16 Business NewsBusinessPeru and Fiji Agree on Fish\n16 Aug 2025, 09:52 PM IST i\nThe Example Times\n"
        )


def test_a_time_of_day_is_no_title() -> None:
    assert cleaned(f" date 2025-08-16\nThe White House\n\n1:20 P.M. EDT\n\n{LEAD}\n\n{NEXT}\n").title == ""


def test_missing_title_is_not_made_up_from_the_text() -> None:
    article = cleaned(f" date 2025-08-16\nThe White House\n{LEAD}\n\n{NEXT}\n")
    assert (article.title, article.publisher) == ("", "The White House")


ZONES = {"IST": 330, "KST": 540, "GMT": 0, "EST": -300, "CEST": 120, "+05:30": 330, "JST": 540}
PUBLISHERS = [
    "NDTV Profit",
    "The Example Times",
    "Korea Daily",
    "Reuters",
    "Le Monde",
    "Example Business Standard",
    "Ministry of Fisheries",
]
CRUMBS = [
    "Business NewsBusiness",
    "HomeWorldAsia",
    "World News",
    "NewsPolitics",
    "",
    "Home > World > ",
    "TechnologyChipsEurope",
    "Peru NewsDiplomacy",
]
FIRST = ["Peru", "Fiji's Trade Minister", "Iceland, Norway", "Türkiye", "US-Chile Deal:", "Three Nations"]
REST = [
    "Agree To Open 'New Sea Route' In 2026",
    "Sign Pact on 5G, Chips And Ports",
    "Set Up a Fisheries Fund Worth $3 Billion",
    "Put Old Dispute Behind Them",
]
CAPTIONS = [
    "Ministers at the signing ceremony.(Image: PMO/ X profile)",
    "A harbour, file picture. (Photo: Archives)",
    "Representative image. [Credit: Example Archive]",
    "Photo: Ministry of Fisheries",
]


@st.composite
def dirty_seeds(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    """Seeds in the manner of the real one, with everything about them drawn anew."""
    moment = draw(st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2035, 12, 31))).replace(second=0, microsecond=0)  # noqa: DTZ001  # The zone is drawn next.
    zone = draw(st.sampled_from(sorted(ZONES)))
    shape = draw(
        st.sampled_from(
            [
                "%d %b %Y, %I:%M %p {zone} i",
                "Updated: %B %d, %Y %I:%M %p {zone}",
                "%Y-%m-%d %H:%M {zone}",
                "%A, %d %B %Y | %H:%M {zone}",
            ]
        )
    )
    title = f"{draw(st.sampled_from(FIRST))} {draw(st.sampled_from(REST))}"
    publisher = draw(st.sampled_from(PUBLISHERS))
    caption = draw(st.sampled_from(CAPTIONS))
    lines = [
        f" date {moment:%Y-%m-%d} {draw(st.sampled_from(CRUMBS))}{title}",
        moment.strftime(shape).format(zone=zone),
        publisher,
    ]
    if draw(st.booleans()):
        lines += [f'<div class="paragraphs"><p>{caption}</p></div>', caption]
    paragraphs = [
        title.split(maxsplit=1)[0].rstrip("':,s") + " is the subject of a text of some length that was made for this test.",
        LEAD,
        NEXT,
    ]
    body = "\n\n".join(paragraphs)
    if draw(st.booleans()):
        body += f"\n\n{draw(st.sampled_from(FURNITURE[:30]))}"
    text = "\n".join(lines) + "\n" + body + "\n"
    expected = {
        "title": title,
        "publisher": publisher,
        "moment": moment.replace(tzinfo=timezone(timedelta(minutes=ZONES[zone]))),
        "text": paragraphs,
    }
    return draw(st.sampled_from([text, text.replace("\n", "\r\n"), f"\ufeff{text}".lstrip("\ufeff")])), expected


@settings(deadline=None, max_examples=200)
@given(dirty_seeds())
def test_other_dates_zones_publishers_headlines_and_captions_get_the_same_quality(case: tuple[str, dict[str, object]]) -> None:
    text, expected = case
    article = cleaned(text)
    assert article.title == expected["title"]
    assert article.publisher == expected["publisher"]
    assert [stamp.moment for stamp in article.stamps] == [expected["moment"]]
    assert strip_marks(article.blocks).splitlines() == expected["text"]


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=400))
def test_any_text_gives_an_article_or_a_refusal(text: str) -> None:
    try:
        article = cleaned(text)
    except SeedError:
        return
    assert strip_marks(article.blocks).strip()


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="ab [](){}*_`#>|-=~:!<&;\\\n1.", max_size=200))
def test_any_markdown_gives_an_article_or_a_refusal(text: str) -> None:
    try:
        article = cleaned(text, "markdown")
    except SeedError:
        return
    assert article.blocks


@pytest.mark.parametrize(
    "piece", ["[", "(", "<", "&", "Read more: ", "a\n", " - ", "A B ", "1.", "By ", "#", "Home > ", "(Photo: ", "2025 "]
)
def test_hostile_repetitions_stay_linear(piece: str) -> None:
    """Counts, not seconds, would be better; a pattern that backtracks would not come to an end here at all."""
    body = f"Peru and Fiji Agree on Fish\n\n{LEAD}\n\n{piece * (40_000 // len(piece))}\n\n{NEXT}"
    assert strip_marks(cleaned(body).blocks).startswith(LEAD)


def test_date_type_of_a_stamp_without_time_is_a_date() -> None:
    article = cleaned(f"Peru and Fiji Agree on Fish\n16 August 2025\n\n{LEAD}\n\n{NEXT}")
    assert article.stamps[0].moment == date(2025, 8, 16)
    article = cleaned(f"Peru and Fiji Agree on Fish\n16 August 2025, 21:52 GMT\n\n{LEAD}\n\n{NEXT}")
    assert article.stamps[0].moment == datetime(2025, 8, 16, 21, 52, tzinfo=UTC)


LONG = "Statement by the spokesperson of the ministry of foreign affairs of Peru on the call of the minister of fisheries and trade with the minister of Fiji in Suva"


@pytest.mark.parametrize(
    ("head", "syntax"),
    [
        (f"{LONG}\nThe Example Times\nJan 22, 2021\n\n", "text"),
        (f"# {LONG}\n\n*The Example Times* | 22 Jan 2021\n\n", "markdown"),
    ],
)
def test_a_headline_may_be_as_long_as_a_sentence(head: str, syntax: str) -> None:
    article = cleaned(f"{head}{LEAD}\n\n{NEXT}", syntax)
    assert (article.title, article.publisher) == (LONG, "The Example Times")
    assert strip_marks(article.blocks) == f"{LEAD}\n{NEXT}"


@pytest.mark.parametrize(
    "head",
    [
        "The Example Times\n\nPeru and Fiji agree to open a fisheries office\n\n3 May 2024\n\n",
        "Ministry of Fish\nPeru and Fiji agree to open a fisheries office\nPosted On: 03 MAY 2024 5:32PM\n\n",
        "FOR IMMEDIATE RELEASE\nMay 3, 2024\n\nPeru and Fiji agree to open a fisheries office\n\n",
        "Peru and Fiji agree to open a fisheries office\n\nBy Jane Doe, The Example Times\nMay 3, 2024 10:32 AM EDT\n\n",
        "Peru and Fiji agree to open a fisheries office\nMay 3, 2024\nThe ministers in Lima on Monday. REUTERS/Jane Doe\n",
    ],
)
def test_heads_of_other_orders_are_read(head: str) -> None:
    article = cleaned(f"{head}{LEAD}\n{NEXT}")
    assert article.title == "Peru and Fiji agree to open a fisheries office"
    assert [stamp.day for stamp in article.stamps] == [date(2024, 5, 3)]
    assert strip_marks(article.blocks) == f"{LEAD}\n{NEXT}"
    assert article.publisher == next((name for name in ("The Example Times", "Ministry of Fish") if name in head), "")


def test_a_hindi_head_is_read_whole() -> None:
    text = "पेरू और फिजी ने सोमवार को लीमा में मछली पालन कार्यालय खोलने के समझौते पर हस्ताक्षर किए।"
    article = cleaned(f" date 2024-05-03 होमदेशपेरू और फिजी में समझौता\n03 मई 2024, 09:52 PM IST\nदैनिक जागरण\n{text}\n{text[:60]}।")
    assert (article.publisher, [stamp.day for stamp in article.stamps]) == ("दैनिक जागरण", [date(2024, 5, 3)])


def test_a_label_with_a_wide_colon_is_a_link() -> None:
    assert is_furniture("相关阅读：中国和秘鲁签署协议")


@pytest.mark.parametrize(
    ("run", "syntax"), [("`", "markdown"), ("<!--", "markdown"), ("<script>", "text"), ("<style>", "text"), ("Deputy ", "text")]
)
def test_a_long_run_of_anything_is_read_in_one_go(run: str, syntax: str) -> None:
    """Each of these took minutes, by a pattern that searched the rest of the line, or of the text, from every place in it."""
    text = f"Peru and Fiji signed a fisheries agreement in Lima.\n\nThen came {run * 60_000} and an end."
    made = propose(make_seed(text, syntax), shipped_vocabulary())
    if (run, syntax) == ("<!--", "markdown"):  # Taken as it is, and no page could show it.
        assert not isinstance(made, Made)
        assert made.problem.code == "seed-markup"
        return
    assert isinstance(made, Made)
    assert made.text.startswith("Peru and Fiji signed")


def test_scripts_and_comments_left_in_a_text_are_cut_out_from_mark_to_mark() -> None:
    left = "<script type='x'>var a = '<b>';\n</script><STYLE>p {}</style>"
    assert text_of(f"Peru and Fiji agreed.{left} They signed in Lima.\n\nA <script> tag that nobody closed stays a word.") == (
        "Peru and Fiji agreed. They signed in Lima.\nA tag that nobody closed stays a word."
    )
    assert text_of("Peru and Fiji <!-- not\nsure -->agreed.\n\nIt is signed <!-- here.", "markdown") == (
        "Peru and Fiji agreed.\nIt is signed <!-- here."
    )


HEADS = [
    (
        "首页 > 国际\n秘鲁和斐济将在利马设立渔业办事处\n来源：示例新闻网 2025-05-27 10:30\n\n本报利马5月27日电（记者 某某）秘鲁和斐济周二同意在年底前设立一个渔业办事处。\n",
        ("秘鲁和斐济将在利马设立渔业办事处", "示例新闻网", "秘鲁和斐济周二同意"),
    ),
    (
        "Главная / Политика\nПеру и Фиджи откроют рыболовное бюро\n27 мая 2025, 12:30\n\nЛИМА, 27 мая. Перу и Фиджи договорились открыть в Лиме рыболовное бюро до конца года.\n",
        ("Перу и Фиджи откроют рыболовное бюро", "", "Перу и Фиджи договорились"),
    ),
    (
        "होम / विदेश\nपेरू और फिजी लीमा में मत्स्य कार्यालय खोलेंगे\nप्रकाशित: 27 मई 2025\n\nलीमा, 27 मई (एजेंसी)। पेरू और फिजी ने मंगलवार को लीमा में एक मत्स्य कार्यालय खोलने पर सहमति जताई।\n",
        ("पेरू और फिजी लीमा में मत्स्य कार्यालय खोलेंगे", "", "पेरू और फिजी ने मंगलवार"),
    ),
    (
        "الرئيسية / أخبار\nبيرو وفيجي تفتحان مكتبا للصيد في ليما\n27 مايو 2025\n\nليما - وقعت بيرو وفيجي يوم الثلاثاء اتفاقا لفتح مكتب للصيد قبل نهاية العام.\n",
        ("بيرو وفيجي تفتحان مكتبا للصيد في ليما", "", "وقعت بيرو وفيجي"),
    ),
    (
        "Accueil > Pacifique\nLe Pérou et les Fidji ouvrent un bureau de la pêche\nLe Journal d’Exemple\nPublié le 27 mai 2025 à 12h30\nPartager sur Facebook\n\nLIMA — Le Pérou et les Fidji ont décidé mardi d’ouvrir un bureau de la pêche avant la fin de l’année.\n",
        ("Le Pérou et les Fidji ouvrent un bureau de la pêche", "Le Journal d’Exemple", "Le Pérou et les Fidji ont"),
    ),
    (
        "페루와 피지, 리마에 수산 사무소 열기로\n예시일보 홍길동 기자\n입력 2025.05.27 10:30\n\n(리마=예시일보) 페루와 피지는 화요일 리마에 수산 사무소를 열기로 했다고 양국 정부가 밝혔다.\n",
        ("페루와 피지, 리마에 수산 사무소 열기로", "예시일보", "페루와 피지는 화요일"),
    ),
]


@pytest.mark.parametrize(("body", "expected"), HEADS)
def test_heads_of_other_scripts_are_read(body: str, expected: tuple[str, str, str]) -> None:
    article = clean(make_seed(body), is_place=lambda words: words in ("ليما", "Lima"))
    title, publisher, start = expected
    text = strip_marks(article.blocks)
    assert (article.title, article.publisher, text[: len(start)], text.count("\n")) == (title, publisher, start, 0)


def test_a_headline_of_two_names_is_no_breadcrumb() -> None:
    for line in ("Peru / Fiji: what is next", "“Yes” / “No”", "Peru | Fiji"):
        assert not looks_like_crumbs(line, LEAD)
    assert cleaned(f"Fiji / Peru\n27 May 2025, 10:30 IST, updated\n\n{LEAD}\n").title != ""
    assert looks_like_crumbs("Küche › Rezepte", "Peru and Fiji open an office")


def test_a_label_before_the_outlet_is_no_part_of_its_name() -> None:
    assert cleaned(f"Peru and Fiji open an office\n出典：サンプル新聞\n\n{LEAD}\n").publisher == "サンプル新聞"
    stamp = parse_stamp_line("来源：示例新闻网 2025-05-27 10:30")
    assert stamp is not None
    assert stamp.publisher == "示例新闻网"


@pytest.mark.parametrize(
    "paragraph",
    [
        "Peru and Fiji have not met on the waters of the ocean since August 2021 (1)",
        "Peru and Fiji have not met on the waters of the ocean. [1] The agreement stays unused.[2]",
        "Peru and Fiji agreed on a common budget for the port on Thursday in Lima (see table)",
        "“Peru and Fiji agree on the port and on its whole budget”",
        "Peru and Fiji have not met on the waters of the ocean since August 2021.",
    ],
)
def test_a_headline_of_two_words_over_the_day_is_the_headline_and_the_paragraph_stays(paragraph: str) -> None:
    article = cleaned(f"Ocean borders\n3 November 2021\n\n{paragraph}\n\nCongress votes on it next week, he said.\n")
    assert article.title == "Ocean borders"
    assert strip_marks(article.blocks).startswith(paragraph)


def test_two_words_over_a_longer_headline_are_none() -> None:
    for name in ("Daily notes", "NDTV Profit"):
        article = cleaned(f"{name}\n3 November 2021\n\nPeru and Fiji still talk\n\n{LEAD}\n\n{NEXT}\n")
        assert article.title == "Peru and Fiji still talk"


def test_a_sentence_with_the_mark_of_a_note_is_no_headline() -> None:
    sentence = "Peru and Fiji have not met on the waters of the ocean since August 2021 (1)"
    article = cleaned(f"Ocean borders\n\n{sentence}\n\n{NEXT}\n")
    assert article.title == ""
    assert sentence in strip_marks(article.blocks)
    assert cleaned(f"{sentence}\n3 November 2021\n\n{LEAD}\n").title == sentence


@pytest.mark.parametrize("syntax", ["text", "markdown"])
def test_lines_of_cells_with_tabs_between_them_are_a_table(syntax: str) -> None:
    table = "Partner\tExports\tImports\nFiji\t98.3\t66.4\nTonga | Samoa\t22.1\t\n"
    blocks = cleaned(f"{LEAD}\n\n{table}\n{NEXT}\n", syntax).blocks
    assert [block.kind for block in blocks] == ["paragraph", "table", "paragraph"]
    assert blocks[1].text.split("\n")[1:] == ["| --- | --- | --- |", "| Fiji | 98.3 | 66.4 |", "| Tonga \\| Samoa | 22.1 |  |"]


def test_a_wrapped_text_keeps_its_table_of_tabs() -> None:
    prose = "Peru and Fiji agreed on Monday to open a fisheries\noffice in Lima before the end of the year, and to\nkeep it for ten years, said the ministry in the\nmorning after the meeting.\n"
    blocks = cleaned(f"{prose}\nPartner\tTonnes\nFiji\t98.3\nTonga\t22\n\n{prose}").blocks
    assert [block.kind for block in blocks] == ["paragraph", "table", "paragraph"]


@pytest.mark.parametrize("lines", ["Author:\tAna Núñez\nPlace:\tLima\nPages:\t12", "one\ttwo\nthree\tfour\tfive", "a b\tc d e"])
def test_lines_with_tabs_that_do_not_agree_are_no_table(lines: str) -> None:
    assert all(block.kind != "table" for block in cleaned(f"{LEAD}\n\n{lines}\n\n{NEXT}\n").blocks)


@pytest.mark.parametrize("mark", ["·\t", "§\t", "o\t", "•\t", "–\t", "·         ", "\uf0b7\t"])
def test_the_marks_of_word_make_list_items(mark: str) -> None:
    blocks = cleaned(f"{LEAD}\n\n{mark}It costs two million.\n{mark}It begins in May.\n\n{NEXT}\n").blocks
    assert [(block.kind, block.text) for block in blocks[1:3]] == [
        ("item", "It costs two million."),
        ("item", "It begins in May."),
    ]


@pytest.mark.parametrize(
    "label", ["Source: Example Times", "Author: Ana Núñez", "URL: https://example.org/a", "Date: 14 March 2024"]
)
@pytest.mark.parametrize("syntax", ["text", "markdown"])
def test_labels_above_the_headline_cost_no_headline(label: str, syntax: str) -> None:
    head = f"Lang: en\n{label}\n\n" + ("# " if syntax == "markdown" else "")
    article = cleaned(f"{head}Peru and Fiji agree on fish\n\n{LEAD}\n\n{NEXT}\n", syntax)
    assert article.title == "Peru and Fiji agree on fish"
    assert strip_marks(article.blocks) == f"{LEAD}\n{NEXT}"


def test_labels_of_markdown_without_a_fence_are_lines() -> None:
    article = cleaned(f"Title: Peru and Fiji agree on fish\nDate: 14 March 2024\nSource: Example Times\n\n{LEAD}\n", "markdown")
    assert article.title == "Peru and Fiji agree on fish"
    assert article.publisher == "Example Times"
    assert [stamp.day for stamp in article.stamps] == [date(2024, 3, 14)]


@pytest.mark.parametrize(
    "name",
    ["Notes from Peru", "LRT English", "Centre for Ocean Studies", "The Government of Peru", "News from the South Pacific"],
)
def test_a_name_apart_from_a_longer_line_over_the_day_is_the_publisher(name: str) -> None:
    article = cleaned(f"{name}\n\nPeru and Fiji agree to open an office for fish\nMarch 14, 2024\n\n{LEAD}\n")
    assert (article.title, article.publisher) == ("Peru and Fiji agree to open an office for fish", name)
    assert strip_marks(article.blocks) == LEAD


def test_a_ministry_above_the_headline_is_the_publisher() -> None:
    name = "Ministry of Foreign Affairs Republic of Peru"
    article = cleaned(f"{name}\nMinister Núñez in Suva\n03.04.2025\n\n{LEAD}\n\nMetryczka\n")
    assert (article.title, article.publisher) == ("Minister Núñez in Suva", name)
    assert strip_marks(article.blocks) == LEAD


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Núñez in Suva", "The minister spoke about fish and about the office."),
        ("Ministry of Defence Signs Contract", "Deal worth two million"),
        ("Peru and Fiji Agree", "Ministers will open an office for fish in the capital"),
    ],
)
def test_a_headline_over_a_standfirst_stays_the_headline(first: str, second: str) -> None:
    article = cleaned(f"{first}\n\n{second}\n3 April 2025\n\n{LEAD}\n\n{NEXT}\n")
    assert article.title == first


def test_a_menu_and_a_breadcrumb_that_ends_in_the_headline_are_gone() -> None:
    head = "Skip to content\nNotes from Peru\nNews  Politics  Society  Business  Culture  Support us\n\nHome » News » Peru and Fiji agree on fish\n\nPeru and Fiji agree on fish\nMAR 14, 2024\n"
    article = cleaned(f"{head}\n{LEAD}\n\nMain image credit: Peruvian Navy\n")
    assert (article.title, article.publisher) == ("Peru and Fiji agree on fish", "Notes from Peru")
    assert strip_marks(article.blocks) == LEAD
    assert article.caption is not None
    assert "Main" not in article.caption.text


@pytest.mark.parametrize(
    "line",
    [
        "Ta strona używa plików cookies. Dowiedz się więcej. Akceptuję",
        "Na naszej stronie wykorzystujemy pliki cookies zgodnie z polityką prywatności",
        "Tato webová stránka používá soubory cookies. Přijmout vše",
        "Ce site utilise des cookies pour améliorer votre visite. Tout accepter",
        "Este sitio utiliza cookies para mejorar su experiencia. Aceptar todo",
        "Questo sito utilizza cookie di terze parti. Accetta tutto",
        "Wir verwenden Cookies, um Inhalte zu personalisieren. Alle akzeptieren",
        "Udostępnij: Facebook Twitter",
        "Udostępnij: …",
        "Kommentare (38) Teilen Drucken",
        "Metryczka",
    ],
)
def test_notices_and_buttons_of_more_languages_are_furniture(line: str) -> None:
    assert is_furniture(line, sure=True)


@pytest.mark.parametrize(
    "line",
    [
        "Ta umowa dotyczy plików cookies, powiedział minister.",
        "Wir verwenden mehr Geld für Schulen, sagte der Minister.",
        "Ministr přijal prezidenta a oba jednali o obchodu.",
    ],
)
def test_sentences_of_more_languages_stay(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("JOINT COMMUNIQUÉ", "of the Prime Ministers of Peru and Fiji"),
        ("COMMUNIQUÉ", "of the Prime Ministers of Peru and Fiji"),
        ("JOINT STATEMENT", "OF THE PRIME MINISTERS OF PERU AND FIJI"),
        ("Statement of the Foreign Ministers", "on the tenth anniversary of the treaty"),
    ],
)
def test_a_headline_on_two_lines_is_one(first: str, second: str) -> None:
    article = cleaned(f"{first}\n{second}\nLima, 27 February 2024\n\n{LEAD}\n\n{NEXT}\n")
    assert article.title == f"{first} {second}"
    assert strip_marks(article.blocks) == f"{LEAD}\n{NEXT}"


def test_a_line_in_small_letters_that_is_no_part_of_the_headline_stays() -> None:
    article = cleaned(f"Peru and Fiji agree on fish\nand nobody knows why they did,\n{LEAD}\n\n{NEXT}\n")
    assert article.title == "Peru and Fiji agree on fish"
    assert strip_marks(article.blocks).startswith("and nobody knows why they did,")
