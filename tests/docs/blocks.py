#!/usr/bin/env python3
"""The code blocks of the documentation, for the tests: the pages themselves are the source.

  blocks.py extract OUT_DIR PAGE.md...     writes sources, prints a line "KIND;NAME;FILE;PLACE" for each
  blocks.py check PAGE.md[:LINE] PROGRAM [ARGUMENT...]
                                           runs the program and compares what it prints with the page

A ```cpp block that has main() is a program of its own, named after page and number. All others of a
page are fragments: they go, each in a namespace of its own, into one source that is compiled only.
A fragment that defines types stands in that namespace, every other one in a function whose
parameters are listed in OPEN.

check: the expected output is the first ```text block at or after LINE; of a C++ source it is the
comment lines, indented by three blanks, after the first that begins with "Prints". White space
counts as one blank; a line "..." stands for anything.
"""
import re
import subprocess
import sys
from pathlib import Path

PREAMBLE = """// Made by tests/docs/blocks.py from {page}.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

{headers}
"""
OPEN = """
namespace block_{line} {{
[[maybe_unused]] absl::Status Block(
    [[maybe_unused]] std::string_view text, [[maybe_unused]] std::string_view article,
    [[maybe_unused]] const std::vector<std::string>& articles,
    [[maybe_unused]] const std::string& path,
    [[maybe_unused]] nutgraf::Pipeline::Builder& builder,
    [[maybe_unused]] const nutgraf::Pipeline& pipeline, [[maybe_unused]] nutgraf::Document& document,
    [[maybe_unused]] const nutgraf::Gazetteer& mine) {{
#line {line} "{page}"
{body}
  return absl::OkStatus();
}}
}}  // namespace block_{line}
"""
OPEN_TYPES = """
namespace block_{line} {{
#line {line} "{page}"
{body}
}}  // namespace block_{line}
"""


def blocks(page):
    """Language, first line, body of each fenced block."""
    language, first, body = None, 0, []
    for number, line in enumerate(Path(page).read_text(encoding="utf-8").splitlines(), 1):
        fence = re.match(r"\s*```(\S*)", line)
        if not fence:
            body.append(line)
        elif language is None:
            language, first, body = fence[1], number + 1, []
        else:
            yield language, first, body
            language = None


def write(path, text):
    """Leaves a file alone that would not change, and so what is built from it."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def extract(out, pages):
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    include = Path(__file__).resolve().parents[2] / "include"
    headers = "\n".join(f"#include \"nutgraf/{h.name}\"" for h in sorted((include / "nutgraf").glob("*.h")))
    for page in pages:
        stem = Path(page).stem.lower()
        fragments = ""
        programs = 0
        for language, line, body in blocks(page):
            if language not in ("cpp", "c++"):
                continue
            text = "\n".join(body)
            if re.search(r"^int main\(", text, re.M):
                programs += 1
                path = out / f"{stem}_{programs}.cc"
                write(path, f"#line {line} \"{page}\"\n{text}\n")
                print(f"program;{stem}_{programs};{path};{page}:{line}")
            else:
                types = re.search(r"^(struct|class|template|namespace)\b", text, re.M)
                fragments += (OPEN_TYPES if types else OPEN).format(line=line, page=page, body=text)
        if fragments:
            path = out / f"{stem}_fragments.cc"
            write(path, PREAMBLE.format(page=Path(page).name, headers=headers) + fragments)
            print(f"fragments;{stem};{path};{page}")


def expected(place):
    page, _, line = place.partition(":")
    if page.endswith(".md"):
        for language, first, body in blocks(page):
            if language == "text" and first >= int(line or 0):
                return body
        sys.exit(f"{place}: no ```text block there")
    lines, printing = [], False
    for comment in Path(page).read_text(encoding="utf-8").splitlines():
        if not comment.startswith("//"):
            break
        if comment.startswith("// Prints"):
            printing = True
        elif printing and comment.startswith("//   "):
            lines.append(comment[5:])
        elif lines:
            break
    return lines or sys.exit(f"{page}: no comment lines after '// Prints'")


def check(place, command):
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
    printed = run.stdout.decode("utf-8")
    parts, part = [], []
    for line in [*expected(place), "..."]:
        if line.strip() == "...":
            parts.append(" ".join(" ".join(part).split()))
            part = []
        else:
            part.append(line)
    open_end = expected(place)[-1].strip() == "..."
    pattern = ".*".join(re.escape(p) for p in parts) + (".*" if open_end else "")
    if run.returncode != 0 or not re.fullmatch(pattern, " ".join(printed.split()), re.S):
        sys.exit(f"{place}: {command[0]} ended with {run.returncode} and printed\n{printed}\n"
                 f"where the page says\n" + "\n".join(expected(place)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["extract"]:
        extract(sys.argv[2], sys.argv[3:])
    elif sys.argv[1:2] == ["check"] and len(sys.argv) > 3:
        check(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(__doc__)
