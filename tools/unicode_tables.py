#!/usr/bin/env python3
"""Generates lib/text/unicode_tables.inc from the Unicode Character Database.

  tools/unicode_tables.py [--ucd /usr/share/unicode] > lib/text/unicode_tables.inc

The tables pin one Unicode version (Debian's package unicode-data), so that tokens, and with them gazetteers and
models, do not change with the ICU that happens to be installed. The output is committed; this script is run by
hand when the version is raised. Python 3, standard library only.
"""
import argparse
import re
from pathlib import Path

LAST = 0x110000
BLOCK = 128

# Order is the C++ enum lib/text/unicode.h CharClass.
CLASSES = ["Other", "Separator", "Letter", "HebrewLetter", "Number", "ExtendNumLet", "Dictionary", "Extend", "Format",
           "Zwj", "RegionalIndicator", "Pictographic", "MidLetter", "MidNum", "MidNumLet", "Apostrophe"]
UPPER, LOWER, PUNCTUATION, CURRENCY, OPEN, CLOSE, DASH, TERMINATOR, QUOTE = (1 << (5 + i) for i in range(9))


def ranges(path, wanted=None):
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        m = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)", line)
        if m and (wanted is None or m[3] in wanted):
            yield int(m[1], 16), int(m[2] or m[1], 16), m[3]


def read_ucd(root):
    category = ["Cn"] * LAST
    decomposition, combining = {}, {}
    first = None
    for line in (root / "UnicodeData.txt").read_text(encoding="utf-8").splitlines():
        f = line.split(";")
        cp = int(f[0], 16)
        if f[1].endswith("First>"):
            first = cp
            continue
        for c in range(first if first is not None else cp, cp + 1):
            category[c] = f[2]
        first = None
        if f[5]:
            decomposition[cp] = [int(x, 16) for x in re.sub(r"<\w+>\s*", "", f[5]).split()]
        if f[3] != "0":
            combining[cp] = int(f[3])
    return category, decomposition


