#!/usr/bin/env bash
# Does another project get nutgraf to work? One small program in three ways:
#
#   tests/consume/run.sh BUILD_DIR install            install into BUILD_DIR/consume
#   tests/consume/run.sh BUILD_DIR find_package       use what was installed, through CMake
#   tests/consume/run.sh BUILD_DIR pkg_config         use what was installed, through pkg-config
#   tests/consume/run.sh BUILD_DIR add_subdirectory   use the source tree
#   tests/consume/run.sh BUILD_DIR all                one after the other
#
# BUILD_DIR must be built. CMAKE and CXX name the CMake and the compiler to use, CMAKE_GENERATOR what
# CMake generates.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source_dir="$(cd "$here/../.." && pwd)"
build_dir="$(cd "${1:?usage: run.sh BUILD_DIR MODE}" && pwd)"
mode="${2:-all}"
work="$build_dir/consume"
prefix="$work/moved"
cmake="${CMAKE:-cmake}"
export CXX="${CXX:-c++}"

version="$(sed -n 's/^constexpr std::string_view kVersion = "\(.*\)";$/\1/p' \
  "$source_dir/lib/version.cc")"

fail() {
  echo "consume: $*" >&2
  exit 1
}

# check PROGRAM: it must run and print the version in its first line.
check() {
  local output
  output="$("$1")" || fail "$1 failed"
  printf '%s\n' "$output"
  [[ "${output%%$'\n'*}" == "$version" ]] || fail "$1 did not print $version"
}

# build NAME CMAKE_ARGUMENT...: the consumer project NAME, afresh.
build() {
  local name="$1"
  shift
  rm -rf "${work:?}/$name"
  "$cmake" -S "$here/$name" -B "$work/$name" -DCMAKE_CXX_COMPILER="$CXX" "$@"
  "$cmake" --build "$work/$name" --parallel
  check "$work/$name/consumer"
}

consume() {
  case "$1" in
    install)
      # Into one folder, used from another: what is installed must not know where it is.
      rm -rf "$work/installed" "$prefix"
      "$cmake" --install "$build_dir" --prefix "$work/installed"
      mv "$work/installed" "$prefix"
      if grep -rlIF -e "$work/installed" -e "$source_dir" "$prefix"; then
        fail "the files above name the folder they were built in or installed to"
      fi
      find "$prefix" -name LICENSE | grep -q . || fail "LICENSE is not installed"
      find "$prefix" -name NOTICE | grep -q . || fail "NOTICE is not installed"
      ;;
    find_package)
      build find_package -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release
      ;;
    add_subdirectory)
      # Without optimization, for it compiles the whole library.
      build add_subdirectory -DNUTGRAF_SOURCE="$source_dir" -DCMAKE_CXX_FLAGS=-O0
      ;;
    pkg_config)
      local pc
      pc="$(find "$prefix" -name nutgraf.pc)"
      [[ -n "$pc" ]] || fail "nutgraf.pc is not installed"
      mkdir -p "$work/pkg_config"
      PKG_CONFIG_PATH="$(dirname "$pc")${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}" \
        sh "$here/pkg_config/build.sh" "$work/pkg_config/consumer"
      check "$work/pkg_config/consumer"
      ;;
    all)
      local each
      for each in install find_package pkg_config add_subdirectory; do consume "$each"; done
      ;;
    *) fail "unknown mode '$1'" ;;
  esac
}

consume "$mode"
