"""What bench/compare/gazetteer measures with: names and a text, the same at every run.

The names are composed from name_parts.txt, and those of data/gazetteer/*.tsv are among them: persons,
places, organisations, some surnames alone. All are ASCII, distinct whatever their case, of one to
five words, and without commas, digits and final periods.
"""
import json
import re
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAME = re.compile(r"[A-Za-z]+(?:(?:[ '-]|\. )[A-Za-z]+)*")
LETTERS = "ABCDEFGHIJKLMNOPRSTVW"


class Random:
    """SplitMix64: the same numbers with every Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        return (z ^ (z >> 31)) * limit >> 64

    def pick(self, values):
        return values[self.below(len(values))]

    def skewed(self, values):
        """The first values more often than the last: few names are borne by many."""
        return values[min(self.below(len(values)), self.below(len(values)))]

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]


def read_parts():
    parts = {}
    for line in (HERE / "name_parts.txt").read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
            values = parts.setdefault(section.strip(":"), [])
        elif line and not line.startswith("#"):
            values.extend([line] if section.endswith(":") else line.split())
    return parts


def gazetteer_names():
    """Names and aliases of the default gazetteer's tables; persons apart."""
    names, persons = [], []
    for path in sorted((ROOT / "data/gazetteer").glob("*.tsv")):
        lines = [l for l in path.read_text(encoding="utf-8").splitlines() if l and not l.startswith("#")]
        columns = lines[0].split("\t")
        for line in lines[1:]:
            row = dict(zip(columns, line.split("\t")))
            found = [row["name"], *filter(None, row.get("aliases", "").split("|"))]
            found = [n for n in found if NAME.fullmatch(n) and len(n.split()) <= 5]
            names.extend(found)
            if path.stem == "persons":
                persons.extend(found)
    return names, persons


def compose(random, parts):
    """One name: of ten, six persons, two places, two organisations."""
    kind = random.below(100)
    last = random.skewed(parts["last"])
    place = random.pick(parts["place-stem"]) + random.pick(parts["place-end"])
    if kind < 60:
        middle = f" {random.pick(LETTERS)}." if random.below(3) == 0 else ""
        return f"{random.skewed(parts['first'])}{middle} {last}"
    if kind < 70:
        return f"{random.pick(parts['place-before'])} {place}"
    if kind < 80:
        before = f"{random.pick(parts['place-before'])} " if random.below(2) else ""
        return f"{before}{random.pick([place, last])} {random.pick(parts['place-after'])}"
    if kind < 88:
        second = f" and {random.pick(parts['last'])}" if random.below(2) else f" {random.pick(parts['last'])}"
        return f"{last}{second} {random.pick(parts['company-form'])}"
    if kind < 92:
        return f"{random.pick([place, last])} {random.pick(parts['company-form'])} {random.pick(parts['company-form'])}"
    before = f"{random.pick(parts['place-before'])} " if random.below(2) else ""
    if kind < 95:
        return f"{random.pick(parts['body-of'])} {before}{place}"
    return f"{before}{random.pick([place, last])} {random.pick(parts['body-after'])}"


def all_names(count, seed=1):
    """`count` names in a shuffled order: of any beginning part the mix is the same."""
    random, parts = Random(seed), read_parts()
    known, persons = gazetteer_names()
    surnames = {p.split()[-1] for p in persons if " " in p and p.split()[-1][0].isupper()}
    parts["last"] += sorted(surnames - set(parts["last"]))
    random.shuffle(parts["last"])
    random.shuffle(parts["first"])
    names = {name.lower(): name for name in reversed(known + parts["last"])}
    while len(names) < count:
        name = compose(random, parts)
        if len(name.split()) <= 5:
            names.setdefault(name.lower(), name)
    names = list(names.values())
    random.shuffle(names)
    return names


def ascii_text(text):
    """Each character as its base letter, or as a question mark: folding then means the same to all."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() else unicodedata.normalize("NFKD", c)[0] if unicodedata.normalize("NFKD", c)[0].isascii() else "?" for c in text)


def news_text(path):
    """The articles of a file of JSON lines, with a blank line between them."""
    with open(path, encoding="utf-8") as f:
        return ascii_text("\n\n".join(json.loads(line)["text"] for line in f))
