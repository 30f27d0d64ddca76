// The words of the grammar of times: data/time, compiled to an image of the gazetteer's kind and
// embedded; held in a table by the hash of the token.

#ifndef NUTGRAF_LIB_TIME_VOCABULARY_H_
#define NUTGRAF_LIB_TIME_VOCABULARY_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "lib/text/hash.h"
#include "lib/time/calendar.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/time_expression.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// What a word may be: the types of data/time/words.tsv, and some words by themselves.
enum TimeClass : uint64_t {
  kTimeNumber = 1ULL << 0,
  kTimeScale = 1ULL << 1,
  kTimeOrdinal = 1ULL << 2,
  kTimeVague = 1ULL << 3,
  kTimeMonth = 1ULL << 4,
  kTimeMonthAbbreviation = 1ULL << 5,
  kTimeWeekday = 1ULL << 6,
  kTimeWeekdays = 1ULL << 7,
  kTimeWeekdayAbbreviation = 1ULL << 8,
  kTimeSeason = 1ULL << 9,
  kTimeSeasons = 1ULL << 10,
  kTimeDecade = 1ULL << 11,
  kTimeUnit = 1ULL << 12,
  kTimeUnits = 1ULL << 13,
  kTimeUnitAbbreviation = 1ULL << 14,
  kTimePart = 1ULL << 15,
  kTimeParts = 1ULL << 16,
  kTimeClock = 1ULL << 17,
  kTimeMeridiem = 1ULL << 18,
  kTimeOclock = 1ULL << 19,
  kTimeDeictic = 1ULL << 20,
  kTimeRelation = 1ULL << 21,
  kTimeAfter = 1ULL << 22,
  kTimeReference = 1ULL << 23,
  kTimeSet = 1ULL << 24,
  kTimeEvery = 1ULL << 25,
  kTimeTimes = 1ULL << 26,
  kTimeEdge = 1ULL << 27,
  kTimeYearKind = 1ULL << 28,
  kTimeFiscalYear = 1ULL << 29,
  kTimeEra = 1ULL << 30,
  kTimeZone = 1ULL << 31,
  kTimePastVerb = 1ULL << 32,
  kTimeFutureVerb = 1ULL << 33,
  kTimePhrase = 1ULL << 34,  // a holiday or a reference of several words begins with it
  kTimePreposition = 1ULL << 35,
  kTimeLimit = 1ULL << 36,    // "more", "about", ...: begins a modifier
  kTimeArticle = 1ULL << 37,  // "a", "an"
  kTimeThe = 1ULL << 38,
  kTimeHalf = 1ULL << 39,
  kTimeQuarterWord = 1ULL << 40,
  kTimeAnd = 1ULL << 41,
  kTimeOf = 1ULL << 42,
  kTimePossessive = 1ULL << 43,      // "our", "his"
  kTimeStop = 1ULL << 44,            // function words that end a noun phrase
  kTimeEdgeOfUnit = 1ULL << 45,      // "EOY"
  kTimeNumbered = 1ULL << 46,        // "flight": a number after it is a name
  kTimeBe = 1ULL << 47,              // forms of "be" before a participle
  kTimeModal = 1ULL << 48,           // "may", "could"
  kTimePhraseAlone = 1ULL << 50,     // a phrase of one word
  kTimeReferenceAfter = 1ULL << 49,  // "future": a reference in "in the future"
};

// The words of time that others stand before.
inline constexpr uint64_t kTimeCore =
    kTimeMonth | kTimeMonthAbbreviation | kTimeWeekday | kTimeWeekdays | kTimeWeekdayAbbreviation |
    kTimeSeason | kTimeDecade | kTimeUnit | kTimeUnits | kTimeUnitAbbreviation | kTimePart |
    kTimeParts | kTimeClock | kTimeMeridiem | kTimeOclock | kTimeDeictic | kTimeZone | kTimePhrase |
    kTimeSet | kTimeEra;

// Lengths of time, and the finest first.
enum class Unit : uint8_t {
  kNone,
  kSecond,
  kMinute,
  kHour,
  kNight,
  kDay,
  kWeekday,  // working days
  kWeekend,
  kWeek,
  kFortnight,
  kMonth,
  kQuarter,
  kHalf,
  kSeason,
  kYear,
  kDecade,
  kCentury,
  kMillennium,
};

enum class Season : uint8_t { kNone, kSpring, kSummer, kFall, kWinter };
enum class Part : uint8_t { kNone, kMorning, kAfternoon, kEvening, kNight, kMidday, kDaytime };
enum class Relation : uint8_t {
  kNone,
  kThis,
  kCurrent,
  kLast,
  kPast,
  kPrevious,
  kNext,
  kComing,
  kFollowing,
  kSame,
  kThat,
  kThose,
  kThese,
};
enum class After : uint8_t { kNone, kAgo, kEarlier, kLater, kHence, kBefore, kAfter, kFrom, kOld };
enum class Edge : uint8_t {
  kNone,
  kEarly,
  kLate,
  kMid,
  kStart,
  kMiddle,
  kEnd,
  kTurn,
  kRest,
  kCourse,
  kWhole,
  kAll
};
enum class YearKind : uint8_t { kNone, kFiscal, kCalendar, kAcademic, kBusiness };
enum class Preposition : uint8_t {
  kNone,
  kOn,
  kIn,
  kAt,
  kBy,
  kUntil,
  kSince,
  kFrom,
  kBefore,
  kAfter,
  kDuring,
  kWithin,
  kOver,
  kTo,
  kBetween,
  kThrough,
  kFor,
  kAround,
  kUnder,
  kThroughout,
  kStarting,
  kAs
};

