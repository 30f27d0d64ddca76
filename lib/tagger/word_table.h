// What is known of words: clusters of like words, and how frequent they are as names of persons.
//
//   const WordTable words(slots, count);
//   const WordClasses classes = words.Find(token.folded);

#ifndef NUTGRAF_LIB_TAGGER_WORD_TABLE_H_
#define NUTGRAF_LIB_TAGGER_WORD_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lib/tagger/format.h"

namespace nutgraf::internal {

struct WordClasses {
  bool has_clusters = false;
  uint16_t cluster4096 = 0;
  uint16_t cluster1024 = 0;
  uint8_t cluster256 = 0;
  uint8_t cluster64 = 0;
  uint8_t first_name = 0;  // 0 to 3
  uint8_t last_name = 0;
};

inline uint64_t TagOf(uint64_t folded) { return folded << tagger_format::kTag; }

inline uint64_t Pack(const WordClasses& c, uint64_t folded) {
  using namespace tagger_format;  // NOLINT(google-build-using-namespace): the names of the bits
  return TagOf(folded) | uint64_t{c.has_clusters} << kHasClusters |
         uint64_t{c.last_name} << kLastName | uint64_t{c.first_name} << kFirstName |
         uint64_t{c.cluster64} << kCluster64 | uint64_t{c.cluster256} << kCluster256 |
         uint64_t{c.cluster1024} << kCluster1024 | uint64_t{c.cluster4096} << kCluster4096;
}

inline WordClasses Unpack(uint64_t slot) {
  using namespace tagger_format;  // NOLINT(google-build-using-namespace)
  return {.has_clusters = (slot >> kHasClusters & 1U) != 0,
          .cluster4096 = static_cast<uint16_t>(slot >> kCluster4096 & 4095U),
          .cluster1024 = static_cast<uint16_t>(slot >> kCluster1024 & 1023U),
          .cluster256 = static_cast<uint8_t>(slot >> kCluster256 & 255U),
          .cluster64 = static_cast<uint8_t>(slot >> kCluster64 & 63U),
          .first_name = static_cast<uint8_t>(slot >> kFirstName & 3U),
          .last_name = static_cast<uint8_t>(slot >> kLastName & 3U)};
}

// A view of slots.
class WordTable {
 public:
  WordTable() = default;
  WordTable(const uint64_t* slots, size_t count) : slots_(slots), count_(count) {}

  WordClasses Find(uint64_t folded) const {
    if (count_ == 0) return {};
    uint64_t i = Home(folded, count_);
    for (uint64_t n = 0; n < tagger_format::kMostProbes && slots_[i] != 0; ++n) {
      if ((slots_[i] ^ TagOf(folded)) >> tagger_format::kTag == 0) return Unpack(slots_[i]);
      if (++i == count_) i = 0;
    }
    return {};
  }

  static uint64_t Home(uint64_t folded, uint64_t count) { return ((folded >> 32) * count) >> 32; }

 private:
  const uint64_t* slots_ = nullptr;
  size_t count_ = 0;
};

// Collects words. The first classes given for a word stay.
class WordTableBuilder {
 public:
  void Add(uint64_t folded, const WordClasses& classes) {
    if (classes.has_clusters || classes.first_name != 0 || classes.last_name != 0)
      words_.push_back({folded, classes});
  }
  std::vector<uint64_t> Build() const;

 private:
  struct Word {
    uint64_t folded;
    WordClasses classes;
  };
  std::vector<Word> words_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_WORD_TABLE_H_
