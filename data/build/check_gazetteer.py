#!/usr/bin/env python3
"""Checks the gazetteer, lexicon and name tables.

usage: check_gazetteer.py [--report] [DATA_DIR]

DATA_DIR is the directory that holds gazetteer/, lexicon/ and names/ (by default
the parent of this script's directory). Every fault is printed as FILE:LINE:
message and the exit status is 1 if there is any. With --report the surface
forms that stand for more than one id are listed too; they are no fault.

Rules of a gazetteer table (gazetteer/*.tsv):
  - UTF-8 in NFC, LF line ends, no control characters, ASCII apostrophes
  - comment lines (#) at the top, then the header line, then the rows
  - name, type, id, aliases (separated by |), prior, policy
  - the rows of one id stand together; the first one names the entry, the
    others hold forms that need another policy or prior
  - entries are sorted by the bytes of the first row's name, then type and id
  - a form occurs once in an entry; an id occurs in one table with one type

Rules of lexicon/legal_forms.tsv and names/*.tsv: comment lines, header line,
rows sorted by their bytes, none twice; frequencies from 0 to 255; spellings and
nicknames separated by |, none twice in a row.
"""

import pathlib
import re
import sys
import unicodedata

HEADER = ["name", "type", "id", "aliases", "prior", "policy"]
TYPES = {"PERSON", "ORGANIZATION", "LOCATION", "FACILITY", "NORP", "EVENT",
         "PRODUCT", "WORK"}
POLICIES = {"", "exact", "context", "whole", "exact,whole"}
KINDS = {
    "agency", "armed", "canal", "capital", "city", "company", "country",
    "county", "desert", "division", "event", "facility", "former", "geonames", "holiday", "institution", "island",
    "lake", "language", "market", "media", "mountain", "norp", "org", "party",
    "person", "product", "province", "region", "river", "school", "sea", "sec", "sport",
    "state", "strait", "territory", "university", "wordnet", "work",
}
ID = re.compile(r"([a-z]+)/([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)\Z")
CODE_KINDS = {"country", "norp", "territory"}  # may hold ISO 3166 codes
PRIOR = re.compile(r"(?:0\.\d{1,2}|1)\Z")
# Names whose article is part of the news form.
KEEPS_ARTICLE = {"The Hague"}
TITLE_KINDS = {"honorific", "royal", "office", "diplomatic", "legislative",
               "judicial", "military", "police", "clergy", "academic",
               "corporate"}
TYPOGRAPHIC = re.compile("[\u2018\u2019\u201c\u201d\u00a0\u2013\u2014\ufeff]")


