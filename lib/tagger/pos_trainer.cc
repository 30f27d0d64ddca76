#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/tagger/name_tagger.h"
#include "lib/tagger/pos_chain.h"
#include "lib/tagger/pos_features.h"
#include "lib/tagger/pos_model.h"
#include "lib/tagger/random.h"
#include "lib/tagger/row_table.h"
#include "lib/tagger/train_text.h"
#include "lib/tagger/word_table.h"
#include "lib/text/string_view.h"
#include "nutgraf/document.h"
#include "nutgraf/part_of_speech_trainer.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {

namespace {

using internal::Absl;
using internal::Features;
using internal::kPosStates;
using internal::PosTransitions;
using internal::PosWords;
using internal::Random;
using internal::WordInfo;
using Values = internal::PosForwardBackward::Values;

// A tagged token, in bytes.
struct TaggedToken {
  uint32_t begin;
  uint32_t end;
  uint8_t state;
};

struct TaggedText {
  std::string text;
  std::vector<TaggedToken> tokens;
  double weight;
  bool reference;
};

// Of a token that nothing is known of.
constexpr uint8_t kUnknown = 0xFF;

uint8_t StateOf(PosTag tag) {
  return static_cast<uint8_t>(tag == PosTag::kSym ? PosTag::kPunct : tag);
}

// What is wrong with the line; empty where nothing.
std::string ReadLine(const simdjson::dom::element& line, TaggedText& document) {
  std::string_view text;
  if (line["text"].get(text) != simdjson::SUCCESS) return "no string \"text\"";
  document.text = text;
  const std::vector<uint32_t> places = internal::CodePoints(text);
  simdjson::dom::array tokens;
  if (line["tokens"].get(tokens) != simdjson::SUCCESS) return "no array \"tokens\"";
  for (const simdjson::dom::element token : tokens) {
    int64_t begin = 0, end = 0;
    std::string_view tag;
    if (token.at(0).get(begin) != simdjson::SUCCESS || token.at(1).get(end) != simdjson::SUCCESS ||
        token.at(2).get(tag) != simdjson::SUCCESS) {
      return "a token is [begin, end, \"TAG\"]";
    }
    if (begin < 0 || end <= begin || end >= static_cast<int64_t>(places.size()))
      return absl::StrCat("no text from ", begin, " to ", end);
    const PosTag of = PosTagFromName(tag);
    if (of == PosTag::kX && tag != "X") return absl::StrCat("'", Absl(tag), "' is no tag");
    document.tokens.push_back(
        {places[static_cast<size_t>(begin)], places[static_cast<size_t>(end)], StateOf(of)});
  }
  return {};
}

// The state of each token: of the tagged one that begins where it does, or in which it begins.
void Align(const std::vector<TaggedToken>& tagged, absl::Span<const Token> tokens,
           std::vector<uint8_t>& states) {
  states.assign(tokens.size(), kUnknown);
  size_t t = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    while (t < tagged.size() && tagged[t].end <= tokens[i].begin) ++t;
    if (t < tagged.size() && tagged[t].begin <= tokens[i].begin) states[i] = tagged[t].state;
  }
}

// Weights while they are learned. Documents of the reference have a part of their own, so that what
// only the others do is not learned: what they share goes into the first part.
struct Row {
  float weights[2][kPosStates];
  float squares[2][kPosStates];
  float sums[kPosStates];
};

void Step(float* weights, float* squares, const float* gradient, float value, float rate) {
  for (size_t s = 0; s < kPosStates; ++s) {
    const float g = gradient[s] * value;
    squares[s] += g * g;
    weights[s] += rate * g / std::sqrt(squares[s] + 1e-8F);
  }
}

}  // namespace

struct PartOfSpeechTrainer::Impl {
  PartOfSpeechTrainerOptions options;
  std::vector<TaggedText> documents;
  std::vector<std::pair<uint64_t, internal::WordClasses>> words;
  std::string licence;

