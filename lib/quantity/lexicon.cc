#include "lib/quantity/lexicon.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/types/span.h"
#include "lib/gazetteer/image.h"
#include "lib/gazetteer/surface.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf::internal {

namespace {

constexpr std::pair<std::string_view, QuantityWord> kTypes[] = {
    {"NUMBER", kWordNumber},
    {"SCALE", kWordScale},
    {"SCALE_SUFFIX", kWordScaleSuffix},
    {"ORDINAL", kWordOrdinal},
    {"FRACTION", kWordFraction},
    {"MULTIPLE", kWordMultiple},
    {"UNIT", kWordUnit},
    {"UNIT_GLUED", kWordUnitGlued},
    {"PERCENT", kWordPercent},
    {"CURRENCY", kWordCurrency},
    {"CURRENCY_SIGN", kWordCurrencySign},
    {"CURRENCY_CODE", kWordCurrencyCode},
    {"CURRENCY_CODE_WEAK", kWordCurrencyCodeWeak},
    {"SUBUNIT", kWordSubunit},
    {"SUBUNIT_GLUED", kWordSubunitGlued},
    {"MODIFIER", kWordModifier},
    {"POST_MODIFIER", kWordPostModifier},
    {"STOP", kWordStop},
    {"PLURAL", kWordPlural},
    {"SINGULAR_S", kWordSingularS},
    {"MONTH", kWordMonth},
    {"WEEKDAY", kWordWeekday},
    {"NOT_NUMBER_BEFORE", kWordNotNumberBefore},
};

// Takes a field off a list separated by ';'.
std::string_view TakeField(std::string_view& list) {
  const size_t at = list.find(';');
  const std::string_view field = list.substr(0, at);
  list.remove_prefix(at == std::string_view::npos ? list.size() : at + 1);
  return field;
}

double Number(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

QuantityLexicon::QuantityLexicon(Gazetteer tables) : tables_(std::move(tables)) {
  constexpr uint32_t kBegins =
      kWordNumber | kWordScale | kWordOrdinal | kWordFraction | kWordMultiple;
  const auto& image = tables_.internal_image();
  const auto word_of = [](std::string_view type) {
    for (const auto& [name, word] : kTypes) {
      if (name == type) return word;
    }
    return QuantityWord{};
  };
  for (uint32_t type = 0; type < image.type_count(); ++type)
    plain_entries_[type & 255U].word = word_of(image.type_name(type));
  entries_.resize(tables_.entry_count());
  LayerRows<Token> tokens;
  for (auto c = image.AllNames(); c.Next();) {
    QuantityEntry entry = plain_entries_[c.name().type];
    if (c.name().has_record) {
      const auto record = image.record(c.name().record);
      std::string_view rest = record.id;
      entry.id = TakeField(rest);
      if (entry.word == kWordUnit || entry.word == kWordUnitGlued) {
        entry.dimension = TakeField(rest);
      } else if (entry.word == kWordSubunit || entry.word == kWordSubunitGlued) {
        entry.value = Number(TakeField(rest));
      } else {
        entry.value = Number(entry.id);
      }
      if (record.entry < entries_.size()) entries_[record.entry] = entry;
    }
    if ((entry.word & kBegins) == 0) continue;
    tokens.clear();
    Tokenize(image.WordsOf(c.name()).First(), tokens);
    if (tokens.empty()) continue;
    begins_[(tokens[0].folded >> 6) % begins_.size()] |= uint64_t{1} << (tokens[0].folded & 63U);
  }
}

const QuantityEntry* QuantityLexicon::Fitting(std::string_view text, absl::Span<const Token> tokens,
                                              const Gazetteer::Image::Sequence& sequence,
                                              uint32_t words) const {
  const auto& image = tables_.internal_image();
  for (uint32_t i = 0; i < sequence.count; ++i) {
    for (auto c = image.NamesAt(sequence.places[i]); c.Next();) {
      if ((plain_entries_[c.name().type].word & words) == 0 ||
          !Fits(image, c.name(), text, tokens).fits) {
        continue;
      }
      if (!c.name().has_record) return &plain_entries_[c.name().type];
      const uint32_t entry = image.record(c.name().record).entry;
      return entry < entries_.size() ? &entries_[entry] : nullptr;
    }
  }
  return nullptr;
}

QuantityLexicon::Found QuantityLexicon::Longest(std::string_view text,
                                                absl::Span<const Token> tokens, uint32_t begin,
                                                uint32_t limit, uint32_t words) const {
  const auto& image = tables_.internal_image();
  Found best;
  if (begin >= limit || !image.MayBegin(tokens[begin])) return best;
  ForEachSequence(image, tokens.subspan(0, limit), begin, kLongestPhrase,
                  [&](uint32_t end, const Gazetteer::Image::Sequence& sequence) {
                    const auto* const entry =
                        Fitting(text, tokens.subspan(begin, end - begin), sequence, words);
                    if (entry != nullptr) best = {entry, end};
                  });
  return best;
}

QuantityLexicon::Found QuantityLexicon::LongestBefore(std::string_view text,
                                                      absl::Span<const Token> tokens, uint32_t end,
                                                      uint32_t limit, uint32_t words) const {
  Found best;
  const uint32_t first = end - std::min(end - limit, kLongestPhrase);
  for (uint32_t begin = end; begin > first; --begin) {
    const Found found = Longest(text, tokens, begin - 1, end, words);
    if (found && found.end == end) best = {found.entry, begin - 1};
  }
  return best;
}

}  // namespace nutgraf::internal
