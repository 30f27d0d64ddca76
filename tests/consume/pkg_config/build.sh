#!/bin/sh
# Builds main.cc in this folder to the program $1.
set -eu
cd "$(dirname "$0")"
${CXX:-c++} -std=c++20 -o "$1" main.cc $(pkg-config --cflags --libs --static nutgraf)
