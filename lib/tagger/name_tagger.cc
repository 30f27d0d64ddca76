#include "lib/tagger/name_tagger.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace nutgraf::internal {

namespace {

// Two opinions that are further apart are a dispute.
constexpr float kDispute = 0.15F;
// Keeps the logarithm of a share finite.
constexpr float kSmallest = 1e-4F;

// A sum of products that is one but for rounding. Weights of a damaged model can make it no number.
float Probability(float sum) { return sum >= 0 ? std::min(sum, 1.0F) : 0; }

}  // namespace

absl::Span<const FoundName> NameTagger::Run(std::string_view text, absl::Span<const Token> tokens,
                                            absl::Span<const Sentence> sentences,
                                            absl::Span<const MentionCandidate> candidates,
                                            const TaggerModel::Image& model) {
  names_.clear();
  first_names_.clear();
  if (model.empty()) return names_;
  model_ = &model;
  words_.Prepare(model.rows(), model.words(), model.bytes().data(), model.checksum());
  text_ = text;
  view_.Reset(tokens, sentences, candidates);
  CountContexts(sentences);
  // First each sequence for itself.
  token_persons_.assign(tokens.size(), 0);
  word_votes_.assign(view_.use_count(), WordVotes{});
  ForEachSequence(sentences, [&](TokenRange range) {
    Score(range);
    Decide(range, first_names_);
    CountVotes(range);
  });
  // Then those again where words are taken for other things than elsewhere in the document.
  size_t next = 0;
  ForEachSequence(sentences, [&](TokenRange range) {
    const bool again = IsDisputed(range);
    for (; next < first_names_.size() && first_names_[next].begin < range.end; ++next) {
      if (!again) names_.push_back(first_names_[next]);
    }
    if (!again) return;
    Score(range);
    Vote(range);
    Decide(range, names_);
  });
  return names_;
}

void NameTagger::Decide(TokenRange range, std::vector<FoundName>& names) {
  spans_.clear();
  viterbi_.Run(absl::MakeConstSpan(scores_.data(), range.size()), model_->transitions(),
               range.begin, spans_);
  if (!spans_.empty()) Judge(range, names);
}

void NameTagger::FindWords(TokenRange range) {
  words_.MakeRoom(range.size());
  from_ = range.begin;
  words_of_.resize(range.size());
  for (uint32_t i = range.begin; i < range.end; ++i)
    words_of_[i - from_] = words_.Find(text_, view_.tokens()[i]);
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
      if (i > range.begin) AddLanes<kLanes>(WordOf(i - 1).sums[kContextBefore], sums);
      if (i + 1 < range.end) AddLanes<kLanes>(WordOf(i + 1).sums[kContextAfter], sums);
    }
  });
}

