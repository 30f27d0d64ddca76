// Hyperscan at the job of nutgraf's gazetteer; the modes are those of bench/compare/peer.h.
//
// The names are compiled as pure literals in block mode. Hyperscan reports every match with its
// end; the begin follows from the name's length, which is cheaper than to have Hyperscan track it.
// Of the matches that are whole words the leftmost-longest ones are picked afterwards.

#include <hs/hs.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/compare/peer.h"

namespace nutgraf::compare {
namespace {

void Check(hs_error_t error, const char* what) {
  if (error != HS_SUCCESS) Fail(std::string(what) + " failed: " + std::to_string(error));
}

// Hyperscan's compile time grows with the square of the names (10,000: 1.4 s; 100,000: 300 s and
// 1.5 GB; 1,000,000: not within 14 GB), so that more of them need several databases, each of which
// scans the text.
constexpr size_t kNamesPerDatabase = 10'000;

hs_database_t* Compile(std::span<const std::string_view> names, bool folded) {
  std::vector<const char*> literals;
  std::vector<size_t> sizes;
  std::vector<unsigned> ids;
  for (std::string_view name : names) {
    literals.push_back(name.data());
    sizes.push_back(name.size());
    // A match's id is its name's length: that is all that is asked of it.
    ids.push_back(static_cast<unsigned>(name.size()));
  }
  const std::vector<unsigned> flags(names.size(), folded ? HS_FLAG_CASELESS : 0);
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(literals.data(), flags.data(), ids.data(), sizes.data(),
                           static_cast<unsigned>(names.size()), HS_MODE_BLOCK, nullptr, &database,
                           &error) != HS_SUCCESS) {
    Fail(std::string("Hyperscan does not compile: ") + error->message);
  }
  return database;
}

// The image: each database after its size, eight bytes.
void Build(const Arguments& arguments) {
  const std::string names = ReadFile(arguments.names);
  const std::vector<std::string_view> lines = Lines(names);
  const double start = CpuSeconds();
  std::string image;
  for (size_t i = 0; i < lines.size(); i += kNamesPerDatabase) {
    const size_t count = std::min(kNamesPerDatabase, lines.size() - i);
    hs_database_t* const database = Compile(std::span(lines).subspan(i, count), arguments.folded);
    char* bytes = nullptr;
    size_t size = 0;
    Check(hs_serialize_database(database, &bytes, &size), "hs_serialize_database");
    image.append(reinterpret_cast<const char*>(&size), sizeof(size)).append(bytes, size);
    std::free(bytes);
    hs_free_database(database);
  }
  ReportBuild(CpuSeconds() - start, image.size());
  WriteFile(arguments.image, image);
}

struct Databases {
  std::vector<hs_database_t*> databases;
  hs_scratch_t* scratch = nullptr;
  size_t bytes = 0;
};

Databases Open(const std::string& path) {
  Databases opened;
  const std::string image = ReadFile(path);
  for (size_t at = 0, size = 0; at < image.size(); at += size) {
    std::memcpy(&size, image.data() + at, sizeof(size));
    at += sizeof(size);
    hs_database_t* database = nullptr;
    Check(hs_deserialize_database(image.data() + at, size, &database), "hs_deserialize_database");
    Check(hs_alloc_scratch(database, &opened.scratch), "hs_alloc_scratch");
    size_t database_size = 0;
    Check(hs_database_size(database, &database_size), "hs_database_size");
    opened.bytes += database_size;
    opened.databases.push_back(database);
  }
  return opened;
}

// The whole words among the matches that are reported; Pick() leaves the leftmost-longest ones.
struct WholeWords {
  const Bounds& bounds;
  std::vector<Match> matches;

  void Add(Match match) {
    if (bounds.IsEnd(match.end) && bounds.IsBegin(match.begin)) matches.push_back(match);
  }

  void Pick() {
    std::ranges::sort(matches, [](Match a, Match b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    uint32_t end = 0;
    std::erase_if(matches, [&](Match m) {
      if (m.begin < end) return true;
      end = m.end;
      return false;
    });
  }
};

// NOLINTBEGIN(google-runtime-int): as Hyperscan declares it
int OnMatch(unsigned id, unsigned long long /*from*/, unsigned long long to, unsigned /*flags*/,
            void* context) {  // NOLINTEND(google-runtime-int)
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
  const Databases opened = Open(arguments.image);
  const double open = CpuSeconds() - start;
  const auto match = [&] {
    words.matches.clear();
    for (const hs_database_t* database : opened.databases) {
      Check(hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, opened.scratch,
                    OnMatch, &words),
            "hs_scan");
    }
    words.Pick();
  };
  match();
  ReportOpen(open, std::min(StatusBytes("VmRSS") - before, opened.bytes));
  Rounds([&](double seconds) {
    return "{\"match\": " + std::to_string(Speed(seconds, text.size(), match)) + "}";
  });
  WriteMatches(arguments.spans, words.matches);
  for (hs_database_t* database : opened.databases) hs_free_database(database);
  hs_free_scratch(opened.scratch);
}

}  // namespace
}  // namespace nutgraf::compare

int main(int argc, char** argv) {
  using namespace nutgraf::compare;  // NOLINT(google-build-using-namespace)
  const Arguments arguments = ReadArguments(argc, argv);
  arguments.mode == "build" ? Build(arguments) : Run(arguments);
}
