// What the C++ programs of bench/compare/gazetteer share; peers/rust/src has the same for Rust.
//
//   PROGRAM build NAMES IMAGE exact|folded
//   PROGRAM run   NAMES IMAGE exact|folded TEXT BOUNDS SPANS
//
// `build` writes what `run` loads. `run` searches once, says what it has loaded, measures a round
// for each line on standard input (the line says how many seconds), and writes the spans at the
// end. All report lines of JSON.

#ifndef NUTGRAF_BENCH_COMPARE_PEER_H_
#define NUTGRAF_BENCH_COMPARE_PEER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace nutgraf::compare {

// Bytes [begin, end) of the text.
struct Match {
  uint32_t begin;
  uint32_t end;
};

// The files and the setting that a program is given.
struct Arguments {
  std::string mode;
  std::string names;
  std::string image;
  bool folded = false;
  std::string text = {};
  std::string bounds = {};
  std::string spans = {};
};

// Ends the program with a message where the arguments are not as above.
Arguments ReadArguments(int argc, char** argv);

// Ends the program with `message` on standard error.
[[noreturn]] void Fail(std::string_view message);

std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, std::string_view bytes);
void WriteMatches(const std::string& path, const std::vector<Match>& matches);

// The lines of `text`, each of which ends with a line feed.
std::vector<std::string_view> Lines(std::string_view text);

// Where tokens begin and end: a bit for each byte of the text and one for its end.
class Bounds {
 public:
  explicit Bounds(size_t text_size) : begins_(text_size / 64 + 1), ends_(text_size / 64 + 1) {}
  Bounds(const std::string& path, size_t text_size);

  void Add(uint32_t begin, uint32_t end) {
    begins_[begin / 64] |= uint64_t{1} << begin % 64;
    ends_[end / 64] |= uint64_t{1} << end % 64;
  }
  bool IsBegin(uint32_t at) const { return (begins_[at / 64] >> at % 64 & 1U) != 0; }
  bool IsEnd(uint32_t at) const { return (ends_[at / 64] >> at % 64 & 1U) != 0; }
  void Write(const std::string& path) const;

 private:
  std::vector<uint64_t> begins_;
  std::vector<uint64_t> ends_;
};

// Processor time of this process so far.
double CpuSeconds();

// VmRSS or VmHWM of /proc/self/status.
size_t StatusBytes(std::string_view field);

// Calls `pass` until `seconds` have gone by; MB/s of passes over `bytes` bytes.
double Speed(double seconds, size_t bytes, const std::function<void()>& pass);

// Reports of the two modes. Rounds() reads standard input and calls `round` with the seconds; what
// it returns is a line of JSON.
void ReportBuild(double seconds, size_t image_bytes);
void ReportOpen(double seconds, size_t resident);
void Rounds(const std::function<std::string(double)>& round);

}  // namespace nutgraf::compare

#endif  // NUTGRAF_BENCH_COMPARE_PEER_H_
