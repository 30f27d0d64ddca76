#include "nutgraf/tagger_trainer.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/tagger/document_view.h"
#include "lib/tagger/features.h"
#include "lib/tagger/format.h"
#include "lib/tagger/forward_backward.h"
#include "lib/tagger/model.h"
#include "lib/tagger/name_tagger.h"
#include "lib/tagger/states.h"
#include "lib/tagger/train_document.h"
#include "lib/tagger/train_text.h"
#include "lib/tagger/weights.h"
#include "lib/tagger/word_table.h"
#include "lib/tagger/workers.h"
#include "lib/text/string_view.h"
#include "nutgraf/document.h"

namespace nutgraf {

namespace {

using internal::ChainWeights;
using internal::DocumentView;
using internal::ForwardBackward;
using internal::kLanes;
using internal::kMostTypes;
using internal::NameTagger;
using internal::Random;
using internal::Sequence;
using internal::StateValues;
using internal::TrainDocument;
using internal::TrainSpan;
using internal::Transitions;

std::vector<TaggerType> DefaultTypes() {
  return {{"PERSON", {"PERSON", "PER"}},
          {"ORGANIZATION", {"ORGANIZATION", "ORG"}},
          {"LOCATION", {"LOCATION", "LOC", "GPE"}},
          {"FACILITY", {"FACILITY", "FAC"}},
          {"NORP", {"NORP", "MISC"}},
          {"EVENT", {"EVENT", "MISC"}},
          {"PRODUCT", {"PRODUCT", "PROD", "MISC"}},
          {"WORK", {"WORK", "MISC"}}};
}

// Documents prepared at once, and sequences whose gradients are taken at once.
constexpr size_t kShard = 96;
constexpr size_t kBatch = 8;

}  // namespace

struct TaggerTrainer::Impl {
  Pipeline before;
  TaggerTrainerOptions options;
  std::vector<TrainDocument> documents;
  std::vector<uint32_t> held_out;  // documents
  std::vector<uint32_t> learned;
  std::vector<std::pair<uint64_t, internal::WordClasses>> words;
  NameParts names;
  std::string licence;
  internal::NamePool added_names, pool_of_names;

  // Of the training.
  std::vector<uint64_t> word_slots;
  ChainWeights weights;
  internal::FeatureCounts counts;
  internal::FeatureRows feature_rows;

  struct Worker {
    Document document;
    DocumentView view;
    std::vector<internal::WordInfo> infos;
    ForwardBackward chain, allowed;
    std::vector<StateValues> odds, limited;
    NameTagger tagger;
  };
  // What the gradient of a sequence is.
  struct Gradient {
    std::vector<StateValues> lanes;
    Transitions<float> transitions;
    double loss = 0;
  };

