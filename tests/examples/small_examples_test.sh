#!/usr/bin/env bash
# What the small examples do with arguments and errors:  small_examples_test.sh FOLDER_OF_PROGRAMS
# (What they print without any is compared with their first comment: tests/docs.)
set -uo pipefail
programs="$(realpath "$1")" || exit 1
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failures=0

# expect_like WHAT PATTERN STATUS PROGRAM [ARGUMENT...]: its output (both streams) and exit status.
expect_like() {
  local what="$1" pattern="$2" wanted="$3" got status=0
  got="$("$programs/$4" "${@:5}" 2>&1)" || status=$?
  [[ "$got" == $pattern && "$status" == "$wanted" ]] && return
  printf 'FAILED: %s: status %s, printed\n%s\nwant status %s and %s\n' \
    "$what" "$status" "$got" "$wanted" "$pattern"
  failures=$((failures + 1))
}

# -- nutgraf-own-gazetteer --------------------------------------------------------------------------
printf 'name\ttype\tid\taliases\nShipping Council\tORGANIZATION\torg/shipping-council\t\n' >good.tsv
expect_like 'table' '*ORGANIZATION*Shipping Council*org/shipping-council*own*' 0 \
  nutgraf-own-gazetteer good.tsv
printf 'name\ttype\n\nShipping Council\tORGANIZATION\n\tORGANIZATION\n' >bad.tsv
expect_like 'error in a table' '*bad.tsv:4: a name has no token*' 1 nutgraf-own-gazetteer bad.tsv
printf 'name\tkind\n' >header.tsv
expect_like 'unknown column' "*header.tsv:1: column 'kind'*" 1 nutgraf-own-gazetteer header.tsv
expect_like 'no table' '*missing.tsv: cannot open the file*' 1 nutgraf-own-gazetteer missing.tsv

# -- nutgraf-count-places ---------------------------------------------------------------------------
mkdir -p news/old empty
printf 'Rain fell in Kazakhstan.' >news/a.txt
printf 'The president of Kazakhstan flew to Tokyo.' >news/old/b.txt
expect_like 'folders in folders' $'2  country/KZ  Kazakhstan\n1  capital/tokyo  Tokyo' 0 \
  nutgraf-count-places news
expect_like 'empty folder' '' 0 nutgraf-count-places empty
expect_like 'no folder' '*missing: *' 1 nutgraf-count-places missing

((failures == 0))
