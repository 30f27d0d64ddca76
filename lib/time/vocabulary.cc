#include "lib/time/vocabulary.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "lib/text/hash.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/time_expression.h"
#include "nutgraf/token.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf::internal {

namespace {

constexpr std::pair<std::string_view, TimeClass> kTypes[] = {
    {"NUMBER", kTimeNumber},
    {"SCALE", kTimeScale},
    {"ORDINAL", kTimeOrdinal},
    {"VAGUE", kTimeVague},
    {"MONTH", kTimeMonth},
    {"MONTH_ABBREVIATION", kTimeMonthAbbreviation},
    {"WEEKDAY", kTimeWeekday},
    {"WEEKDAYS", kTimeWeekdays},
    {"WEEKDAY_ABBREVIATION", kTimeWeekdayAbbreviation},
    {"SEASON", kTimeSeason},
    {"SEASONS", kTimeSeasons},
    {"DECADE", kTimeDecade},
    {"UNIT", kTimeUnit},
    {"UNITS", kTimeUnits},
    {"UNIT_ABBREVIATION", kTimeUnitAbbreviation},
    {"PART", kTimePart},
    {"PARTS", kTimeParts},
    {"CLOCK", kTimeClock},
    {"MERIDIEM", kTimeMeridiem},
    {"OCLOCK", kTimeOclock},
    {"DEICTIC", kTimeDeictic},
    {"RELATION", kTimeRelation},
    {"AFTER", kTimeAfter},
    {"REFERENCE", kTimeReference},
    {"REFERENCE_AFTER", kTimeReferenceAfter},
    {"SET", kTimeSet},
    {"EVERY", kTimeEvery},
    {"TIMES", kTimeTimes},
    {"EDGE", kTimeEdge},
    {"EDGE_OF_UNIT", kTimeEdgeOfUnit},
    {"YEAR_KIND", kTimeYearKind},
    {"FISCAL_YEAR", kTimeFiscalYear},
    {"ERA", kTimeEra},
    {"ZONE", kTimeZone},
    {"PAST_VERB", kTimePastVerb},
    {"FUTURE_VERB", kTimeFutureVerb},
    {"PREPOSITION", kTimePreposition},
    {"ARTICLE", kTimeArticle},
    {"THE", kTimeThe},
    {"HALF", kTimeHalf},
    {"QUARTER", kTimeQuarterWord},
    {"AND", kTimeAnd},
    {"OF", kTimeOf},
    {"POSSESSIVE", kTimePossessive},
    {"STOP", kTimeStop},
    {"NUMBERED", kTimeNumbered},
    {"BE", kTimeBe},
    {"MODAL", kTimeModal},
};

template <class Value>
using Names = std::pair<std::string_view, Value>;

constexpr Names<Unit> kUnits[] = {
    {"second", Unit::kSecond},
    {"minute", Unit::kMinute},
    {"hour", Unit::kHour},
    {"night", Unit::kNight},
    {"day", Unit::kDay},
    {"weekday", Unit::kWeekday},
    {"weekend", Unit::kWeekend},
    {"week", Unit::kWeek},
    {"fortnight", Unit::kFortnight},
    {"month", Unit::kMonth},
    {"quarter", Unit::kQuarter},
    {"half", Unit::kHalf},
    {"season", Unit::kSeason},
    {"year", Unit::kYear},
    {"decade", Unit::kDecade},
    {"century", Unit::kCentury},
    {"millennium", Unit::kMillennium},
};
constexpr Names<Season> kSeasons[] = {{"SP", Season::kSpring},
                                      {"SU", Season::kSummer},
                                      {"FA", Season::kFall},
                                      {"WI", Season::kWinter}};
constexpr Names<Part> kParts[] = {{"MO", Part::kMorning}, {"AF", Part::kAfternoon},
                                  {"EV", Part::kEvening}, {"NI", Part::kNight},
                                  {"MI", Part::kMidday},  {"DT", Part::kDaytime}};
constexpr Names<Relation> kRelations[] = {
    {"this", Relation::kThis},         {"current", Relation::kCurrent},
    {"last", Relation::kLast},         {"past", Relation::kPast},
    {"previous", Relation::kPrevious}, {"next", Relation::kNext},
    {"coming", Relation::kComing},     {"following", Relation::kFollowing},
    {"same", Relation::kSame},         {"that", Relation::kThat},
    {"those", Relation::kThose},       {"these", Relation::kThese}};
constexpr Names<After> kAfters[] = {{"ago", After::kAgo},       {"earlier", After::kEarlier},
                                    {"later", After::kLater},   {"hence", After::kHence},
                                    {"before", After::kBefore}, {"after", After::kAfter},
                                    {"from", After::kFrom},     {"old", After::kOld}};
constexpr Names<Edge> kEdges[] = {
    {"early", Edge::kEarly}, {"late", Edge::kLate},     {"mid", Edge::kMid},
    {"start", Edge::kStart}, {"middle", Edge::kMiddle}, {"end", Edge::kEnd},
    {"turn", Edge::kTurn},   {"rest", Edge::kRest},     {"course", Edge::kCourse},
    {"whole", Edge::kWhole}, {"all", Edge::kAll}};
constexpr Names<YearKind> kYearKinds[] = {{"fiscal", YearKind::kFiscal},
                                          {"calendar", YearKind::kCalendar},
                                          {"academic", YearKind::kAcademic},
                                          {"business", YearKind::kBusiness}};
constexpr Names<Preposition> kPrepositions[] = {{"on", Preposition::kOn},
                                                {"in", Preposition::kIn},
                                                {"at", Preposition::kAt},
                                                {"by", Preposition::kBy},
                                                {"until", Preposition::kUntil},
                                                {"since", Preposition::kSince},
                                                {"from", Preposition::kFrom},
                                                {"before", Preposition::kBefore},
                                                {"after", Preposition::kAfter},
                                                {"during", Preposition::kDuring},
                                                {"within", Preposition::kWithin},
                                                {"over", Preposition::kOver},
                                                {"to", Preposition::kTo},
                                                {"between", Preposition::kBetween},
                                                {"through", Preposition::kThrough},
                                                {"for", Preposition::kFor},
                                                {"around", Preposition::kAround},
                                                {"under", Preposition::kUnder},
                                                {"throughout", Preposition::kThroughout},
                                                {"starting", Preposition::kStarting},
                                                {"as", Preposition::kAs}};
constexpr Names<TimeModifier> kModifiers[] = {
    {"APPROX", TimeModifier::kApproximate},    {"BEFORE", TimeModifier::kBefore},
    {"AFTER", TimeModifier::kAfter},           {"ON_OR_BEFORE", TimeModifier::kOnOrBefore},
    {"ON_OR_AFTER", TimeModifier::kOnOrAfter}, {"LESS_THAN", TimeModifier::kLessThan},
    {"MORE_THAN", TimeModifier::kMoreThan},    {"EQUAL_OR_LESS", TimeModifier::kAtMost},
    {"EQUAL_OR_MORE", TimeModifier::kAtLeast}};

template <class Value, size_t size>
Value Named(const Names<Value> (&names)[size], std::string_view name) {
  for (const auto& [key, value] : names) {
    if (key == name) return value;
  }
  return Value{};
}

int Number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Of a sequence of tokens.
uint64_t Joined(const uint64_t* folded, uint32_t count) {
  uint64_t key = 0;
  for (uint32_t i = 0; i < count; ++i) key = ExtendPrefix(key, folded[i]);
  return key;
}

void SetSense(TimeWord& word, TimeClass type, std::string_view id) {
  word.classes |= type;
  switch (type) {
    case kTimeNumber:
    case kTimeScale:
    case kTimeVague:
      word.number = Number(id);
      break;
    case kTimeOrdinal:
      word.ordinal = static_cast<int16_t>(Number(id));
      break;
    case kTimeMonth:
    case kTimeMonthAbbreviation:
      word.month = static_cast<uint8_t>(Number(id));
      break;
    case kTimeWeekday:
    case kTimeWeekdays:
    case kTimeWeekdayAbbreviation:
      word.weekday = static_cast<uint8_t>(Number(id));
      break;
    case kTimeSeason:
    case kTimeSeasons:
      word.season = Named(kSeasons, id);
      break;
    case kTimeDecade:
      word.decade = static_cast<uint8_t>(Number(id));
      break;
    case kTimeUnit:
    case kTimeUnits:
    case kTimeUnitAbbreviation:
      word.unit = Named(kUnits, id);
      break;
    case kTimePart:
    case kTimeParts:
      word.part = Named(kParts, id);
      break;
    case kTimeClock:
      word.clock = static_cast<uint8_t>(Number(id));
      break;
    case kTimeMeridiem:
      word.meridiem = static_cast<uint8_t>(Number(id));
      break;
    case kTimeDeictic: {
      const size_t at = id.find(';');
      word.shift = static_cast<int8_t>(Number(id.substr(0, at)));
      if (at != std::string_view::npos) word.part = Named(kParts, id.substr(at + 1));
      break;
    }
    case kTimeRelation:
      word.relation = Named(kRelations, id);
      break;
    case kTimeAfter:
      word.after = Named(kAfters, id);
      break;
    case kTimeReference:
    case kTimeReferenceAfter:
    case kTimeSet:
      word.timex = id;
      break;
    case kTimeTimes:
      word.times = static_cast<uint8_t>(Number(id));
      break;
    case kTimeEdge:
      word.edge = Named(kEdges, id);
      break;
    case kTimeEdgeOfUnit: {
      const size_t at = id.find(';');
      word.edge = Named(kEdges, id.substr(0, at));
      word.unit = Named(kUnits, id.substr(at + 1));
      break;
    }
    case kTimeYearKind:
      word.year_kind = Named(kYearKinds, id);
      break;
    case kTimeEra:
      word.era = static_cast<int8_t>(Number(id));
      break;
    case kTimeZone:
      word.zone = static_cast<int16_t>(Number(id));
      break;
    case kTimePreposition:
      word.preposition = Named(kPrepositions, id);
      break;
    default:
      break;
  }
}

}  // namespace

