// Any text against the ready patterns, and, before a NUL byte, any pattern: an error or matches
// inside the text.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/pattern_matcher.h"

namespace {

void Check(const nutgraf::PatternSet& set, std::string_view text) {
  std::vector<nutgraf::PatternMatch> matches;
  uint64_t work = 0;
  (void)set.Find(text, {0, static_cast<uint32_t>(text.size())}, 1 << 20, work, matches);
  for (const nutgraf::PatternMatch& match : matches) {
    if (match.span.empty() || match.span.begin > match.span.end || match.span.end > text.size())
      std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto* const kCommon =
      new nutgraf::PatternSet(*nutgraf::PatternSet::Compile(nutgraf::CommonPatterns()));
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t nul = input.find('\0');
  if (nul == std::string_view::npos) {
    Check(*kCommon, input);
    return 0;
  }
  const auto set = nutgraf::PatternSet::Compile(
      {{.name = "p", .type = "P", .regex = std::string(input.substr(0, nul))}},
      {.max_match_bytes = 64, .max_memory = 1 << 20});
  if (set.ok()) Check(*set, input.substr(nul + 1));
  return 0;
}
