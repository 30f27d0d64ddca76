# shellcheck shell=bash
# What run, test, tests/long and the scripts under tools/ share: steps that say how long they took,
# packages that are installed when they are missing, presets that are built. Sourced, not run.
#
# The script that sources this may set `report_fd` first: the descriptor for the report, 1 or 2.

set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
log_dir="$root/build/log"
report_fd="${report_fd:-1}"
jobs="$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)"
script_start="$(date +%s%N)"

bold='' dim='' red='' green='' reset='' interactive=''
if [[ -t $report_fd && "${TERM:-dumb}" != dumb ]]; then
  interactive=1
  if [[ -z "${NO_COLOR:-}" ]]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' reset=$'\e[0m'
  fi
fi

say() { printf '%s\n' "$*" >&"$report_fd"; }

die() {
  say "${red}$*${reset}"
  exit 1
}

# since START: the time since START (nanoseconds) as a person reads it.
since() {
  local tenths=$((($(date +%s%N) - $1) / 100000000))
  if ((tenths < 100)); then
    printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
  elif ((tenths < 600)); then
    printf '%d s' $((tenths / 10))
  else
    printf '%d min %02d s' $((tenths / 600)) $((tenths % 600 / 10))
  fi
}

# -- Steps -----------------------------------------------------------------------------------------

step_pid=''

stop_step() {
  [[ -z "$step_pid" ]] || kill -TERM -- "-$step_pid" 2>/dev/null || true
  [[ -z "$interactive" ]] || printf '\n' >&"$report_fd"
  exit 130
}
trap stop_step INT TERM

# step TITLE COMMAND...: runs the command, quietly, and says on one line how long it took. If it
# fails, shows the end of what it wrote and exits. The whole output is in $step_log.
step() {
  local title="$1" start status=0 slug progress
  shift
  start="$(date +%s%N)"
  slug="$(printf '%s' "$title" | tr -cs '[:alnum:]' '-' | tr '[:upper:]' '[:lower:]')"
  step_log="$log_dir/${slug%-}.log"
  mkdir -p "$log_dir"
  [[ -n "$interactive" ]] || printf '  %-52s ' "$title" >&"$report_fd"

  # In a process group of its own, so that an interrupt ends all of it.
  set -m
  "$@" >"$step_log" 2>&1 </dev/null &
  step_pid=$!
  set +m
  if [[ -n "$interactive" ]]; then
    while kill -0 "$step_pid" 2>/dev/null; do
      progress="$(tail -c 2000 "$step_log" 2>/dev/null | tr '\r' '\n' \
        | grep -oE '(^\[| )[0-9]+/[0-9]+(\]| Test)' | tail -n 1 | tr -d '[]' | tr -d ' Test' || true)"
      printf '\r\e[K  %-52s %s%s  %s%s' "$title" "$dim" "$(since "$start")" "$progress" "$reset" \
        >&"$report_fd"
      sleep 0.2
    done
  fi
  wait "$step_pid" || status=$?
  step_pid=''
  [[ -z "$interactive" ]] || printf '\r\e[K  %-52s ' "$title" >&"$report_fd"
  if ((status == 0)); then
    say "${green}$(since "$start")${reset}"
    return
  fi
  say "${red}failed after $(since "$start")${reset}"
  show_failure >&"$report_fd"
  exit "$status"
}

# What of $step_log tells why the step failed: the output of the failed tests if it is ctest's, else
# the end.
show_failure() {
  local lines="${NUTGRAF_LOG_LINES:-100}" log="${step_log#"$root"/}"
  if grep -q '^[0-9]*% tests passed' "$step_log"; then
    printf '%s-- from %s --%s\n' "$dim" "$log" "$reset"
    awk -v limit="$lines" '
      / Test +#[0-9]+: / { shown = /\*\*\*/ && !/\*\*\*Skipped/; count = 0 }
      /^ +Start +[0-9]+: / { next }
      /^[0-9]+% tests passed/ { shown = 1; limit = 1000 }
      shown && count++ < limit' "$step_log"
  else
    printf '%s-- the end of %s --%s\n' "$dim" "$log" "$reset"
    tail -n "$lines" "$step_log"
  fi
}

# -- Packages --------------------------------------------------------------------------------------

# at_least VERSION MINIMUM
at_least() { [[ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" == "$2" ]]; }

# Sets `cmake` and `ctest` to a CMake that works and is new enough. The system's own comes first: a
# CMake from elsewhere in front of it in PATH may be older, or a wrapper that does not run.
find_cmake() {
  local candidate version
  while IFS= read -r candidate; do
    [[ -x "$candidate" && -x "$(dirname "$candidate")/ctest" ]] || continue
    version="$("$candidate" --version 2>/dev/null | sed -n '1s/^cmake version \([0-9.]*\).*/\1/p')"
    if [[ -n "$version" ]] && at_least "$version" 3.25; then
      cmake="$candidate" ctest="$(dirname "$candidate")/ctest"
      return 0
    fi
  done < <(printf '%s\n' "${CMAKE:-}" /usr/bin/cmake; type -ap cmake || true)
  return 1
}

has_package() {
  [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

has_clang_runtime() {
  local directory
  directory="$(clang++ -print-runtime-dir 2>/dev/null)" || return 1
  compgen -G "$directory/libclang_rt.fuzzer*.a" >/dev/null \
    || compgen -G "$(dirname "$directory")/linux/libclang_rt.fuzzer*.a" >/dev/null
}

# has WHAT: is what the package WHAT is for there, from wherever it came?
has() {
  case "$1" in
    cmake) find_cmake ;;
    ninja-build) command -v ninja >/dev/null ;;
    pkg-config | g++ | clang-format | clang-tidy) command -v "$1" >/dev/null ;;
    clang) command -v clang++ >/dev/null ;;
    llvm) command -v llvm-symbolizer >/dev/null ;;
    libclang-rt-dev) has_clang_runtime ;;
    *) has_package "$1" ;;
  esac
}