def classes(root, category):
    table = [0] * LAST
    index = {name: i for i, name in enumerate(CLASSES)}

    def put(lo, hi, name):
        for c in range(lo, hi + 1):
            table[c] = index[name]

    names = {"ALetter": "Letter", "Hebrew_Letter": "HebrewLetter", "Numeric": "Number", "ExtendNumLet": "ExtendNumLet",
             "Katakana": "Dictionary", "Extend": "Extend", "Format": "Format", "ZWJ": "Zwj",
             "Regional_Indicator": "RegionalIndicator", "MidLetter": "MidLetter", "MidNum": "MidNum",
             "MidNumLet": "MidNumLet", "Single_Quote": "Apostrophe"}
    for lo, hi, v in ranges(root / "emoji/emoji-data.txt", {"Extended_Pictographic"}):
        put(lo, hi, "Pictographic")
    # Scripts without spaces between words: ideographs, kana, and the South-East Asian scripts (Line_Break=SA).
    for lo, hi, v in ranges(root / "PropList.txt", {"Ideographic"}):
        put(lo, hi, "Dictionary")
    for lo, hi, v in ranges(root / "Scripts.txt", {"Hiragana"}):
        put(lo, hi, "Dictionary")
    for lo, hi, v in ranges(root / "LineBreak.txt", {"SA"}):
        put(lo, hi, "Dictionary")
    for lo, hi, v in ranges(root / "auxiliary/WordBreakProperty.txt", names):
        for c in range(lo, hi + 1):
            if v == "ALetter" and table[c] == index["Dictionary"]:
                continue
            if v == "ALetter" and table[c] == index["Pictographic"]:
                pass  # U+24C2, U+1F130...: a letter first, as UAX #29 has it.
            table[c] = index[names[v]]
    for lo, hi, v in ranges(root / "PropList.txt", {"White_Space"}):
        put(lo, hi, "Separator")
    for c in range(LAST):
        if category[c] in ("Cc", "Cs"):
            table[c] = index["Separator"]
    table[0xFEFF] = index["Separator"]   # byte order mark
    table[0x200B] = index["Format"]      # zero width space: invisible, so it must not split a name
    for c in (0x2019, 0xFF07):           # typographic apostrophes
        table[c] = index["Apostrophe"]
    # News conventions: ':' and ';' never join.
    for c in (0x3A, 0x3B, 0xFF1A, 0xFE13, 0xFE55, 0x37E):
        table[c] = index["Other"]
    # Superscript and vulgar-fraction digits stay with the number or unit before them (km², 2½).
    for c in (0xB2, 0xB3, 0xB9, 0x2070, *range(0x2074, 0x207A), *range(0x2080, 0x208A), 0xBC, 0xBD, 0xBE, *range(0x2150, 0x215F)):
        table[c] = index["Number"]

    quotes = set()
    for lo, hi, v in ranges(root / "PropList.txt", {"Quotation_Mark"}):
        quotes.update(range(lo, hi + 1))
    quotes -= set(range(0x3000, 0xFE41)) | {0xFF02}
    quotes |= {0x60, 0xB4}
    for c in range(LAST):
        g = category[c]
        bits = 0
        if g in ("Lu", "Lt"):
            bits |= UPPER
        if g == "Ll":
            bits |= LOWER
        if g[0] == "P":
            bits |= PUNCTUATION
        if g == "Sc":
            bits |= CURRENCY
        if g == "Ps" or c in (0xAB, 0x2039):
            bits |= OPEN
        if g == "Pe" or c in (0xBB, 0x203A):
            bits |= CLOSE
        if g == "Pi" and c not in (0xAB, 0x2039):
            bits |= OPEN
        if g == "Pf" and c not in (0xBB, 0x203A):
            bits |= CLOSE
        if g == "Pd" or c == 0x2212:
            bits |= DASH
        if c in (0x21, 0x2E, 0x3F, 0x2026, 0x203C, 0x203D, 0x2047, 0x2048, 0x2049, 0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0x0964, 0x06D4, 0x061F):
            bits |= TERMINATOR
        if c in quotes:
            bits |= QUOTE
        table[c] |= bits
    return table


def folds(root, category, decomposition):
    """Code point -> its folded form: full case folding, compatibility decomposition, marks of no script dropped."""
    inherited = set()
    for lo, hi, v in ranges(root / "Scripts.txt", {"Inherited"}):
        inherited.update(c for c in range(lo, hi + 1) if category[c] in ("Mn", "Me"))
    ignorable = set()
    for lo, hi, v in ranges(root / "DerivedCoreProperties.txt", {"Default_Ignorable_Code_Point"}):
        ignorable.update(range(lo, hi + 1))
    ignorable |= {c for c in range(LAST) if category[c] == "Cf"} - set(range(0x600, 0x606)) - {0x6DD, 0x70F, 0x8E2}
    case = {}
    for line in (root / "CaseFolding.txt").read_text(encoding="utf-8").splitlines():
        m = re.match(r"([0-9A-F]+); ([CFST]); ([0-9A-F ]+);", line)
        if m and m[2] in "CF":
            case[int(m[1], 16)] = [int(x, 16) for x in m[3].split()]
    special = {0xF8: "o", 0xD8: "o", 0x142: "l", 0x141: "l", 0x111: "d", 0x110: "d", 0xE6: "ae", 0xC6: "ae", 0x153: "oe",
               0x152: "oe", 0xFE: "th", 0xDE: "th", 0xF0: "d", 0xD0: "d", 0x131: "i", 0x130: "i", 0x127: "h", 0x126: "h",
               0x167: "t", 0x166: "t", 0x14B: "n", 0x14A: "n", 0x1E9E: "ss", 0x259: "a", 0x18F: "a",
               0x2018: "'", 0x2019: "'", 0x201A: "'", 0x201B: "'", 0x2BC: "'", 0x2BB: "'", 0xFF07: "'", 0x2032: "'", 0xB4: "'", 0x60: "'",
               0x201C: '"', 0x201D: '"', 0x201E: '"', 0x201F: '"', 0x2033: '"',
               0x2010: "-", 0x2011: "-", 0x2212: "-", 0x2044: "/"}

    def decompose(cp):
        if 0xAC00 <= cp < 0xD7A4:
            return [cp]
        return [x for d in decomposition[cp] for x in decompose(d)] if cp in decomposition else [cp]

    def fold(cp):
        if cp in special:
            return special[cp]
        out = []
        for c in decompose(cp):
            for d in case.get(c, [c]):
                for e in decompose(d):
                    if e in special and e != cp:
                        out.extend(map(ord, special[e]))
                    elif e not in inherited and e not in ignorable:
                        out.append(e)
        out = "".join(map(chr, out))
        # A long expansion (U+FDFA: 18 characters) would let a text grow: such a character stands for itself.
        if len(out) > 4 or " " in out:
            return chr(cp)
        return out

    result = {}
    for cp in range(0x80, LAST):
        if category[cp] in ("Cn", "Cs", "Co") or 0x4E00 <= cp < 0x9FFF or 0xAC00 <= cp < 0xD7A4 or cp > 0x1FFFF and not 0xE0000 <= cp < 0xE1000:
            continue
        f = fold(cp)
        if f != chr(cp):
            result[cp] = f.encode("utf-8")
    return result


