"""Companies that report to the US Securities and Exchange Commission."""

import pathlib
import re
import subprocess
import sys

from english import COMMON, KNOWN, NONE
from tables import Table, fold, is_clean, plain

COMMENT = """Companies listed in the United States that the hand-made tables do not name.
Source: company names of the US Securities and Exchange Commission (public
domain) by way of the Python package edgartools 5.62.1 (MIT), selected and
recased. Written by data/build/run; do not edit."""

# Funds, trusts for investors and shells are no companies that news names.
NO_COMPANY = re.compile(r"\b(?:acquisitions?|funds?|etf|etn|spac|blank check|municipal|income trust|term trust|royalty trust|equity trust|"
                        r"bitcoin|ethereum|solana|xrp|physical|mortgage securities|depositary|depositor|opportunit\w+ trust|portfolio|"
                        r"commodity|merger|national association|capital allocation|funding|receivables|leasing trust|shares)\b", re.I)
STATE = re.compile(r"\s*[/\\].*\Z|\s*\([^)]*\)?|\s+-?ADR\b.*\Z")
LEGAL = {
    "inc": "Inc", "incorporated": "Inc", "corp": "Corp", "corporation": "Corp", "co": "Co", "company": "Co", "ltd": "Ltd", "limited": "Ltd",
    "plc": "PLC", "llc": "LLC", "lp": "LP", "llp": "LLP", "ag": "AG", "aktiengesellschaft": "AG", "se": "SE", "sa": "SA", "nv": "NV", "bv": "BV",
    "asa": "ASA", "ab": "AB", "as": "AS", "a/s": "A/S", "spa": "SpA", "oyj": "Oyj", "kgaa": "KGaA", "tbk": "Tbk", "bhd": "Bhd", "berhad": "Berhad",
    "sab de cv": "SAB de CV", "sa de cv": "SA de CV", "pbc": "PBC", "cv": "CV", "pjsc": "PJSC", "jsc": "JSC", "gmbh": "GmbH", "kk": "KK",
    "pte": "Pte", "pty": "Pty", "sarl": "SARL", "adr": "", "n a": "", "de": "", "new": "", "the": "", "reit": "REIT",
}
SMALL = {"of", "and", "the", "for", "de", "in", "on", "at", "by", "to", "da", "do", "del", "du", "la", "y", "e", "et"}
# Words that make a phrase of common words a company's name.
BUSINESS = set("""airlines airways aerospace automotive bancorp bancorporation bancshares bank banks beverages biopharma biosciences biotech
biotechnologies biotherapeutics brands broadcasting brewing chemical chemicals communications companies devices diagnostics electronics energy
enterprises entertainment financial foods genetics genomics group healthcare holding holdings hospitality hotels industries instruments insurance
international interactive laboratories labs lithium logistics lodging machines manufacturing materials media medicines metals minerals mining motor
motors networks oncology outdoor petroleum pharma pharmaceutical pharmaceuticals photonics power products properties railway realty reit resources
restaurants royalty savings sciences semiconductor semiconductors services software solutions steel stores studios systems technologies technology
telecom telecommunications telephone therapeutics trucking uranium utilities vaccines ventures wireless works""".split())


def rows_of(packages):
    """(cik, exchange, name) in the order of the file, which is that of the companies' size."""
    folder = packages.cache / "pyarrow"
    if not folder.exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", folder,
                        packages.path("pyarrow")], check=True, stderr=subprocess.DEVNULL)
    sys.path.insert(0, str(folder))
    import pyarrow
    import pyarrow.parquet
    data, = packages.files("edgartools", "edgar/reference/data/company_tickers.parquet")
    seen = set()
    for row in pyarrow.parquet.read_table(pyarrow.BufferReader(data)).to_pylist():
        if row["cik"] not in seen:
            seen.add(row["cik"])
            yield int(row["cik"]), row["exchange"] or "", plain(row["name"])
    sys.path.pop(0)


def split_legal(name):
    """("Acme Holdings", "Inc") of "ACME HOLDINGS, INC."."""
    name = STATE.sub("", name).replace(",", " ")
    name = re.sub(r"\b([SN])\.\s?([AV])\.(?!\w)", r"\1\2", name)
    words, legal = name.split(), []
    while len(words) > 1:
        for count in (3, 2, 1):
            if len(words) > count:
                key = " ".join(words[-count:]).lower().replace(".", "")
                if key in LEGAL:
                    legal.insert(0, LEGAL[key])
                    del words[-count:]
                    break
        else:
            if words[-1].lower() in ("&", "and") and legal:
                words.pop()
                legal.insert(0, "&")
                continue
            break
    if words and words[0].lower() == "the":
        words = words[1:]
    legal = [x for x in legal if x and x != "REIT"]
    return words, " ".join(legal)


