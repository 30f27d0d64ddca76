// Parts of speech: what kind of word each token is, and its lemma.
//
//   const auto tokens = document.Get<nutgraf::Token>();
//   const auto parts = document.Get<nutgraf::PartOfSpeech>();  // one a token
//   if (parts[i].tag == nutgraf::PosTag::kVerb && parts[i].lemma == "say") ...

#ifndef NUTGRAF_PART_OF_SPEECH_H_
#define NUTGRAF_PART_OF_SPEECH_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nutgraf {

/// The tags of Universal Dependencies, version 2 (universaldependencies.org/u/pos).
enum class PosTag : uint8_t {
  kX = 0,  ///< Other: foreign words, typing errors
  kAdj,
  kAdp,  ///< Prepositions
  kAdv,
  kAux,    ///< Auxiliary verbs: "has", "will", "is"
  kCconj,  ///< "and", "or"
  kDet,    ///< Articles, "this", "all"
  kIntj,
  kNoun,
  kNum,
  kPart,  ///< "to" before a verb, "not", possessive "'s"
  kPron,
  kPropn,  ///< Words of names
  kPunct,
  kSconj,  ///< "that", "because"
  kVerb,
  kSym,  ///< "$", "%"
};
inline constexpr size_t kPosTags = 17;

/// "ADJ"; "X" for kX.
std::string_view PosTagName(PosTag tag);

/// The tag of that name; kX where there is none.
PosTag PosTagFromName(std::string_view name);

/// One token's.
struct PartOfSpeech {
  static constexpr std::string_view kLayerName = "parts_of_speech";
  static constexpr bool kOneProvider = true;

  PosTag tag;
  /// The word as dictionaries have it: "say" for "said", "minister" for "Ministers"; names as they are
  /// written. Good until the document's next Reset().
  std::string_view lemma;
};

}  // namespace nutgraf

#endif  // NUTGRAF_PART_OF_SPEECH_H_
