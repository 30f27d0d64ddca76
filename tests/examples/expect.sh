# What the tests of programs share; to be sourced.

failures=0

fail() {
  printf 'FAILED: %s\n' "$1"
  failures=$((failures + 1))
}
# expect WHAT GOT WANTED: equal.
expect() { [[ "$2" == "$3" ]] || fail "$1: got '$2', want '$3'"; }
# expect_like WHAT GOT PATTERN: the pattern (of [[ ]]) matches.
expect_like() { [[ "$2" == $3 ]] || fail "$1: got '$2', want '$3'"; }
