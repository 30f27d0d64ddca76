// TimeExtractor: dates, times of day, durations and sets, with their place in the calendar.
//
//   pipeline.Add(nutgraf::Tokenizer())
//       .Add(nutgraf::SentenceSplitter())
//       .Add(nutgraf::TimeExtractor());
//   ...
//   pipeline.Process({.text = article, .date = "2022-01-11"}, document);
//   // "last Friday": kDate, value 2022-01-07; "for two weeks": kDuration, value P2W
//
// Relative times refer to the document's date (Document::date(), or else the first full date of a
// dateline or byline; where there is none, values have X for what is not known) and, where the text
// says so ("the following day"), to the last date mentioned. Weekdays and months without a year lie
// ahead or behind by the tense of the verb nearest to them. Days that do not exist are no dates. The
// vocabulary stands in data/time; docs/times.md gives the grammar.
//
// Cost: linear; the number of tokens looked at around a word of time is bounded. Threads: const,
// safe from any thread.

#ifndef NUTGRAF_TIME_EXTRACTOR_H_
#define NUTGRAF_TIME_EXTRACTOR_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/mention.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/sentence.h"
#include "nutgraf/time_expression.h"
#include "nutgraf/token.h"

namespace nutgraf {

namespace internal {
class TimeVocabulary;
}  // namespace internal

struct TimeOptions {
  enum class DateOrder : uint8_t { kMonthFirst, kDayFirst };
  /// How "03/05/21" is read. A day above 12 settles it by itself.
  DateOrder date_order = DateOrder::kMonthFirst;
  /// The day on which "this week" begins: 1 for Monday (ISO 8601) to 7 for Sunday.
  int week_starts_on = 1;
  /// Spans with the preposition that makes an open interval of them: "before Friday", "after 2018".
  /// Else, as TimeML has it, it is in TimeExpression::modifier alone.
  bool spans_with_prepositions = true;
};

/// The stage. A time inside a name of several words ("Sunday Times") that a matcher has proposed is
/// none.
class TimeExtractor {
 public:
  static constexpr std::string_view kName = "time_extractor";
  using Requires = Layers<Token, Sentence>;
  using Uses = Layers<MentionCandidate>;
  using Provides = Layers<TimeExpression>;

  explicit TimeExtractor(TimeOptions options = {});

  absl::Status Run(Document& document) const;

 private:
  TimeOptions options_;
  std::shared_ptr<const internal::TimeVocabulary> vocabulary_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_TIME_EXTRACTOR_H_
