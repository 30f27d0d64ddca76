"""Parts of person names: frequencies of first and last names, spelling variants, nicknames."""

import csv
import importlib
import io
import math
import pkgutil
import re
import sys

from tables import fold, is_latin, lines_text, plain

WORD = re.compile(r"[A-Z][A-Za-z'\u00c0-\u024f\u1e00-\u1eff]*(?:-[A-Z][A-Za-z'\u00c0-\u024f\u1e00-\u1eff]*)?\Z")
FORMULA = """frequency: round(16 log2(1 + n)), n bearers in a million by the 1990 census of the
United States (0 where it counts fewer than ten); a name that only lists without
frequencies hold counts one in a million for each country that lists it."""


def frequency(n):
    return min(255, round(16 * math.log2(1 + n)))


def cased(name):
    """MCDONALD as McDonald."""
    name = name.capitalize()
    return "Mc" + name[2:].capitalize() if name.startswith("Mc") and len(name) > 4 else name


class Names:
    """Bearers in a million of each first and last name, by folded form."""

    def __init__(self, packages):
        self.first, self.last = {}, {}          # folded -> bearers in a million (US census)
        self.sexes = {}                         # folded first name -> {m, f}
        self.written = {}                       # folded -> {spelling: countries}
        self.first_lists, self.last_lists = {}, {}  # folded -> {country}
        self.census(packages)
        self.lists(packages)

    def census(self, packages):
        base = "names-0.3.0/names/dist."
        female, male, last = packages.files("names", base + "female.first", base + "male.first", base + "all.last")
        for data, sex in ((female, "f"), (male, "m"), (last, "")):
            for line in data.decode("ascii").splitlines():
                name, percent, *_ = line.split()
                key = fold(name)
                into = self.first if sex else self.last
                into[key] = into.get(key, 0) + float(percent) * 10_000 / (2 if sex else 1)
                if sex:
                    self.sexes.setdefault(key, {})
                    self.sexes[key][sex] = float(percent)
                self.written.setdefault(key, {}).setdefault(cased(name), 1)

    def lists(self, packages):
        """The lists of Faker's locales, those in Latin script."""
        sys.path.insert(0, str(packages.unpacked("faker")))
        import faker.providers.person as person
        for module in sorted(m.name for m in pkgutil.iter_modules(person.__path__)):
            if module in ("en", "en_US", "es", "sw"):  # the census has these; languages are no countries
                if module != "sw":
                    continue
            provider = importlib.import_module(f"faker.providers.person.{module}").Provider
            for attribute in sorted(dir(provider)):
                what = re.fullmatch(r"(first|last)_(?:romanized_)?names(?:_(male|female).*|_(?:common|unisex|only))?", attribute)
                if not what:
                    continue
                names = getattr(provider, attribute)
                if not isinstance(names, (list, tuple, set, dict)):
                    continue
                for name in sorted(n for n in names if isinstance(n, str)):
                    self.listed(plain(name), what[1], (what[2] or "")[:1], module)
        sys.path.pop(0)

    def listed(self, name, part, sex, country):
        name = name.replace(".", "")
        if name.isupper():
            name = name.capitalize()
        if not is_latin(name) or not WORD.match(name) or len(fold(name)) < 2:
            return
        key = fold(name)
        (self.first_lists if part == "first" else self.last_lists).setdefault(key, set()).add(country)
        spellings = self.written.setdefault(key, {})
        spellings[name] = spellings.get(name, 0) + 2
        if part == "first" and sex:
            self.sexes.setdefault(key, {}).setdefault(sex, 0.001)

    def spelling(self, key):
        return min(self.written[key].items(), key=lambda s: (-s[1], s[0].encode()))[0]

    def sex(self, key):
        shares = self.sexes.get(key, {})
        f, m = shares.get("f", 0), shares.get("m", 0)
        return "f" if f > 9 * m else "m" if m > 9 * f else "u"

    def weight(self, key, census, lists):
        return frequency(census[key] if key in census else len(lists[key]))

    def is_first(self, key):
        return key in self.first or key in self.first_lists

    def is_last(self, key):
        return key in self.last or key in self.last_lists

    def first_table(self):
        keys = set(self.first) | set(self.first_lists)
        return lines_text(
            "First names. Sources: US Census Bureau (1990) by way of the Python package\nnames 0.3.0 (public domain; MIT), "
            "Faker 40.54.0 (MIT). Written by data/build/run.\nsex: m, f, or u where a tenth or more are of the other sex.\n" + FORMULA,
            "name\tsex\tfrequency",
            [f"{self.spelling(k)}\t{self.sex(k)}\t{self.weight(k, self.first, self.first_lists)}" for k in keys])

    def last_table(self):
        keys = set(self.last) | set(self.last_lists)
        return lines_text(
            "Last names. Sources: US Census Bureau (1990) by way of the Python package\nnames 0.3.0 (public domain; MIT), "
            "Faker 40.54.0 (MIT). Written by data/build/run.\n" + FORMULA,
            "name\tfrequency", [f"{self.spelling(k)}\t{self.weight(k, self.last, self.last_lists)}" for k in keys])


def transliteration_groups(packages):
    """Groups of spellings of one name part, Latin script, one word each, no two the same when folded."""
    text, = packages.files("rigour", "rigour/data/names/persons.txt")
    for line in text.decode("utf-8").splitlines():
        group = {}
        for form in line.partition("=>")[0].split(","):
            form = plain(form).lower()
            if re.fullmatch(r"[^\W\d_][^\W\d_']+(?:-[^\W\d_']+)?", form) and is_latin(form):
                key = fold(form)
                if key not in group or (len(form.encode()), form) < (len(group[key].encode()), group[key]):
                    group[key] = form
        if len(group) > 1:
            yield group


def transliterations_table(packages, names):
    known = names.first.keys() | names.last.keys() | names.first_lists.keys() | names.last_lists.keys()
    rows = set()
    for group in transliteration_groups(packages):
        # Groups of forms that nobody knows elsewhere are kept too; the longest tails of variants are not.
        forms = sorted(group, key=lambda k: (k not in known, k.encode()))[:12]
        rows.add("|".join(sorted(group[k] for k in forms)))
    return lines_text(
        "Spellings of one first or last name, a group in each line, separated by |, in\nlower case. Forms that differ only "
        "in diacritics are given once, without.\nSource: rigour 1.3.1, data/names/persons.txt (MIT). Written by data/build/run.", "forms", rows)


def nicknames_table(packages):
    text, = packages.files("nicknames", "nicknames/names.csv")
    groups = {}
    for row in csv.DictReader(io.StringIO(text.decode("utf-8"))):
        if row["relationship"] == "has_nickname" and len(row["name2"]) > 1 and " " not in row["name2"] + row["name1"]:
            groups.setdefault(row["name1"].capitalize(), set()).add(row["name2"].capitalize())
    return lines_text(
        "Nicknames of first names. Source: nicknames 1.0.1 (Apache-2.0). Written by\ndata/build/run.", "name\tnicknames",
        [f"{name}\t{'|'.join(sorted(nicks - {name}))}" for name, nicks in groups.items() if nicks - {name}])