class Checker:
    def __init__(self, root):
        self.root = root
        self.faults = 0
        self.rows = {}      # file -> (entries, rows, forms)
        self.id_file = {}   # id -> file:line of its first row
        self.forms = {}     # form -> {id: (file, line, prior, policy)}

    def fault(self, path, line, message):
        self.faults += 1
        print(f"{path.relative_to(self.root.parent)}:{line}: {message}")

    def lines(self, path):
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as e:
            self.fault(path, data[:e.start].count(b"\n") + 1, "not UTF-8")
            return []
        if not text.endswith("\n"):
            self.fault(path, text.count("\n") + 1, "no newline at the end")
        out = text.split("\n")
        if out and out[-1] == "":
            out.pop()
        for n, line in enumerate(out, 1):
            for c in line:
                if unicodedata.category(c) in ("Cc", "Cf") and c != "\t":
                    self.fault(path, n, f"control character U+{ord(c):04X}")
            if unicodedata.normalize("NFC", line) != line:
                self.fault(path, n, "not in normalization form C")
            if line != line.rstrip() and not line.endswith("\t"):
                self.fault(path, n, "space at the end of the line")
        return out

    def body(self, path, header):
        """Yields (line number, fields) of the rows after the header."""
        state = "comments"
        for n, line in enumerate(self.lines(path), 1):
            if state == "comments":
                if line.startswith("#"):
                    if "\t" in line:
                        self.fault(path, n, "tab in a comment line")
                    continue
                if n == 1:
                    self.fault(path, n, "no comment lines at the top")
                if line.split("\t") != header:
                    self.fault(path, n, "header line is not "
                               + "\\t".join(header))
                state = "rows"
                continue
            if line.startswith("#"):
                self.fault(path, n, "comment line among the rows")
                continue
            fields = line.split("\t")
            if len(fields) != len(header):
                self.fault(path, n, f"{len(fields)} columns, not {len(header)}")
                continue
            yield n, fields
        if state == "comments":
            self.fault(path, 1, "no header line")

    def form(self, path, n, text, what):
        if not text:
            self.fault(path, n, f"empty {what}")
            return
        if text != text.strip() or "  " in text:
            self.fault(path, n, f"stray space in {what} '{text}'")
        if TYPOGRAPHIC.search(text):
            self.fault(path, n, f"typographic character in {what} '{text}'")
        if text.startswith("the "):
            self.fault(path, n, f"leading article in {what} '{text}'")
        if not any(c.isalnum() for c in text):
            self.fault(path, n, f"no letter or digit in {what} '{text}'")

    def gazetteer(self, path):
        current = None          # id of the rows being read
        current_type = None
        current_key = None      # sort key of the last entry
        seen_forms = {}
        entries = rows = forms = 0
        for n, (name, typ, ident, aliases, prior, policy) in self.body(
                path, HEADER):
            rows += 1
            self.form(path, n, name, "name")
            if typ not in TYPES:
                self.fault(path, n, f"unknown type '{typ}'")
            m = ID.match(ident)
            if not m or m.group(1) not in KINDS:
                self.fault(path, n, f"bad id '{ident}'")
            elif m.group(2) != m.group(2).lower():
                code = re.fullmatch(r"[A-Z]{2}", m.group(2))
                if not (m.group(1) in CODE_KINDS and code) and \
                        m.group(1) != "language":
                    self.fault(path, n, f"upper-case letter in id '{ident}'")
            if not PRIOR.match(prior) or float(prior) == 0:
                self.fault(path, n, f"bad prior '{prior}'")
            if policy not in POLICIES:
                self.fault(path, n, f"unknown policy '{policy}'")
            if ident != current:
                where = f"{path.name}:{n}"
                if ident in self.id_file:
                    self.fault(path, n, f"id '{ident}' is already at "
                               + self.id_file[ident])
                else:
                    self.id_file[ident] = where
                key = (name.encode(), typ, ident)
                if current_key is not None and key <= current_key:
                    self.fault(path, n, f"'{name}' is out of order")
                if name.startswith("The ") and name not in KEEPS_ARTICLE:
                    self.fault(path, n, f"leading article in name '{name}'")
                current, current_type, current_key = ident, typ, key
                seen_forms = {}
                entries += 1
            elif typ != current_type:
                self.fault(path, n, f"id '{ident}' has two types")
            alias_list = aliases.split("|") if aliases else []
            for a in alias_list:
                self.form(path, n, a, "alias")
                if a == name:
                    self.fault(path, n, f"alias '{a}' is the name")
            for f in [name] + alias_list:
                forms += 1
                if f in seen_forms:
                    if f != name or seen_forms[f] != n:
                        self.fault(path, n, f"form '{f}' is already on line "
                                   f"{seen_forms[f]}")
                seen_forms[f] = n
                self.forms.setdefault(f, {}).setdefault(
                    ident, (path.name, n, prior, policy))
        self.rows[path.name] = (entries, rows, forms)

    def titles(self, path):
        last = None
        count = 0
        for n, (title, kind) in self.body(path, ["name", "id"]):
            count += 1
            self.form(path, n, title, "title")
            if "." in title:
                self.fault(path, n, f"full stop in title '{title}'")
            if kind not in TITLE_KINDS:
                self.fault(path, n, f"unknown kind '{kind}'")
            key = title.encode()
            if last is not None and key <= last:
                self.fault(path, n, f"'{title}' is out of order or repeated")
            last = key
        self.rows["titles.tsv"] = (count, count, count)

    def words(self, path):
        last = None
        count = 0
        for n, line in enumerate(self.lines(path), 1):
            if line.startswith("#"):
                if last is not None:
                    self.fault(path, n, "comment line among the words")
                continue
            count += 1
            if not line or line != line.lower() or not line.isalpha():
                self.fault(path, n, f"'{line}' is not one lower-case word")
            key = line.encode()
            if last is not None and key <= last:
                self.fault(path, n, f"'{line}' is out of order or repeated")
            last = key
        self.rows["ambiguous_words.txt"] = (count, count, count)

    def plain(self, path, header, row_fault):
        """A table whose rows are checked one by one by row_fault(fields)."""
        last = None
        count = forms = 0
        for n, fields in self.body(path, header):
            count += 1
            forms += 1 + sum(f.count("|") for f in fields)
            self.form(path, n, fields[0], header[0])
            message = row_fault(fields)
            if message:
                self.fault(path, n, message)
            key = "\t".join(fields).encode()
            if last is not None and key <= last:
                self.fault(path, n, f"'{fields[0]}' is out of order or "
                           "repeated")
            last = key
        self.rows[path.name] = (count, count, forms)


