#!/usr/bin/env bash
# Runs nutgraf-gazetteer as its users do:  gazetteer_test.sh PROGRAM
set -uo pipefail
# shellcheck source=tests/examples/expect.sh
source "$(dirname "${BASH_SOURCE[0]}")/expect.sh"
gazetteer="$(realpath "$1")" || exit 1
root="$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")" || exit 1
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
# expect_bytes WHAT A B: the files hold the same.
expect_bytes() { cmp -s "$2" "$3" || fail "$1: $2 and $3 differ"; }

# run [ARGUMENT...]: sets $out, $err, $status; standard input is that of the caller.
run() {
  status=0
  "$gazetteer" "$@" >out 2>err || status=$?
  out="$(<out)"
  err="$(<err)"
}
# works WHAT [ARGUMENT...], fails WHAT STATUS PATTERN [ARGUMENT...]
works() {
  run "${@:2}"
  expect "$1: status" "$status" 0
  expect "$1: standard error" "$err" ''
}
fails() {
  run "${@:4}" </dev/null
  expect "$1: status" "$status" "$2"
  expect_like "$1" "$err" "nutgraf-gazetteer: $3"
  expect "$1: lines of the error" "$(wc -l <err)" 1
}

# -- Tables --------------------------------------------------------------------------------------
printf 'name\ttype\tid\taliases\tprior\tpolicy\n' >ships.tsv
printf 'Pacific Heron\tSHIP\tship/heron\tMV Pacific Heron\t0.8\t\n' >>ships.tsv
printf 'Heron\tSHIP\tship/heron\t\t0.4\texact,never-alone\n' >>ships.tsv
printf 'Siemens AG\tORGANIZATION\torg/siemens\n' >>ships.tsv
{
  printf 'name,type,id,aliases,prior,policy\r\n'
  printf 'Pacific Heron,SHIP,ship/heron,"MV Pacific Heron",0.8,\r\n'
  printf 'Heron,SHIP,ship/heron,,0.4,"exact,never-alone"\r\n'
  printf 'Siemens AG,ORGANIZATION,org/siemens,,,\r\n'
} >ships.csv
{
  printf '{"name": "Pacific Heron", "type": "SHIP", "id": "ship/heron", "aliases": ["MV Pacific Heron"], "prior": 0.8}\n'
  printf '{"name": "Heron", "type": "SHIP", "id": "ship/heron", "prior": 0.4, "policy": "exact,never-alone"}\n'
  printf '{"name": "Siemens AG", "type": "ORGANIZATION", "id": "org/siemens"}\n'
} >ships.jsonl

works 'TSV' compile -o ships.gaz ships.tsv
expect 'TSV: standard output' "$out" ''
works 'twice' compile -o again.gaz ships.tsv
expect_bytes 'twice' ships.gaz again.gaz
works 'CSV' compile --quiet -o csv.gaz ships.csv
expect_bytes 'CSV' ships.gaz csv.gaz
works 'JSON Lines' compile -o=jsonl.gaz ships.jsonl
expect_bytes 'JSON Lines' ships.gaz jsonl.gaz
works 'standard input' compile -o stdin.gaz - <ships.tsv
expect_bytes 'standard input' ships.gaz stdin.gaz
[[ ! -e ships.gaz.unfinished ]] || fail 'an unfinished file is left'

printf 'name\nNarvik Maru\n' >untyped.tsv
works 'several tables, types' compile -o more.gaz ships.tsv --type=VESSEL untyped.tsv
works 'type of a table' lookup more.gaz 'Narvik Maru'
expect 'type of a table' "$out" $'name\ttype\tid\tprior\tpolicy\nNarvik Maru\tVESSEL\t\t1.00\tupper'

# -- What looks into an image -----------------------------------------------------------------------
works 'inspect' inspect ships.gaz
expect_like 'inspect' "$out" $'format *.*\nbytes *\nentries   2\nnames     5\nnear      no\n*ORGANIZATION*1*2\nSHIP*1*3'
works 'lookup' lookup ships.gaz 'pacific HERON' Siemens
expect 'lookup' "$out" $'name\ttype\tid\tprior\tpolicy
Pacific Heron\tSHIP\tship/heron\t0.80\tupper
Siemens\tORGANIZATION\torg/siemens\t1.00\tupper'
run lookup ships.gaz Heron Nobody
expect 'one of two: status' "$status" 1
expect 'one of two' "$out" $'name\ttype\tid\tprior\tpolicy\nHeron\tSHIP\tship/heron\t0.40\texact,never-alone'
expect 'one of two' "$err" 'nutgraf-gazetteer: Nobody: no such name'
works 'names' names ships.gaz
expect 'names' "$(tail -n +2 out | cut -f1 | LC_ALL=C sort | paste -sd ,)" \
  'Heron,MV Pacific Heron,Pacific Heron,Siemens,Siemens AG'

works 'without variants' compile --no-variants -o plain.gaz ships.tsv
fails 'without variants' 1 'Siemens: no such name' lookup plain.gaz Siemens
works 'near matches' compile --near-matches -o near.gaz ships.tsv
works 'near matches' inspect near.gaz
expect_like 'near matches' "$out" $'*\nnear      yes\n*'

