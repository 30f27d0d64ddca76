#include "nutgraf/mention_resolver.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "lib/entity/capital_run.h"
#include "lib/entity/name_words.h"
#include "lib/text/hash.h"

namespace nutgraf {

namespace {

using internal::HashBytes;
using internal::NameWords;

constexpr std::string_view kTitle = "TITLE";
// A common word with at least this prior is believed at the start of a sentence ("China said").
constexpr float kSurePrior = 0.85F;
// A gazetteer's name of one word with at least this prior needs no recogniser.
constexpr float kKnownPrior = 0.9F;
// A person's name of one word with at least this confidence is one though nobody of that name is
// named in full.
constexpr float kSurePerson = 0.7F;
// A recogniser's name with at least this confidence is no part of a longer one that it has not seen.
constexpr float kSureName = 0.8F;

// Working memory, kept in the document.
struct Scratch {
  struct Work {
    const MentionCandidate* candidate;
    bool weak;  // needs context
    bool kept;
  };
  std::vector<Work> work;
  std::vector<uint32_t> title_begins;
  std::vector<uint32_t> person_begins;
  std::vector<uint32_t> title_ends;    // token after a title
  std::vector<uint32_t> place_begins;  // first token of a place
  std::vector<std::pair<std::string_view, std::string_view>>
      believed;  // labels and ids of candidates that need no context
  std::vector<const MentionCandidate*> recognized;  // by place
  std::vector<uint64_t> full_names;                 // words of persons with several, by folded hash
  std::vector<uint32_t> order;                      // of an overlapping cluster, best first
  std::vector<bool> taken;                          // tokens of a cluster
};

class Resolver {
 public:
  Resolver(Document& document, const MentionResolverOptions& options)
      : tokens_(document.Get<Token>()),
        sentences_(document.Get<Sentence>()),
        candidates_(document.Get<MentionCandidate>()),
        quantities_(document.Get<Quantity>()),
        words_(NameWords::Default()),
        scratch_(document.Scratch<Scratch>()),
        mentions_(document.Rows<Mention>()),
        options_(options) {
    for (const Recognized& r : document.Get<Recognized>()) recognized_ |= r.types;
  }

  void Run() {
    Collect();
    FindContext();
    for (Scratch::Work& w : scratch_.work) {
      if (w.weak) w.kept = HasContext(*w.candidate);
    }
    DropInsideLongerNames();
    if (recognized_ != 0) AskRecognizer();
    DropInsideQuantities();
    DecideOverlaps();
  }

 private:
  bool Is(uint32_t token, uint32_t flags) const {
    return (words_.Get(tokens_[token].folded) & flags) != 0;
  }

  void Collect() {
    scratch_.work.clear();
    scratch_.title_begins.clear();
    scratch_.title_ends.clear();
    for (const MentionCandidate& c : candidates_) {
      if (c.type == EntityType::kOther && c.label == kTitle) {
        scratch_.title_begins.push_back(c.tokens.begin);
        scratch_.title_ends.push_back(c.tokens.end);
      } else if (c.confidence >= options_.min_confidence) {
        scratch_.work.push_back({&c, false, true});
      }
    }
    const auto by_place = [](const Scratch::Work& a, const Scratch::Work& b) {
      if (a.candidate->tokens.begin != b.candidate->tokens.begin) {
        return a.candidate->tokens.begin < b.candidate->tokens.begin;
      }
      return a.candidate < b.candidate;
    };
    if (!std::is_sorted(scratch_.work.begin(), scratch_.work.end(), by_place)) {
      std::sort(scratch_.work.begin(), scratch_.work.end(), by_place);
    }
    for (std::vector<uint32_t>* places : {&scratch_.title_begins, &scratch_.title_ends}) {
      if (!std::is_sorted(places->begin(), places->end()))
        std::sort(places->begin(), places->end());
    }
  }

