"""What bench/compare/gazetteer measures with: names and a text, the same at every run.

The names are composed from name_parts.txt: persons, places, organisations, and the surnames alone.
Those of data/gazetteer/*.tsv are among them. All are ASCII, distinct whatever their case, of one to
five words, and without commas, digits and final periods.
"""
import json
import re
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAME = re.compile(r"[A-Za-z]+(?:(?:[ '-]|\. )[A-Za-z]+)*")
SMALL = 10_000
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
    """`count` names; the first SMALL of them are the small set, of which a fifth are known names: who
    looks for few names looks for those that occur."""
    random, parts = Random(seed), read_parts()
    known, persons = gazetteer_names()
    surnames = {p.split()[-1] for p in persons if " " in p}
    parts["last"] += sorted(s for s in surnames - set(parts["last"]) if len(s) > 2 and s.istitle())
    random.shuffle(parts["last"])
    random.shuffle(parts["first"])

    distinct = {name.lower(): name for name in reversed(known)}
    known = list(distinct.values())
    for name in parts["last"]:
        distinct.setdefault(name.lower(), name)
    while len(distinct) < count:
        name = compose(random, parts)
        if len(name.split()) <= 5:
            distinct.setdefault(name.lower(), name)
    composed = list(distinct.values())[len(known) :]

    random.shuffle(known)
    random.shuffle(composed)
    few = SMALL // 5
    small = known[:few] + composed[: SMALL - few]
    rest = known[few:] + composed[SMALL - few :]
    random.shuffle(small)
    random.shuffle(rest)
    return (small + rest)[:count]


def ascii_text(text):
    """Each character as its base letter, or as a question mark: folding then means the same to all."""

    def base(match):
        letter = unicodedata.normalize("NFKD", match.group())[0]
        return letter if letter.isascii() else "?"

    return re.sub(r"[^\x00-\x7f]", base, text)


def news_text(path):
    """The articles of a file of JSON lines, with a blank line between them."""
    with open(path, encoding="utf-8") as f:
        return ascii_text("\n\n".join(json.loads(line)["text"] for line in f))
