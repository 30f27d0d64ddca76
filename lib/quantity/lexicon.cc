#include "lib/quantity/lexicon.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lib/gazetteer/image.h"
#include "lib/gazetteer/surface.h"
#include "lib/text/hash.h"
#include "nutgraf/document.h"
#include "nutgraf/tokenizer.h"

extern "C" {
extern const char nutgraf_quantity_lex[];
extern const char nutgraf_quantity_lex_end[];
}

namespace nutgraf::internal {

namespace {

constexpr std::pair<std::string_view, QuantityWord> kTypes[] = {
    {"NUMBER", kWordNumber},
    {"SCALE", kWordScale},
    {"SCALE_SUFFIX", kWordScaleSuffix},
    {"VAGUE_SCALE", kWordVagueScale},
    {"VAGUE", kWordVague},
    {"ORDINAL", kWordOrdinal},
    {"RELATIVE", kWordRelative},
    {"FRACTION", kWordFraction},
    {"MULTIPLE", kWordMultiple},
    {"UNIT", kWordUnit},
    {"UNIT_GLUED", kWordUnitGlued},
    {"COUNT", kWordCount},
    {"RATE", kWordRate},
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
    {"SEASON", kWordWeekday},
    {"EXTENT", kWordExtent},
    {"CHANGE", kWordChange},
    {"MONEY", kWordMoney},
    {"MONTH", kWordMonth},
    {"WEEKDAY", kWordWeekday},
    {"NOT_NUMBER_BEFORE", kWordNotNumberBefore},
    {"NOT_NUMBER_AFTER", kWordNotNumberAfter},
};

constexpr std::pair<std::string_view, QuantityModifier> kModifiers[] = {
    {"at_least", QuantityModifier::kAtLeast},
    {"at_most", QuantityModifier::kAtMost},
    {"more_than", QuantityModifier::kMoreThan},
    {"less_than", QuantityModifier::kLessThan},
    {"approximate", QuantityModifier::kApproximate},
    {"slightly_below", QuantityModifier::kSlightlyBelow},
    {"slightly_above", QuantityModifier::kSlightlyAbove},
    {"only", QuantityModifier::kOnly},
};

// What is asked for backwards.
constexpr uint32_t kBefore = kWordModifier | kWordCurrency | kWordCurrencySign | kWordCurrencyCode |
                             kWordCurrencyCodeWeak | kWordMonth | kWordWeekday |
                             kWordNotNumberBefore | kWordOrdinal | kWordPercent;

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

QuantityEntry MakeEntry(std::string_view type, std::string_view id) {
  QuantityEntry entry;
  for (const auto& [name, word] : kTypes) {
    if (name == type) entry.word = word;
  }
  std::string_view rest = id;
  entry.id = TakeField(rest);
  switch (entry.word) {
    case kWordUnit:
    case kWordUnitGlued:
    case kWordCount:
    case kWordRate:
      entry.dimension = TakeField(rest);
      entry.value = Number(TakeField(rest));
      break;
    case kWordSubunit:
    case kWordSubunitGlued:
      entry.value = Number(TakeField(rest));
      break;
    case kWordRelative:
      entry.value = Number(entry.id);
      entry.dimension = TakeField(rest);
      break;
    case kWordModifier:
    case kWordPostModifier:
      for (const auto& [name, modifier] : kModifiers) {
        if (name == entry.id) entry.modifier = modifier;
      }
      break;
    case kWordCurrency:
    case kWordCurrencySign:
    case kWordCurrencyCode:
    case kWordCurrencyCodeWeak:
      entry.value = 1;
      break;
    default:
      entry.value = Number(entry.id);
  }
  return entry;
}

}  // namespace

QuantityLexicon::Slot& QuantityLexicon::Table::At(uint64_t hash) {
  uint64_t i = hash >> 32;
  while (slots_[i & mask_].hash != 0 && slots_[i & mask_].hash != hash) ++i;
  Slot& slot = slots_[i & mask_];
  slot.hash = hash;
  return slot;
}

void QuantityLexicon::Table::Build(std::vector<Phrase> phrases,
                                   const std::vector<Prefix>& prefixes) {
  size_t size = 64;
  while (size < 2 * (phrases.size() + prefixes.size())) size *= 2;
  slots_.resize(size);
  mask_ = size - 1;
  // In the order of the tables, so that which of two equal phrases comes first is theirs to say.
  std::stable_sort(phrases.begin(), phrases.end(),
                   [](const Phrase& a, const Phrase& b) { return a.hash < b.hash; });
  items_.reserve(phrases.size());
  for (size_t i = 0; i < phrases.size(); ++i) {
    Slot& slot = At(phrases[i].hash);
    if (i == 0 || phrases[i - 1].hash != phrases[i].hash)
      slot.first = static_cast<uint32_t>(items_.size());
    slot.words |= phrases[i].item.entry->word;
    items_.push_back(phrases[i].item);
    items_.back().last = i + 1 == phrases.size() || phrases[i + 1].hash != phrases[i].hash;
  }
  for (const Prefix& prefix : prefixes) At(prefix.hash).longer |= prefix.words;
  for (const Slot& slot : slots_) {
    if (slot.hash != 0)
      filter_[(slot.hash >> 6) % filter_.size()] |= uint64_t{1} << (slot.hash & 63U);
  }
}

const QuantityEntry& QuantityLexicon::Keep(const QuantityEntry& entry) {
  entries_.push_back(entry);
  return entries_.back();
}

void QuantityLexicon::Add(absl::Span<const Token> tokens, const QuantityEntry& entry, bool any_case,
                          Lists& forward, Lists& backward) {
  std::vector<const Token*> words;
  words.reserve(tokens.size());
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (!IsLeftOut(tokens, i)) words.push_back(&tokens[i]);
  }
  if (words.empty() || words.size() > kLongestPhrase) return;
  const auto add = [&](Lists& lists) {
    uint64_t hash = 0;
    uint64_t exact = 0;
    for (size_t i = 0; i < words.size(); ++i) {
      hash = i == 0 ? words[i]->folded : ExtendPrefix(hash, words[i]->folded);
      exact = i == 0 ? words[i]->exact : ExtendPrefix(exact, words[i]->exact);
      if (i + 1 < words.size()) lists.prefixes.push_back({hash, entry.word});
    }
    lists.phrases.push_back({hash, {any_case ? 0 : exact, &entry, false}});
  };
  add(forward);
  if ((entry.word & kQuantityBegins) != 0) {
    const uint64_t first = words[0]->folded;
    begins_[(first >> 6) % begins_.size()] |= uint64_t{1} << (first & 63U);
  }
  if ((entry.word & kBefore) == 0) return;
  std::reverse(words.begin(), words.end());
  add(backward);
}