  // Which candidates stand alone, and what can support the others.
  void FindContext() {
    scratch_.place_begins.clear();
    scratch_.believed.clear();
    constexpr uint32_t kUnknown = 0xFFFFFFFFU;
    size_t sentence = 0;
    uint32_t first_word = kUnknown;  // of the sentence
    for (Scratch::Work& w : scratch_.work) {
      const MentionCandidate& c = *w.candidate;
      while (sentence + 1 < sentences_.size() &&
             sentences_[sentence].tokens.end <= c.tokens.begin) {
        ++sentence;
        first_word = kUnknown;
      }
      w.weak = (c.flags & (kNeedsContext | kNeverAloneName)) != 0;
      if ((c.flags & kCommonWord) != 0 && c.confidence < kSurePrior) {
        if (first_word == kUnknown && sentence < sentences_.size()) {
          first_word = FirstWord(sentences_[sentence]);
        }
        const bool initial = c.tokens.begin == first_word;
        w.weak = w.weak || initial || (c.flags & kUpperForm) != 0;
      }
      if (c.type == EntityType::kLocation) scratch_.place_begins.push_back(c.tokens.begin);
      if (!w.weak && !c.id.empty()) scratch_.believed.emplace_back(c.label, c.id);
    }
    std::sort(scratch_.believed.begin(), scratch_.believed.end());
  }

  // The first token of the sentence that is no mark.
  uint32_t FirstWord(const Sentence& sentence) const {
    uint32_t i = sentence.tokens.begin;
    while (i < sentence.tokens.end && tokens_[i].kind() < TokenKind::kWord) ++i;
    return i;
  }

  // "on May 12", "last March": a date, not the person of that name.
  bool LooksLikeDate(const MentionCandidate& c) const {
    const bool number_after =
        c.tokens.end < tokens_.size() && tokens_[c.tokens.end].kind() == TokenKind::kNumber;
    const bool number_before =
        c.tokens.begin > 0 && tokens_[c.tokens.begin - 1].kind() == TokenKind::kNumber;
    if (number_after || number_before) return true;
    if (c.tokens.begin == 0) return false;
    return Is(c.tokens.begin - 1, NameWords::kLocative | NameWords::kDateCue);
  }

  bool HasContext(const MentionCandidate& c) const {
    const bool month_like = c.type == EntityType::kPerson && (c.flags & kCommonWord) != 0;
    if (month_like && LooksLikeDate(c)) return false;
    // The same thing is named elsewhere in a way that leaves no doubt.
    if (!c.id.empty() && std::binary_search(scratch_.believed.begin(), scratch_.believed.end(),
                                            std::pair(c.label, c.id))) {
      return true;
    }
    if ((c.flags & kNeverAloneName) != 0) return false;
    const bool has_before = c.tokens.begin > 0;
    const bool has_after = c.tokens.end < tokens_.size();
    switch (c.type) {
      case EntityType::kPerson:
        return std::binary_search(scratch_.title_ends.begin(), scratch_.title_ends.end(),
                                  c.tokens.begin);
      case EntityType::kLocation:
      case EntityType::kFacility: {
        if (has_before && Is(c.tokens.begin - 1, NameWords::kLocative)) return true;
        const bool comma = has_after && tokens_[c.tokens.end].lead == ',';
        return comma && std::binary_search(scratch_.place_begins.begin(),
                                           scratch_.place_begins.end(), c.tokens.end + 1);
      }
      case EntityType::kOrganization:
        return (c.flags & kWithLegalForm) != 0 ||
               (has_after && Is(c.tokens.end, NameWords::kCorporate));
      default:
        return false;
    }
  }

  // "Chad Johnson", "Boeing Commercial Airplanes": a name that a capitalised word goes on with is part
  // of another one, which nobody knows, unless that word begins a title or a name of its own.
  void DropInsideLongerNames() {
    scratch_.person_begins.clear();
    for (const Scratch::Work& w : scratch_.work) {
      if (w.kept && w.candidate->type == EntityType::kPerson)
        scratch_.person_begins.push_back(w.candidate->tokens.begin);
    }
    size_t sentence = 0;
    bool headline = false;
    bool known = false;  // whether the sentence at hand is a headline
    for (Scratch::Work& w : scratch_.work) {
      const MentionCandidate& c = *w.candidate;
      if (!w.kept || c.rank == 0 || IsRecognized(c)) continue;
      if (c.tokens.end >= tokens_.size() || !GoesOn(c)) continue;
      while (sentence + 1 < sentences_.size() &&
             sentences_[sentence].tokens.end <= c.tokens.begin) {
        ++sentence;
        known = false;
      }
      if (sentence >= sentences_.size() || sentences_[sentence].tokens.end <= c.tokens.end)
        continue;
      if (!known) headline = internal::IsHeadline(tokens_, sentences_[sentence]);
      known = true;
      if (!headline) w.kept = false;
    }
  }