class Companies:
    def __init__(self, packages, hand_made, english, names, places):
        self.rows = list(rows_of(packages))
        self.hand_made, self.english, self.names, self.places = hand_made, english, names, places
        lines = (pathlib.Path(__file__).resolve().parent / "no_companies.txt").read_text().splitlines()
        self.never = {line for line in lines if not line.startswith("#")}
        self.cases = {}  # folded word -> {casing in names that are not all capitals: count}
        for _, _, name in self.rows:
            words, _ = split_legal(name)
            if any(c.islower() for w in words for c in w):
                for w in words:
                    counts = self.cases.setdefault(w.lower(), {})
                    counts[w] = counts.get(w, 0) + 1

    def cased(self, words):
        """Capitals as a newspaper writes them; a name that is not all in capitals stays as it is."""
        if any(c.islower() for w in words for c in w):
            return words
        out = []
        for w in words:
            key = w.lower()
            seen = self.cases.get(key)
            if out and key in SMALL:
                out.append(key)
            elif key in ("us", "usa", "uk"):
                out.append(w)
            elif key.startswith("mc") and len(key) > 4:
                out.append("Mc" + key[2:].capitalize())
            elif self.english.rank(key) <= KNOWN or self.names.last.get(key, 0) >= 10:
                out.append(w.capitalize())
            elif seen:
                out.append(min(seen.items(), key=lambda s: (-s[1], s[0]))[0])
            elif len(w) <= 3 or "&" in w or any(c.isdigit() for c in w) or not re.search("[AEIOUY]", w):
                out.append(w)
            else:
                out.append("-".join(p.capitalize() for p in w.split("-")))
        return out

    def believed(self, words):
        """How sure the name without its legal form is: (prior, policy), or None where it needs the form."""
        key = fold(" ".join(words))
        parts = key.split()
        if key in self.never or key in self.english.phrases or key.removesuffix("s") in self.english.phrases:
            return None
        if key in self.hand_made.types or key in self.places.taken or key in self.places.by_key:
            return None
        name_part = self.names.is_first(key) or self.names.is_last(key) or key in self.places.surname_variants
        if len(parts) == 1:
            if self.english.rank(key.removesuffix("s")) != NONE or self.english.rank(key) != NONE or name_part or \
                    len(key) <= 3 or words[0].endswith("'s"):
                return None
            if words[0].isupper():
                return (0.7, "exact") if len(key) > 4 else None
            return (0.85, "exact" if len(key) <= 5 else "")
        if words[-1].lower() in SMALL or words[0].lower() in SMALL or len(parts[0]) == 1:
            return None
        if len(parts) == 2 and self.hand_made.types.get(parts[0], set()) & {"LOCATION", "NORP"}:
            return None  # U.S. Energy
        if parts[-1] in BUSINESS:
            rare = any(self.english.rank(p) > KNOWN for p in parts[:-1])
            return (0.95, "") if rare or len(parts) > 2 else (0.8, "exact")
        if self.english.is_phrase(key):
            return (0.8, "exact") if len(parts) > 2 and "&" not in words else None
        if len(parts) == 2 and self.names.is_first(parts[0]) and self.names.is_last(parts[1]):
            return None
        if parts[-1] in ("china", "america", "canada", "usa"):
            return None
        if all(p in self.places.by_key or self.places.named_by_hand(p) for p in parts):
            return None
        return (0.9, "")

    def table(self):
        table = Table(COMMENT)
        seen = set()
        for cik, _, raw in self.rows:
            if NO_COMPANY.search(raw):
                continue
            words, legal = split_legal(raw)
            # AMAZON COM INC
            if len(words) > 1 and words[-1].lower() == "com":
                words = [*words[:-2], words[-2] + ".com"]
            while words and re.fullmatch(r"(?:[IVX]+|\d|[A-Z])\.?", words[-1]) and len(words) > 1:
                words.pop()
            words = self.cased([w.rstrip(".") for w in words])
            base = " ".join(words)
            key = fold(base)
            if not words or key in seen or not is_clean(base.replace("!", "")) or "!" in base or not re.match(r"[A-Za-z0-9]", base):
                continue
            kinds = self.hand_made.types.get(key, set())
            if key in self.hand_made.companies or "ORGANIZATION" in kinds or any(
                    fold(f"{base} {x}") in self.hand_made.companies for x in ("group", "holdings", "company", "corporation", legal)):
                continue
            seen.add(key)
            base = base[0].upper() + base[1:] if base.islower() else base
            full = [f"{base} {legal}"] if legal else []
            sure = self.believed(words)
            if not sure and legal in ("Corp", "Co", "Ltd") and not full[0].endswith(("& Co", "and Co")):
                full.append(f"{base} {({'Corp': 'Corporation', 'Co': 'Company', 'Ltd': 'Limited'})[legal]}")
            ident = f"sec/{cik}"
            if sure and not sure[1]:
                table.add("ORGANIZATION", ident, ([base, *full], sure[0], ""))
            elif sure:
                table.add("ORGANIZATION", ident, ([base], *sure), (full, 0.95, "whole"))
            elif full and not (self.english.rank(key) == COMMON and legal == "Co"):
                table.add("ORGANIZATION", ident, (full, 0.9, "exact,whole" if self.english.is_phrase(key) else "whole"))
        return table