void QuantityLexicon::AddText(std::string_view text, const QuantityEntry& entry, bool any_case,
                              Lists& forward, Lists& backward) {
  LayerRows<Token> tokens;
  Tokenize(text, tokens);
  Add(tokens, entry, any_case, forward, backward);
}

// "twentyfive", "twentyfifth": written as one word.
void QuantityLexicon::AddTensCompounds(Lists& forward, Lists& backward) {
  constexpr std::string_view kTens[] = {"twenty", "thirty",  "forty",  "fifty",
                                        "sixty",  "seventy", "eighty", "ninety"};
  constexpr std::pair<std::string_view, std::string_view> kUnits[] = {
      {"one", "first"},     {"two", "second"},   {"three", "third"},
      {"four", "fourth"},   {"five", "fifth"},   {"six", "sixth"},
      {"seven", "seventh"}, {"eight", "eighth"}, {"nine", "ninth"}};
  double value = 20;
  for (const std::string_view tens : kTens) {
    double unit = 1;
    for (const auto& [cardinal, ordinal] : kUnits) {
      QuantityEntry entry;
      entry.value = value + unit;
      entry.word = kWordNumber;
      AddText(std::string(tens).append(cardinal), Keep(entry), true, forward, backward);
      entry.word = kWordOrdinal;
      AddText(std::string(tens).append(ordinal), Keep(entry), true, forward, backward);
      unit += 1;
    }
    value += 10;
  }
}

QuantityLexicon::QuantityLexicon(Gazetteer tables) : tables_(std::move(tables)) {
  const auto& image = tables_.internal_image();
  Lists forward;
  Lists backward;
  LayerRows<Token> tokens;
  for (auto c = image.AllNames(); c.Next();) {
    const auto& name = c.name();
    QuantityEntry entry;
    if (name.has_record) {
      const auto record = image.record(name.record);
      entry = MakeEntry(image.type_name(record.type), record.id);
    } else {
      entry = MakeEntry(image.type_name(name.type), {});
    }
    const QuantityEntry& kept = Keep(entry);
    const std::string text = image.Text(name);
    tokens.clear();
    Tokenize(text, tokens);
    Add(tokens, kept, (name.flags & kAnyCase) != 0, forward, backward);
    // "hrs.", "k.g.": abbreviations with periods have the same folded form, but another exact one.
    constexpr uint32_t kAbbreviated =
        kWordUnit | kWordUnitGlued | kWordCurrencySign | kWordCurrencyCode | kWordNotNumberBefore;
    if ((entry.word & kAbbreviated) != 0 && (name.flags & kAnyCase) == 0 && tokens.size() == 1) {
      std::string dotted;
      for (const char c : text) dotted.append(1, c).append(1, '.');
      const bool upper = tokens[0].IsAllUpper();  // "A.U." is no astronomical unit
      for (const std::string& form : {text + ".", upper ? text + "." : dotted}) {
        forward.phrases.push_back({tokens[0].folded, {HashBytes(form), &kept, false}});
        if ((entry.word & kBefore) != 0) backward.phrases.push_back(forward.phrases.back());
      }
    }
    // "120 MEUR": millions.
    if (entry.word == kWordCurrencyCode) {
      entry.value = 1e6;
      AddText(std::string("M").append(text), Keep(entry), false, forward, backward);
    }
  }
  AddTensCompounds(forward, backward);
  // "a dollar", "an inch", "a third".
  for (const std::string_view article : {"a", "an"}) {
    const uint64_t hash = HashBytes(article);
    begins_[(hash >> 6) % begins_.size()] |= uint64_t{1} << (hash & 63U);
  }
  phrases_.Build(std::move(forward.phrases), forward.prefixes);
  reversed_.Build(std::move(backward.phrases), backward.prefixes);
}

