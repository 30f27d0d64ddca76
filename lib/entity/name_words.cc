#include "lib/entity/name_words.h"

#include <cstdint>
#include <string_view>

#include "lib/text/hash.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/tokenizer.h"

extern "C" {
extern const char nutgraf_name_words[];
extern const char nutgraf_name_words_end[];
}

namespace nutgraf::internal {

namespace {

uint32_t FlagsOf(const Gazetteer::Entry& entry) {
  constexpr std::string_view kHead = "_HEAD";
  if (entry.type.size() > kHead.size() &&
      entry.type.substr(entry.type.size() - kHead.size()) == kHead) {
    const EntityType type =
        EntityTypeFromName(entry.type.substr(0, entry.type.size() - kHead.size()));
    uint32_t flags = static_cast<uint32_t>(type);
    if (entry.id.find("strong") != std::string_view::npos) flags |= NameWords::kStrong;
    if (entry.id.find("of") != std::string_view::npos) flags |= NameWords::kTakesOf;
    if (entry.id.find("owner") != std::string_view::npos) flags |= NameWords::kTakesOwner;
    return flags;
  }
  if (entry.type == "STOP") return NameWords::kStop;
  if (entry.type == "LOCATIVE") return NameWords::kLocative;
  if (entry.type == "DATE_CUE") return NameWords::kDateCue;
  if (entry.type == "PUBLICATION") return NameWords::kPublication;
  if (entry.type == "CORPORATE") return NameWords::kCorporate;
  return 0;
}

}  // namespace

NameWords::NameWords() {
  const auto tables = Gazetteer::FromBytes(
      {nutgraf_name_words, static_cast<size_t>(nutgraf_name_words_end - nutgraf_name_words)});
  if (!tables.ok()) return;  // the image was made by the same build
  LayerRows<Token> tokens;
  tables->ForEachName([&](const Gazetteer::Name& name) {
    tokens.clear();
    Tokenize(name.text, tokens);
    if (tokens.size() != 1) return;
    const uint64_t folded = tokens[0].folded;
    flags_[folded] |= FlagsOf(name.entry);
    known_[(folded >> 6) % known_.size()] |= uint64_t{1} << (folded & 63U);
  });
}

const NameWords& NameWords::Default() {
  static const auto* const kWords = new NameWords();
  return *kWords;
}

}  // namespace nutgraf::internal