printf '# a comment\nheron\nHeron\npacific heron\r\ntree\n' >words
works 'common words' compile --common-words=words --licence words -o common.gaz ships.tsv
works 'licence' inspect common.gaz
expect_like 'licence' "$out" '*heron*tree*'
row=$'name\ttype\tid\tprior\tpolicy\nHeron\tSHIP\tship/heron\t0.40\texact,never-alone'
works 'collisions with the words compiled in' collisions common.gaz
expect 'collisions with the words compiled in' "$out" "$row"
works 'no collisions' collisions ships.gaz
expect 'no collisions' "$out" "${row%%$'\n'*}"
printf 'heron\nSiemens\ntree\n' >words
works 'collisions with a file' collisions ships.gaz words
expect 'collisions with a file' "$out" "$row"

# -- What docs/gazetteer.md shows -------------------------------------------------------------------
mkdir docs
awk '/^    name\ttype/ { on = 1 } on && !/^    / { exit } on { sub(/^    /, ""); print }' \
  "$root/docs/gazetteer.md" >docs/ships.tsv
awk '/^    \$ nutgraf-gazetteer / { on = 1 } /^\|/ { if (on) exit } on { sub(/^    /, ""); print }' \
  "$root/docs/gazetteer.md" >docs/transcript
printf 'heron\nlindale\n' >docs/words.txt
(
  cd docs || exit
  grep '^\$ ' transcript | while IFS= read -r line; do
    printf '%s\n' "$line"
    eval "\"\$gazetteer\" ${line#* nutgraf-gazetteer }" 2>&1
  done | sed '/^format /d; s/^bytes .*/.../' >got
)
[[ -s docs/transcript ]] || fail 'docs/gazetteer.md: nothing shown'
expect 'docs/gazetteer.md' "$(<docs/got)" "$(<docs/transcript)"

# -- Name parts ---------------------------------------------------------------------------------
names=(--first="$root/data/names/first_names.tsv" --last "$root/data/names/last_names.tsv"
  --spellings="$root/data/names/transliterations.tsv" --nicknames="$root/data/names/nicknames.tsv")
works 'name parts' compile-names -o names.bin "${names[@]}"
works 'name parts' compile-names "${names[@]}" -o=again.bin
expect_bytes 'name parts' names.bin again.bin
printf 'name\tfrequency\nIvanov\t300\n' >last.tsv
fails 'name parts: number' 1 "last.tsv:2: frequency '300' is no number from 0 to 255" \
  compile-names -o names.bin --last=last.tsv
fails 'name parts: header' 1 'last.tsv:1: the header must name the columns forms' \
  compile-names -o names.bin --spellings=last.tsv
expect_bytes 'name parts: the old image' names.bin again.bin
fails 'name parts: no gazetteer' 1 'names.bin: *' inspect names.bin

# -- Errors -------------------------------------------------------------------------------------
cp ships.gaz old.gaz
fails 'missing table' 1 'missing.tsv: cannot read: No such file or directory' compile -o ships.gaz missing.tsv
fails 'missing words' 1 'missing: cannot read: No such file or directory' compile -o ships.gaz --common-words=missing ships.tsv
printf 'name\ttype\tcolour\nx\tA\tred\n' >column.tsv
fails 'column' 1 "column.tsv:1: column 'colour' is none of *" compile -o ships.gaz column.tsv
printf '# first\nname\ttype\nx\tA\n\ny\t\n' >type.tsv
fails 'no type' 1 'type.tsv:5: no type' compile -o ships.gaz ships.tsv type.tsv
printf 'name,type\n"A\nB",X\n"C,X\n' >quote.csv
fails 'quote' 1 'quote.csv:4: a quoted field has no end' compile -o ships.gaz quote.csv
printf '\n{"name": 1}\n' >number.jsonl
fails 'JSON' 1 'number.jsonl:2: "name" is no string' compile -o ships.gaz number.jsonl
run compile -o ships.gaz - <<<'x'
expect 'column of standard input: status' "$status" 1
expect_like 'column of standard input' "$err" "nutgraf-gazetteer: (standard input):1: column 'x' is none of *"
expect_bytes 'the old image' ships.gaz old.gaz
fails 'no folder' 1 'nowhere/*: cannot write' compile -o nowhere/ships.gaz ships.tsv
mkdir taken
fails 'folder' 1 'taken*: cannot write' compile -o taken ships.tsv
if [[ -w /dev/full ]]; then
  status=0
  "$gazetteer" names ships.gaz >/dev/full 2>err || status=$?
  expect 'full disk: status' "$status" 1
  expect 'full disk' "$(<err)" 'nutgraf-gazetteer: cannot write the output'
fi

fails 'missing image' 1 'missing.gaz: cannot open: *' inspect missing.gaz
fails 'no image' 1 'ships.tsv: *' lookup ships.tsv Heron
size=$(wc -c <ships.gaz)
head -c $((size / 2)) ships.gaz >short.gaz
fails 'truncated image' 1 'short.gaz: *' names short.gaz
{ head -c $((size - 1)) ships.gaz && printf 'x'; } >damaged.gaz
fails 'damaged image' 1 'gazetteer: *damaged*' inspect damaged.gaz

for wrong in '' 'compile' 'compile -o x' 'compile ships.tsv' 'compile --nonsense -o x ships.tsv' \
  'compile ships.tsv -o' 'compile-names --nonsense' 'compile-names --first=x' 'inspect' 'lookup ships.gaz' \
  'collisions ships.gaz a b' 'melt ships.gaz'; do
  # shellcheck disable=SC2086  # split into arguments
  fails "'$wrong'" 2 '*; --help shows how' $wrong
done
[[ ! -e x ]] || fail 'a wrong command line writes'
works 'help' --help
expect_like 'help' "$out" 'Usage: nutgraf-gazetteer *compile-names*'

((failures == 0)) && printf 'All as it should be\n'
exit $((failures > 0))
