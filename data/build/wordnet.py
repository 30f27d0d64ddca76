"""Named things of WordNet: places, persons, organizations, buildings, events, works."""

import re

from english import KNOWN, NONE
from tables import Table, fold, is_clean

COMMENT = """Places, persons, organizations, buildings, wars and works that the other tables
do not name. Source: WordNet 3.0 of Princeton University (WordNet licence) by
way of Debian's wordnet-base, selected. Written by data/build/run; do not edit."""

ACT, ARTIFACT, COMMUNICATION, EVENT, GROUP, LOCATION, OBJECT, PERSON, STATE = "04", "06", "10", "11", "14", "15", "17", "18", "26"
SKY = {"celestial body", "constellation", "star", "galaxy", "asterism", "nebula", "meteor shower", "comet", "asteroid", "extraterrestrial object",
       "sign of the zodiac", "ionospheric region", "layer", "atmosphere"}
WAR = re.compile(r"\b(?:wars?|battles?|sieges?|massacre|revolution|rebellion|uprising|mutiny|crusades?|campaign|invasion|conspiracy|"
                 r"affair|riots?|putsch|coup|raid|landings?|depression|scandal|armada|plan|day)\b", re.I)
TITLES = re.compile(r"(?:(?:Sir|Dame|Lord|Lady|Saint|St\.|King|Queen|Prince|Princess|Duke|Count|Vicomte|Marquis|Baron|Comte|President|General|"
                    r"Admiral|Pope|Mr\.?|Mrs\.?|Dr\.?|Don|Emperor|Czar|Tsar|Captain|Colonel|Marshal|Viscount|Earl|Cardinal|Field Marshal)\s)+")
NO_NAME = re.compile(r"\b(?:the|of|[IVX]+)$|^(?:of|the|St)\b")
WORK_KINDS = {"book", "sacred text", "Gospel", "Epistle", "treaty", "constitution", "legal document", "declaration", "peace treaty", "fable", "play",
              "novel", "poem", "charter", "statute", "law", "act", "religious text", "literary work", "document"}