void NameTagger::Score(TokenRange range) {
  FindWords(range);
  scores_.resize(std::max<size_t>(scores_.size(), range.size()));
  const auto word = [&](uint32_t i) -> const Word* {
    return i >= range.begin && i < range.end ? &WordOf(i) : nullptr;
  };
  // The features of a token are asked for while the weights of the one before it are added.
  uint32_t last_run = DocumentView::kNone;
  Window window = {};
  const auto find_features = [&](uint32_t i) {
    Features& features = token_features_[i & 1U];
    for (uint32_t p = 0; p < 5; ++p) {
      // Before the sequence: wraps round to no place.
      const Word* const w = word(i + p - 2);
      window.words[p] = w == nullptr ? nullptr : &w->info;
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
    model_->rows().Prefetch(features);
  };
  find_features(range.begin);
  for (uint32_t i = range.begin; i < range.end; ++i) {
    if (i + 1 < range.end) find_features(i + 1);
    int16_t* const lanes = scores_[i - range.begin].lanes;
    std::memcpy(lanes, model_->bias(), sizeof(TokenScores));
    for (uint32_t p = 0; p < 5; ++p) {
      const Word* const w = word(i + p - 2);
      if (w != nullptr) AddLanes<kLanes>(w->sums[p], lanes);
    }
    model_->rows().Add(token_features_[i & 1U], lanes);

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

bool NameTagger::RunChain(TokenRange range, uint32_t begin, uint32_t end) {
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
  return chain_.Run(absl::MakeConstSpan(odds_.data(), n), model_->transition_odds());
}

float NameTagger::PersonShare(size_t token) const {
  const StateValues& p = chain_.probabilities(token);
  const size_t t = model_->person_type();
  return Probability(p.lanes[kFirst + t] + p.lanes[kInner + t] + p.lanes[kLast + t] +
                     p.lanes[kUnit + t]);
}

bool NameTagger::MayVote(uint32_t token) const {
  return view_.use_index(token) != DocumentView::kNone && view_.tokens()[token].Has(kUpperFirst);
}

void NameTagger::CountVotes(TokenRange range) {
  for (uint32_t i = range.begin; i < range.end; ++i) {
    if (!MayVote(i)) continue;
    WordVotes& votes = word_votes_[view_.use_index(i)];
    ++votes.count;
    votes.persons += token_persons_[i];
  }
}

float NameTagger::OthersShare(uint32_t token) const {
  const WordVotes& votes = word_votes_[view_.use_index(token)];
  return std::max(votes.persons - token_persons_[token], 0.0F) /
         static_cast<float>(votes.count - 1);
}

bool NameTagger::IsDisputed(TokenRange range) const {
  if (model_->person_type() >= model_->type_count()) return false;
  for (uint32_t i = range.begin; i < range.end; ++i) {
    if (!MayVote(i) || word_votes_[view_.use_index(i)].count < 2) continue;
    if (std::abs(OthersShare(i) - token_persons_[i]) > kDispute) return true;
  }
  return false;
}

void NameTagger::Vote(TokenRange range) {
  if (!RunChain(range, range.begin, range.end)) return;
  // Half its own, half the others' opinion, as scores.
  const auto gain = [](float own, float others) {
    return std::log(((own + others) / 2 + kSmallest) / (own + kSmallest));
  };
  const size_t person = model_->person_type();
  for (uint32_t i = range.begin; i < range.end; ++i) {
    if (!MayVote(i) || word_votes_[view_.use_index(i)].count < 2) continue;
    const float own = PersonShare(i - range.begin), others = OthersShare(i);
    const float add = (gain(own, others) - gain(1 - own, 1 - others)) / model_->unit();
    int16_t* const lanes = scores_[i - range.begin].lanes;
    for (const size_t place : {kFirst, kInner, kLast, kUnit}) {
      const float sum =
          std::clamp(static_cast<float>(lanes[place + person]) + add, -8000.0F, 8000.0F);
      lanes[place + person] = static_cast<int16_t>(sum);
    }
  }
}

void NameTagger::Judge(TokenRange range, std::vector<FoundName>& names) {
  // Probabilities are asked for around names only: names that stand close together at once.
  constexpr uint32_t kAround = 2;
  const bool persons = model_->person_type() < model_->type_count();
  for (size_t s = 0; s < spans_.size();) {
    const uint32_t begin = std::max(range.begin + kAround, spans_[s].begin) - kAround;
    uint32_t end = spans_[s].end;
    size_t next = s + 1;
    while (next < spans_.size() && spans_[next].begin <= end + 2 * kAround)
      end = spans_[next++].end;
    end = std::min(range.end, end + kAround);
    const bool known = RunChain(range, begin, end);
    if (known && persons) {
      for (uint32_t i = begin; i < end; ++i) token_persons_[i] = PersonShare(i - begin);
    }
    const absl::Span<const StateValues> odds(odds_.data(), end - begin);
    for (; s < next; ++s) {
      const TaggedSpan& span = spans_[s];
      const float probability =
          known
              ? Probability(chain_.SpanProbability(odds, model_->transition_odds(),
                                                   span.begin - begin, span.end - begin, span.type))
              : 0.5F;
      names.push_back({span, probability});
    }
  }
}

}  // namespace nutgraf::internal
