"""The editor's questions to an archive: why a text is tagged as it is, and what today's vocabulary would change in it."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from generator.build.inputs import read_vocabulary
from generator.content.briefings import parse_briefing
from generator.errors import ConfigError, ContentError, Location, Problem, SeedError, error
from generator.files import open_file, read_file, walk, write_file
from generator.ingest import Made, Refusal, digest_generated, read_dateline
from generator.ingest.amend import amend_briefing, split_file
from generator.ingest.explain import Explanation, explain_tags
from generator.ingest.retag import plan_changes, propose_again, read_text
from generator.ingest.settling.stamps import find_seed_file
from generator.ingest.tagging.tags import TagProposal
from generator.intake.pool import propose_in_time
from generator.intake.seed_files import read_in_time
from generator.model import Briefing, Seed
from generator.places import Places
from generator.vocabulary import Vocabulary


class Retagged(Struct, frozen=True):
    """What retagging does to one briefing: its front matter before and after, and terms that it keeps unproposed, by key."""

    path: str
    before: bytes
    after: bytes
    kept: tuple[tuple[str, tuple[str, ...]], ...]


class Retags(Struct, frozen=True):
    """What a run of retag did or would do: `briefings` counts all, `found` are those of which there is something to say."""

    briefings: int
    found: tuple[Retagged, ...]
    problems: tuple[Problem, ...]

    @property
    def changed(self) -> int:
        """How many briefings are other than before."""
        return sum(item.before != item.after for item in self.found)


def explain_file(places: Places, name: str) -> Iterator[Explanation]:
    """Yield why a briefing, or each article of a seed (`seeds/x.jsonl#3`: the third one), is tagged as it is.

    Raises: ConfigError, VocabularyError, ContentError, SeedError when an article is refused, after those of the others.
    """
    file, number = _find_file(places, name)
    if file.is_dir():
        raise ConfigError(error("not-a-briefing", Location(places.shown(file)), "this is a folder", "name a file in it"))
    vocabulary = read_vocabulary(places)
    if file.is_relative_to(places.content):
        yield _explain_briefing(places, file, vocabulary)
    else:
        yield from _explain_seeds(places, file, number, vocabulary)


def _explain_briefing(places: Places, file: Path, vocabulary: Vocabulary) -> Explanation:
    raw, briefing = _read_briefing(places, file)
    proposal = _propose(briefing, vocabulary, _read_datelines(places, [briefing], vocabulary))
    is_edited = briefing.seed is None or briefing.seed.generated != digest_generated(raw)
    text, where = read_text(briefing), places.shown(file)
    return explain_tags(briefing, text, proposal, vocabulary=vocabulary, where=where, is_edited=is_edited)


def _explain_seeds(places: Places, file: Path, number: str, vocabulary: Vocabulary) -> Iterator[Explanation]:
    with open_file(file) as opened:
        items = read_in_time(opened, places.shown(file))
        wanted = [item for item in items if not number or item.id.rpartition("#")[2] == number]
    if not wanted:
        raise ConfigError(error("no-such-file", Location(places.shown(file)), f'the file holds no article "{number}"'))
    refused = []
    for item in wanted:
        made, _ = propose_in_time(item, vocabulary)
        if isinstance(made, Refusal):
            refused.append(made.problem)
        else:
            yield _explain_seed(made, vocabulary)
    if refused:
        raise SeedError(*refused)


def _explain_seed(made: Made, vocabulary: Vocabulary) -> Explanation:
    proposal = propose_again(made.briefing, made.text, vocabulary, dateline=read_dateline(made.seed, vocabulary))
    where = find_seed_file(made.seed)
    return explain_tags(made.briefing, made.text, proposal, vocabulary=vocabulary, where=where, is_seed=True)


def retag(places: Places, names: Sequence[str] = (), *, drop: bool = False, write: bool = False) -> Retags:
    """Propose tags anew for some briefings, or for all, and return what changes; with `write`, change the files.

    Every file is read and settled before the first one is written.

    Raises: ConfigError, VocabularyError, OSError.
    """
    vocabulary = read_vocabulary(places)
    files = list(_find_briefings(places, names))
    problems: list[Problem] = []
    read = list(_read_all(places, files, problems))
    datelines = _read_datelines(places, [briefing for _, _, briefing in read], vocabulary)
    found: list[Retagged] = []
    written: dict[Path, bytes] = {}
    for file, raw, briefing in read:
        planned = plan_changes(briefing, _propose(briefing, vocabulary, datelines), drop=drop)
        try:
            after = amend_briefing(raw, planned.changes, places.shown(file)) if planned.changes else raw
        except ContentError as failure:
            problems += failure.problems
            continue
        if after != raw:
            written[file] = after
        if after != raw or planned.kept:
            old, new = (b"".join(split_file(text)[:2]) for text in (raw, after))
            found.append(Retagged(places.shown(file), old, new, planned.kept))
    for file, after in written.items() if write else ():
        write_file(file, after)
    return Retags(len(files), tuple(found), tuple(problems))


def _propose(briefing: Briefing, vocabulary: Vocabulary, datelines: Mapping[str, str]) -> TagProposal:
    dateline = datelines.get(briefing.seed.digest, "") if briefing.seed else ""
    return propose_again(briefing, read_text(briefing), vocabulary, dateline=dateline)


def _read_all(places: Places, files: Iterable[Path], problems: list[Problem]) -> Iterator[tuple[Path, bytes, Briefing]]:
    """Yield each briefing that can be read, with its bytes, and append the problems of the others."""
    for file in files:
        try:
            yield (file, *_read_briefing(places, file))
        except ContentError as failure:
            problems += failure.problems


def _find_briefings(places: Places, names: Sequence[str]) -> Iterator[Path]:
    folder = places.briefings
    if not names:
        yield from (folder / name for name in walk(folder, ".md"))
    for name in names:
        file, _ = _find_file(places, name)
        if not file.is_relative_to(folder):
            raise _not_a_briefing(places, file)
        yield from [file / path for path in walk(file, ".md")] if file.is_dir() else [file]


def _find_file(places: Places, name: str) -> tuple[Path, str]:
    """Return the file that a name means, and the number of an article in it where the name ends with one.

    Raises: ConfigError when there is none.
    """
    file = Path(os.path.normpath(places.root / name))
    if file.exists():
        return file, ""
    stem, mark, number = name.rpartition("#")
    file = Path(os.path.normpath(places.root / stem))
    if mark and file.is_file():
        return file, number
    raise ConfigError(error("no-such-file", Location(name), "there is no such file"))


def _read_briefing(places: Places, file: Path) -> tuple[bytes, Briefing]:
    if not file.is_relative_to(places.briefings):
        raise _not_a_briefing(places, file)
    raw = read_file(file) or b""
    return raw, parse_briefing(raw, places.shown(file))


def _not_a_briefing(places: Places, file: Path) -> ConfigError:
    hint = f"name a file of {places.shown(places.briefings)}"
    return ConfigError(error("not-a-briefing", Location(places.shown(file)), "this is no briefing", hint))


def _read_datelines(places: Places, briefings: Iterable[Briefing], vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return digest → dateline of the seeds behind some briefings, as far as they lie where they lay.

    Each file is read once: it may hold thousands of articles.
    """
    stamps = [briefing.seed for briefing in briefings if briefing.seed]
    wanted = {stamp.digest for stamp in stamps}
    found = _read_seeds(places, sorted({stamp.file.partition("#")[0] for stamp in stamps}))
    return {seed.digest: read_dateline(seed, vocabulary) for seed in found if seed.digest in wanted}


def _read_seeds(places: Places, names: Iterable[str]) -> Iterator[Seed]:
    """Yield what can be read in some files, as far as these are there and in the folder of the seeds."""
    for name in names:
        file = Path(os.path.normpath(places.root / name))
        if file.is_relative_to(places.seeds) and file.is_file():
            with open_file(file) as opened:
                yield from (item for item in read_in_time(opened, name) if isinstance(item, Seed))
