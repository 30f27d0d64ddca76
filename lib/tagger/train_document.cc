#include "lib/tagger/train_document.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/tagger/name_tagger.h"
#include "lib/tagger/states.h"
#include "lib/tagger/train_text.h"
#include "lib/text/string_view.h"

namespace nutgraf::internal {

namespace {

using Labels = std::map<std::string, uint32_t, std::less<>>;

// What is wrong with the line; empty where nothing.
std::string ReadLine(const simdjson::dom::element& line, const Labels& labels,
                     TrainDocument& document) {
  std::string_view text;
  if (line["text"].get(text) != simdjson::SUCCESS) return "no string \"text\"";
  document.text = text;
  const std::vector<uint32_t> places = CodePoints(text);
  const auto add = [&](int64_t start, int64_t end, uint32_t types) {
    if (start < 0 || end <= start || end >= static_cast<int64_t>(places.size())) return false;
    document.spans.push_back(
        {places[static_cast<size_t>(start)], places[static_cast<size_t>(end)], types});
    return true;
  };
  simdjson::dom::array entities;
  if (line["entities"].get(entities) != simdjson::SUCCESS) return "no array \"entities\"";
  for (const simdjson::dom::element entity : entities) {
    int64_t start = 0, end = 0;
    std::string_view label;
    if (entity["start"].get(start) != simdjson::SUCCESS ||
        entity["end"].get(end) != simdjson::SUCCESS ||
        entity["label"].get(label) != simdjson::SUCCESS) {
      return "an entity has \"start\", \"end\" and \"label\"";
    }
    const auto found = labels.find(label);
    if (found == labels.end()) return absl::StrCat("label '", Absl(label), "' is of no type");
    if (!add(start, end, found->second)) return absl::StrCat("no text from ", start, " to ", end);
  }
  simdjson::dom::array uncertain;
  if (line["uncertain"].get(uncertain) == simdjson::SUCCESS) {
    for (const simdjson::dom::element pair : uncertain) {
      int64_t start = 0, end = 0;
      if (pair.at(0).get(start) != simdjson::SUCCESS || pair.at(1).get(end) != simdjson::SUCCESS ||
          !add(start, end, 0)) {
        return "an uncertain place is [start, end] inside the text";
      }
    }
  }
  return {};
}

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "Mr. Smith" becomes "Mr Smith", as other newspapers write.
void DropPeriods(TrainDocument& document) {
  std::string text;
  std::vector<uint32_t> moved(document.text.size() + 1);
  for (size_t i = 0; i < document.text.size(); ++i) {
    moved[i] = static_cast<uint32_t>(text.size());
    bool drop = false;
    if (document.text[i] == '.') {
      size_t begin = i;
      while (begin > 0 && IsLetter(document.text[begin - 1])) --begin;
      const std::string_view word(document.text.data() + begin, i - begin);
      static constexpr std::array<std::string_view, 14> kTitles = {
          "Mr",  "Mrs", "Ms", "Dr",  "Prof", "Gen", "Sen",
          "Rep", "Gov", "Lt", "Col", "Sgt",  "Jr",  "St"};
      drop = std::find(kTitles.begin(), kTitles.end(), word) != kTitles.end();
    }
    if (!drop) text.push_back(document.text[i]);
  }
  moved.back() = static_cast<uint32_t>(text.size());
  document.text = std::move(text);
  for (TrainSpan& span : document.spans) {
    span.begin = moved[span.begin];
    span.end = moved[span.end];
  }
}

std::vector<std::string_view> WordsOf(std::string_view name) {
  std::vector<std::string_view> words;
  while (!name.empty()) {
    const size_t blank = std::min(name.find(' '), name.size());
    if (blank > 0) words.push_back(name.substr(0, blank));
    name.remove_prefix(std::min(blank + 1, name.size()));
  }
  return words;
}

// Puts other names in the place of those in the document, the same for the same.
void ChangeNames(TrainDocument& document, const NamePool& pool, Random& random) {
  std::sort(document.spans.begin(), document.spans.end(),
            [](const TrainSpan& a, const TrainSpan& b) { return a.begin < b.begin; });
  for (size_t i = 0; i + 1 < document.spans.size(); ++i) {
    if (document.spans[i].end > document.spans[i + 1].begin) return;
  }
  std::map<std::pair<uint32_t, std::string>, std::string> chosen;
  const auto pick = [&](size_t type) -> const std::string& {
    const auto& names = pool.names[type];
    return names[random.Below(names.size())];
  };
  // Whole names first, since their parts stand for them.
  for (const bool whole : {true, false}) {
    for (const TrainSpan& span : document.spans) {
      if (span.types == 0 || (span.types & (span.types - 1)) != 0) continue;
      const auto type = static_cast<size_t>(__builtin_ctz(span.types));
      if (pool.names[type].size() < 100) continue;
      const std::string name = document.text.substr(span.begin, span.end - span.begin);
      const std::vector<std::string_view> words = WordsOf(name);
      if ((words.size() > 1) != whole) continue;
      const auto [at, is_new] = chosen.try_emplace({span.types, name});
      if (!is_new || random.Chance(0.4F)) continue;  // stays where empty
      std::string other = pick(type);
      if (type == pool.person) {
        // A first name of one and a last name of another, or a last name.
        const std::string_view a = other;
        const std::string first(a.substr(0, a.find(' ')));
        const std::string& b = pick(type);
        const size_t blank = b.rfind(' ');
        const std::string last = blank == std::string::npos ? b : b.substr(blank + 1);
        if (!whole) {
          other = last;
        } else if (random.Chance(0.5F)) {
          other.assign(first).append(" ").append(last);
        }
        const std::vector<std::string_view> others = WordsOf(other);
        if (whole && !others.empty()) {
          chosen.try_emplace({span.types, std::string(words.back())}, others.back());
          chosen.try_emplace({span.types, std::string(words.front())}, others.front());
        }
      }
      chosen[{span.types, name}] = other;
    }
  }
  std::string text;
  size_t done = 0;
  for (TrainSpan& span : document.spans) {
    text.append(document.text, done, span.begin - done);
    const std::string name = document.text.substr(span.begin, span.end - span.begin);
    done = span.end;
    const auto found = chosen.find({span.types, name});
    span.begin = static_cast<uint32_t>(text.size());
    text += found == chosen.end() || found->second.empty() ? name : found->second;
    span.end = static_cast<uint32_t>(text.size());
  }
  text.append(document.text, done);
  document.text = std::move(text);
}

void Vary(TrainDocument& document, const TaggerTrainerOptions& options, const NamePool& pool,
          Random& random) {
  if (random.Chance(options.name_variation)) ChangeNames(document, pool, random);
  if (random.Chance(0.3F)) DropPeriods(document);
  if (random.Chance(options.case_variation)) {
    std::string& text = document.text;
    switch (random.Below(3)) {
      case 0:
        ChangeCase(text, 0, std::min(text.find('\n'), text.size()), true);
        break;
      case 1:
        ChangeCase(text, 0, text.size(), true);
        break;
      default:
        ChangeCase(text, 0, text.size(), false);
    }
  }
}

uint64_t BitsOf(uint32_t types, size_t place) { return uint64_t{types} << place; }

// The states that each token may have.
void Allow(const TrainDocument& document, absl::Span<const Token> tokens,
           std::vector<uint64_t>& allowed) {
  constexpr uint64_t kOut = uint64_t{1} << kOutside;
  constexpr uint64_t kAny = (kOut << 1) - 1;
  allowed.assign(tokens.size(), kOut);
  for (const TrainSpan& span : document.spans) {
    auto begin = static_cast<size_t>(
        std::lower_bound(tokens.begin(), tokens.end(), span.begin,
                         [](const Token& t, uint32_t at) { return t.end <= at; }) -
        tokens.begin());
    size_t end = begin;
    while (end < tokens.size() && tokens[end].begin < span.end) ++end;
    if (begin == end) continue;
    // A name whose ends are no ends of tokens can only be left open.
    const bool fits = tokens[begin].begin == span.begin && tokens[end - 1].end == span.end;
    for (size_t i = begin; i < end; ++i) {
      if (span.types == 0 || !fits) {
        allowed[i] = kAny;
      } else if (end - begin == 1) {
        allowed[i] = BitsOf(span.types, kUnit);
      } else {
        allowed[i] = BitsOf(span.types, i == begin ? kFirst : i + 1 == end ? kLast : kInner);
      }
    }
  }
}

}  // namespace

absl::Status ReadTrainDocuments(std::string_view text, std::string_view source, double weight,
                                const std::vector<TaggerType>& types,
                                std::vector<TrainDocument>& documents) {
  Labels labels;
  for (size_t t = 0; t < types.size(); ++t) {
    for (const std::string& label : types[t].labels) labels[label] |= 1U << t;
  }
  return ForEachJsonLine(text, source, [&](const simdjson::dom::element& line) {
    TrainDocument document = {.text = {}, .spans = {}, .weight = weight};
    std::string wrong = ReadLine(line, labels, document);
    if (wrong.empty()) documents.push_back(std::move(document));
    return wrong;
  });
}

absl::Status PrepareDocument(const TrainDocument& source, const Pipeline& before,
                             const WordTable& words, const TaggerTrainerOptions& options,
                             const NamePool& pool, const FeatureRows& rows, Random* varies,
                             Document& document, DocumentView& view, std::vector<WordInfo>& infos,
                             std::vector<Sequence>& sequences) {
  TrainDocument varied = source;
  Random random = varies == nullptr ? Random(0, 0, 0) : *varies;
  const float feature_dropout = varies == nullptr ? 0 : options.feature_dropout;
  const float lexical_dropout = varies == nullptr ? 0 : options.lexical_dropout;
  if (varies != nullptr) Vary(varied, options, pool, random);
  if (absl::Status s = before.Process(varied.text, document); !s.ok()) return s;
  const absl::Span<const Token> tokens = document.Get<Token>();
  const absl::Span<const Sentence> sentences = document.Get<Sentence>();
  std::vector<uint64_t> allowed;
  Allow(varied, tokens, allowed);

  // Words that are not to be known by themselves this time.
  std::vector<bool> unknown(tokens.size());
  for (size_t i = 0; i < tokens.size(); ++i) unknown[i] = random.Chance(lexical_dropout);
  infos.clear();
  for (const Token& token : tokens) infos.push_back(DescribeWord(varied.text, token, words));

  // A document may be seen in pieces: so what is known from elsewhere in it is not relied on.
  size_t piece = sentences.size();
  if (varies != nullptr && random.Chance(0.5F)) piece = 1 + random.Below(12);
  for (size_t first = 0; first < sentences.size(); first += piece) {
    const auto part = sentences.subspan(first, std::min(piece, sentences.size() - first));
    view.Reset(tokens, part, document.Get<MentionCandidate>());
    // Where else each word stands.
    std::vector<std::vector<std::pair<uint32_t, TokenRange>>> contexts(view.use_count());
    ForEachSequence(part, [&](TokenRange range) {
      for (uint32_t i = range.begin; i < range.end; ++i)
        if (view.has_context(i)) contexts[view.use_index(i)].emplace_back(i, range);
    });
    ForEachSequence(part, [&](TokenRange range) {
      Sequence& sequence = sequences.emplace_back();
      sequence.value = 1 / (1 - feature_dropout);
      sequence.first = range.begin;
      Features features;
      const auto keep = [&](bool lexical_too) {
        for (uint32_t f = lexical_too ? 0 : features.lexical; f < features.count; ++f) {
          if (rows.Keeps(features.hashes[f]) && !random.Chance(feature_dropout))
            sequence.rows.push_back(rows(features.hashes[f]));
        }
      };
      const auto info = [&](uint32_t i) {
        return i >= range.begin && i < range.end ? &infos[i] : nullptr;
      };
      for (uint32_t i = range.begin; i < range.end; ++i) {
        Sequence::Token token = {};
        token.begin = static_cast<uint32_t>(sequence.rows.size());
        Window window = {};
        for (uint32_t p = 0; p < 5; ++p) {
          const uint32_t at = i + p - 2;
          window.words[p] = info(at);
          if (window.words[p] == nullptr) continue;
          features.Clear();
          AddWordFeatures(varied.text, tokens[at], infos[at], static_cast<Neighbour>(p), features);
          keep(!unknown[at]);
        }
        if (view.run(i) != DocumentView::kNone) {
          const CapitalRun& r = view.run_at(view.run(i));
          window.run_words[0] = info(r.begin);
          window.run_words[1] = info(r.end - 1);
          window.run_words[2] = info(r.begin - 1);
          window.run_words[3] = info(r.end);
        }
        features.Clear();
        AddTokenFeatures(window, view, i, features);
        keep(!unknown[i]);
        token.contexts = static_cast<uint32_t>(sequence.rows.size());

        if (view.use_index(i) != DocumentView::kNone && tokens[i].Has(kUpperFirst)) {
          // Some of the others, each as much as all.
          constexpr size_t kMost = 4;
          const auto& all = contexts[view.use_index(i)];
          size_t others = 0;
          const size_t from = all.empty() ? 0 : random.Below(all.size());
          for (size_t k = 0; k < all.size() && others < kMost; ++k) {
            const auto& [at, around] = all[(from + k) % all.size()];
            if (at == i) continue;
            ++others;
            if (at > around.begin) {
              features.Clear();
              AddWordFeatures(varied.text, tokens[at - 1], infos[at - 1], kContextBefore, features);
              keep(true);
            }
            if (at + 1 < around.end) {
              features.Clear();
              AddWordFeatures(varied.text, tokens[at + 1], infos[at + 1], kContextAfter, features);
              keep(true);
            }
          }
          if (others > 0) token.context_value = sequence.value / static_cast<float>(others);
        }
        token.end = static_cast<uint32_t>(sequence.rows.size());
        sequence.tokens.push_back(token);
        sequence.allowed.push_back(allowed[i]);
      }
    });
  }
  return absl::OkStatus();
}

}  // namespace nutgraf::internal
