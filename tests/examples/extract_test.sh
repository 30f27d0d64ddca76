#!/usr/bin/env bash
# Runs nutgraf-extract as its users do:  extract_test.sh PROGRAM
set -uo pipefail
# shellcheck source=tests/examples/expect.sh
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
extract="$(realpath "$1")" || exit 1
folder="$(mktemp -d)"
docs="$(realpath "$(dirname "${BASH_SOURCE[0]}")/../../docs")" || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

# run [ARGUMENT...]: sets $out, $err, $status; standard input is that of the caller.
run() {
  status=0
  "$extract" "$@" >out 2>err || status=$?
  out="$(tr -d '\0' <out)"
  err="$(<err)"
}

# -- Command line -----------------------------------------------------------------------------------
run --help
expect 'help' "$status" 0
expect_like 'help' "$out" 'Usage: nutgraf-extract *Examples:*'
run --version
expect_like 'version' "$out" 'nutgraf [0-9]*.[0-9]*.[0-9]*'
run --licences
expect 'licences' "$status" 0
[[ -n "$out" ]] || fail 'licences: nothing'

for wrong in --nonsense --format=xml --threads=0 --threads=x --threads= --offsets=chars --layers=nouns --layers= \
  --date=yesterday --date=2022-02-30 --max-bytes=1X --max-bytes=-1 --max-bytes=99999999999999999999 --width=3 \
  --show-text=1 --rows --color=red --input=html -x; do
  run "$wrong" </dev/null
  expect "$wrong: status" "$status" 2
  expect "$wrong: standard output" "$out" ''
  expect_like "$wrong" "$err" "nutgraf-extract: *${wrong%%=*}*; try --help"
  expect "$wrong: lines" "$(wc -l <err)" 1
done
run $'--\e[31m=1' </dev/null
[[ "$err" != *$'\e'* ]] || fail 'an escape sequence came through'

# -- Plain texts ----------------------------------------------------------------------------------
printf 'It rained in Omsk.\n' >a.txt
printf '\xEF\xBB\xBFTwo\r\nlines, \xFF\xE2\x80 and a \0 byte.' >b.txt
: >empty.txt
printf ' \n\t\n' >white.txt
tokens=(--format=jsonl --layers=tokens)

run "${tokens[@]}" a.txt
expect 'one text' "$out" '{"id":"a.txt","tokens":[[0,2],[3,9],[10,12],[13,17],[17,18]]}'
expect 'one text: status' "$status" 0
run --format jsonl --layers tokens a.txt
expect 'value in an argument of its own' "$out" '{"id":"a.txt","tokens":[[0,2],[3,9],[10,12],[13,17],[17,18]]}'
run "${tokens[@]}" <a.txt
expect 'standard input' "$out" '{"id":"-","tokens":[[0,2],[3,9],[10,12],[13,17],[17,18]]}'
run "${tokens[@]}" - <a.txt
expect '-' "$out" '{"id":"-","tokens":[[0,2],[3,9],[10,12],[13,17],[17,18]]}'
run "${tokens[@]}" b.txt
expect 'bytes' "$out" '{"id":"b.txt","tokens":[[3,6],[8,13],[13,14],[19,22],[23,24],[27,31],[31,32]]}'
run "${tokens[@]}" --offsets=codepoints b.txt
expect 'code points' "$out" '{"id":"b.txt","tokens":[[1,4],[6,11],[11,12],[16,19],[20,21],[24,28],[28,29]]}'
run "${tokens[@]}" empty.txt white.txt
expect 'no words' "$out" $'{"id":"empty.txt","tokens":[]}\n{"id":"white.txt","tokens":[]}'
run "${tokens[@]}" -- a.txt
expect 'after --' "$status" 0
run --date=2022-01-11 --format=jsonl --layers=tokens empty.txt
expect 'date' "$out" '{"id":"empty.txt","date":"2022-01-11","tokens":[]}'
run a.txt
expect_like 'report' "$out" 'a.txt  19 bytes, 4 words*'
[[ "$out" != *$'\e'* ]] || fail 'colour without a terminal'
run --color=always a.txt
[[ "$out" == *$'\e'* ]] || fail 'no colour though it must be'
run --show-text b.txt
expect_like 'report shows the text' "$out" '*Two*lines*and a ␀ byte.'

mkdir folder
run "${tokens[@]}" missing.txt a.txt folder
expect 'files that cannot be read: status' "$status" 1
expect 'files that cannot be read: the other' "$out" '{"id":"a.txt","tokens":[[0,2],[3,9],[10,12],[13,17],[17,18]]}'
expect_like 'files that cannot be read' "$err" \
  'nutgraf-extract: missing.txt: cannot open the file: No such file or directory*nutgraf-extract: folder: is a directory*'
if ((EUID != 0)); then
  touch secret.txt
  chmod 000 secret.txt
  run secret.txt
  expect_like 'permission' "$err" 'nutgraf-extract: secret.txt: cannot open the file: Permission denied'
fi
run --max-bytes=18 "${tokens[@]}" a.txt empty.txt
expect 'over the limit: status' "$status" 1
expect_like 'over the limit' "$err" 'nutgraf-extract: a.txt: text is over the limit of 18 bytes*'
expect 'over the limit: the other' "$out" '{"id":"empty.txt","tokens":[]}'

