#!/usr/bin/env python3
"""Turns the annotated texts of data/annotated into JSON Lines for nutgraf-train.

  data/build/annotated.py                   all of them, to standard output
  data/build/annotated.py FILE...           these
  data/build/annotated.py --check FILE...   only say what is wrong, and count

A line "== genre" begins a document, the lines up to the next one are its text, names stand in brackets with their
label: "[PER Ann Lee] left [LOC Oslo]." Brackets mean nothing else, and do not nest. Labels: data/annotated/README.md.
"""
import argparse
import collections
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LABELS = ("PER", "ORG", "LOC", "FAC", "NORP", "EVENT", "PROD", "WORK")
MARK = re.compile(r"\[([A-Z]+) ([^\[\]\n]+)\]")


def read(path, wrong):
    """The documents of a file: (id, genre, text, entities)."""
    documents = []
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith("== ")]
    if not starts or "".join(lines[:starts[0]]).strip():
        wrong(1, "the first line is no '== genre'")
    for number, (start, end) in enumerate(zip(starts, starts[1:] + [len(lines)]), 1):
        text, entities = "", []
        body = lines[start + 1:end]
        while body and not body[-1].strip():
            body.pop()
        for offset, line in enumerate(body):
            at = 0
            for mark in MARK.finditer(line):
                text += line[at:mark.start()]
                label, name = mark.groups()
                if label not in LABELS:
                    wrong(start + offset + 2, f"no label: {label}")
                if name != name.strip():
                    wrong(start + offset + 2, f"white space around a name: {name!r}")
                entities.append({"start": len(text), "end": len(text) + len(name), "label": label})
                text += name
                at = mark.end()
            text += line[at:] + "\n"
            rest = MARK.sub("", line)
            if "[" in rest or "]" in rest:
                wrong(start + offset + 2, "a bracket that marks no name")
        if not text.strip():
            wrong(start + 1, "a document without text")
        documents.append((f"{path.stem}-{number}", lines[start][3:].strip(), text.rstrip("\n"), entities))
    return documents


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("files", nargs="*", type=Path)
    ap.add_argument("--check", action="store_true")
    a = ap.parse_args()
    failed = False
    words = 0
    counts = collections.Counter()
    for path in a.files or sorted((ROOT / "data/annotated").glob("*.txt")):
        def wrong(line, what):
            nonlocal failed
            failed = True
            print(f"{path}:{line}: {what}", file=sys.stderr)
        for name, genre, text, entities in read(path, wrong):
            words += len(text.split())
            counts.update(e["label"] for e in entities)
            if not a.check:
                print(json.dumps({"id": name, "genre": genre, "text": text, "entities": entities}, ensure_ascii=False))
    if a.check:
        print(f"{words} words; " + ", ".join(f"{n} {label}" for label, n in counts.most_common()))
    sys.exit(failed)


if __name__ == "__main__":
    main()