TimeVocabulary::TimeVocabulary(Gazetteer tables)
    : tables_(std::move(tables)), words_(1), phrases_(4096), limits_(512) {
  LayerRows<Token> tokens;
  std::vector<uint64_t> folded;
  tables_.ForEachName([&](const Gazetteer::Name& name) {
    // Names come with a blank between their tokens, which is none before a clitic.
    std::string text = name.text;
    for (size_t at = text.find(" 's"); at != std::string::npos; at = text.find(" 's", at))
      text.erase(at, 1);
    tokens.clear();
    Tokenize(text, tokens);
    folded.clear();
    folded.reserve(tokens.size());
    for (const Token& token : tokens) folded.push_back(token.folded);
    if (folded.empty()) return;
    if (name.entry.type == "HOLIDAY") {
      auto rule = HolidayRule::Parse(name.entry.id);
      if (!rule) return;  // a test reads all rules
      rules_.push_back(*std::move(rule));
      AddPhrase(folded, {.holiday = static_cast<int>(rules_.size()) - 1, .timex = {}, .size = 0});
    } else if (name.entry.type == "REFERENCE" && folded.size() > 1) {
      AddPhrase(folded, {.holiday = -1, .timex = name.entry.id, .size = 0});
    } else if (name.entry.type == "LIMIT" || name.entry.type == "POINT_LIMIT") {
      AddLimit(folded, Named(kModifiers, name.entry.id), name.entry.type == "POINT_LIMIT");
    } else if (folded.size() == 1) {
      SetSense(WordFor(folded[0]), Named(kTypes, name.entry.type), name.entry.id);
    }
  });
  PlaceWords();
}