apt_install() {
  local -a as_root=() options=(-y -q --no-install-recommends -o DPkg::Lock::Timeout=300
    -o Acquire::Retries=3)
  ((EUID == 0)) || as_root=(sudo -n)
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "$@"
}

# need PACKAGE...: installs those of the packages that are missing, and says which.
need() {
  local package
  local -a missing=()
  for package in "$@"; do
    has "$package" || missing+=("$package")
  done
  if ((${#missing[@]} > 0)); then
    if ! command -v apt-get >/dev/null; then
      say "  No apt-get here. Install what corresponds to these Debian packages:"
      say "    ${missing[*]}"
      has cmake || die "There is no CMake >= 3.25."
      return
    fi
    say "  Missing packages: ${bold}${missing[*]}${reset}"
    if ((EUID != 0)); then
      command -v sudo >/dev/null \
        || die "Not root, and there is no sudo. As root: apt-get install ${missing[*]}"
      sudo -v || die "sudo did not let us in. As root: apt-get install ${missing[*]}"
    fi
    step "Installing them with apt" apt_install "${missing[@]}"
  fi
  find_cmake || die "There is no CMake >= 3.25 in PATH."
}

build_packages=(cmake ninja-build g++ pkg-config libabsl-dev libbenchmark-dev libgmock-dev
  libgtest-dev libicu-dev libre2-dev libsimdjson-dev)
test_packages=("${build_packages[@]}" clang clang-format clang-tidy libclang-rt-dev llvm
  python3 unicode-data)

# -- Presets ---------------------------------------------------------------------------------------

# configure PRESET [ARGUMENT...]
configure() {
  local cache="$root/build/$1/CMakeCache.txt" home
  local -a fresh=()
  if [[ -f "$cache" ]]; then
    # A tree that was moved or copied along with its build folder.
    home="$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$cache")"
    [[ "$home" == "$root" ]] || fresh=(--fresh)
  fi
  cd "$root"
  "$cmake" --preset "$@" ${fresh[@]+"${fresh[@]}"}
}

# build PRESET [TARGET]
build() {
  cd "$root"
  if (($# > 1)); then
    "${fixed_addresses[@]}" "$cmake" --build --preset "$1" --parallel "$jobs" --target "$2"
  else
    "${fixed_addresses[@]}" "$cmake" --build --preset "$1" --parallel "$jobs"
  fi
}

# The sanitizers of older Clangs do not always find their shadow memory where the kernel places
# mappings very randomly; this puts it off where that is allowed.
fixed_addresses=(env)
if setarch "$(uname -m)" -R true 2>/dev/null; then
  fixed_addresses=(setarch "$(uname -m)" -R)
fi

export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
export TSAN_OPTIONS="${TSAN_OPTIONS:-halt_on_error=1:second_deadlock_stack=1}"
