#include "lib/tagger/name_tagger.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "lib/text/hash.h"

namespace nutgraf::internal {

namespace {

void Add(const int16_t* from, int16_t* to) {
  for (size_t s = 0; s < kLanes; ++s) to[s] = static_cast<int16_t>(to[s] + from[s]);
}
void Add(const int8_t* from, int16_t* to) {
  for (size_t s = 0; s < kLanes; ++s) to[s] = static_cast<int16_t>(to[s] + from[s]);
}

}  // namespace

absl::Span<const FoundName> NameTagger::Run(std::string_view text, absl::Span<const Token> tokens,
                                            absl::Span<const Sentence> sentences,
                                            absl::Span<const MentionCandidate> candidates,
                                            const TaggerModel::Image& model) {
  names_.clear();
  if (model.empty()) return names_;
  Prepare(model);
  text_ = text;
  view_.Reset(tokens, sentences, candidates);
  CountContexts(sentences);
  word_shares_.assign(view_.use_count(), TypeShares{});
  word_votes_.assign(view_.use_count(), 0);
  token_shares_.resize(tokens.size());
  ForEachSequence(sentences, [&](TokenRange range) {
    Score(range);
    SumShares(range);
  });
  ForEachSequence(sentences, [&](TokenRange range) {
    Score(range);
    spans_.clear();
    Vote(range);
    viterbi_.Run(absl::MakeConstSpan(scores_.data(), range.size()), model.transitions(),
                 range.begin, spans_);
    if (!spans_.empty()) Judge(range, 0);
  });
  return names_;
}

void NameTagger::Prepare(const TaggerModel::Image& model) {
  model_ = &model;
  if (known_model_ == model.checksum() && known_bytes_ == model.bytes().data()) return;
  known_model_ = model.checksum();
  known_bytes_ = model.bytes().data();
  ForgetWords();
}

void NameTagger::ForgetWords() {
  words_.clear();
  words_.reserve(kMostWords);
  index_.assign(kIndexSize, 0);
}

uint32_t NameTagger::FindWord(const Token& token) {
  size_t i = (token.exact >> 24) % kIndexSize;
  for (; index_[i] != 0; i = (i + 1) % kIndexSize) {
    if (words_[index_[i] - 1].exact == token.exact) return index_[i] - 1;
  }
  const auto place = static_cast<uint32_t>(words_.size());
  index_[i] = place + 1;
  Word& word = words_.emplace_back();
  word.exact = token.exact;
  word.info = DescribeWord(text_, token, model_->words());
  for (uint32_t p = 0; p < kNeighbours; ++p) {
    Features features;
    AddWordFeatures(text_, token, word.info, static_cast<Neighbour>(p), features);
    std::memset(word.sums[p], 0, sizeof(word.sums[p]));
    for (uint32_t f = 0; f < features.count; ++f)
      Add(model_->Weights(features.hashes[f]), word.sums[p]);
  }
  return place;
}

void NameTagger::FindWords(TokenRange range) {
  if (kMostWords - words_.size() < range.size()) ForgetWords();
  from_ = range.begin;
  words_of_.resize(range.size());
  for (uint32_t i = range.begin; i < range.end; ++i)
    words_of_[i - from_] = FindWord(view_.tokens()[i]);
}

void NameTagger::CountContexts(absl::Span<const Sentence> sentences) {
  context_of_.assign(view_.use_count(), 0);
  contexts_.clear();
  ForEachSequence(sentences, [&](TokenRange range) {
    bool any = false;
    for (uint32_t i = range.begin; i < range.end && !any; ++i)
      any = view_.has_context(i) && view_.use(i)->contexts > 1;
    if (!any) return;
    FindWords(range);
    for (uint32_t i = range.begin; i < range.end; ++i) {
      if (!view_.has_context(i) || view_.use(i)->contexts < 2) continue;
      uint32_t& context = context_of_[view_.use_index(i)];
      if (context == 0) {
        contexts_.emplace_back();
        std::memset(&contexts_.back(), 0, sizeof(Context));
        context = static_cast<uint32_t>(contexts_.size());
      }
      int16_t* const sums = contexts_[context - 1].sums;
      if (i > range.begin) Add(WordOf(i - 1).sums[kContextBefore], sums);
      if (i + 1 < range.end) Add(WordOf(i + 1).sums[kContextAfter], sums);
    }
  });
}

void NameTagger::Score(TokenRange range) {
  FindWords(range);
  scores_.resize(std::max<size_t>(scores_.size(), range.size()));
  const auto word = [&](uint32_t i) -> const Word* {
    return i >= range.begin && i < range.end ? &WordOf(i) : nullptr;
  };
  Features features;
  uint32_t last_run = DocumentView::kNone;
  Window window = {};
  for (uint32_t i = range.begin; i < range.end; ++i) {
    int16_t* const lanes = scores_[i - range.begin].lanes;
    std::memcpy(lanes, model_->bias(), sizeof(TokenScores));
    for (uint32_t p = 0; p < 5; ++p) {
      // Before the sequence: wraps round to no place.
      const Word* const w = word(i + p - 2);
      window.words[p] = w == nullptr ? nullptr : &w->info;
      if (w != nullptr) Add(w->sums[p], lanes);
    }
    const uint32_t run = view_.run(i);
    if (run != last_run && run != DocumentView::kNone) {
      const CapitalRun& r = view_.run_at(run);
      const uint32_t places[4] = {r.begin, r.end - 1, r.begin - 1, r.end};
      for (size_t k = 0; k < 4; ++k) {
        const Word* const w = word(places[k]);
        window.run_words[k] = w == nullptr ? nullptr : &w->info;
      }
    }
    last_run = run;
    features.Clear();
    AddTokenFeatures(window, view_, i, features);
    for (uint32_t f = 0; f < features.count; ++f) Add(model_->Weights(features.hashes[f]), lanes);

    // What stood around the word elsewhere, on average.
    const uint32_t use = view_.use_index(i);
    if (use == DocumentView::kNone || context_of_[use] == 0 || !view_.tokens()[i].Has(kUpperFirst))
      continue;
    int16_t sums[kLanes];
    std::memcpy(sums, contexts_[context_of_[use] - 1].sums, sizeof(sums));
    int n = static_cast<int>(view_.use(i)->contexts);
    if (view_.has_context(i)) {
      --n;
      for (const uint32_t p : {kContextBefore, kContextAfter}) {
        const Word* const w = word(p == kContextBefore ? i - 1 : i + 1);
        if (w == nullptr) continue;
        for (size_t s = 0; s < kLanes; ++s) sums[s] = static_cast<int16_t>(sums[s] - w->sums[p][s]);
      }
    }
    if (n < 1) continue;
    for (size_t s = 0; s < kLanes; ++s) lanes[s] = static_cast<int16_t>(lanes[s] + sums[s] / n);
  }
}

void NameTagger::SumShares(TokenRange range) {
  const size_t n = range.size();
  if (odds_.size() < n) odds_.resize(n);
  for (size_t i = 0; i < n; ++i) {
    const int16_t* const lanes = scores_[i].lanes;
    int top = 0;
    for (size_t k = 0; k < kLanes; ++k) top = std::max<int>(top, lanes[k]);
    for (size_t k = 0; k < kLanes; ++k)
      odds_[i].lanes[k] = model_->Odds(static_cast<uint32_t>(top - lanes[k]));
    odds_[i].outside = model_->Odds(static_cast<uint32_t>(top));
  }
  if (!chain_.Run(absl::MakeConstSpan(odds_.data(), n), model_->transition_odds())) return;
  for (size_t i = 0; i < n; ++i) {
    const uint32_t token = range.begin + static_cast<uint32_t>(i);
    TypeShares& share = token_shares_[token];
    const StateValues& p = chain_.probabilities(i);
    for (size_t t = 0; t < kMostTypes; ++t)
      share.types[t] = p.lanes[kFirst + t] + p.lanes[kInner + t] + p.lanes[kLast + t] + p.lanes[kUnit + t];
    share.outside = p.outside;
    const uint32_t use = view_.use_index(token);
    if (use == DocumentView::kNone || !view_.tokens()[token].Has(kUpperFirst)) continue;
    ++word_votes_[use];
    for (size_t t = 0; t < kMostTypes; ++t) word_shares_[use].types[t] += share.types[t];
    word_shares_[use].outside += share.outside;
  }
}

bool NameTagger::Vote(TokenRange range) {
  static const float mu = getenv("NGM") ? static_cast<float>(atof(getenv("NGM"))) : 0.5F;
  for (uint32_t i = range.begin; i < range.end; ++i) {
    const uint32_t use = view_.use_index(i);
    if (use == DocumentView::kNone || !view_.tokens()[i].Has(kUpperFirst)) continue;
    const TypeShares& own = token_shares_[i];
    const auto gain = [&](float mine, float mean, float l) {
      return std::log(((1 - l) * mine + l * mean + 1e-4F) / (mine + 1e-4F));
    };
    const auto add = [&](size_t t, float gained) {
      for (const size_t p : {kFirst, kInner, kLast, kUnit}) {
        int16_t& lane = scores_[i - range.begin].lanes[p + t];
        lane = static_cast<int16_t>(static_cast<float>(lane) + gained / model_->unit());
      }
    };
    if (word_votes_[use] > 1 && mu > 0) {
      const float mean = std::max(word_shares_[use].types[0] - own.types[0], 0.0F) / static_cast<float>(word_votes_[use] - 1);
      add(0, gain(own.types[0], mean, mu) - gain(1 - own.types[0], 1 - mean, mu));
    }
  }
  return true;
}

void NameTagger::Judge(TokenRange range, size_t first_span) {
  // Probabilities are asked for around names only: names that stand close together at once.
  constexpr uint32_t kAround = 2;
  const Transitions<float>& transitions = model_->transition_odds();
  for (size_t s = first_span; s < spans_.size();) {
    const uint32_t begin = std::max(range.begin + kAround, spans_[s].begin) - kAround;
    uint32_t end = spans_[s].end;
    size_t next = s + 1;
    while (next < spans_.size() && spans_[next].begin <= end + 2 * kAround)
      end = spans_[next++].end;
    end = std::min(range.end, end + kAround);

    const size_t n = end - begin;
    if (odds_.size() < n) odds_.resize(n);
    for (size_t i = 0; i < n; ++i) {
      const int16_t* const lanes = scores_[begin - range.begin + i].lanes;
      int top = 0;
      for (size_t k = 0; k < kLanes; ++k) top = std::max<int>(top, lanes[k]);
      StateValues& odds = odds_[i];
      for (size_t k = 0; k < kLanes; ++k)
        odds.lanes[k] = model_->Odds(static_cast<uint32_t>(top - lanes[k]));
      odds.outside = model_->Odds(static_cast<uint32_t>(top));
    }
    const absl::Span<const StateValues> odds(odds_.data(), n);
    const bool known = chain_.Run(odds, transitions);
    for (; s < next; ++s) {
      const TaggedSpan& span = spans_[s];
      const float probability = known
                                    ? chain_.SpanProbability(odds, transitions, span.begin - begin,
                                                             span.end - begin, span.type)
                                    : 0.5F;
      names_.push_back({span, probability});
    }
  }
}

}  // namespace nutgraf::internal