class WordNet:
    def __init__(self, packages, hand_made, english, names, places):
        self.hand_made, self.english, self.names, self.places = hand_made, english, names, places
        self.synsets = {}  # offset -> (lexicographer file, [words], [hypernyms], [instance of])
        data, = packages.files("wordnet", "./usr/share/wordnet/data.noun")
        for line in data.decode("ascii").splitlines():
            if line.startswith(" "):
                continue
            f = line.partition(" | ")[0].split()
            n = int(f[3], 16)
            words = [f[4 + 2 * i].replace("_", " ") for i in range(n)]
            first = 5 + 2 * n
            pointers = [(f[i], f[i + 1]) for i in range(first, first + 4 * int(f[first - 1]), 4)]
            self.synsets[f[0]] = (f[1], words, [o for s, o in pointers if s == "@"], [o for s, o in pointers if s == "@i"])

    def kinds(self, offset):
        """All words for what a thing is."""
        out, todo = set(), list(self.synsets[offset][3])
        while todo:
            _, words, above, instance_of = self.synsets[todo.pop()]
            if words[0] not in out:
                out.update(words)
                todo += above + instance_of
        return out

    def named(self, key, kind):
        return kind in self.hand_made.types.get(key, ()) or (kind == "LOCATION" and key in self.places.taken)

    def clash(self, key, kind):
        return bool(self.hand_made.types.get(key)) or key in self.places.taken

    def table(self):
        table = Table(COMMENT)
        makers = {LOCATION: self.place, OBJECT: self.place, PERSON: self.person, ACT: self.event, EVENT: self.event, STATE: self.event,
                  ARTIFACT: self.artifact, GROUP: self.group, COMMUNICATION: self.work}
        used = set()
        for offset, (file, words, _, instance_of) in sorted(self.synsets.items()):
            if not instance_of or file not in makers:
                continue
            words = [w for w in words if is_clean(w) and not re.search(r"\d", w)]
            made = makers[file](words, self.kinds(offset), file)
            if not made:
                continue
            kind, rows = made
            rows = [([f for f in forms if (fold(f), kind) not in used], prior, policy) for forms, prior, policy in rows]
            used.update((fold(f), kind) for forms, _, _ in rows for f in forms)
            table.add(kind, f"wordnet/{offset}", *rows)
        return table

    def place(self, words, kinds, file):
        if kinds & SKY:
            return None
        words = [w for w in words if w[0].isupper() and not w.isupper() and not re.search(r"\b[A-Z][ -]| layer$| continent$", w)]
        if file == LOCATION and any(self.named(fold(w), "LOCATION") for w in words):
            return None  # the same place under another name
        several = [w for w in words if " " in w]
        if any(self.named(fold(w), "LOCATION") for w in several):
            return None
        rows = {}
        for w in words:
            key = fold(w)
            if self.clash(key, "LOCATION") or (kinds & {"fictitious place", "imaginary place", "mythical place"} and " " not in w):
                continue
            judged = self.places.judge(key, 250_000 if " " in w or file == OBJECT else 50_000)
            if not judged or judged[0] < 0.9:
                continue
            rows.setdefault(judged[1], []).append(w)
        return "LOCATION", [(forms, 0.9, policy) for policy, forms in rows.items()]

    def person(self, words, kinds, file):
        full = []
        for w in words:
            short = TITLES.sub("", w)
            parts = short.split()
            if len(parts) < 2 or NO_NAME.search(short) or w.startswith("St. "):
                continue
            if parts[0][0].isupper() and parts[-1][0].isupper():
                full.append(short)
        full = sorted(set(full), key=lambda f: (len(f.split()) != 2, words.index(f) if f in words else 99, f))
        if any("PERSON" in self.hand_made.types.get(fold(f), ()) for f in full):
            return None
        full = [f for f in full if not self.clash(fold(f), "PERSON") and not self.english.is_phrase(fold(f))]
        alone = [w for w in words if " " not in w and w[0].isupper() and len(w) >= 5 and not w.isupper()]
        alone = [w for w in alone if self.unmistakable(fold(w))]
        begins = [f for f in full if self.names.is_first(fold(f).split()[-1]) and self.names.last.get(fold(f).split()[-1], 0) < 100]
        rows = [([f for f in full if f not in begins], 0.95, ""), (begins, 0.5, "context"), (alone, 0.5, "context")]
        return "PERSON", rows

    def unmistakable(self, key):
        return (self.english.rank(key) == NONE and not self.clash(key, "PERSON") and key not in self.places.by_key
                and self.names.first.get(key, 0) == 0 and self.names.last.get(key, 0) < 20 and not self.names.is_first(key))

    def event(self, words, kinds, file):
        forms = [w[0].upper() + w[1:] for w in words if WAR.search(w) and " " in w]
        if any(self.clash(fold(f), "EVENT") for f in forms) or not forms:
            return None
        forms = [f for f in forms if any(p[0].isupper() for p in f.split()[1:])]
        return "EVENT", [(forms, 0.9, "")]

    def artifact(self, words, kinds, file):
        forms = [w for w in words if w[0].isupper() and " " in w]
        if not forms or any(self.clash(fold(f), "FACILITY") for f in forms) or kinds & {"vessel", "conveyance", "creation", "fabric"}:
            return None
        forms = [f for f in forms if len(f.split()) > 2 or any(self.english.rank(p) > KNOWN for p in fold(f).split())]
        if not forms:
            return None
        if re.search(r"Library|Museum|Mint\Z|Institute", forms[0]) or kinds & {
                "university", "stock exchange", "college", "institution", "establishment", "school"}:
            return "ORGANIZATION", [(forms, 0.9, "")]
        if kinds & {"structure", "building", "way", "road", "bridge"}:
            return "FACILITY", [(forms, 0.9, "")]
        return None

    def group(self, words, kinds, file):
        if not kinds & {"organization", "organisation", "party", "political party", "terrorist organization"}:
            return None
        forms = [w for w in words if w[0].isupper()]
        if any(self.clash(fold(f), "ORGANIZATION") for f in forms if len(f) > 4):
            return None
        several = [w[0].upper() + w[1:] for w in words if " " in w and not self.english.is_phrase(fold(w)) and len(w) > 5
                   and not (len(w.split()) == 2 and "NORP" in self.hand_made.types.get(fold(w.split()[0]), ()))]
        short = [w for w in words if " " not in w and w.isupper() and len(w) >= 4 and not self.clash(fold(w), "ORGANIZATION")
                 and self.english.rank(fold(w)) == NONE]
        return ("ORGANIZATION", [(several, 0.9, ""), (short, 0.8, "exact")]) if several else None

    def work(self, words, kinds, file):
        if not kinds & WORK_KINDS or kinds & {"browser", "search engine", "stock index"}:
            return None
        forms = [w for w in words if w[0].isupper() and len(w.split()) > 1]
        if any(self.clash(fold(f), "WORK") for f in forms):
            return None
        return "WORK", [([f for f in forms if len(f.split()) > 2 or self.english.rank(fold(f).split()[0]) > KNOWN], 0.9, "")]
