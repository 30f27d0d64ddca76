#include "lib/gazetteer/near_matcher.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "lib/gazetteer/near_keys.h"
#include "lib/gazetteer/surface.h"

namespace nutgraf::internal {

namespace {

namespace format = gazetteer_format;
using Name = Gazetteer::Image::Name;

// The folded words of a stretch of tokens or of a name, in memory of their own.
class FoldedWords {
 public:
  bool Add(std::string_view word) {
    if (count_ == words_.size()) return false;
    const size_t size = FoldInto(word, buffer_.data() + used_, buffer_.size() - used_);
    if (size > kLongestNearToken) return false;
    words_[count_++] = std::string_view(buffer_.data() + used_, size);
    letters_ += static_cast<uint32_t>(size);
    used_ += size;
    return true;
  }
  bool AddAll(const Gazetteer::Image& image, const Name& name) {
    for (auto w = image.WordsOf(name); w.Next();) {
      if (!Add(w.word())) return false;
    }
    return true;
  }
  absl::Span<const std::string_view> words() const { return {words_.data(), count_}; }
  uint32_t letters() const { return letters_; }

 private:
  std::array<std::string_view, kMostNearTokens> words_;
  std::array<char, kMostNearTokens*(kLongestNearToken + 1)> buffer_;
  size_t count_ = 0;
  size_t used_ = 0;
  uint32_t letters_ = 0;
};

// One word differs, by one edit.
bool IsNear(absl::Span<const std::string_view> a, absl::Span<const std::string_view> b) {
  if (a.size() != b.size()) return false;
  size_t differences = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (++differences > 1 || !WithinOneEdit(a[i], b[i])) return false;
  }
  return differences == 1;
}

// A capital where a word of the name has one.
bool CaseFits(const Gazetteer::Image& image, std::string_view text, absl::Span<const Token> tokens,
              const Name& name) {
  if ((name.flags & kAnyCase) != 0) return true;
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  auto w = image.WordsOf(name);
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (IsLeftOut(tokens, i)) continue;
    if (!w.Next() || w.word().empty()) return true;
    const char lead = text[tokens[i].begin];
    if (is_upper(w.word()[0]) && !is_upper(lead) && (lead & 0x80) == 0) return false;
  }
  return true;
}

}  // namespace

NearMatches FindNear(std::string_view text, absl::Span<const Token> tokens,
                     const Gazetteer::Image& image, uint32_t begin, uint32_t max_tokens) {
  constexpr uint32_t kMostCompared = 256;
  NearMatches near;
  const absl::Span<const format::NearSlot> slots = image.near_slots();
  if (slots.empty()) return near;
  uint32_t compared = 0;
  FoldedWords words;
  const uint32_t most = std::min(max_tokens, kMostNearTokens);
  for (uint32_t i = begin, length = 0; i < tokens.size() && length < most; ++i) {
    if (i > begin && tokens[i].Has(kAfterBlank)) break;
    if (IsLeftOut(tokens, i)) continue;
    if (!words.Add(Slice(text, tokens[i].span()))) break;
    ++length;
    uint32_t found = 0;
    ForEachNearKey(words.words(), kShortestNearName - 1, [&](uint64_t hash) {
      const SlotKey key = SlotKeyOf(hash, image.multiplier(), slots.size());
      for (uint64_t at = key.home, n = 0; n < kMostProbes && slots[at].name != format::kNoName;
           ++n) {
        if (slots[at].tag == key.tag) {
          for (auto c = image.NamesAt(slots[at].name); c.Next();) {
            const Name& name = c.name();
            FoldedWords folded;
            if (compared == kMostCompared || found == NearMatches::kMost) return;
            ++compared;
            if ((name.flags & kLiteral) != 0 || !folded.AddAll(image, name) ||
                !IsNear(words.words(), folded.words()) ||
                !CaseFits(image, text, tokens.subspan(begin, i + 1 - begin), name)) {
              continue;
            }
            bool known = false;
            for (uint32_t k = 0; k < found; ++k)
              known = known || near.matches[k].name.place == name.place;
            if (known) continue;
            const auto letters = static_cast<float>(std::max(words.letters(), folded.letters()));
            near.matches[found++] = {name, 1.0F - 1.0F / letters};
            near.end = i + 1;
          }
        }
        if (++at == slots.size()) at = 0;
      }
    });
    if (found > 0) near.count = found;
  }
  return near;
}

}  // namespace nutgraf::internal