def frequency_fault(fields):
    value = fields[-1]
    if not value.isdecimal() or str(int(value)) != value or int(value) > 255:
        return f"bad frequency '{value}'"
    if len(fields) == 3 and fields[1] not in ("m", "f", "u"):
        return f"unknown sex '{fields[1]}'"
    return None


def list_fault(fields):
    forms = fields[-1].split("|")
    if len(set(forms)) < len(forms) or "" in forms:
        return f"repeated or empty form in '{fields[-1]}'"
    if len(fields) == 1 and len(forms) < 2:
        return "only one form"
    if len(fields) == 2 and fields[0] in forms:
        return f"'{fields[0]}' is its own nickname"
    return None


OTHER_TABLES = {
    "lexicon/legal_forms.tsv": (["name"], lambda fields: None),
    "names/first_names.tsv": (["name", "sex", "frequency"], frequency_fault),
    "names/last_names.tsv": (["name", "frequency"], frequency_fault),
    "names/nicknames.tsv": (["name", "nicknames"], list_fault),
    "names/transliterations.tsv": (["forms"], list_fault),
}


def main(argv):
    args = argv[1:]
    report = "--report" in args
    args = [a for a in args if a != "--report"]
    if len(args) > 1 or any(a.startswith("-") for a in args):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    root = pathlib.Path(args[0] if args else
                        pathlib.Path(__file__).resolve().parent.parent)
    root = root.resolve()
    check = Checker(root)
    tables = sorted((root / "gazetteer").glob("*.tsv"))
    if not tables:
        print(f"{root}: no gazetteer tables", file=sys.stderr)
        return 1
    for path in tables:
        check.gazetteer(path)
    for name, method in (("titles.tsv", check.titles),
                         ("ambiguous_words.txt", check.words)):
        path = root / "lexicon" / name
        if path.exists():
            method(path)
        else:
            check.faults += 1
            print(f"{path}: missing")
    for name, (header, row_fault) in OTHER_TABLES.items():
        if (root / name).exists():
            check.plain(root / name, header, row_fault)
        else:
            check.faults += 1
            print(f"{root / name}: missing")
    if report:
        for form, ids in sorted(check.forms.items()):
            if len(ids) > 1:
                print(f"shared form '{form}': " + ", ".join(
                    f"{i} ({f}:{n}, {p}{' ' + pol if pol else ''})"
                    for i, (f, n, p, pol) in sorted(ids.items())))
    for name, (entries, rows, forms) in sorted(check.rows.items()):
        print(f"{name}: {entries} entries, {rows} rows, {forms} forms")
    if check.faults:
        print(f"{check.faults} faults")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