TimeWord& TimeVocabulary::WordFor(uint64_t folded) {
  const auto [at, is_new] = numbers_.try_emplace(folded, static_cast<uint16_t>(words_.size()));
  if (is_new) words_.emplace_back();
  return words_[at->second];
}

uint64_t TimeVocabulary::SlotOf(uint64_t key) const {
  constexpr uint64_t kNever = kTimePastVerb | kTimeFutureVerb | kTimeLimit | kTimeThe | kTimeAnd |
                              kTimeOf | kTimePossessive | kTimeStop | kTimeNumbered | kTimeBe |
                              kTimeModal | kTimePreposition | kTimeZone | kTimeMeridiem |
                              kTimeOclock | kTimeEra;
  const uint16_t number = numbers_.at(key);
  const TimeWord& word = words_[number];
  const bool opens =
      word.preposition == Preposition::kFrom || word.preposition == Preposition::kBetween;
  const uint64_t classes = word.classes & ~kNever;
  uint64_t begins = classes != 0 || opens ? kAlone : 0;
  if (classes == kTimeArticle) begins = kBeforeAmount;
  if (classes == kTimeRelation && word.relation != Relation::kCurrent) begins = kBeforeCore;
  if (classes == kTimeAfter && !opens) {
    const bool later = word.after == After::kLater || word.after == After::kEarlier;
    begins = later ? kBeforePeriod : 0;
  }
  uint64_t follows = 0;
  if (word.Is(kTimeUnit | kTimeUnits | kTimeUnitAbbreviation | kTimeVague | kTimeScale | kTimeHalf |
              kTimeQuarterWord | kTimeNumber))
    follows |= kBeforeAmount;
  if (word.Is(kTimeCore | kTimeRelation | kTimeYearKind | kTimeNumber | kTimeVague | kTimeOrdinal |
              kTimeScale | kTimeHalf | kTimeEdge | kTimeArticle))
    follows |= kBeforeCore;
  if (word.Is(kTimeRelation | kTimeDeictic | kTimeThe | kTimeMonth) ||
      word.preposition == Preposition::kIn || word.preposition == Preposition::kOn)
    follows |= kBeforePeriod;
  return (key >> 32 << 32) | (follows << 24) | (begins << 16) | number;
}

