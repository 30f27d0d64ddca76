"""How much of an English word a name is."""

import re

from tables import fold

COMMON, KNOWN, RARE, NONE = range(4)


class English:
    """Lower-case words of SCOWL by size (10 the commonest, 70 the rare ones) and common words of WordNet."""

    def __init__(self, packages):
        self.size = {}       # folded word -> size
        self.capitals = {}   # folded month, weekday, nationality, ... -> size
        self.phrases = set()  # folded phrases of WordNet that are no names
        wanted = re.compile(r"\./usr/share/dict/scowl/(?:english|american|british)-(words|upper)\.(\d\d)")
        members = sorted(m for m in packages.listing("scowl") if wanted.fullmatch(m) and int(m[-2:]) <= 70)
        for member, data in zip(members, packages.files("scowl", *members)):
            kind, size = wanted.fullmatch(member).groups()
            into = self.size if kind == "words" else self.capitals
            for word in data.decode("latin-1").split():
                if "'" not in word:
                    key = fold(word)
                    into[key] = min(into.get(key, 99), int(size))
        # Larger lists of upper-case words are full of names; the small ones hold months, weekdays, nations, faiths.
        self.capitals = {w: s for w, s in self.capitals.items() if s <= 40}
        files = [f"./usr/share/wordnet/data.{part}" for part in ("noun", "verb", "adj")]
        for data in packages.files("wordnet", *files):
            for line in data.decode("ascii").splitlines():
                if line.startswith(" "):
                    continue
                fields = line.split()
                for i in range(int(fields[3], 16)):
                    word = re.sub(r"\(\w+\)$", "", fields[4 + 2 * i])
                    if word == word.lower():
                        key = fold(word.replace("_", " "))
                        if " " in key:
                            self.phrases.add(key)
                        else:
                            self.size.setdefault(key, 75)

    def rank(self, key):
        """COMMON (a newspaper has it every day), KNOWN, RARE or NONE."""
        size = min(self.size.get(key, 99), self.capitals.get(key, 99))
        return COMMON if size <= 40 else KNOWN if size <= 60 else RARE if size <= 75 else NONE

    def is_phrase(self, key):
        """Whether several words are all common ones, or a phrase of the dictionary."""
        words = key.split()
        return key in self.phrases or all(self.rank(w) <= KNOWN for w in words)
