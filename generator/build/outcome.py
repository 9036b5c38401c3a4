"""What is asked of a build, and what it did."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.errors import Problem, Severity

if TYPE_CHECKING:  # A build that finds nothing changed would import `msgspec` for it.
    from generator.model import Briefing, ContentPage


class Options(NamedTuple):
    """What the command line may change about a build.

    Without `publish` nothing is written, and no picture is drawn: checks read texts, and a share card takes as long as 50 pages.
    `jobs` is the number of processes, `in_place` replaces single files of the output instead of all of it in one step.
    """

    base_url: str = ""
    drafts: bool = False
    search: bool = True
    jobs: int = 1
    publish: bool = True
    in_place: bool = False

    @property
    def shown(self) -> Mapping[str, Any]:
        """What of these options shapes the site, as `plan` takes it."""
        return {"base_url": self.base_url, "drafts": self.drafts, "search": self.search}


class Outcome(NamedTuple):
    """What a build did.

    `drafts` counts the briefings that were left out. `reasons` maps each page that was to be made to why, `rendered` those that
    could be made to their bytes, where nothing was written; `written` counts the files that changed, and `how` says in which way
    they took their place. `timings` maps each pass to its seconds; `sources` are the files of `content/` that could be read;
    `notices` are sentences for whoever reads the terminal.
    """

    briefings: int = 0
    drafts: int = 0
    pages: int = 0
    written: int = 0
    how: str = ""
    problems: tuple[Problem, ...] = ()
    reasons: Mapping[str, str] = MappingProxyType({})
    timings: Mapping[str, float] = MappingProxyType({})
    rendered: Mapping[str, bytes] = MappingProxyType({})
    sources: "tuple[Briefing | ContentPage, ...]" = ()
    base_url: str = ""
    is_unchanged: bool = False
    notices: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether an error stopped publication."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)