  absl::StatusOr<std::string> Train();
  absl::Status Round(int round, int rounds, std::vector<Worker>& workers, internal::Workers& pool,
                     double& loss);
  // Which features are frequent enough to learn from.
  absl::Status CountFeatures(std::vector<Worker>& workers, internal::Workers& pool);
  // Leaves open what a model of the other documents cannot believe.
  absl::Status Doubt(std::vector<Worker>& workers, internal::Workers& pool);
  void Differentiate(const Sequence& sequence, const Transitions<float>& odds, Worker& worker,
                     Gradient& gradient) const;
  internal::ModelParts Quantized() const;
  absl::Status Measure(const std::string& image, std::vector<Worker>& workers,
                       internal::Workers& pool, TaggerProgress& progress,
                       std::array<float, tagger_format::kCalibrationPoints>& calibration) const;
};

TaggerTrainer::TaggerTrainer(Pipeline before, TaggerTrainerOptions options)
    : impl_(std::make_unique<Impl>()) {
  impl_->before = std::move(before);
  impl_->options = std::move(options);
  if (impl_->options.types.empty()) impl_->options.types = DefaultTypes();
}
TaggerTrainer::~TaggerTrainer() = default;
TaggerTrainer::TaggerTrainer(TaggerTrainer&&) noexcept = default;
TaggerTrainer& TaggerTrainer::operator=(TaggerTrainer&&) noexcept = default;

void TaggerTrainer::SetNameParts(const NameParts& names) { impl_->names = names; }
void TaggerTrainer::SetLicence(std::string_view text) { impl_->licence = text; }

absl::Status TaggerTrainer::AddWordClusters(std::string_view tsv, std::string_view source) {
  return internal::ReadWordClusters(tsv, source, impl_->words);
}

void TaggerTrainer::AddNames(std::string_view type, const std::vector<std::string>& names) {
  const auto& types = impl_->options.types;
  for (size_t t = 0; t < std::min(types.size(), kMostTypes); ++t) {
    if (types[t].name != type) continue;
    auto& pool = impl_->added_names.names[t];
    pool.insert(pool.end(), names.begin(), names.end());
  }
}

absl::Status TaggerTrainer::AddJsonLines(std::string_view text, std::string_view source,
                                         TaggerSource options) {
  return internal::ReadTrainDocuments(text, source, options.weight, impl_->options.types,
                                      impl_->documents);
}

absl::StatusOr<std::string> TaggerTrainer::Train() { return impl_->Train(); }

absl::StatusOr<std::string> TaggerTrainer::Impl::Train() {
  if (options.types.size() > kMostTypes) {
    return absl::InvalidArgumentError(absl::StrCat(
        options.types.size(), " types; a model has at most ", kMostTypes, ": train a second one"));
  }
  for (const TaggerType& type : options.types) {
    if (type.name.empty() || type.name.size() > tagger_format::kTypeNameSize) {
      return absl::InvalidArgumentError("the name of a type has 1 to 32 bytes");
    }
  }
  if (documents.empty())
    return absl::FailedPreconditionError("there are no documents to learn from");

  internal::WordTableBuilder builder;
  for (auto& [folded, classes] : words) {
    Token token = {};
    token.folded = folded;
    const NamePart part = names.Lookup(token);
    const auto level = [](bool is, uint8_t frequency) -> uint8_t {
      if (!is) return 0;
      return frequency < 55 ? 1 : frequency < 110 ? 2 : 3;
    };
    classes.first_name = level(part.is_first, part.first_frequency);
    classes.last_name = level(part.is_last, part.last_frequency);
    builder.Add(folded, classes);
  }
  word_slots = builder.Build();

  held_out.clear();
  learned.clear();
  for (uint32_t i = 0; i < documents.size(); ++i) {
    Random random(options.seed, i, 0);
    (random.Chance(options.held_out) ? held_out : learned).push_back(i);
  }
  pool_of_names = added_names;
  for (size_t t = 0; t < options.types.size(); ++t) {
    if (options.types[t].name == EntityTypeName(EntityType::kPerson)) pool_of_names.person = t;
  }
  for (const uint32_t i : learned) {
    for (const TrainSpan& span : documents[i].spans) {
      if (span.types == 0 || (span.types & (span.types - 1)) != 0) continue;
      pool_of_names.names[static_cast<size_t>(__builtin_ctz(span.types))].push_back(
          documents[i].text.substr(span.begin, span.end - span.begin));
    }
  }
  for (auto& names : pool_of_names.names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
  }

  const auto threads = static_cast<size_t>(std::clamp(options.threads, 1, 64));
  internal::Workers pool(threads);
  std::vector<Worker> workers(threads);
  if (absl::Status s = CountFeatures(workers, pool); !s.ok()) return s;
  if (options.doubt > 0) {
    if (absl::Status s = Doubt(workers, pool); !s.ok()) return s;
  }
  weights.Reset(options.rows, options.types.size());
  TaggerProgress progress;
  progress.runs = options.runs;
  progress.rounds = options.rounds;
  std::array<float, tagger_format::kCalibrationPoints> calibration = {};
  std::string image;
  const uint64_t seed = options.seed;
  for (int run = 1; run <= options.runs; ++run) {
    options.seed = seed + static_cast<uint64_t>(run - 1);
    if (run > 1) weights.Restart(options.types.size());
    for (int round = 1; round <= options.rounds; ++round) {
      double loss = 0;
      if (absl::Status s = Round(round, options.rounds, workers, pool, loss); !s.ok()) return s;
      internal::ModelParts parts = Quantized();
      image = internal::WriteModel(parts);
      progress.run = run;
      progress.round = round;
      progress.loss = loss;
      if (absl::Status s = Measure(image, workers, pool, progress, calibration); !s.ok()) return s;
      if (options.progress) options.progress(progress);
      std::copy(calibration.begin(), calibration.end(), parts.chain.calibration);
      image = internal::WriteModel(parts);
    }
  }
  options.seed = seed;
  return image;
}

absl::Status TaggerTrainer::Impl::Round(int round, int rounds, std::vector<Worker>& workers,
                                        internal::Workers& pool, double& loss) {
  // The documents of this round, each as often as it weighs.
  std::vector<std::pair<uint32_t, uint32_t>> order;
  for (const uint32_t d : learned) {
    Random random(options.seed, d, static_cast<uint64_t>(round) << 8 | 1);
    const double weight = documents[d].weight;
    auto times = static_cast<uint32_t>(weight);
    if (random.Chance(static_cast<float>(weight - times))) ++times;
    for (uint32_t k = 0; k < times; ++k) order.emplace_back(d, k);
  }
  Random random(options.seed, static_cast<uint64_t>(round), 2);
  for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.Below(i)]);

  std::vector<std::vector<Sequence>> prepared(kShard);
  std::vector<absl::Status> states(kShard);
  std::vector<const Sequence*> sequences;
  std::vector<Gradient> gradients(kBatch);
  double tokens = 0;
  size_t remembered = 0;
  loss = 0;
  for (size_t begin = 0; begin < order.size(); begin += kShard) {
    const size_t n = std::min(kShard, order.size() - begin);
    pool.ForEach(n, [&](size_t i, size_t worker) {
      const auto [d, k] = order[begin + i];
      Random variation(options.seed, d, static_cast<uint64_t>(round) << 16 | (k + 1) << 8 | 3);
      Worker& w = workers[worker];
      prepared[i].clear();
      states[i] = internal::PrepareDocument(
          documents[d], before, internal::WordTable(word_slots.data(), word_slots.size()), options,
          pool_of_names, feature_rows, &variation, w.document, w.view, w.infos, prepared[i]);
    });
    sequences.clear();
    for (size_t i = 0; i < n; ++i) {
      if (!states[i].ok()) return states[i];
      for (const Sequence& s : prepared[i]) sequences.push_back(&s);
    }
    for (size_t i = sequences.size(); i > 1; --i)
      std::swap(sequences[i - 1], sequences[random.Below(i)]);

    for (size_t first = 0; first < sequences.size(); first += kBatch) {
      const size_t count = std::min(kBatch, sequences.size() - first);
      const Transitions<float> odds = internal::ToOdds(weights.transitions());
      pool.ForEach(count, [&](size_t i, size_t worker) {
        Differentiate(*sequences[first + i], odds, workers[worker], gradients[i]);
      });
      pool.ForEach(pool.size(), [&](size_t part, size_t /*worker*/) {
        for (size_t i = 0; i < count; ++i) {
          weights.UpdateRows(*sequences[first + i], gradients[i].lanes, part, pool.size(),
                             options.learning_rate);
        }
      });
      for (size_t i = 0; i < count; ++i) {
        weights.UpdateChain(gradients[i].lanes, sequences[first + i]->size(),
                            gradients[i].transitions, options.learning_rate);
        loss += gradients[i].loss;
        tokens += static_cast<double>(sequences[first + i]->size());
      }
    }
    // Eight times in each round of the second half.
    if (2 * round > rounds && (begin + n) * 8 / order.size() > remembered) {
      remembered = (begin + n) * 8 / order.size();
      weights.Remember();
    }
  }
  if (tokens > 0) loss /= tokens;
  return absl::OkStatus();
}

