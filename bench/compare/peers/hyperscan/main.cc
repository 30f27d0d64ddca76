// Hyperscan at the job of nutgraf's gazetteer; the modes are those of bench/compare/peer.h.
//
// The names are compiled as pure literals in block mode. Hyperscan reports every match with its
// end; the begin follows from the name's length, which is cheaper than to have Hyperscan track it.
// Of the matches that are whole words the leftmost-longest ones are picked afterwards.

#include <hs/hs.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "bench/compare/peer.h"

namespace nutgraf::compare {
namespace {

void Check(hs_error_t error, const char* what) {
  if (error != HS_SUCCESS) Fail(std::string(what) + " failed: " + std::to_string(error));
}

// A match's id is its name's length: that is all that is asked of it.
void Build(const Arguments& arguments) {
  const std::string names = ReadFile(arguments.names);
  const std::vector<std::string_view> lines = Lines(names);
  const double start = CpuSeconds();
  std::vector<const char*> literals;
  std::vector<size_t> sizes;
  std::vector<unsigned> ids;
  for (std::string_view name : lines) {
    literals.push_back(name.data());
    sizes.push_back(name.size());
    ids.push_back(static_cast<unsigned>(name.size()));
  }
  const std::vector<unsigned> flags(lines.size(), arguments.folded ? HS_FLAG_CASELESS : 0);
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(literals.data(), flags.data(), ids.data(), sizes.data(),
                           static_cast<unsigned>(lines.size()), HS_MODE_BLOCK, nullptr, &database,
                           &error) != HS_SUCCESS) {
    Fail(std::string("Hyperscan does not compile: ") + error->message);
  }
  const double seconds = CpuSeconds() - start;
  char* bytes = nullptr;
  size_t size = 0;
  ReportBuild(seconds, [&] {
    Check(hs_serialize_database(database, &bytes, &size), "hs_serialize_database");
    return size;
  }());
  WriteFile(arguments.image, {bytes, size});
}

// The whole words among the matches that are reported, in the order of their begins, of each begin
// the longest.
struct WholeWords {
  const Bounds& bounds;
  std::vector<Match> matches;

  void Add(Match match) {
    if (!bounds.IsEnd(match.end) || !bounds.IsBegin(match.begin)) return;
    size_t at = matches.size();
    while (at > 0 && matches[at - 1].begin > match.begin) --at;
    if (at > 0 && matches[at - 1].begin == match.begin) {
      matches[at - 1].end = std::max(matches[at - 1].end, match.end);
    } else {
      matches.insert(matches.begin() + static_cast<ptrdiff_t>(at), match);
    }
  }

  // Leaves those that do not overlap an earlier one.
  void KeepLeftmost() {
    uint32_t end = 0;
    std::erase_if(matches, [&](Match m) {
      if (m.begin < end) return true;
      end = m.end;
      return false;
    });
  }
};

int OnMatch(unsigned id, unsigned long long /*from*/, unsigned long long to, unsigned /*flags*/,
            void* context) {
  const auto end = static_cast<uint32_t>(to);
  static_cast<WholeWords*>(context)->Add({end - id, end});
  return 0;
}

void Run(const Arguments& arguments) {
  const std::string text = ReadFile(arguments.text);
  const Bounds bounds(arguments.bounds, text.size());
  WholeWords words = {bounds, std::vector<Match>(text.size() / 8)};
  const size_t before = StatusBytes("VmRSS");
  const double start = CpuSeconds();
  hs_database_t* database = nullptr;
  {
    const std::string bytes = ReadFile(arguments.image);
    Check(hs_deserialize_database(bytes.data(), bytes.size(), &database),
          "hs_deserialize_database");
  }
  hs_scratch_t* scratch = nullptr;
  Check(hs_alloc_scratch(database, &scratch), "hs_alloc_scratch");
  const double open = CpuSeconds() - start;
  const auto match = [&] {
    words.matches.clear();
    Check(hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, scratch, OnMatch,
                  &words),
          "hs_scan");
    words.KeepLeftmost();
  };
  match();
  size_t database_size = 0;
  Check(hs_database_size(database, &database_size), "hs_database_size");
  ReportOpen(open, std::min(StatusBytes("VmRSS") - before, database_size));
  Rounds([&](double seconds) {
    return "{\"match\": " + std::to_string(Speed(seconds, text.size(), match)) + "}";
  });
  WriteMatches(arguments.spans, words.matches);
  hs_free_scratch(scratch);
  hs_free_database(database);
}

}  // namespace
}  // namespace nutgraf::compare

int main(int argc, char** argv) {
  using namespace nutgraf::compare;  // NOLINT(google-build-using-namespace)
  const Arguments arguments = ReadArguments(argc, argv);
  arguments.mode == "build" ? Build(arguments) : Run(arguments);
}