  // Of the training.
  std::vector<uint64_t> word_slots;
  std::vector<Row> rows;
  Row bias = {};
  Row transitions[kPosStates + 1] = {};
  int remembered = 0;
  Pipeline before;
  Document document;
  internal::PosForwardBackward chain;
  double loss = 0, seen = 0;

  absl::StatusOr<std::string> Train();
  absl::Status Learn(const TaggedText& source, Random random);
  void LearnSentence(TokenRange range, const std::vector<WordInfo>& infos,
                     const std::vector<uint8_t>& states, bool reference, Random& random);
  void Remember();
  std::string Quantized() const;
};

PartOfSpeechTrainer::PartOfSpeechTrainer(PartOfSpeechTrainerOptions options)
    : impl_(std::make_unique<Impl>()) {
  impl_->options = std::move(options);
}
PartOfSpeechTrainer::~PartOfSpeechTrainer() = default;
PartOfSpeechTrainer::PartOfSpeechTrainer(PartOfSpeechTrainer&&) noexcept = default;
PartOfSpeechTrainer& PartOfSpeechTrainer::operator=(PartOfSpeechTrainer&&) noexcept = default;

void PartOfSpeechTrainer::SetLicence(std::string_view text) { impl_->licence = text; }

absl::Status PartOfSpeechTrainer::AddWordClusters(std::string_view tsv, std::string_view source) {
  absl::Status status = internal::ReadWordClusters(tsv, source, impl_->words);
  impl_->words.resize(std::min<size_t>(impl_->words.size(), impl_->options.words));
  return status;
}

absl::Status PartOfSpeechTrainer::AddJsonLines(std::string_view text, std::string_view source,
                                               PartOfSpeechSource options) {
  return internal::ForEachJsonLine(text, source, [&](const simdjson::dom::element& line) {
    TaggedText document = {
        .text = {}, .tokens = {}, .weight = options.weight, .reference = options.reference};
    std::string wrong = ReadLine(line, document);
    if (wrong.empty()) impl_->documents.push_back(std::move(document));
    return wrong;
  });
}

absl::StatusOr<std::string> PartOfSpeechTrainer::Train() { return impl_->Train(); }

absl::StatusOr<std::string> PartOfSpeechTrainer::Impl::Train() {
  if (documents.empty())
    return absl::FailedPreconditionError("there are no documents to learn from");
  absl::StatusOr<Pipeline> pipeline =
      Pipeline::Builder().Add(Tokenizer()).Add(SentenceSplitter()).Build();
  if (!pipeline.ok()) return pipeline.status();
  before = *std::move(pipeline);
  internal::WordTableBuilder builder;
  for (const auto& [folded, classes] : words) builder.Add(folded, classes);
  word_slots = builder.Build();
  rows.assign(std::max(options.rows, 1U), Row{});
  for (int round = 1; round <= options.rounds; ++round) {
    std::vector<std::pair<uint32_t, uint32_t>> order;
    for (uint32_t d = 0; d < documents.size(); ++d) {
      Random random(options.seed, d, static_cast<uint64_t>(round) << 8 | 1);
      auto times = static_cast<uint32_t>(documents[d].weight);
      if (random.Chance(static_cast<float>(documents[d].weight - times))) ++times;
      for (uint32_t k = 0; k < times; ++k) order.emplace_back(d, k);
    }
    Random random(options.seed, static_cast<uint64_t>(round), 2);
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.Below(i)]);
    loss = seen = 0;
    for (size_t i = 0; i < order.size(); ++i) {
      const auto [d, k] = order[i];
      const Random variation(options.seed, d,
                             static_cast<uint64_t>(round) << 16 | (k + 1) << 8 | 3);
      if (absl::Status s = Learn(documents[d], variation); !s.ok()) return s;
      // Eight times in each round of the second half.
      if (2 * round > options.rounds && (i + 1) * 8 / order.size() > i * 8 / order.size())
        Remember();
    }
    if (options.progress) options.progress(round, seen > 0 ? loss / seen : 0);
  }
  return Quantized();
}