absl::Status TaggerTrainer::Impl::CountFeatures(std::vector<Worker>& workers,
                                                internal::Workers& pool) {
  feature_rows = {.row_count = options.rows};
  if (options.least_documents < 2) return absl::OkStatus();
  feature_rows = {};
  counts.Reset();
  std::vector<std::vector<Sequence>> prepared(kShard);
  std::vector<absl::Status> states(kShard);
  std::vector<uint32_t> hashes;
  for (size_t begin = 0; begin < learned.size(); begin += kShard) {
    const size_t n = std::min(kShard, learned.size() - begin);
    pool.ForEach(n, [&](size_t i, size_t worker) {
      Worker& w = workers[worker];
      prepared[i].clear();
      states[i] = internal::PrepareDocument(
          documents[learned[begin + i]], before,
          internal::WordTable(word_slots.data(), word_slots.size()), options, pool_of_names,
          feature_rows, nullptr, w.document, w.view, w.infos, prepared[i]);
    });
    for (size_t i = 0; i < n; ++i) {
      if (!states[i].ok()) return states[i];
      hashes.clear();
      for (const Sequence& s : prepared[i])
        hashes.insert(hashes.end(), s.rows.begin(), s.rows.end());
      std::sort(hashes.begin(), hashes.end());
      hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
      for (const uint32_t hash : hashes) counts.Add(hash);
    }
  }
  feature_rows = {.row_count = options.rows, .counts = &counts, .least = options.least_documents};
  return absl::OkStatus();
}

