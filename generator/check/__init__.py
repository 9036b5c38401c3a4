"""Everything that can be said against a site before it is published: one rule a function, all of them in one place.

A fault of a briefing that makes it unreadable is found by `content`, one of the archive as a whole by `archive`; what is here
needs the built pages, or is only advice.
"""

from collections.abc import Callable, Iterable, Iterator

from generator.check.addresses import find_broken_addresses, find_lost_addresses, find_taken_addresses, find_taken_aliases
from generator.check.content import (
    find_ancient_dates,
    find_future_dates,
    find_long_summaries,
    find_many_key_points,
    find_many_sectors,
    find_missing_sources,
    find_rejected_terms,
    find_shared_seeds,
    find_undated_drafts,
    find_unheld_terms,
    find_unknown_publishers,
    find_unset_addresses,
    find_waiting_translations,
)
from generator.check.links import (
    find_broken_anchors,
    find_broken_links,
    find_broken_redirects,
    find_insecure_links,
    find_links_beside_the_site,
)
from generator.check.meanings import find_cut_texts, find_offices_in_names, find_split_key_points
from generator.check.pages import (
    find_missing_languages,
    find_missing_titles,
    find_repeated_ids,
    find_unreachable_pages,
    find_wrong_canonicals,
    find_wrong_headings,
)
from generator.check.records import find_unreadable_data, find_unreadable_records
from generator.check.site import BuiltSite
from generator.errors import Problem, Severity

Rule = Callable[[BuiltSite], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    find_future_dates,
    find_ancient_dates,
    find_undated_drafts,
    find_long_summaries,
    find_many_key_points,
    find_many_sectors,
    find_cut_texts,
    find_split_key_points,
    find_offices_in_names,
    find_missing_sources,
    find_unknown_publishers,
    find_unset_addresses,
    find_rejected_terms,
    find_unheld_terms,
    find_taken_aliases,
    find_lost_addresses,
    find_broken_addresses,
    find_taken_addresses,
    find_shared_seeds,
    find_waiting_translations,
    find_broken_links,
    find_broken_anchors,
    find_links_beside_the_site,
    find_broken_redirects,
    find_insecure_links,
    find_repeated_ids,
    find_missing_titles,
    find_wrong_headings,
    find_missing_languages,
    find_wrong_canonicals,
    find_unreachable_pages,
    find_unreadable_records,
    find_unreadable_data,
)

# What a site lacks of the one that is published.
MISSING = ("broken-address", "vanished-list")


def check_site(site: BuiltSite, told: Iterable[Problem] = ()) -> list[Problem]:
    """Return all that the rules have to say of a site, and what its build has `told` of it, in the order of places."""
    told = tuple(told)
    collisions = {problem.where for problem in told if problem.code == "address-collision"}
    found = {problem for rule in RULES for problem in rule(site)}
    # An alias that keeps the site from being planned is one that is taken: that is said once.
    found = {problem for problem in found if problem.code != "taken-alias" or problem.where not in collisions}
    # What cannot be read may be what stands at an address, or is in a list: that is judged when there is a site to publish.
    if any(problem.severity is Severity.ERROR for problem in told):
        found = {problem for problem in found if problem.code not in MISSING}
    # A translation that readers have lost since its original is a draft waits for it: the error says that, and more.
    lost = {problem.where for problem in found if problem.code == "broken-address"}
    found = {problem for problem in found if problem.code != "waiting-translation" or problem.where not in lost}
    return sorted({*told, *found}, key=lambda problem: problem.sort_key)
