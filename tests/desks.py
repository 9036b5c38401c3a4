# ruff: noqa: E501  # Seeds are easier to read on one line each.
"""An archive in memory, and the ingest run over it as the shell runs it: for tests of what becomes of articles and edits."""

from dataclasses import dataclass, field

from generator.errors import Problem
from generator.ingest import (
    Decision,
    Made,
    Reconciliation,
    Refusal,
    amend_declined,
    dump_ingested,
    parse_declined,
    parse_ingested,
    parse_moved,
    propose,
    read_seeds,
    shelve,
)
from generator.model import Seed
from generator.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
BODY = (
    "India and Japan agreed on Monday to build a semiconductor plant near Chennai, the two governments said in a statement.\n\n"
    "Prime Minister Ana Rojas of Peru was not there. The plant will cost three billion dollars and open in the spring of next year.\n\n"
    "Japan will send engineers, and India will train two thousand workers in the first year of the project, the statement said.\n"
)
SEED = f" date 2025-08-16 World NewsIndia, Japan Agree On Chip Plant\n16 Aug 2025, 09:52 PM IST i\nThe Example Times\n{BODY}"


def read_seed(raw: bytes, path: str) -> Seed:
    """Return the only seed of a file."""
    (seed,) = read_seeds(raw, path)
    assert isinstance(seed, Seed)
    return seed


@dataclass
class Desk:
    """An archive in memory: seeds and content by path, and the ingest run over them as the shell runs it."""

    seeds: dict[str, bytes] = field(default_factory=dict)
    content: dict[str, bytes] = field(default_factory=dict)
    merge: bool = False
    problems: tuple[Problem, ...] = ()

    def ingest(self) -> tuple[list[Decision], list[str]]:
        """Run the ingest, write what it decides, and return the decisions and the codes of all problems."""
        files = [shelve(raw, path, "content") for path, raw in sorted(self.content.items()) if path.startswith("briefings/")]
        run = Reconciliation(
            files,
            parse_ingested(self.content.get("ingested.toml"), "content/ingested.toml"),
            parse_declined(self.content.get("declined.toml"), "content/declined.toml"),
            lambda path: self.content.get(path, b""),
            self,
            merge=self.merge,
            moved=parse_moved(self.content.get("ingested.toml"), "content/ingested.toml"),
        )
        decisions, problems = [], []
        for path, raw in sorted(self.seeds.items()):
            for seed in read_seeds(raw, path):
                made = propose(seed, VOCABULARY) if isinstance(seed, Seed) and not run.meet(seed) else seed
                if isinstance(made, Made):
                    decision = run.settle(made.proposal)
                    decisions.append(decision)
                    problems += (*made.problems, *decision.problems)
                    if decision.path:
                        self.content[decision.path] = decision.text.encode()
                elif isinstance(made, Refusal):
                    problems.append(made.problem)
        entries, declined = run.memory
        self.content["ingested.toml"] = dump_ingested(entries, run.moved).encode()
        old = self.content.get("declined.toml", b"")
        self.content["declined.toml"] = amend_declined(old, declined, "content/declined.toml").encode()
        self.problems = (*run.problems, *problems)
        return decisions, [problem.code for problem in self.problems]

    def hold(self, digest: str, file: str = "") -> bool:
        """Say whether an article lies in a file of seeds, or in any."""
        paths = [path for path in (file, file.rpartition("#")[0]) if path in self.seeds] if file else list(self.seeds)
        return any(getattr(seed, "digest", "") == digest for path in paths for seed in read_seeds(self.seeds[path], path))

    def briefings(self) -> list[str]:
        return sorted(path for path in self.content if path.startswith("briefings/"))

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.content[path].decode()
        assert old in text
        self.content[path] = text.replace(old, new).encode()


PATH = "briefings/2025/2025-08-16-india-japan-agree-on-chip-plant.md"


def make_desk(**seeds: str) -> Desk:
    desk = Desk({f"seeds/{name}.txt": text.encode() for name, text in (seeds or {"a": SEED}).items()})
    desk.ingest()
    return desk
