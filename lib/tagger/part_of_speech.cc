#include "nutgraf/part_of_speech.h"

#include <cstddef>
#include <string_view>

namespace nutgraf {

namespace {
constexpr std::string_view kNames[kPosTags] = {"X",     "ADJ",   "ADP",   "ADV",  "AUX",  "CCONJ",
                                               "DET",   "INTJ",  "NOUN",  "NUM",  "PART", "PRON",
                                               "PROPN", "PUNCT", "SCONJ", "VERB", "SYM"};
}  // namespace

std::string_view PosTagName(PosTag tag) { return kNames[static_cast<size_t>(tag)]; }

PosTag PosTagFromName(std::string_view name) {
  for (size_t i = 1; i < kPosTags; ++i) {
    if (kNames[i] == name) return static_cast<PosTag>(i);
  }
  return PosTag::kX;
}

}  // namespace nutgraf