// What a token says to the grammar. A word with several senses has several of the fields.
struct TimeWord {
  uint64_t classes = 0;
  int32_t number = 0;  // cardinal, scale
  int16_t ordinal = 0;
  int16_t zone = 0;  // minutes east of Greenwich
  uint8_t month = 0;
  uint8_t weekday = 0;   // 1 for Monday
  uint8_t decade = 0;    // 9 for "nineties"
  uint8_t clock = 0;     // hour: 12 for "noon"
  uint8_t meridiem = 0;  // hours to add
  uint8_t times = 0;     // 2 for "twice"
  int8_t shift = 0;      // days from today
  int8_t era = 0;
  Unit unit = Unit::kNone;
  Season season = Season::kNone;
  Part part = Part::kNone;
  Relation relation = Relation::kNone;
  After after = After::kNone;
  Edge edge = Edge::kNone;
  YearKind year_kind = YearKind::kNone;
  Preposition preposition = Preposition::kNone;
  std::string_view timex;  // of references and sets

  bool Is(uint64_t any_of) const { return (classes & any_of) != 0; }
};

class TimeVocabulary {
 public:
  explicit TimeVocabulary(Gazetteer tables);

  // What one look at a token tells.
  struct Found {
    uint16_t number = 0;  // of the word; 0 where the token is none
    uint8_t begins = 0;   // kAlone, or behind which of kinds of words a time may begin with it
    uint8_t follows = 0;  // the kinds that it is
  };
  enum Begin : uint8_t {
    kAlone = 1,         // a time may begin with it, whatever follows
    kBeforeAmount = 2,  // "a": before "week", "few", "half"
    kBeforeCore = 4,    // "last": before "week", "three", "May"
    kBeforePeriod = 8,  // "later": before "this", "in", "today"
  };
  // What a token is. Without a branch: most tokens are words or not with no rule to it.
  Found Find(uint64_t folded) const {
    const uint64_t slot = slots_[((folded >> 20) + moves_[folded % kGroups]) % kSlots];
    const uint64_t other = (slot ^ folded) >> 32;             // 0 where it is this word
    const uint64_t mask = uint64_t{0} - ((other - 1) >> 63);  // all ones where it is
    const uint64_t word = slot & mask;
    return {static_cast<uint16_t>(word), static_cast<uint8_t>(word >> 16),
            static_cast<uint8_t>(word >> 24)};
  }
  const TimeWord& word(uint16_t number) const { return words_[number]; }

  // The longest name of a holiday, or phrase for a reference ("right now"), that begins with the
  // first of the tokens.
  struct Phrase {
    int holiday = -1;        // number of its rule
    std::string_view timex;  // of a reference
    uint32_t size = 0;       // tokens, with hyphens; 0 where there is none
  };
  Phrase FindPhrase(absl::Span<const Token> tokens) const;
  // False where none of several tokens begins with those two.
  bool MayBeginPhrase(uint64_t folded, const Token& next) const {
    const uint64_t key = ExtendPrefix(ExtendPrefix(0, folded), next.folded);
    return next.Has(kCompound) ||
           (phrase_filter_[(key >> 6) % phrase_filter_.size()] >> (key & 63U) & 1U) != 0;
  }
  const HolidayRule& holiday(int number) const { return rules_[static_cast<size_t>(number)]; }

  // What the longest phrase that ends with the last of the tokens does to an amount or a point of
  // time after it, and how many tokens it has.
  TimeModifier FindLimit(absl::Span<const Token> tokens, bool point, uint32_t& size) const;

 private:
  static constexpr uint32_t kLongestPhrase = 8;
  static constexpr uint32_t kLongestLimit = 4;

  // Tables with open addressing. Keys of the last two are those of a sequence of tokens.
  // A perfect hash table: each group of keys is moved on so that none meets another (Belazzougui,
  // Botelho, Dietzfelbinger, "Hash, displace, and compress", 2009).
  // A slot has the high half of the hash (its place says more of it), what follows and begins with
  // the word (Found), and its number.
  struct PhraseSlot {
    uint64_t key = 0;
    Phrase phrase;  // its size is 0 for the beginning of one
  };
  struct Limit {
    uint64_t key = 0;
    TimeModifier amount = TimeModifier::kNone;
    TimeModifier point = TimeModifier::kNone;
  };

  TimeWord& WordFor(uint64_t folded);
  void AddPhrase(const std::vector<uint64_t>& tokens, Phrase phrase);
  void AddLimit(const std::vector<uint64_t>& tokens, TimeModifier modifier, bool point);

  Gazetteer tables_;  // the words point into it
  static constexpr size_t kSlots = 2048;
  static constexpr size_t kGroups = 512;
  uint64_t SlotOf(uint64_t key) const;
  void PlaceWords();
  std::array<uint16_t, kGroups> moves_ = {};
  std::array<uint64_t, kSlots> slots_ = {};
  absl::flat_hash_map<uint64_t, uint16_t> numbers_;  // of the words, until they are placed
  std::vector<TimeWord> words_;                      // the first is none
  std::vector<uint8_t> begins_;                      // for each, whether a time may begin with it
  std::vector<PhraseSlot> phrases_;
  std::array<uint64_t, 256> phrase_filter_ =
      {};  // phrases of one token, and the first two of others
  std::vector<HolidayRule> rules_;
  std::vector<Limit> limits_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_VOCABULARY_H_
