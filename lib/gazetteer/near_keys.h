// Keys by which a name is found although one letter of it is wrong, missing, too many, or swapped
// with its neighbour: names and texts that are one edit apart share a form with at most one letter
// left out (Bocek, Li, Shen 2007, FastSS; SymSpell made it popular). What shares a key is then
// compared letter by letter.
//
//   ForEachNearKey(folded_tokens, kShortestNearName, [&](uint64_t key) { ... });

#ifndef NUTGRAF_LIB_GAZETTEER_NEAR_KEYS_H_
#define NUTGRAF_LIB_GAZETTEER_NEAR_KEYS_H_

#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "lib/text/hash.h"

namespace nutgraf::internal {

// One edit in a shorter name makes another name as often as a misspelling.
inline constexpr uint32_t kShortestNearName = 8;  // letters
inline constexpr uint32_t kMostNearTokens = 5;
inline constexpr uint32_t kLongestNearToken = 48;  // bytes

// `folded`: the folded forms of the tokens of a name, or, of a text, what may be one, which may be a
// letter shorter: `shortest` letters at least. Calls `fn` with a key for each token and each
// of its letters left out, and for each token as it is. Names of other lengths have no keys.
template <typename Fn>
void ForEachNearKey(absl::Span<const std::string_view> folded, uint32_t shortest, Fn fn) {
  uint32_t letters = 0;
  for (const std::string_view token : folded) {
    letters += static_cast<uint32_t>(token.size());
    if (token.size() > kLongestNearToken) return;
  }
  if (letters < shortest || folded.size() > kMostNearTokens) return;
  for (size_t j = 0; j < folded.size(); ++j) {
    uint64_t others = folded.size() * 64 + j;
    for (size_t i = 0; i < folded.size(); ++i) {
      if (i != j) others = ExtendPrefix(others, HashBytes(folded[i]));
    }
    const std::string_view token = folded[j];
    fn(ExtendPrefix(others, HashBytes(token)));
    for (size_t at = 0; at < token.size();) {
      size_t next = at + 1;
      while (next < token.size() && (static_cast<unsigned char>(token[next]) & 0xC0U) == 0x80U)
        ++next;
      // Leaving out either of two equal letters gives the same form.
      if (next >= token.size() || next != at + 1 || token[at] != token[next]) {
        ByteHasher hasher;
        hasher.Add(token.substr(0, at));
        hasher.Add(token.substr(next));
        fn(ExtendPrefix(others, hasher.Finish()));
      }
      at = next;
    }
  }
}

// True where `a` becomes `b` by at most one edit: a byte put in, left out or changed, or two
// neighbours swapped. Linear.
inline bool WithinOneEdit(std::string_view a, std::string_view b) {
  if (a.size() > b.size() + 1 || b.size() > a.size() + 1) return false;
  size_t i = 0;
  while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
  const std::string_view x = a.substr(i), y = b.substr(i);
  if (x.empty() || y.empty()) return true;  // one byte is left of the other at most
  if (x.size() > y.size()) return x.substr(1) == y;
  if (x.size() < y.size()) return x == y.substr(1);
  if (x.substr(1) == y.substr(1)) return true;
  return x.size() > 1 && x[0] == y[1] && x[1] == y[0] && x.substr(2) == y.substr(2);
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_GAZETTEER_NEAR_KEYS_H_