absl::Status TaggerTrainer::Impl::Doubt(std::vector<Worker>& workers, internal::Workers& pool) {
  constexpr int kRounds = 3;
  const std::vector<uint32_t> all = learned;
  std::vector<std::vector<TrainSpan>> doubts(all.size());
  std::vector<absl::Status> states(all.size());
  for (size_t half = 0; half < 2; ++half) {
    learned.clear();
    for (size_t i = 0; i < all.size(); ++i)
      if (i % 2 != half) learned.push_back(all[i]);
    weights.Reset(options.rows, options.types.size());
    double loss = 0;
    for (int round = 1; round <= kRounds; ++round) {
      if (absl::Status s = Round(round, kRounds, workers, pool, loss); !s.ok()) return s;
    }
    const Transitions<float> odds = internal::ToOdds(weights.transitions());
    pool.ForEach(all.size(), [&](size_t i, size_t worker) {
      if (i % 2 != half) return;
      Worker& w = workers[worker];
      std::vector<Sequence> sequences;
      states[i] = internal::PrepareDocument(
          documents[all[i]], before, internal::WordTable(word_slots.data(), word_slots.size()),
          options, pool_of_names, feature_rows, nullptr, w.document, w.view, w.infos, sequences);
      const absl::Span<const Token> tokens = w.document.Get<Token>();
      for (const Sequence& sequence : sequences) {
        const size_t n = sequence.size();
        if (w.odds.size() < n) w.odds.resize(n);
        for (size_t k = 0; k < n; ++k) {
          float lanes[kLanes];
          weights.Score(sequence, k, lanes);
          internal::ToOdds(lanes, w.odds[k]);
        }
        if (!w.chain.Run(absl::MakeConstSpan(w.odds.data(), n), odds)) continue;
        for (size_t k = 0; k < n; ++k) {
          const StateValues& p = w.chain.probabilities(k);
          float allowed = (sequence.allowed[k] >> internal::kOutside & 1U) != 0 ? p.outside : 0;
          for (size_t s = 0; s < kLanes; ++s)
            if ((sequence.allowed[k] >> s & 1U) != 0) allowed += p.lanes[s];
          if (allowed >= options.doubt) continue;
          const Token& token = tokens[sequence.first + k];
          doubts[i].push_back({token.begin, token.end, 0});
        }
      }
    });
  }
  for (size_t i = 0; i < all.size(); ++i) {
    if (!states[i].ok()) return states[i];
    auto& spans = documents[all[i]].spans;
    spans.insert(spans.end(), doubts[i].begin(), doubts[i].end());
  }
  learned = all;
  return absl::OkStatus();
}

void TaggerTrainer::Impl::Differentiate(const Sequence& sequence, const Transitions<float>& odds,
                                        Worker& worker, Gradient& gradient) const {
  const size_t n = sequence.size();
  if (worker.odds.size() < n) worker.odds.resize(n);
  for (size_t i = 0; i < n; ++i) {
    float lanes[kLanes];
    weights.Score(sequence, i, lanes);
    internal::ToOdds(lanes, worker.odds[i]);
  }
  gradient.lanes.resize(std::max(gradient.lanes.size(), n));
  std::memset(&gradient.transitions, 0, sizeof(gradient.transitions));
  gradient.loss = 0;
  for (size_t i = 0; i < n; ++i) std::memset(&gradient.lanes[i], 0, sizeof(StateValues));
  const absl::Span<const StateValues> all(worker.odds.data(), n);
  if (!worker.chain.Run(all, odds)) return;
  // What is allowed: where all is certain, that has one state a token, too.
  if (worker.limited.size() < n) worker.limited.resize(n);
  for (size_t i = 0; i < n; ++i) {
    worker.limited[i] = worker.odds[i];
    // Odds that are too small for a float must not make the truth impossible.
    for (size_t s = 0; s < kLanes; ++s) {
      float& v = worker.limited[i].lanes[s];
      v = (sequence.allowed[i] >> s & 1U) != 0 ? std::max(v, 1e-20F) : 0;
    }
    float& v = worker.limited[i].outside;
    v = (sequence.allowed[i] >> internal::kOutside & 1U) != 0 ? std::max(v, 1e-20F) : 0;
  }
  const absl::Span<const StateValues> limited(worker.limited.data(), n);
  if (!worker.allowed.Run(limited, odds)) return;
  gradient.loss = worker.chain.log_sum() - worker.allowed.log_sum();
  for (size_t i = 0; i < n; ++i) {
    const StateValues& is = worker.chain.probabilities(i);
    const StateValues& should = worker.allowed.probabilities(i);
    for (size_t s = 0; s < kLanes; ++s) gradient.lanes[i].lanes[s] = should.lanes[s] - is.lanes[s];
  }
  worker.allowed.AddExpected(limited, odds, 1, gradient.transitions);
  worker.chain.AddExpected(all, odds, -1, gradient.transitions);
}

