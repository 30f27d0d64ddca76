#include "lib/tagger/word_table.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nutgraf::internal {

std::vector<uint64_t> WordTableBuilder::Build() const {
  std::vector<uint64_t> slots((words_.size() * 4 + 2) / 3);
  for (const Word& word : words_) {
    uint64_t i = WordTable::Home(word.folded, slots.size());
    for (uint64_t n = 0; n < tagger_format::kMostProbes; ++n) {
      if ((slots[i] ^ TagOf(word.folded)) >> tagger_format::kTag == 0 && slots[i] != 0) break;
      if (slots[i] == 0) {
        slots[i] = Pack(word.classes, word.folded);
        break;
      }
      if (++i == slots.size()) i = 0;
    }
  }
  return slots;
}

}  // namespace nutgraf::internal
