// Times and quantities on any bytes, and on texts made of the words of their grammars: never fails,
// spans stay inside the text and in order, intervals have an inside, and a second run gives the
// same.
//
// The first byte says how to read the rest: even, as the text; odd, each byte as one of the pieces
// below, which takes a fuzzer to combinations that it would not spell.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "nutgraf/document.h"
#include "nutgraf/json_writer.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/quantity.h"
#include "nutgraf/quantity_extractor.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/time_expression.h"
#include "nutgraf/time_extractor.h"
#include "nutgraf/tokenizer.h"

namespace {

constexpr const char* kPieces[] = {
    "1",       "2",       "3",         "5",         "9",        "10",        "12",       "13",
    "15",      "20",      "23",        "29",        "30",       "31",        "32",       "45",
    "59",      "60",      "99",        "100",       "1,000",    "1,00,000",  "1990",     "2000",
    "2012",    "2022",    "2100",      "9999",      "0",        "00",        "007",      "1.5",
    "3.14",    "1e9",     "99999999",  "20161016",  "-",        "–",         "/",        ":",
    ".",       ",",       "'",         "’s",        "\"",       "(",         ")",        "%",
    "$",       "€",       "US$",       "+",         "±",        "×",         "~",        "½",
    "st",      "nd",      "th",        "s",         "am",       "pm",        "p.m.",     "h",
    "T",       "Z",       "k",         "m",         "bn",       "km",        "kg",       "°C",
    "one",     "two",     "three",     "five",      "ten",      "twelve",    "nineteen", "twenty",
    "thirty",  "ninety",  "hundred",   "thousand",  "million",  "dozen",     "score",    "half",
    "quarter", "third",   "first",     "second",    "last",     "next",      "previous", "this",
    "that",    "past",    "coming",    "following", "same",     "current",   "every",    "each",
    "a",       "an",      "the",       "of",        "in",       "on",        "at",       "by",
    "to",      "from",    "between",   "and",       "or",       "until",     "since",    "before",
    "after",   "within",  "during",    "over",      "under",    "about",     "more",     "less",
    "than",    "least",   "most",      "up",        "early",    "late",      "mid",      "end",
    "start",   "middle",  "beginning", "rest",      "whole",    "all",       "ago",      "later",
    "earlier", "now",     "hence",     "today",     "tomorrow", "yesterday", "tonight",  "morning",
    "evening", "night",   "noon",      "midnight",  "o'clock",  "day",       "days",     "week",
    "weeks",   "weekend", "month",     "months",    "year",     "years",     "decade",   "century",
    "minute",  "hours",   "seconds",   "fortnight", "May",      "March",     "Feb",      "December",
    "Sept.",   "Monday",  "Fri",       "Sundays",   "Easter",   "Christmas", "Day",      "Eve",
    "summer",  "winter",  "fiscal",    "Q3",        "H1",       "FY2012",    "GMT",      "EST",
    "BC",      "AD",      "1990s",     "nineties",  "twice",    "once",      "times",    "per",
    "annual",  "daily",   "percent",   "points",    "dollars",  "cents",     "feet",     "pounds",
    "people",  "old",     "aged",      "will",      "said",     "walked",    "to meet",  "few",
    "several", "couple",  "dozens",    "\n",        ". ",       "fold",      "double",   "ratio",
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto* const kPipeline = new nutgraf::Pipeline(*nutgraf::Pipeline::Builder()
                                                                  .Add(nutgraf::Tokenizer())
                                                                  .Add(nutgraf::SentenceSplitter())
                                                                  .Add(nutgraf::TimeExtractor())
                                                                  .Add(nutgraf::QuantityExtractor())
                                                                  .Build());
  static auto* const kDocument = new nutgraf::Document;
  if (size == 0) return 0;
  std::string text;
  if (data[0] % 2 == 0) {
    text.assign(reinterpret_cast<const char*>(data + 1), size - 1);
  } else {
    for (size_t i = 1; i < size; ++i) {
      if (i > 1 && data[i] < 128 + std::size(kPieces) / 2) text += ' ';
      text += kPieces[data[i] % std::size(kPieces)];
    }
  }
  const std::string_view date = data[0] % 4 < 2 ? "2022-01-31T10:30:00" : "";
  std::string json[2];
  for (std::string& out : json) {
    if (!kPipeline->Process({.text = text, .id = {}, .date = date}, *kDocument).ok()) std::abort();
    uint32_t at = 0;
    for (const nutgraf::TimeExpression& t : kDocument->Get<nutgraf::TimeExpression>()) {
      if (t.span.begin < at || t.span.begin >= t.span.end || t.span.end > text.size()) std::abort();
      if (t.value.empty()) std::abort();
      if (t.has_interval && !t.begin_open && !t.end_open && t.end <= t.begin) std::abort();
      at = t.span.end;
    }
    for (const nutgraf::Quantity& q : kDocument->Get<nutgraf::Quantity>()) {
      if (q.span.begin >= q.span.end || q.span.end > text.size()) std::abort();
      if (std::isnan(q.value) || std::isnan(q.low) || std::isnan(q.high)) std::abort();
    }
    nutgraf::JsonWriter().Append(*kDocument, out);
  }
  if (json[0] != json[1]) std::abort();
  return 0;
}
