#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/text/re2_string.h"
#include "lib/text/string_view.h"
#include "nutgraf/pattern_matcher.h"

namespace nutgraf {

namespace {

re2::RE2::Options Re2Options(const PatternSetOptions& options) {
  re2::RE2::Options re2_options(re2::RE2::Quiet);
  re2_options.set_max_mem(options.max_memory);
  return re2_options;
}

absl::Status Wrong(const Pattern& pattern, std::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("pattern '", pattern.name, "': ", internal::Absl(what)));
}

// The end of the character that holds byte `at`, or `at` where one begins there.
size_t CharBorder(std::string_view text, size_t at) {
  for (int i = 0; i < 3 && at < text.size(); ++i, ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) break;
  }
  return at;
}

}  // namespace

struct PatternSet::Impl {
  std::vector<Pattern> patterns;
  std::vector<std::unique_ptr<re2::RE2>> regexes;
  std::unique_ptr<re2::RE2::Set> set;
  PatternSetOptions options;

  // Which patterns occur at all. All of them where the set's automaton would need more memory than it
  // has: what is not known is not "no match".
  void Occurring(std::string_view stretch, std::vector<int>& indices) const {
    re2::RE2::Set::ErrorInfo error = {};
    indices.clear();
    if (set->Match(internal::Re2(stretch), &indices, &error)) {
      std::sort(indices.begin(), indices.end());
    } else if (error.kind != re2::RE2::Set::kNoError) {
      indices.resize(patterns.size());
      for (size_t i = 0; i < indices.size(); ++i) indices[i] = static_cast<int>(i);
    }
  }

  absl::Status FindOne(uint32_t index, std::string_view text, ByteSpan range, uint64_t max_work,
                       uint64_t& work, std::vector<PatternMatch>& matches) const;
};

// Looks at a window of twice the longest match: a match that begins in its first half is whole.
absl::Status PatternSet::Impl::FindOne(uint32_t index, std::string_view text, ByteSpan range,
                                       uint64_t max_work, uint64_t& work,
                                       std::vector<PatternMatch>& matches) const {
  const Pattern& pattern = patterns[index];
  const re2::RE2& regex = *regexes[index];
  const int groups = std::min(regex.NumberOfCapturingGroups(), 1) + 1;
  const size_t longest = options.max_match_bytes;
  for (size_t at = range.begin; at < range.end;) {
    const size_t end = std::min<size_t>(CharBorder(text, at + 2 * longest), range.end);
    work += end - at + 1;
    if (work > max_work) {
      return absl::ResourceExhaustedError(
          absl::StrCat("pattern '", pattern.name, "' at byte ", at, ": more than ", max_work,
                       " bytes looked at; make the pattern match less often, or raise the limit"));
    }
    internal::Re2StringView found[2];
    const bool any = regex.Match(internal::Re2(text), at, end, re2::RE2::UNANCHORED, found, groups);
    const size_t begin = any ? static_cast<size_t>(found[0].data() - text.data()) : end;
    if (!any || (begin >= at + longest && end < range.end)) {
      // The next window holds whole what begins after this one's first half.
      if (end == range.end) break;
      at = CharBorder(text, at + longest);
      continue;
    }
    if (found[0].size() > longest) {
      // What decides is no farther away than the longest match.
      const size_t limit = std::min<size_t>(CharBorder(text, begin + longest), range.end);
      work += limit - begin + 1;
      if (!regex.Match(internal::Re2(text), begin, limit, re2::RE2::ANCHOR_START, found, groups) ||
          found[0].size() > longest) {
        at = CharBorder(text, begin + 1);
        continue;
      }
    }
    const internal::Re2StringView& what = found[groups - 1];
    if (what.data() != nullptr && !what.empty() &&
        (!pattern.accept || pattern.accept(std::string_view(what.data(), what.size())))) {
      const auto first = static_cast<uint32_t>(what.data() - text.data());
      matches.push_back({index, {first, static_cast<uint32_t>(first + what.size())}});
    }
    at = CharBorder(text, begin + std::max<size_t>(found[0].size(), 1));
  }
  return absl::OkStatus();
}

absl::StatusOr<PatternSet> PatternSet::Compile(const std::vector<Pattern>& patterns,
                                               const PatternSetOptions& options) {
  if (options.max_match_bytes == 0 || options.max_memory <= 0) {
    return absl::InvalidArgumentError("max_match_bytes and max_memory must be positive");
  }
  const auto impl = std::make_shared<Impl>();
  impl->patterns = patterns;
  impl->options = options;
  impl->set = std::make_unique<re2::RE2::Set>(Re2Options(options), re2::RE2::UNANCHORED);
  for (const Pattern& pattern : impl->patterns) {
    if (pattern.type.empty()) return Wrong(pattern, "no type");
    if (!(pattern.confidence >= 0 && pattern.confidence <= 1)) {
      return Wrong(pattern, internal::Std(absl::StrCat("confidence ", pattern.confidence,
                                                       " is not between 0 and 1")));
    }
    auto regex = std::make_unique<re2::RE2>(internal::Re2(pattern.regex), Re2Options(options));
    if (!regex->ok()) return Wrong(pattern, regex->error());
    if (re2::RE2::FullMatch("", *regex)) return Wrong(pattern, "it matches the empty string");
    std::string error;
    if (impl->set->Add(internal::Re2(pattern.regex), &error) < 0) return Wrong(pattern, error);
    impl->regexes.push_back(std::move(regex));
  }
  if (!impl->set->Compile()) {
    return absl::ResourceExhaustedError(
        absl::StrCat(patterns.size(), " patterns need more than max_memory = ", options.max_memory,
                     " bytes together; raise it, or use several sets"));
  }
  return PatternSet(impl);
}

PatternSet::PatternSet() : impl_(std::make_shared<Impl>()) {}

size_t PatternSet::size() const { return impl_->patterns.size(); }

const Pattern& PatternSet::pattern(uint32_t i) const { return impl_->patterns[i]; }

absl::Status PatternSet::Find(std::string_view text, ByteSpan range, uint64_t max_work,
                              uint64_t& work, std::vector<PatternMatch>& matches) const {
  if (impl_->patterns.empty() || range.empty()) return absl::OkStatus();
  work += range.size();
  // With a character on both sides: \b and \B see the text around the range.
  ByteSpan seen = range;
  while (seen.begin > 0 && seen.begin + 4 > range.begin) --seen.begin;
  while (seen.end < text.size() && seen.end < range.end + 4) ++seen.end;
  std::vector<int> occurring;
  impl_->Occurring(Slice(text, seen), occurring);
  for (const int index : occurring) {
    absl::Status status =
        impl_->FindOne(static_cast<uint32_t>(index), text, range, max_work, work, matches);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

std::shared_ptr<const void> PatternSet::owner() const { return impl_; }

}  // namespace nutgraf