QuantityLexicon::Found QuantityLexicon::Longest(const Slot& first, uint64_t exact,
                                                absl::Span<const Token> tokens, uint32_t begin,
                                                uint32_t limit, uint32_t words) const {
  Found best;
  const Slot* slot = &first;
  uint64_t hash = first.hash;
  uint32_t at = begin;
  for (uint32_t length = 1;; ++length) {
    if ((slot->words & words) != 0) {
      for (const Item* item = phrases_.items(*slot);; ++item) {
        if ((item->entry->word & words) != 0 && (item->exact == 0 || item->exact == exact)) {
          best = {item->entry, at + 1};
          break;
        }
        if (item->last) break;
      }
    }
    if ((slot->longer & words) == 0 || length == kLongestPhrase) return best;
    ++at;
    if (at < limit && IsLeftOut(tokens, at)) ++at;
    if (at >= limit || tokens[at].Has(kAfterBlank)) return best;
    hash = ExtendPrefix(hash, tokens[at].folded);
    exact = ExtendPrefix(exact, tokens[at].exact);
    slot = phrases_.Find(hash);
    if (slot == nullptr) return best;
  }
}

QuantityLexicon::Found QuantityLexicon::LongestBefore(const Slot& last,
                                                      absl::Span<const Token> tokens, uint32_t end,
                                                      uint32_t limit, uint32_t words) const {
  Found best;
  const Slot* slot = &last;
  uint64_t hash = last.hash;
  uint32_t at = end - 1;
  uint64_t exact = tokens[at].exact;
  for (uint32_t length = 1;; ++length) {
    if ((slot->words & words) != 0) {
      for (const Item* item = reversed_.items(*slot);; ++item) {
        if ((item->entry->word & words) != 0 && (item->exact == 0 || item->exact == exact)) {
          best = {item->entry, at};
          break;
        }
        if (item->last) break;
      }
    }
    if ((slot->longer & words) == 0 || length == kLongestPhrase) return best;
    if (at > limit && IsLeftOut(tokens, at - 1)) --at;
    if (at <= limit || tokens[at].Has(kAfterBlank)) return best;
    --at;
    hash = ExtendPrefix(hash, tokens[at].folded);
    exact = ExtendPrefix(exact, tokens[at].exact);
    slot = reversed_.Find(hash);
    if (slot == nullptr) return best;
  }
}

const QuantityEntry* QuantityLexicon::DollarOf(uint64_t folded, uint64_t exact) const {
  static const uint64_t kDollar = HashBytes("$");
  const Slot* const slot = phrases_.Find(ExtendPrefix(folded, kDollar));
  if (slot == nullptr || (slot->words & kWordCurrencySign) == 0) return nullptr;
  for (const Item* item = phrases_.items(*slot);; ++item) {
    if (item->entry->word == kWordCurrencySign && item->exact == ExtendPrefix(exact, kDollar))
      return item->entry;
    if (item->last) return nullptr;
  }
}

const QuantityEntry* QuantityLexicon::Power(const QuantityEntry& unit, int exponent) const {
  static const uint64_t kSquare = HashBytes("square");
  static const uint64_t kCubic = HashBytes("cubic");
  if (unit.word != kWordUnit && unit.word != kWordUnitGlued) return nullptr;
  if (unit.id.find(' ') != std::string_view::npos || (exponent != 2 && exponent != 3))
    return nullptr;
  const Slot* const slot =
      phrases_.Find(ExtendPrefix(exponent == 2 ? kSquare : kCubic, HashBytes(unit.id)));
  if (slot == nullptr || (slot->words & kWordUnit) == 0) return nullptr;
  const Item* item = phrases_.items(*slot);
  while (item->entry->word != kWordUnit && !item->last) ++item;
  return item->entry->word == kWordUnit ? item->entry : nullptr;
}

const std::shared_ptr<const QuantityLexicon>& DefaultQuantityLexicon() {
  static const std::shared_ptr<const QuantityLexicon> kLexicon = [] {
    const std::string_view image(
        nutgraf_quantity_lex, static_cast<size_t>(nutgraf_quantity_lex_end - nutgraf_quantity_lex));
    // The image was made by the same build; a test verifies it.
    absl::StatusOr<Gazetteer> tables = Gazetteer::FromBytes(image);
    return std::make_shared<const QuantityLexicon>(tables.ok() ? *std::move(tables) : Gazetteer());
  }();
  return kLexicon;
}

}  // namespace nutgraf::internal
