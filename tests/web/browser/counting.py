"""Keys and clicks of a job, counted while a real mouse and a real keyboard do it.

A drop-down list is two clicks: one opens it, one chooses. A person's own words (evidence, reasons)
are as long as the person likes: they are typed, and not counted.
"""

import os
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path

import yaml
from playwright.sync_api import Locator, Page

COUNTS = Path(__file__).parents[3] / "docs" / "pages.yaml"
LOWERS = bool(os.environ.get("LOWER_COUNTS"))
"""Whether counts that fell are written down (`make counts`)."""


@dataclass(frozen=True)
class Job:
    """A standard job. `most` is the aim for what is counted of it."""

    name: str
    ja: str
    en: str
    start: str
    most: int | None = None
    of: str = "clicks and keys"


@dataclass
class Hands:
    """Hands that do a job in one window after the other."""

    window: Page
    clicks: int = 0
    keys: int = 0
    way: list[str] = field(default_factory=list)

    def click(self, target: Locator, name: str) -> None:
        """Click."""
        target.click()
        self._clicked(name)

    def follow(self, name: str) -> None:
        """Click a link by its name; of several, the first."""
        self.click(self.window.get_by_role("link", name=name).first, name)

    def press_button(self, name: str) -> None:
        """Click a button of the page itself."""
        main = self.window.get_by_role("main")
        self.click(main.get_by_role("button", name=name, exact=True), name)

    def choose(self, target: Locator, label: str) -> None:
        """Open a list and choose from it."""
        target.select_option(label=label)
        self._clicked("▼")
        self._clicked(label)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key."""
        for _ in range(times):
            self.window.keyboard.press(key)
            self.keys += 1
            self.way.append(f"`{key}`")

    def type(self, text: str) -> None:
        """Type a number, a day or a code, each character a key."""
        self.window.keyboard.type(text)
        self.keys += len(text)
        self.way.append(f"`{text}`")

    def word(self, text: str) -> None:
        """Type words of one's own."""
        self.window.keyboard.type(text)
        self.way.append(f"({text})")

    def turn_to(self, window: Page, who: str) -> None:
        """Go on as somebody else."""
        self.window = window
        self.way.append(f"{who}:")

    def add(self, other: "Hands", job: Job | None = None) -> None:
        """Add a part; one that is a job of its own is named, not described once more."""
        self.clicks += other.clicks
        self.keys += other.keys
        self.way += [f"〔{job.ja}〕"] if job else other.way

    def _clicked(self, name: str) -> None:
        self.clicks += 1
        self.way.append(f"「{name}」")

    @property
    def in_words(self) -> str:
        """The whole way, what is done several times in a row with its number."""
        steps = ((step, len(list(same))) for step, same in groupby(self.way))
        return " ".join(f"{step}×{times}" if times > 1 else step for step, times in steps)


def hold(job: Job, hands: Hands) -> None:
    """Hold a job to its aim and to what docs/pages.yaml says about it; counts only fall."""
    found = {**asdict(job), "clicks": hands.clicks, "keys": hands.keys, "way": hands.in_words}
    recorded = yaml.safe_load(COUNTS.read_text("utf-8")) or {}
    before = recorded.get(job.name, found)
    parts = ("clicks", "keys") if job.of == "clicks and keys" else (job.of,)
    assert job.most is None or sum(found[part] for part in parts) <= job.most, hands.in_words
    assert found["clicks"] + found["keys"] <= before["clicks"] + before["keys"], hands.in_words
    if LOWERS:
        content = yaml.safe_dump(recorded | {job.name: found}, allow_unicode=True, width=1000)
        COUNTS.write_text(content, "utf-8")
    else:
        assert before == found, "`make counts` writes docs/pages.yaml, `make docs` the page of it"