void TimeVocabulary::PlaceWords() {
  std::array<std::vector<uint64_t>, kGroups> groups;
  for (const auto& [key, number] : numbers_) groups[key % kGroups].push_back(key);
  std::vector<size_t> order(kGroups);
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return groups[a].size() > groups[b].size(); });
  for (const size_t group : order) {
    const auto place = [&](uint16_t move) {
      std::vector<size_t> taken;
      taken.reserve(groups[group].size());
      for (const uint64_t key : groups[group]) {
        const size_t at = ((key >> 20) + move) % kSlots;
        if (slots_[at] != 0 || std::find(taken.begin(), taken.end(), at) != taken.end())
          return false;
        taken.push_back(at);
      }
      for (size_t i = 0; i < taken.size(); ++i) slots_[taken[i]] = SlotOf(groups[group][i]);
      return true;
    };
    // With half of the slots taken a place is found soon; a test finds every word.
    uint16_t move = 0;
    while (move < kSlots && !place(move)) ++move;
    moves_[group] = move;
  }
  numbers_.clear();
}

void TimeVocabulary::AddPhrase(const std::vector<uint64_t>& tokens, Phrase phrase) {
  if (tokens.size() > kLongestPhrase) return;
  for (uint32_t size = 1; size <= tokens.size(); ++size) {
    const uint64_t key = Joined(tokens.data(), size);
    size_t at = key % phrases_.size();
    while (phrases_[at].key != 0 && phrases_[at].key != key) at = (at + 1) % phrases_.size();
    phrases_[at].key = key;
    if (size < tokens.size()) continue;
    phrases_[at].phrase = phrase;
    phrases_[at].phrase.size = size;
  }
  TimeWord& first = WordFor(tokens[0]);
  first.classes |= kTimePhrase;
  if (tokens.size() == 1) {
    first.classes |= kTimePhraseAlone;
    return;
  }
  const uint64_t begin = Joined(tokens.data(), 2);
  phrase_filter_[(begin >> 6) % phrase_filter_.size()] |= uint64_t{1} << (begin & 63U);
}

void TimeVocabulary::AddLimit(const std::vector<uint64_t>& tokens, TimeModifier modifier,
                              bool point) {
  const auto count = static_cast<uint32_t>(tokens.size());
  if (count > kLongestLimit) return;
  const uint64_t key = Joined(tokens.data(), count);
  size_t at = key % limits_.size();
  while (limits_[at].key != 0 && limits_[at].key != key) at = (at + 1) % limits_.size();
  limits_[at].key = key;
  (point ? limits_[at].point : limits_[at].amount) = modifier;
  WordFor(tokens.back()).classes |= kTimeLimit;
}

TimeVocabulary::Phrase TimeVocabulary::FindPhrase(absl::Span<const Token> tokens) const {
  Phrase best;
  uint64_t key = 0;
  const auto count = std::min<uint32_t>(static_cast<uint32_t>(tokens.size()), 2 * kLongestPhrase);
  for (uint32_t i = 0; i < count; ++i) {
    if (tokens[i].Has(kCompound)) continue;  // the tables have no hyphens between words
    key = ExtendPrefix(key, tokens[i].folded);
    size_t at = key % phrases_.size();
    while (phrases_[at].key != 0 && phrases_[at].key != key) at = (at + 1) % phrases_.size();
    if (phrases_[at].key == 0) break;
    if (phrases_[at].phrase.size == 0) continue;
    best = phrases_[at].phrase;
    best.size = i + 1;
  }
  return best;
}

TimeModifier TimeVocabulary::FindLimit(absl::Span<const Token> tokens, bool point,
                                       uint32_t& size) const {
  const auto count = std::min<uint32_t>(static_cast<uint32_t>(tokens.size()), kLongestLimit);
  for (uint32_t n = count; n >= 1; --n) {
    uint64_t key = 0;
    for (size_t i = tokens.size() - n; i < tokens.size(); ++i)
      key = ExtendPrefix(key, tokens[i].folded);
    size_t at = key % limits_.size();
    while (limits_[at].key != 0 && limits_[at].key != key) at = (at + 1) % limits_.size();
    if (limits_[at].key == 0) continue;
    const TimeModifier modifier = point ? limits_[at].point : limits_[at].amount;
    if (modifier == TimeModifier::kNone) continue;
    size = n;
    return modifier;
  }
  return TimeModifier::kNone;
}

}  // namespace nutgraf::internal
