#include "bench/compare/peer.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>

namespace nutgraf::compare {

Arguments ReadArguments(int argc, char** argv) {
  const std::vector<std::string> a(argv + 1, argv + argc);
  const bool build = a.size() == 4 && a[0] == "build";
  const bool run = a.size() == 7 && a[0] == "run";
  if (!build && !run) Fail("usage: build|run NAMES IMAGE exact|folded [TEXT BOUNDS SPANS]");
  Arguments arguments = {.mode = a[0], .names = a[1], .image = a[2], .folded = a[3] == "folded"};
  if (run) {
    arguments.text = a[4];
    arguments.bounds = a[5];
    arguments.spans = a[6];
  }
  return arguments;
}

void Fail(std::string_view message) {
  std::cerr << message << "\n";
  std::exit(1);
}

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) Fail("cannot read " + path);
  std::string bytes(static_cast<size_t>(in.tellg()), '\0');
  in.seekg(0);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

void WriteFile(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  if (!(out << bytes).flush()) Fail("cannot write " + path);
}

void WriteMatches(const std::string& path, const std::vector<Match>& matches) {
  static_assert(sizeof(Match) == 8);
  WriteFile(path, {reinterpret_cast<const char*>(matches.data()), matches.size() * sizeof(Match)});
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

Bounds::Bounds(const std::string& path, size_t text_size) : Bounds(text_size) {
  const std::string bytes = ReadFile(path);
  const size_t half = begins_.size() * sizeof(uint64_t);
  if (bytes.size() != 2 * half) Fail(path + " belongs to another text");
  std::memcpy(begins_.data(), bytes.data(), half);
  std::memcpy(ends_.data(), bytes.data() + half, half);
}

void Bounds::Write(const std::string& path) const {
  std::string bytes;
  for (const std::vector<uint64_t>* words : {&begins_, &ends_}) {
    bytes.append(reinterpret_cast<const char*>(words->data()), words->size() * sizeof(uint64_t));
  }
  WriteFile(path, bytes);
}

double CpuSeconds() {
  timespec t = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

size_t StatusBytes(std::string_view field) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(field)) continue;
    return std::strtoull(line.c_str() + field.size() + 1, nullptr, 10) * 1024;
  }
  Fail("/proc/self/status has no such field");
}

double Speed(double seconds, size_t bytes, const std::function<void()>& pass) {
  const double start = CpuSeconds();
  for (int passes = 1;; ++passes) {
    pass();
    const double taken = CpuSeconds() - start;
    if (taken >= seconds) return passes * static_cast<double>(bytes) / taken / 1e6;
  }
}

void ReportBuild(double seconds, size_t image_bytes) {
  std::printf("{\"build_seconds\": %g, \"build_peak\": %zu, \"image_bytes\": %zu}\n", seconds,
              StatusBytes("VmHWM"), image_bytes);
}

void ReportOpen(double seconds, size_t resident) {
  std::printf("{\"open_seconds\": %g, \"resident\": %zu}\n", seconds, resident);
  std::fflush(stdout);
}

void Rounds(const std::function<std::string(double)>& round) {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << round(std::strtod(line.c_str(), nullptr)) << std::endl;
  }
}

}  // namespace nutgraf::compare
