#include "nutgraf/time_extractor.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "lib/entity/known_names.h"
#include "lib/time/calendar.h"
#include "lib/time/resolver.h"
#include "lib/time/time_grammar.h"
#include "lib/time/time_view.h"
#include "lib/time/vocabulary.h"

extern "C" {
extern const char nutgraf_time_lex[];
extern const char nutgraf_time_lex_end[];
}

namespace nutgraf {

namespace internal {

namespace {

// Working memory, kept in the document.
struct TimeScratch {
  LayerRows<uint16_t> words;          // of each token
  LayerRows<uint32_t> starts;         // tokens with which a time may begin
  LayerRows<MentionCandidate> names;  // in order, where the document's are not
};

// Words with which a time may begin by themselves.
constexpr uint64_t kBeginsAlone =
    kTimeMonth | kTimeMonthAbbreviation | kTimeWeekday | kTimeWeekdays | kTimeWeekdayAbbreviation |
    kTimeSeason | kTimeDecade | kTimeUnit | kTimeUnits | kTimePart | kTimeParts | kTimeClock |
    kTimeDeictic | kTimeReference | kTimeSet | kTimeEdgeOfUnit;

class Extraction {
 public:
  Extraction(const TimeVocabulary& vocabulary, const TimeOptions& options, Document& document)
      : document_(document),
        text_(document.text()),
        tokens_(document.Get<Token>()),
        scratch_(document.Scratch<TimeScratch>()),
        view_(vocabulary, text_, tokens_, Words(vocabulary)),
        names_(KnownNames(document.Get<MentionCandidate>(), scratch_.names)),
        options_(options),
        grammar_(view_, options, anchors_),
        rows_(document.Rows<TimeExpression>()) {
    anchors_.week_start = std::clamp(options.week_starts_on, 1, 7);
  }

  void Run() {
    const absl::Span<const Sentence> sentences = document_.Get<Sentence>();
    if (!ReadDocumentDate(document_.date())) FindDocumentDate(sentences);
    for (const Sentence& sentence : sentences) {
      view_.SetSentence(sentence);
      RunSentence();
    }
  }

 private:
  // The words of all tokens, looked up once, and the tokens with which a time may begin.
  absl::Span<const uint16_t> Words(const TimeVocabulary& vocabulary) {
    scratch_.words.resize(tokens_.size());
    scratch_.starts.resize(tokens_.size() + 1);
    uint16_t* const words = scratch_.words.data();
    uint32_t* const starts = scratch_.starts.data();
    const Token* const tokens = tokens_.data();
    const size_t size = tokens_.size();
    // Of the token before: with what behind it a time may begin.
    uint32_t begins = 0;
    size_t count = 0;
    for (size_t i = 0; i < size; ++i) {
      const TimeVocabulary::Found found = vocabulary.Find(tokens[i].folded);
      words[i] = found.number;
      const uint32_t digit = (tokens[i].bits & kDigit) / kDigit;
      const uint32_t quote = (tokens[i].bits & kQuote) / kQuote;
      const uint32_t follows =
          found.follows | digit * TimeVocabulary::kBeforeCore | uint32_t{TimeVocabulary::kAlone};
      starts[count] = static_cast<uint32_t>(i) - 1;
      count += (begins & follows) != 0 ? 1 : 0;
      // A number, a word with a digit in it, an apostrophe.
      begins = found.begins | digit | quote;
    }
    starts[count] = static_cast<uint32_t>(size) - 1;
    count += begins & TimeVocabulary::kAlone;
    scratch_.starts.resize(count);
    return absl::MakeConstSpan(words, size);
  }

  // ---- The date of the document ----------------------------------------------------------------

