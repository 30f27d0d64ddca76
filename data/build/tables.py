"""Reading the hand-made tables, writing the generated ones, and comparing names as the matcher does."""

import re
import unicodedata

GENERATED = {"geonames_cities.tsv", "geonames_divisions.tsv", "schools.tsv", "sec_companies.tsv", "wordnet.tsv"}
HEADER = "name\ttype\tid\taliases\tprior\tpolicy"

PLAIN = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u02bb": "'", "\u02bc": "'", "\u02bf": "'", "\u02be": "'", "\u2032": "'", "`": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-"})
LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ə": "a"})
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def plain(text):
    """NFC, with ASCII apostrophes, quotes, hyphens and single blanks."""
    return " ".join(unicodedata.normalize("NFC", text.translate(PLAIN)).split())


def without_marks(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


def fold(text):
    """What two forms of the same name have in common: case, diacritics, hyphens and apostrophes do not count."""
    text = without_marks(plain(text).casefold()).translate(LETTERS)
    return " ".join(text.replace("-", " ").replace("'", "").split())


def is_latin(text):
    return all(not c.isalpha() or LATIN.match(c) for c in text)


def is_clean(text):
    """Whether a name can stand in a table."""
    return (bool(text) and is_latin(text) and any(c.isalpha() for c in text)
            and not any(unicodedata.category(c) in ("Cc", "Cf") for c in text)
            and not re.search(r"[|\t(),;:/\[\]\"*=_?!@#<>{}~\u2018-\u201f]", text)
            and not text.startswith(("the ", "The ", "'", "-")))


class HandMade:
    """What the hand-made tables name: forms by type, folded."""

    def __init__(self, folder):
        self.types = {}      # folded form -> {type}
        self.sure = {}       # folded form -> highest prior of a form without context
        self.companies = set()
        self.persons = set()
        for path in sorted(folder.glob("*.tsv")):
            if path.name in GENERATED:
                continue
            rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
            next(rows)
            for name, kind, _, aliases, prior, policy in rows:
                for form in [name, *filter(None, aliases.split("|"))]:
                    form = form.replace(" [", " ").rstrip("]")  # "Helmand [province]"
                    for key in {fold(form), fold(form.split(",")[0])}:
                        self.types.setdefault(key, set()).add(kind)
                        if policy != "context":
                            self.sure[key] = max(self.sure.get(key, 0), float(prior))
                        if path.name == "companies.tsv":
                            self.companies.add(key)
                        if path.name == "persons.tsv":
                            self.persons.add(key)

    def add(self, form, kind):
        """Lets a later table know what an earlier generated one names."""
        self.types.setdefault(fold(form), set()).add(kind)


class Table:
    """Entries of a generated gazetteer table."""

    def __init__(self, comment):
        self.comment = comment
        self.entries = []    # [(rows)]; a row is (name, type, id, aliases, prior, policy)

    def add(self, kind, ident, *rows):
        """rows: (forms, prior, policy); the first form of the first row is the entry's name. Empty rows are left out."""
        seen, out = set(), []
        for forms, prior, policy in rows:
            unseen = [f for f in dict.fromkeys(forms) if f not in seen]
            seen.update(unseen)
            if unseen:
                prior = min(max(round(prior, 2), 0.01), 0.99)
                out.append((unseen[0], kind, ident, "|".join(unseen[1:]), f"{prior:.2f}".rstrip("0"), policy))
        if out:
            self.entries.append(out)

    def forms(self):
        for rows in self.entries:
            for name, kind, _, aliases, _, _ in rows:
                for form in [name, *filter(None, aliases.split("|"))]:
                    yield form, kind

    def text(self):
        lines = [f"# {line}" for line in self.comment.strip().splitlines()] + [HEADER]
        for rows in sorted(self.entries, key=lambda rows: (rows[0][0].encode(), rows[0][1], rows[0][2])):
            lines += ["\t".join(row) for row in rows]
        return "\n".join(lines) + "\n"


def lines_text(comment, header, rows):
    """A table of another form: comment lines, header line, rows sorted by their bytes."""
    lines = [f"# {line}" for line in comment.strip().splitlines()] + [header]
    return "\n".join(lines + sorted(rows, key=str.encode)) + "\n"