absl::Status PartOfSpeechTrainer::Impl::Learn(const TaggedText& source, Random random) {
  std::string text = source.text;
  if (random.Chance(options.case_variation))
    internal::ChangeCase(text, 0, text.size(), random.Chance(0.5F));
  if (absl::Status s = before.Process(text, document); !s.ok()) return s;
  const absl::Span<const Token> tokens = document.Get<Token>();
  std::vector<uint8_t> states;
  Align(source.tokens, tokens, states);
  const internal::WordTable table(word_slots.data(), word_slots.size());
  std::vector<WordInfo> infos;
  for (const Token& token : tokens)
    infos.push_back(internal::DescribeWord(document.text(), token, table));
  internal::ForEachSequence(document.Get<Sentence>(), [&](TokenRange range) {
    LearnSentence(range, infos, states, source.reference, random);
  });
  return absl::OkStatus();
}

void PartOfSpeechTrainer::Impl::LearnSentence(TokenRange range, const std::vector<WordInfo>& infos,
                                              const std::vector<uint8_t>& states, bool reference,
                                              Random& random) {
  const size_t n = range.size();
  const absl::Span<const Token> tokens = document.Get<Token>();
  const uint32_t style = internal::PosStyleOf(tokens.data() + range.begin, n);
  const size_t parts = reference ? 2 : 1;
  const float value = 1 / (1 - options.feature_dropout);

  // Features, some of them left out.
  std::vector<uint32_t> features_of;
  std::vector<size_t> ends;
  Features features;
  const auto keep = [&](bool lexical_too) {
    for (uint32_t f = lexical_too ? 0 : features.lexical; f < features.count; ++f) {
      if (!random.Chance(options.feature_dropout))
        features_of.push_back(
            internal::RowOf(features.hashes[f], static_cast<uint32_t>(rows.size())));
    }
  };
  for (size_t i = 0; i < n; ++i) {
    const bool known = !random.Chance(options.lexical_dropout);
    const WordInfo* around[5];
    for (uint32_t p = 0; p < 5; ++p) {
      const size_t at = i + p - 2;  // wraps round to no place
      around[p] = at < n ? &infos[range.begin + at] : nullptr;
      if (around[p] == nullptr) continue;
      features.Clear();
      PosWords::AddFeatures(document.text(), tokens[range.begin + at], *around[p], p, features);
      keep(known || p != PosWords::kHere);
    }
    features.Clear();
    internal::AddPosFeatures(around, tokens[range.begin + i],
                             style | (i == 0 ? internal::kPosFirstWord : 0U), features);
    keep(known);
    ends.push_back(features_of.size());
  }

  // Scores as odds; the same, where the truth alone is possible.
  std::vector<Values> odds(n), truth(n);
  const auto begin_of = [&ends](size_t i) { return i == 0 ? 0 : ends[i - 1]; };
  for (size_t i = 0; i < n; ++i) {
    float lanes[kPosStates] = {};
    for (size_t p = 0; p < parts; ++p) {
      for (size_t s = 0; s < kPosStates; ++s) lanes[s] += bias.weights[p][s];
      for (size_t f = begin_of(i); f < ends[i]; ++f) {
        const float* const row = rows[features_of[f]].weights[p];
        for (size_t s = 0; s < kPosStates; ++s) lanes[s] += row[s] * value;
      }
    }
    const float top = *std::max_element(lanes, lanes + kPosStates);
    for (size_t s = 0; s < kPosStates; ++s)
      odds[i].lanes[s] = std::exp(std::max(lanes[s] - top, -40.0F));
    truth[i] = odds[i];
    const uint8_t state = states[range.begin + i];
    for (size_t s = 0; s < kPosStates && state != kUnknown; ++s)
      truth[i].lanes[s] = s == state ? std::max(odds[i].lanes[s], 1e-12F) : 0;
  }
  PosTransitions<float> steps;
  for (size_t s = 0; s <= kPosStates; ++s) {
    for (size_t t = 0; t < kPosStates; ++t) {
      float sum = 0;
      for (size_t p = 0; p < parts; ++p) sum += transitions[s].weights[p][t];
      steps.from[s][t] = std::exp(std::clamp(sum, -30.0F, 30.0F));
    }
  }
  PosTransitions<float> expected = {};
  std::vector<Values> gradient(n);
  chain.Run(truth, steps);
  chain.AddExpected(truth, steps, 1, expected);
  for (size_t i = 0; i < n; ++i) gradient[i] = chain.probabilities(i);
  chain.Run(odds, steps);
  chain.AddExpected(odds, steps, -1, expected);
  float bias_gradient[kPosStates] = {};
  for (size_t i = 0; i < n; ++i) {
    const Values& is = chain.probabilities(i);
    const uint8_t state = states[range.begin + i];
    if (state != kUnknown) {
      loss -= std::log(std::max(is.lanes[state], 1e-9F));
      ++seen;
    }
    float most = 0;
    for (size_t s = 0; s < kPosStates; ++s) {
      gradient[i].lanes[s] -= is.lanes[s];
      bias_gradient[s] += gradient[i].lanes[s];
      most = std::max(most, std::abs(gradient[i].lanes[s]));
    }
    if (most < 0.002F) continue;
    for (size_t f = begin_of(i); f < ends[i]; ++f) {
      Row& row = rows[features_of[f]];
      for (size_t p = 0; p < parts; ++p)
        Step(row.weights[p], row.squares[p], gradient[i].lanes, value, options.learning_rate);
    }
  }
  for (size_t p = 0; p < parts; ++p) {
    Step(bias.weights[p], bias.squares[p], bias_gradient, 1, options.learning_rate);
    for (size_t s = 0; s <= kPosStates; ++s)
      Step(transitions[s].weights[p], transitions[s].squares[p], expected.from[s], 1,
           options.learning_rate);
  }
}