def two_stage(values, name, ctype):
    blocks, index, stage1 = {}, [], []
    for b in range(0, LAST, BLOCK):
        t = tuple(values[b:b + BLOCK])
        if t not in blocks:
            blocks[t] = len(index)
            index.append(t)
        stage1.append(blocks[t])
    print(f"inline constexpr uint16_t k{name}Block[{len(stage1)}] = {{")
    for i in range(0, len(stage1), 24):
        print("    " + ", ".join(map(str, stage1[i:i + 24])) + ",")
    print("};")
    print(f"inline constexpr {ctype} k{name}Value[{len(index) * BLOCK}] = {{")
    flat = [v for t in index for v in t]
    for i in range(0, len(flat), 24):
        print("    " + ", ".join(map(str, flat[i:i + 24])) + ",")
    print("};")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--ucd", default="/usr/share/unicode", type=Path)
    root = ap.parse_args().ucd
    version = re.search(r"(\d+\.\d+\.\d+)", (root / "DerivedCoreProperties.txt").read_text()[:200])[1]
    category, decomposition = read_ucd(root)
    table = classes(root, category)
    fold = folds(root, category, decomposition)
    print(f"// GENERATED BY tools/unicode_tables.py from Unicode {version}; DO NOT EDIT.")
    print("// Unicode data: Copyright Unicode, Inc., Unicode License (see NOTICE).")
    print("// clang-format off")
    print(f'inline constexpr char kUnicodeVersion[] = "{version}";')
    two_stage(table, "Char", "uint16_t")
    heap, offsets, values = bytearray(b"\0"), {}, [0] * LAST
    entries = [(0, 0)]
    for cp, f in fold.items():
        if f not in offsets:
            at = heap.find(f) if f else 0
            if at < 0:
                at = len(heap)
                heap += f
            offsets[f] = len(entries)
            entries.append((at, len(f)))
        values[cp] = offsets[f]
    two_stage(values, "Fold", "uint16_t")
    print(f"struct FoldEntry {{ uint16_t offset; uint8_t size; }};")
    print(f"inline constexpr FoldEntry kFoldEntry[{len(entries)}] = {{")
    for i in range(0, len(entries), 12):
        print("    " + ", ".join("{%d, %d}" % e for e in entries[i:i + 12]) + ",")
    print("};")
    print(f"inline constexpr unsigned char kFoldHeap[{len(heap)}] = {{")
    for i in range(0, len(heap), 24):
        print("    " + ", ".join(map(str, heap[i:i + 24])) + ",")
    print("};")
    print("// clang-format on")


if __name__ == "__main__":
    main()