  // "2022-01-11" or "2022-01-11T18:30:00". False where there is none.
  bool ReadDocumentDate(std::string_view date) {
    int parts[6] = {};
    int count = 0;
    const char* at = date.data();
    const char* const end = at + date.size();
    while (at < end && count < 6) {
      const auto [next, error] = std::from_chars(at, end, parts[count]);
      if (error != std::errc()) break;
      ++count;
      at = next;
      if (at < end && (*at == '-' || *at == ':' || *at == 'T' || *at == ' ')) {
        ++at;
      } else {
        break;
      }
    }
    if (count < 3 || !IsDate(parts[0], parts[1], parts[2])) return false;
    if (parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return false;
    anchors_.has_date = true;
    anchors_.has_time = count > 3;
    anchors_.now = absl::CivilSecond(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    return true;
  }

  // A full date on a line of its own near the top, or one in a dateline: "LAGOS, March 3, 2015 -".
  void FindDocumentDate(absl::Span<const Sentence> sentences) {
    constexpr uint32_t kReach = 80;
    for (const Sentence& sentence : sentences.subspan(0, std::min<size_t>(sentences.size(), 6))) {
      if (sentence.tokens.begin > kReach) return;
      view_.SetSentence(sentence);
      const uint32_t last = std::min(view_.last(), view_.first() + 16);
      for (uint32_t i = view_.first(); i < last; ++i) {
        if (!view_.IsNumber(i) && !view_.Is(i, kTimeMonth | kTimeMonthAbbreviation | kTimeWeekday |
                                                   kTimeWeekdayAbbreviation))
          continue;
        uint32_t end = 0;
        absl::CivilDay day;
        if (!grammar_.ReadFullDate(i, end, day)) continue;
        const bool line =
            (!view_.In(end) || tokens_[end].Has(kAfterNewline)) && i - view_.first() <= 6;
        const bool dateline = view_.IsDash(end) || view_.IsMark(end, ')') || view_.IsMark(end, ':');
        if (!line && !dateline) return;
        anchors_.has_date = true;
        anchors_.now = absl::CivilSecond(day);
        return;
      }
    }
  }

  // ---- What is no time -------------------------------------------------------------------------

  bool InName(uint32_t begin, uint32_t end) {
    while (name_ < names_.size() && names_[name_].tokens.end <= begin) ++name_;
    for (size_t k = name_; k < names_.size() && names_[k].tokens.begin < end; ++k) {
      const TokenRange range = names_[k].tokens;
      if (range.begin <= begin && end <= range.end && range.size() > end - begin &&
          (names_[k].flags & kNeedsContext) == 0)
        return true;
    }
    return false;
  }

  // "“Groundhog Day”", "the June Fourth Movement": the title of something.
  bool IsTitle(uint32_t begin, uint32_t end) const {
    const Token& first = tokens_[begin];
    if (!first.IsWord() && first.kind() != TokenKind::kNumber) return false;
    if (first.IsWord() && !first.IsCapitalized()) return false;
    const auto quote = [&](uint32_t i) {
      return view_.In(i) && tokens_[i].Has(kQuote) && tokens_[i].lead != '\'';
    };
    const bool name_next =
        view_.IsCapital(end) && view_.IsUnknown(end) && tokens_[end].IsCapitalized();
    if (begin == view_.first()) return false;
    if (first.IsWord() && quote(begin - 1) && (quote(end) || name_next)) return true;
    if (first.IsWord() && quote(end) && view_.IsCapital(begin - 1) && view_.IsUnknown(begin - 1))
      return true;
    return name_next && view_.Is(begin - 1, kTimeThe) && end - begin > 1 &&
           !view_.IsNumber(end - 1);
  }

  // ---- The scan --------------------------------------------------------------------------------

  // One of the next `reach` tokens is a word of these classes.
  bool Follows(uint32_t i, uint64_t classes, uint32_t reach) const {
    const uint32_t last = std::min(view_.last(), i + 1 + reach);
    for (uint32_t k = i + 1; k < last; ++k) {
      if (view_.Is(k, classes)) return true;
    }
    return false;
  }
  bool NumberFollows(uint32_t i, uint32_t reach) const {
    const uint32_t last = std::min(view_.last(), i + 1 + reach);
    for (uint32_t k = i + 1; k < last; ++k) {
      if (tokens_[k].kind() == TokenKind::kNumber) return true;
    }
    return false;
  }

  // Whether it is worth asking the grammar: cheap, and true wherever it would answer.
  bool MayBegin(uint32_t i) const {
    const TimeWord& w = view_.At(i);
    const Token& t = tokens_[i];
    if (w.classes == 0) {
      if (t.kind() == TokenKind::kNumber) return NumberMayBegin(i);
      // "Q3", "FY2012", "'80s"
      if (t.IsWord()) return t.Has(kDigit) && t.size() <= 6;
      return (t.lead == '\'' || t.lead == 0x2019) && view_.IsNumber(i + 1) && view_.Glued(i + 1);
    }
    if (w.Is(kBeginsAlone)) return true;
    if (w.Is(kTimePhrase) &&
        (w.Is(kTimePhraseAlone) ||
         (i + 1 < view_.last() && view_.vocabulary().MayBeginPhrase(t.folded, tokens_[i + 1]))))
      return true;
    if (w.Is(kTimeReferenceAfter) && view_.Is(i - 1, kTimeThe | kTimeRelation | kTimePreposition))
      return true;
    if (w.Is(kTimeYearKind | kTimeFiscalYear))
      return view_.At(i + 1).unit == Unit::kYear || view_.IsNumber(i + 1);
    if (w.Is(kTimeArticle)) {
      return view_.Is(i + 1, kTimeUnit | kTimeUnits | kTimeVague | kTimeScale | kTimeHalf |
                                 kTimeQuarterWord | kTimeNumber | kTimeUnitAbbreviation);
    }
    if (w.Is(kTimeNumber)) {
      return Follows(i, kTimeCore | kTimeScale | kTimeOrdinal, 3) || view_.Is(i + 1, kTimeNumber) ||
             view_.At(i + 1).relation == Relation::kPast || NumberFollows(i, 3);
    }
    if (w.Is(kTimeRelation)) {
      return view_.Is(i + 1, kTimeCore | kTimeRelation | kTimeYearKind | kTimeNumber | kTimeVague |
                                 kTimeOrdinal | kTimeScale | kTimeHalf | kTimeEdge) ||
             view_.IsNumber(i + 1) || w.relation == Relation::kCurrent;
    }
    if (w.Is(kTimeOrdinal))
      return Follows(i, kTimeCore, 3) || view_.Is(i + 1, kTimeOf | kTimeRelation);
    if (w.Is(kTimeVague | kTimeScale)) return Follows(i, kTimeUnits | kTimeUnit, 3);
    if (w.Is(kTimeEdge)) return Follows(i, kTimeCore | kTimeRelation, 4) || NumberFollows(i, 4);
    if (w.after == After::kLater || w.after == After::kEarlier)
      return Follows(i, kTimeRelation | kTimeDeictic | kTimeThe | kTimeMonth, 2);
    if (w.Is(kTimeEvery)) return Follows(i, kTimeCore, 2);
    if (w.Is(kTimeTimes))
      return w.times > 0 && (Follows(i, kTimeUnit, 2) || view_.Is(i + 2, kTimeSet));
    if (w.Is(kTimeHalf)) return Follows(i, kTimeCore | kTimeRelation, 2);
    if (w.preposition == Preposition::kFrom || w.preposition == Preposition::kBetween)
      return Follows(i, kTimeCore, 4) || NumberFollows(i, 2);
    return false;
  }
  bool NumberMayBegin(uint32_t i) const {
    const Token& t = tokens_[i];
    const uint32_t size = t.size();
    if (t.Has(kLower | kUpperFirst | kUpperLater)) return true;  // "5pm", "1990s", "15h00"
    if (size == 4 || size >= 8) return true;                     // years, days in one number
    if (view_.Glued(i + 1) && view_.Glued(i + 2) &&
        tokens_[i + 1].kind() == TokenKind::kPunctuation)
      return true;  // "10:30", "3/4", "10-15"
    if (Follows(i, kTimeCore | kTimeScale, 2)) return true;
    const TimeWord& next = view_.At(i + 1);
    if (next.classes == 0) {
      return view_.IsDash(i + 1)
                 ? view_.IsNumber(i + 2) || Follows(i, kTimeCore, 3)
                 : view_.Is(i - 1, kTimeWeekday) ||
                       (view_.IsPreposition(i - 1, Preposition::kAt) && !view_.IsWord(i + 1)) ||
                       Follows(i, kTimeUnits | kTimeUnit, 3);
    }
    switch (next.preposition) {
      case Preposition::kTo:
      case Preposition::kUntil:
      case Preposition::kThrough:
        return view_.IsNumber(i + 2) || Follows(i, kTimeCore | kTimeNumber | kTimeOrdinal, 4);
      case Preposition::kIn:
      case Preposition::kBefore:
      case Preposition::kAfter:
        return Follows(i, kTimeCore | kTimeNumber, 4);
      default:
        break;
    }
    if (next.Is(kTimeAnd))
      return view_.IsPreposition(i - 1, Preposition::kBetween) || view_.Is(i - 1, kTimeThe) ||
             Follows(i, kTimeCore, 3);
    return next.Is(kTimeYearKind | kTimeRelation | kTimeVague) || Follows(i, kTimeCore, 4) ||
           view_.Is(i - 1, kTimeWeekday) || view_.IsPreposition(i - 1, Preposition::kAt);
  }

  void RunSentence() {
    uint32_t floor = view_.first();
    const LayerRows<uint32_t>& starts = scratch_.starts;
    uint32_t next = view_.first();  // tokens before it are done
    for (; start_ < starts.size() && starts[start_] < view_.last(); ++start_) {
      const uint32_t i = starts[start_];
      if (i < next || !MayBegin(i)) continue;
      uint32_t skip = 0;
      const TimeReading reading = grammar_.Read(i, floor, skip);
      if (!reading) {
        next = std::max(next, skip);
        continue;
      }
      next = reading.end;
      if (InName(reading.begin, reading.end) || IsTitle(reading.begin, reading.end)) continue;
      Write(reading);
      floor = reading.end;
    }
  }

  // Whether the words of the modifier are no part of the sentence, as "until" and "by" are, but of
  // what the time is: "before 2010", "as early as March", "starting May 3".
  bool Bounds(const TimeReading& reading) const {
    return reading.modifier != TimeModifier::kOnOrBefore || reading.modifier_end > reading.begin ||
           reading.modifier_end - reading.modifier_begin > 1;
  }

  void Write(const TimeReading& reading) {
    const Moment& m = reading.moment;
    uint32_t begin = reading.begin;
    TimeExpression t = {};
    if (reading.modifier_begin < reading.modifier_end) {
      t.modifier = view_.SpanOf(reading.modifier_begin, reading.modifier_end);
      if (options_.spans_with_prepositions && reading.kind != TimeKind::kDuration &&
          (m.begin_open || m.end_open) && Bounds(reading))
        begin = std::min(begin, reading.modifier_begin);
    }
    t.span = view_.SpanOf(begin, reading.end);
    t.tokens = {begin, reading.end};
    t.kind = reading.kind;
    t.modifier_kind = reading.modifier;
    t.grain = m.grain;
    t.value = document_.Store(m.value.view());
    t.rule = reading.rule;
    if (m.known && reading.kind != TimeKind::kSet) {
      t.has_interval = true;
      t.begin = m.begin;
      t.end = m.end;
      t.begin_open = m.begin_open;
      t.end_open = m.end_open;
    }
    rows_.push_back(t);
    if (reading.refers) {
      anchors_.has_reference = true;
      anchors_.reference = m;
      if (m.grain == TimeGrain::kDay) {
        anchors_.has_day = true;
        anchors_.day = m;
      }
    }
  }

  Document& document_;
  const std::string_view text_;
  const absl::Span<const Token> tokens_;
  TimeScratch& scratch_;
  TimeView view_;
  const absl::Span<const MentionCandidate> names_;
  const TimeOptions& options_;
  Anchors anchors_;
  TimeGrammar grammar_;
  LayerRows<TimeExpression>& rows_;
  size_t start_ = 0;  // in the scratch
  size_t name_ = 0;   // before it all names end before the place of the scan
};

}  // namespace

}  // namespace internal

TimeExtractor::TimeExtractor(TimeOptions options) : options_(options) {
  const absl::StatusOr<Gazetteer> tables = Gazetteer::FromBytes(
      {nutgraf_time_lex, static_cast<size_t>(nutgraf_time_lex_end - nutgraf_time_lex)});
  // The image was made by the same build.
  vocabulary_ =
      std::make_shared<const internal::TimeVocabulary>(tables.ok() ? *tables : Gazetteer());
}

absl::Status TimeExtractor::Run(Document& document) const {
  internal::Extraction(*vocabulary_, options_, document).Run();
  return absl::OkStatus();
}

}  // namespace nutgraf
