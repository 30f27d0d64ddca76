// What single words tell about names: data/lexicon/name_words.tsv, compiled and embedded.
//
//   if (NameWords::Get(token.folded) & NameWords::kStop) ...

#ifndef NUTGRAF_LIB_ENTITY_NAME_WORDS_H_
#define NUTGRAF_LIB_ENTITY_NAME_WORDS_H_

#include <array>
#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "nutgraf/mention.h"

namespace nutgraf::internal {

class NameWords {
 public:
  enum Flag : uint32_t {
    kHeadMask = 15U,         // EntityType of the names that end in this word; 0 where none does
    kStrong = 1U << 4,       // one capitalised word before it makes a name
    kTakesOf = 1U << 5,      // "Ministry of Health"
    kStop = 1U << 6,         // begins no name, however it is written
    kLocative = 1U << 7,     // stands before places
    kDateCue = 1U << 8,      // stands before dates
    kPublication = 1U << 9,  // what stands before it with "the" is no place: "the Fergana website"
    kCorporate = 1U << 10,   // stands after organisations
    kTakesOwner =
        1U << 11,  // "Reader's Digest": what has a possessive 's before it is part of the name
  };

  // Flags of the word with this folded hash; 0 where there are none.
  uint32_t Get(uint64_t folded) const {
    // Most words are none of these.
    if ((known_[(folded >> 6) % known_.size()] >> (folded & 63U) & 1U) == 0) return 0;
    const auto it = flags_.find(folded);
    return it == flags_.end() ? 0 : it->second;
  }

  // The embedded words. Made at the first call.
  static const NameWords& Default();

 private:
  NameWords();
  absl::flat_hash_map<uint64_t, uint32_t> flags_;
  std::array<uint64_t, 512> known_ = {};  // a bit of each word's hash
};

inline EntityType HeadType(uint32_t flags) {
  return static_cast<EntityType>(flags & NameWords::kHeadMask);
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_ENTITY_NAME_WORDS_H_
