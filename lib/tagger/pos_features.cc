#include "lib/tagger/pos_features.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lib/tagger/feature_hash.h"

namespace nutgraf::internal {

namespace {

// Of features; each has a number of its own in its hash.
enum Template : uint64_t {
  kFolded = 1,
  kExact,
  kPrefix,
  kSuffix,
  kShape,
  kShapeSuffix,
  kCluster,
  kPairBefore,
  kPairAfter,
  kPairAround,
  kClustersBefore,
  kClustersAfter,
  kClustersAround,
  kClustersTwoBefore,
  kStyle,
};

}  // namespace

void PosWords::AddFeatures(std::string_view text, const Token& token, const WordInfo& word,
                           uint32_t place, Features& features) {
  const auto add = [&](uint64_t kind, uint64_t value) {
    features.Add(FeatureHash((uint64_t{place} + 1) << 32 | kind, value));
  };
  const bool near = place + 1 >= kHere && place <= kHere + 1;
  add(kFolded, word.folded);
  if (place == kHere) add(kExact, token.exact);
  features.lexical = features.count;
  const std::string_view bytes = text.substr(token.begin, std::min<size_t>(token.size(), 64));
  if (place == kHere) {
    uint64_t front = 0, back = 0;
    for (size_t i = 0; i < 5 && i < bytes.size(); ++i) {
      front = front << 8 | FoldByte(bytes[i]);
      back = back << 8 | FoldByte(bytes[bytes.size() - 1 - i]);
      if (i < 3) add(kPrefix, front);
      add(kSuffix, back);
      if (i == 2) add(kShapeSuffix, Two(word.shape, back));
    }
  } else if (near && bytes.size() >= 3) {
    uint64_t back = 0;
    for (size_t i = 0; i < 3; ++i) back = back << 8 | FoldByte(bytes[bytes.size() - 1 - i]);
    add(kSuffix, back);
  }
  add(kShape, word.shape);
  const WordClasses& c = word.classes;
  if (!c.has_clusters) {
    add(kCluster, 0);
    return;
  }
  add(kCluster, uint64_t{2} << 16 | c.cluster256);
  if (!near) return;
  add(kCluster, uint64_t{1} << 16 | c.cluster64);
  add(kCluster, uint64_t{3} << 16 | c.cluster1024);
  if (place == kHere) add(kCluster, uint64_t{4} << 16 | c.cluster4096);
}

uint32_t PosStyleOf(const Token* tokens, size_t count) {
  uint32_t words = 0, capitals = 0;
  bool lower = false, upper = false;
  for (size_t i = 0; i < count; ++i) {
    const Token& token = tokens[i];
    if (!token.IsWord() || token.Has(kClitic)) continue;
    ++words;
    capitals += token.Has(kUpperFirst) ? 1U : 0U;
    lower = lower || token.Has(kLower);
    upper = upper || token.Has(kUpperFirst | kUpperLater);
  }
  if (words < 2) return 0;
  if (upper && !lower) return kPosAllUpper;
  if (lower && !upper) return kPosAllLower;
  return words >= 4 && capitals * 10 >= words * 7 ? kPosHeadline : 0U;
}

void AddPosFeatures(const WordInfo* const (&words)[5], const Token& token, uint32_t style,
                    Features& features) {
  static constexpr WordInfo kOutside = {.folded = 0, .shape = 0, .classes = {}};
  const auto word = [&words](size_t i) -> const WordInfo& {
    return words[i] == nullptr ? kOutside : *words[i];
  };
  const auto add = [&features](uint64_t kind, uint64_t value) {
    features.Add(FeatureHash(kind, value));
  };
  const WordInfo &b2 = word(0), &b1 = word(1), &here = word(2), &a1 = word(3);
  add(kPairBefore, Two(b1.folded, here.folded));
  add(kPairAfter, Two(here.folded, a1.folded));
  features.lexical = features.count;
  const auto pair = [](uint64_t a, uint64_t b, uint64_t c) { return a << 32 | b << 16 | c; };
  const WordClasses &cb2 = b2.classes, &cb1 = b1.classes, &ch = here.classes, &ca1 = a1.classes;
  add(kClustersBefore, pair(cb1.cluster256, ch.cluster256, 0));
  add(kClustersAfter, pair(ch.cluster256, ca1.cluster256, 0));
  add(kClustersAround, pair(cb1.cluster64, ch.cluster64, ca1.cluster64));
  add(kClustersTwoBefore, pair(cb2.cluster64, cb1.cluster64, ch.cluster64));
  add(kPairAround, Two(b1.folded, a1.folded));
  add(kStyle, Two(style, here.shape) ^ (token.bits & 15U));
}

}  // namespace nutgraf::internal