void PartOfSpeechTrainer::Impl::Remember() {
  const auto add = [](Row& row) {
    for (size_t s = 0; s < kPosStates; ++s) row.sums[s] += row.weights[0][s] + row.weights[1][s];
  };
  for (Row& row : rows) add(row);
  add(bias);
  for (Row& row : transitions) add(row);
  ++remembered;
}

std::string PartOfSpeechTrainer::Impl::Quantized() const {
  const float factor = remembered > 0 ? 1 / static_cast<float>(remembered) : 1;
  // One weight in 20,000 may be cut off.
  std::vector<float> sizes;
  for (const Row& row : rows) {
    for (const float sum : row.sums)
      if (sum != 0) sizes.push_back(std::abs(sum * factor));
  }
  float largest = 0.1F;
  if (!sizes.empty()) {
    const auto at = sizes.begin() + static_cast<ptrdiff_t>(sizes.size() - 1 - sizes.size() / 20000);
    std::nth_element(sizes.begin(), at, sizes.end());
    largest = std::max(*at, largest);
  }
  const float scale = factor * 127 / largest;
  const auto rounded = [scale](float sum, float most) {
    return std::lround(std::clamp(sum * scale, -most, most));
  };
  std::string image_rows(rows.size() * kPosStates, '\0');
  for (size_t r = 0; r < rows.size(); ++r)
    for (size_t s = 0; s < kPosStates; ++s)
      image_rows[r * kPosStates + s] = static_cast<char>(rounded(rows[r].sums[s], 127));
  PartOfSpeechModel::Image::Chain image_chain = {};
  for (size_t s = 0; s < kPosStates; ++s)
    image_chain.bias[s] = static_cast<int16_t>(rounded(bias.sums[s], 2000));
  for (size_t s = 0; s <= kPosStates; ++s)
    for (size_t t = 0; t < kPosStates; ++t)
      image_chain.transitions.from[s][t] =
          static_cast<int16_t>(rounded(transitions[s].sums[t], 2000));
  return internal::WritePosModel(image_chain, word_slots, image_rows, licence);
}

}  // namespace nutgraf