  static bool IsRecognized(const MentionCandidate& c) { return (c.flags & kRecognized) != 0; }

  // Whether the recogniser would have found it, were it a name.
  bool IsOfRecognizer(const MentionCandidate& c) const {
    return c.rank > 0 && !IsRecognized(c) && c.source != "pattern" &&
           c.type != EntityType::kOther && (recognized_ >> static_cast<uint32_t>(c.type) & 1U) != 0;
  }

  // A recogniser has read the text. Of the names that tables and rules propose, those stand that it
  // has nothing to say against: longer ones than a word, where it has found nothing, or only parts of
  // which it is not sure. Where it has found the same name, that of a table tells which entry it is.
  void AskRecognizer() {
    scratch_.recognized.clear();
    scratch_.full_names.clear();
    for (const Scratch::Work& w : scratch_.work) {
      const MentionCandidate& c = *w.candidate;
      if (!IsRecognized(c)) continue;
      scratch_.recognized.push_back(&c);
      if (c.type != EntityType::kPerson || c.tokens.size() < 2) continue;
      for (uint32_t i = c.tokens.begin; i < c.tokens.end; ++i)
        scratch_.full_names.push_back(tokens_[i].folded);
    }
    std::sort(scratch_.full_names.begin(), scratch_.full_names.end());
    for (Scratch::Work& w : scratch_.work) {
      if (w.kept && IsOfRecognizer(*w.candidate)) w.kept = Stands(*w.candidate);
    }
  }

  // A word that hardly ever means anything else: "Toyota". Of persons such words are parts of names.
  static bool IsWellKnown(const MentionCandidate& c) {
    return c.confidence >= kKnownPrior && (c.flags & kCommonWord) == 0 &&
           c.type != EntityType::kPerson;
  }

  bool Stands(const MentionCandidate& c) const {
    if (c.tokens.size() < 2 && !IsWellKnown(c)) return false;
    // Rules know how sure they are of a name where it stands; tables only how often it is one.
    const float sure = c.source == "headed_name" ? std::max(kSureName, c.confidence) : kSureName;
    const auto& found = scratch_.recognized;
    auto r = std::partition_point(found.begin(), found.end(), [&c](const MentionCandidate* f) {
      return f->tokens.end <= c.tokens.begin;
    });
    for (; r != found.end() && (*r)->tokens.begin < c.tokens.end; ++r) {
      const bool part = (*r)->tokens.begin >= c.tokens.begin && (*r)->tokens.end <= c.tokens.end &&
                        (*r)->tokens.size() < c.tokens.size();
      if (!part || (*r)->confidence >= sure) return false;
    }
    return true;
  }

  // The first name of a person in news is the whole one: "Davenport" alone, if the recogniser is not sure
  // of it, is what a table has by that name.
  bool IsLonePerson(const Mention& m) const {
    if (m.type != EntityType::kPerson || m.tokens.size() != 1 || m.confidence >= kSurePerson)
      return false;
    if (std::binary_search(scratch_.title_ends.begin(), scratch_.title_ends.end(), m.tokens.begin))
      return false;
    return !std::binary_search(scratch_.full_names.begin(), scratch_.full_names.end(),
                               tokens_[m.tokens.begin].folded);
  }

  // The entry of the name that the recogniser has found, where a table has one of the same type.
  void Identify(Mention& m) const {
    const bool lone = IsLonePerson(m);
    const auto& work = scratch_.work;
    auto w = std::partition_point(work.begin(), work.end(), [&m](const Scratch::Work& other) {
      return other.candidate->tokens.begin < m.tokens.begin;
    });
    float best = -1;
    for (; w != work.end() && w->candidate->tokens.begin == m.tokens.begin; ++w) {
      const MentionCandidate& c = *w->candidate;
      if (c.tokens.end != m.tokens.end || c.id.empty() || c.confidence <= best) continue;
      if (c.type != m.type && !(lone && c.type == EntityType::kLocation)) continue;
      m.type = c.type;
      m.label = c.label;
      best = c.confidence;
      m.id = c.id;
      m.name = c.name;
    }
  }

