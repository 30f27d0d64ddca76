// Mentions: where a text names a person, a place, an organisation.
//
//   for (const nutgraf::Mention& m : document.Get<nutgraf::Mention>()) {
//     Use(nutgraf::Slice(document.text(), m.span), nutgraf::EntityTypeName(m.type), m.id);
//   }
//
// Matchers and the recogniser write MentionCandidate rows, which may overlap; MentionResolver alone
// decides between them and writes Mention rows, which do not.

#ifndef NUTGRAF_MENTION_H_
#define NUTGRAF_MENTION_H_

#include <cstdint>
#include <string_view>

#include "nutgraf/span.h"

namespace nutgraf {

/// What a name stands for.
enum class EntityType : uint8_t {
  kOther = 0,  ///< A type of the caller's own: see Mention::label
  kPerson,
  kOrganization,
  kLocation,
  kFacility,  ///< Buildings, airports, bridges
  kNorp,      ///< Nationalities, religious and political groups, languages
  kEvent,
  kProduct,
  kWork,  ///< Books, films, laws
};

/// "PERSON", "ORGANIZATION", "LOCATION", "FACILITY", "NORP", "EVENT", "PRODUCT", "WORK"; "OTHER"
/// for kOther.
std::string_view EntityTypeName(EntityType type);

/// The type of that name; kOther where there is none.
EntityType EntityTypeFromName(std::string_view name);

/// One mention. Views are good as long as the document has this text: they point into what it holds
/// on to (gazetteer, model), into its text and its strings, or into static ones.
struct Mention {
  static constexpr std::string_view kLayerName = "mentions";
  static constexpr bool kOneProvider = true;

  ByteSpan span;      ///< The name, without articles, titles and possessive 's
  TokenRange tokens;  ///< The tokens that it covers
  EntityType type;
  uint8_t
      rank;  ///< Of the source: 0 for the caller's own data, 1 for the default, more for guesses
  uint16_t flags;           ///< MentionFlag
  float confidence;         ///< 0 to 1
  std::string_view label;   ///< The type's name: EntityTypeName(type), or the caller's own
  std::string_view source;  ///< The stage that proposed it: "gazetteer", "headed_name",
                            ///< "pattern", ...
  std::string_view id;      ///< The gazetteer's id, "country/KZ"; empty where unknown
  std::string_view name;    ///< Canonical name of the entry; empty where unknown
};

/// Bits of Mention::flags.
enum MentionFlag : uint16_t {
  kNeedsContext =
      1U << 0,  ///< Also a common word or another thing: believed only with support around it
  kCommonWord = 1U << 1,      ///< One word that is a common English word in lower case
  kUpperForm = 1U << 2,       ///< Found in its ALL-CAPS form
  kNeverAloneName = 1U << 3,  ///< Believed only where the same thing is named elsewhere in full
  kNearMatch = 1U << 4,       ///< One edit away from the name of its entry
  kWithLegalForm = 1U << 5,   ///< Ends in a legal form that tells a company: "Apple Inc."
  kRecognized = 1U << 6,      ///< Found by a model, not in a table or by a rule
};

/// What a stage proposes; see the top of the file.
struct MentionCandidate : Mention {
  static constexpr std::string_view kLayerName = "mention_candidates";
  static constexpr bool kOneProvider = false;
};

}  // namespace nutgraf

#endif  // NUTGRAF_MENTION_H_
