#include "lib/tagger/features.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lib/tagger/feature_hash.h"
#include "lib/text/hash.h"

namespace nutgraf::internal {

namespace {

// Of features; each has a number of its own in its hash.
enum Template : uint64_t {
  kFolded = 1,
  kExact,
  kPrefix,
  kSuffix,
  kShape,
  kCluster,
  kClusterShape,
  kName,
  kPairBefore,
  kPairAfter,
  kPairAround,
  kPairTwoBefore,
  kPairTwoAfter,
  kShapes,
  kClustersBefore,
  kClustersAfter,
  kClustersAround,
  kKnown,
  kKnownAll,
  kKnownBefore,
  kKnownAfter,
  kHeaded,
  kStyle,
  kUse,
  kRunFirst,
  kRunLast,
  kRunLastCluster,
  kRunNames,
  kRunPlace,
  kRunBefore,
  kRunAfter,
  kNamesPair,
};

// "Xx" for "Bank", "X.X." for "U.S.", "d" for "2020": runs of like characters as one.
uint32_t ShapeOf(std::string_view bytes) {
  uint64_t shape = 1;
  unsigned char before = 0;
  size_t parts = 0;
  for (size_t i = 0; i < bytes.size() && parts < 8; ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    unsigned char kind = c;
    if (c >= 'a' && c <= 'z')
      kind = 'x';
    else if (c >= 'A' && c <= 'Z')
      kind = 'X';
    else if (c >= '0' && c <= '9')
      kind = 'd';
    else if (c >= 0x80)
      kind = 'u';
    if (kind == before) continue;
    before = kind;
    ++parts;
    shape = shape * 131 + kind;
  }
  const size_t size = std::min<size_t>(bytes.size(), 3);
  return static_cast<uint32_t>(Mix(shape ^ kHashSeed0, size + 1));
}

}  // namespace

WordInfo DescribeWord(std::string_view text, const Token& token, const WordTable& words) {
  return {.folded = token.folded,
          .shape = ShapeOf(text.substr(token.begin, std::min<size_t>(token.size(), 64))),
          .classes = words.Find(token.folded)};
}

void AddWordFeatures(std::string_view text, const Token& token, const WordInfo& word,
                     Neighbour place, Features& features) {
  const uint64_t base = (uint64_t{place} + 1) << 32;
  const auto add = [&](uint64_t kind, uint64_t value) {
    features.Add(FeatureHash(base | kind, value));
  };
  const bool near = place == kBefore || place == kHere || place == kAfter;
  add(kFolded, word.folded);
  if (near) add(kExact, token.exact);
  features.lexical = features.count;
  if (place == kHere) {
    // Beginnings and ends, without case.
    const std::string_view bytes = text.substr(token.begin, std::min<size_t>(token.size(), 64));
    uint64_t front = 0, back = 0;
    for (size_t i = 0; i < 4 && i < bytes.size(); ++i) {
      front = front << 8 | FoldByte(bytes[i]);
      back = back << 8 | FoldByte(bytes[bytes.size() - 1 - i]);
      if (i > 0) add(kPrefix, front);
      add(kSuffix, back);
    }
  } else if (near && token.size() >= 3) {
    uint64_t back = 0;
    for (size_t i = 0; i < 3; ++i) back = back << 8 | FoldByte(text[token.end - 1 - i]);
    add(kSuffix, back);
  }
  const WordClasses& c = word.classes;
  add(kShape, word.shape);
  if (c.has_clusters) {
    add(kCluster, uint64_t{1} << 16 | c.cluster64);
    add(kCluster, uint64_t{2} << 16 | c.cluster256);
    add(kCluster, uint64_t{3} << 16 | c.cluster1024);
    add(kCluster, uint64_t{4} << 16 | c.cluster4096);
    if (near) add(kClusterShape, Two(word.shape, c.cluster256));
  } else {
    add(kCluster, 0);
    if (near) add(kClusterShape, word.shape);
  }
  const uint64_t names = uint64_t{c.first_name} << 2 | c.last_name;
  if (names != 0) add(kName, names << 1 | (token.Has(kUpperFirst) ? 1U : 0U));
}

void AddTokenFeatures(const Window& window, const DocumentView& document, uint32_t token,
                      Features& features) {
  const auto add = [&features](uint64_t kind, uint64_t value) {
    features.Add(FeatureHash(kind, value));
  };
  static constexpr WordInfo kOutsideWord = {.folded = 0, .shape = 0, .classes = {}};
  const auto word = [&window](size_t i) -> const WordInfo& {
    return window.words[i] == nullptr ? kOutsideWord : *window.words[i];
  };
  const WordInfo &b2 = word(0), &b1 = word(1), &here = word(2), &a1 = word(3), &a2 = word(4);

  add(kPairBefore, Two(b1.folded, here.folded));
  add(kPairAfter, Two(here.folded, a1.folded));
  add(kPairAround, Two(b1.folded, a1.folded));
  add(kPairTwoBefore, Two(b2.folded, b1.folded));
  add(kPairTwoAfter, Two(a1.folded, a2.folded));
  const uint32_t run = document.run(token);
  if (run != DocumentView::kNone) {
    if (window.run_words[0] != nullptr) add(kRunFirst, window.run_words[0]->folded);
    if (window.run_words[1] != nullptr) add(kRunLast, window.run_words[1]->folded);
    if (window.run_words[2] != nullptr) add(kRunBefore, window.run_words[2]->folded);
    if (window.run_words[3] != nullptr) add(kRunAfter, window.run_words[3]->folded);
  }
  features.lexical = features.count;

  add(kShapes, Two(Two(b1.shape, here.shape), a1.shape));
  add(kClustersBefore, Two(b1.classes.cluster256, here.classes.cluster256) * 2 +
                           (here.classes.has_clusters ? 1 : 0));
  add(kClustersAfter, Two(here.classes.cluster256, a1.classes.cluster256) * 2 +
                          (here.classes.has_clusters ? 1 : 0));
  add(kClustersAround, Two(b1.classes.cluster1024, a1.classes.cluster1024));

  const Token& t = document.tokens()[token];
  const uint64_t capital = t.Has(kUpperFirst) ? 1U : 0U;
  const uint64_t known = document.known(token);
  for (uint64_t bits = known & ((uint64_t{1} << 36) - 1); bits != 0; bits &= bits - 1)
    add(kKnown, static_cast<uint64_t>(__builtin_ctzll(bits)) << 1 | capital);
  if (known != 0) add(kKnownAll, known << 1 | capital);
  if (token > 0 && document.known(token - 1) != 0) add(kKnownBefore, document.known(token - 1));
  if (token + 1 < document.tokens().size() && document.known(token + 1) != 0)
    add(kKnownAfter, document.known(token + 1));
  if (document.headed(token) != 0) add(kHeaded, document.headed(token));

  const uint8_t style = document.style(token) & 31U;
  add(kStyle, uint64_t{style} << 32 | here.shape);

  if (const WordUse* use = document.use(token); use != nullptr) {
    // Elsewhere: without this occurrence.
    const bool counted = capital != 0 && (style & (kFirstWord | kUpperText | kHeadline)) == 0;
    const uint32_t capitals = use->capital - (counted ? 1U : 0U);
    const uint32_t lowers = use->lower - (capital == 0 ? 1U : 0U);
    const uint64_t first = (style & kFirstWord) != 0 ? 1U : 0U;
    add(kUse, (std::min<uint64_t>(capitals, 3) << 3 | std::min<uint64_t>(lowers, 2) << 1 | first)
                      << 1 |
                  capital);
  }

  if (run != DocumentView::kNone) {
    const CapitalRun& r = document.run_at(run);
    const uint64_t before = std::min<uint32_t>(token - r.begin, 3),
                   after = std::min<uint32_t>(r.end - 1 - token, 3);
    const uint64_t place = before << 2 | after;
    add(kRunPlace, place);
    if (window.run_words[1] != nullptr) {
      add(kRunLastCluster, uint64_t{1} << 20 | window.run_words[1]->classes.cluster256);
      add(kRunLastCluster, uint64_t{2} << 20 | window.run_words[1]->classes.cluster1024);
    }
    if (window.run_words[0] != nullptr) {
      const WordClasses& f = window.run_words[0]->classes;
      add(kRunNames, (uint64_t{f.first_name} << 2 | f.last_name) << 8 | place);
    }
    if (window.run_words[2] != nullptr)
      add(kRunLastCluster, uint64_t{3} << 20 | window.run_words[2]->classes.cluster1024);
    if (window.run_words[3] != nullptr)
      add(kRunLastCluster, uint64_t{4} << 20 | window.run_words[3]->classes.cluster1024);
  }
  const auto names = [](const WordInfo& w) {
    return uint64_t{w.classes.first_name} << 2 | w.classes.last_name;
  };
  if (capital != 0) add(kNamesPair, names(b1) << 8 | names(here) << 4 | names(a1));
}

}  // namespace nutgraf::internal