  bool GoesOn(const MentionCandidate& c) const {
    if (!internal::GoesOn(tokens_, c.tokens.end, words_)) return false;
    if (std::binary_search(scratch_.title_begins.begin(), scratch_.title_begins.end(),
                           c.tokens.end)) {
      return false;
    }
    return !std::binary_search(scratch_.person_begins.begin(), scratch_.person_begins.end(),
                               c.tokens.end);
  }

  // "Singapore dollars", "10 Downing Street": what is part of a quantity is no name, unless the
  // quantity is part of it.
  void DropInsideQuantities() {
    size_t q = 0;
    for (Scratch::Work& w : scratch_.work) {
      const TokenRange range = w.candidate->tokens;
      while (q < quantities_.size() && quantities_[q].tokens.end <= range.begin) ++q;
      if (q < quantities_.size() && quantities_[q].tokens.begin <= range.begin &&
          range.end <= quantities_[q].tokens.end && w.candidate->rank > 0) {
        w.kept = false;
      }
    }
  }

  void DecideOverlaps() {
    const auto& work = scratch_.work;
    for (size_t i = 0; i < work.size();) {
      if (!work[i].kept) {
        ++i;
        continue;
      }
      // The cluster of candidates that hang together.
      const uint32_t begin = work[i].candidate->tokens.begin;
      uint32_t end = work[i].candidate->tokens.end;
      scratch_.order.clear();
      size_t k = i;
      for (; k < work.size() && work[k].candidate->tokens.begin < end; ++k) {
        if (!work[k].kept) continue;
        end = std::max(end, work[k].candidate->tokens.end);
        scratch_.order.push_back(static_cast<uint32_t>(k));
      }
      if (scratch_.order.size() == 1) {
        Accept(*work[i].candidate);
      } else {
        DecideCluster(begin, end);
      }
      i = k;
    }
  }

  void DecideCluster(uint32_t begin, uint32_t end) {
    const auto& work = scratch_.work;
    std::sort(scratch_.order.begin(), scratch_.order.end(), [&work](uint32_t x, uint32_t y) {
      const MentionCandidate& a = *work[x].candidate;
      const MentionCandidate& b = *work[y].candidate;
      if (a.rank != b.rank) return a.rank < b.rank;
      if (a.tokens.size() != b.tokens.size()) return a.tokens.size() > b.tokens.size();
      if (a.confidence != b.confidence) return a.confidence > b.confidence;
      return x < y;
    });
    scratch_.taken.assign(end - begin, false);
    size_t accepted = 0;
    for (const uint32_t index : scratch_.order) {
      const TokenRange range = work[index].candidate->tokens;
      bool free = true;
      for (uint32_t t = range.begin; t < range.end && free; ++t) free = !scratch_.taken[t - begin];
      if (!free) continue;
      for (uint32_t t = range.begin; t < range.end; ++t) scratch_.taken[t - begin] = true;
      scratch_.order[accepted++] = index;
    }
    scratch_.order.resize(accepted);
    std::sort(scratch_.order.begin(), scratch_.order.end());
    for (const uint32_t index : scratch_.order) Accept(*work[index].candidate);
  }

  void Accept(const MentionCandidate& c) {
    Mention m = c;
    if (IsRecognized(c)) Identify(m);
    // "the Fergana website": named after a place, not the place.
    static const uint64_t kThe = HashBytes("the");
    const bool named_after =
        m.type == EntityType::kLocation && m.tokens.begin > 0 && m.tokens.end < tokens_.size() &&
        tokens_[m.tokens.begin - 1].folded == kThe && Is(m.tokens.end, NameWords::kPublication);
    if (named_after) {
      m.type = EntityType::kOrganization;
      m.label = EntityTypeName(m.type);
      m.id = m.name = {};
    }
    mentions_.push_back(m);
  }

  const absl::Span<const Token> tokens_;
  const absl::Span<const Sentence> sentences_;
  const absl::Span<const MentionCandidate> candidates_;
  const absl::Span<const Quantity> quantities_;
  const NameWords& words_;
  Scratch& scratch_;
  LayerRows<Mention>& mentions_;
  const MentionResolverOptions& options_;
  uint32_t recognized_ = 0;  // bits of the types that a recogniser has looked for
};

}  // namespace

absl::Status MentionResolver::Run(Document& document) const {
  Resolver(document, options_).Run();
  return absl::OkStatus();
}

}  // namespace nutgraf