internal::ModelParts TaggerTrainer::Impl::Quantized() const {
  internal::ModelParts parts;
  for (const TaggerType& type : options.types) parts.types.push_back(type.name);
  parts.words = word_slots;
  parts.licence = licence;
  weights.Quantize(parts);
  for (size_t i = 0; i < tagger_format::kCalibrationPoints; ++i)
    parts.chain.calibration[i] = 1 - std::exp2(-static_cast<float>(i) / 2);
  return parts;
}

absl::Status TaggerTrainer::Impl::Measure(
    const std::string& image, std::vector<Worker>& workers, internal::Workers& pool,
    TaggerProgress& progress,
    std::array<float, tagger_format::kCalibrationPoints>& calibration) const {
  absl::StatusOr<TaggerModel> model = TaggerModel::FromBytes(image);
  if (!model.ok()) return model.status();
  struct Found {
    float probability;
    bool right;
  };
  struct Result {
    absl::Status status;
    size_t gold = 0;
    std::vector<Found> found;
  };
  std::vector<Result> results(held_out.size());
  pool.ForEach(held_out.size(), [&](size_t i, size_t worker) {
    const TrainDocument& d = documents[held_out[i]];
    Worker& w = workers[worker];
    Result& result = results[i];
    result.status = before.Process(d.text, w.document);
    if (!result.status.ok()) return;
    for (const TrainSpan& span : d.spans) result.gold += span.types != 0 ? 1U : 0U;
    const absl::Span<const Token> tokens = w.document.Get<Token>();
    for (const internal::FoundName& name :
         w.tagger.Run(d.text, tokens, w.document.Get<Sentence>(),
                      w.document.Get<MentionCandidate>(), model->internal_image())) {
      const uint32_t begin = tokens[name.begin].begin, end = tokens[name.end - 1].end;
      bool right = false, uncertain = false;
      for (const TrainSpan& span : d.spans) {
        if (span.types == 0) uncertain = uncertain || (span.begin < end && begin < span.end);
        right = right ||
                (span.begin == begin && span.end == end && (span.types >> name.type & 1U) != 0);
      }
      if (!uncertain) result.found.push_back({name.probability, right});
    }
  });
  size_t gold = 0, found = 0, right = 0;
  std::array<double, tagger_format::kCalibrationPoints> sums = {}, counts = {};
  for (size_t i = 0; i < calibration.size(); ++i) {
    // As if some had been seen that are as sure as they should be.
    counts[i] = 4;
    sums[i] = 4 * (1 - std::exp2(-static_cast<double>(i) / 2));
  }
  for (const Result& result : results) {
    if (!result.status.ok()) return result.status;
    gold += result.gold;
    found += result.found.size();
    for (const Found& f : result.found) {
      right += f.right ? 1U : 0U;
      const float at = std::min(-2 * std::log2(std::clamp(1 - f.probability, 1e-6F, 1.0F)),
                                static_cast<float>(calibration.size() - 1) - 0.001F);
      const auto low = static_cast<size_t>(at);
      const double rest = at - static_cast<float>(low);
      for (const auto& [k, part] : {std::pair(low, 1 - rest), std::pair(low + 1, rest)}) {
        counts[k] += part;
        sums[k] += f.right ? part : 0;
      }
    }
  }
  double before_it = 0;
  for (size_t i = 0; i < calibration.size(); ++i) {
    before_it = std::max(before_it, sums[i] / counts[i]);
    calibration[i] = static_cast<float>(before_it);
  }
  progress.precision = found == 0 ? 0 : static_cast<double>(right) / static_cast<double>(found);
  progress.recall = gold == 0 ? 0 : static_cast<double>(right) / static_cast<double>(gold);
  const double both = progress.precision + progress.recall;
  progress.f1 = both > 0 ? 2 * progress.precision * progress.recall / both : 0;
  return absl::OkStatus();
}

}  // namespace nutgraf