# -- JSON Lines -------------------------------------------------------------------------------------
{
  printf '\xEF\xBB\xBF{"id": "x", "text": "One.", "date": "2020-01-01"}\r\n'
  printf '\n{"id": "x", "text": "a\\u0000b", "ref": "2020-01-01T10:00:00"}\r\n'
  printf 'not json\n{"id": 3, "text": "\\u00e9 1"}'
} >in.jsonl
run --input=jsonl "${tokens[@]}" --date=2022-01-11 --offsets=codepoints in.jsonl
expect 'lines: status' "$status" 1
expect 'lines' "$out" '{"id":"x","date":"2020-01-01","tokens":[[0,3],[3,4]]}
{"id":"x","date":"2020-01-01T10:00:00","tokens":[[0,1],[2,3]]}
{"id":"3","date":"2022-01-11","tokens":[[0,1],[2,3]]}'
expect_like 'lines' "$err" 'nutgraf-extract: in.jsonl:4: byte 1: not a JSON value; *'
run --input=jsonl "${tokens[@]}" <in.jsonl
expect_like 'lines from standard input' "$err" 'nutgraf-extract: (standard input):4: *'

{
  printf '{"text": "%s"}\n' "$(head -c 2000 /dev/zero | tr '\0' a)"
  printf '{"text": "'
  head -c 3000000 /dev/zero | tr '\0' a
  printf '"}\n{"id": "good", "text": ""}\n'
} >long.jsonl
run --input=jsonl "${tokens[@]}" --max-bytes=1K long.jsonl
expect 'long lines: status' "$status" 1
expect 'long lines: the other' "$out" '{"id":"good","tokens":[]}'
expect_like 'long lines' "$err" \
  'nutgraf-extract: long.jsonl:1: text of 2000 bytes *nutgraf-extract: long.jsonl:2: line of 3000012 bytes is over*nutgraf-extract: 2 documents failed'

# -- The examples of docs/output.md ------------------------------------------------------------------
awk '/^```json$/ { block += 1; next } /^```$/ { inside = 0; next } block == 1 && !done { print; done = 1 }' \
  "$docs/output.md" >news.jsonl
run --input=jsonl --format=jsonl --layers=all news.jsonl
expect 'docs/output.md, JSON' "$out" \
  "$(awk '/^```json$/ { block += 1; next } /^```$/ { if (block == 2) exit; next }
          block == 2 { sub(/^ /, ""); printf "%s", $0 }' "$docs/output.md")"
run --input=jsonl news.jsonl
expect 'docs/output.md, report' "$out" \
  "$(awk '/^    a1  / { on = 1 } on && /^[^ ]/ { exit } on { sub(/^    /, ""); print }' "$docs/output.md")"

# -- Threads ------------------------------------------------------------------------------------------
for ((i = 0; i < 20000; ++i)); do
  if ((i % 1999 == 7)); then
    printf '{"id": %d, "text": \n' "$i"
  else
    printf '{"id": %d, "text": "Story %d: at least %d people came to Omsk, Mr. Ivanov’s office said. ' "$i" "$i" "$i"
    ((i % 100 != 0)) || printf 'And so on, %0*d. ' $((i % 5000)) 1
    printf '"}\n'
  fi
done >many.jsonl
for format in jsonl text; do
  "$extract" --input=jsonl --format=$format --layers=all --threads=1 many.jsonl >one.out 2>one.err
  expect "$format, one thread: status" $? 1
  for threads in 2 8; do
    "$extract" --input=jsonl --format=$format --layers=all --threads=$threads many.jsonl >more.out 2>more.err
    expect "$format, $threads threads: status" $? 1
    cmp -s one.out more.out || fail "$format: other bytes with $threads threads"
    cmp -s one.err more.err || fail "$format: other errors with $threads threads"
  done
done
expect 'documents' "$("$extract" --input=jsonl --format=jsonl many.jsonl 2>/dev/null | wc -l)" 19989

# -- Output that fails -------------------------------------------------------------------------------
for threads in 1 4; do
  "$extract" --input=jsonl --format=jsonl --layers=all --threads=$threads many.jsonl 2>err | head -n 1 >/dev/null
  expect "broken pipe, $threads threads: status" "${PIPESTATUS[0]}" 0
  expect 'broken pipe' "$(grep -v '^nutgraf-extract: many.jsonl:' err)" ''
  if [[ -w /dev/full ]]; then
    status=0
    "$extract" --threads=$threads a.txt >/dev/full 2>err || status=$?
    expect 'full disk: status' "$status" 1
    expect 'full disk' "$(<err)" 'nutgraf-extract: cannot write the output: No space left on device'
  fi
done
# What is there comes out before there is more.
mkfifo pipe
"$extract" --input=jsonl "${tokens[@]}" pipe >slow.out &
reader=$!
exec 3<>pipe
printf '{"id": 1, "text": ""}\n' >&3
for ((i = 0; i < 100; ++i)); do
  [[ ! -s slow.out ]] || break
  sleep 0.1
done
expect 'a slow pipe' "$(<slow.out)" '{"id":"1","tokens":[]}'
exec 3>&-
wait "$reader" || fail 'a slow pipe: status'

((failures == 0)) && printf 'All as it should be\n'
exit $((failures > 0))
