// Finds names with a model: adds up the weights of each token's features, sentence by sentence, and
// takes the best sequence of states.
//
//   NameTagger tagger;  // keeps its memory, and what it knows of words
//   for (const FoundName& name : tagger.Run(text, tokens, sentences, candidates, image)) ...

#ifndef NUTGRAF_LIB_TAGGER_NAME_TAGGER_H_
#define NUTGRAF_LIB_TAGGER_NAME_TAGGER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "lib/tagger/document_view.h"
#include "lib/tagger/features.h"
#include "lib/tagger/forward_backward.h"
#include "lib/tagger/model.h"
#include "lib/tagger/states.h"
#include "lib/tagger/viterbi.h"
#include "lib/tagger/word_sums.h"
#include "nutgraf/mention.h"
#include "nutgraf/sentence.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

struct FoundName : TaggedSpan {
  float probability;  // of exactly this name, by the model; not calibrated
};

// Longer sentences are cut, for training and recognition alike.
inline constexpr uint32_t kLongestSequence = 512;

// Calls `use` with each sequence of tokens that is decided together.
template <class Use>
void ForEachSequence(absl::Span<const Sentence> sentences, Use use) {
  for (const Sentence& sentence : sentences) {
    for (uint32_t i = sentence.tokens.begin; i < sentence.tokens.end; i += kLongestSequence)
      use(TokenRange{i, std::min(sentence.tokens.end, i + kLongestSequence)});
  }
}

class NameTagger {
 public:
  // What is returned is good until the next call.
  absl::Span<const FoundName> Run(std::string_view text, absl::Span<const Token> tokens,
                                  absl::Span<const Sentence> sentences,
                                  absl::Span<const MentionCandidate> candidates,
                                  const TaggerModel::Image& model);

 private:
  struct NameWords {
    static constexpr size_t kLanes = internal::kLanes;
    static constexpr uint32_t kPlaces = kNeighbours;
    static void AddFeatures(std::string_view text, const Token& token, const WordInfo& word,
                            uint32_t place, Features& features) {
      AddWordFeatures(text, token, word, static_cast<Neighbour>(place), features);
    }
  };
  using Words = WordSums<NameWords>;
  using Word = Words::Word;

  struct Context {
    int16_t sums[kLanes];
  };

  // What a word's occurrences with a capital are taken for: how many, and how many persons.
  struct WordVotes {
    uint32_t count;
    float persons;
  };

  // Finds the words of these tokens, for WordOf().
  void FindWords(TokenRange range);
  const Word& WordOf(uint32_t token) const { return words_[words_of_[token - from_]]; }
  void CountContexts(absl::Span<const Sentence> sentences);
  void Score(TokenRange range);
  void Decide(TokenRange range, std::vector<FoundName>& names);
  void Judge(TokenRange range, std::vector<FoundName>& names);
  bool RunChain(TokenRange range, uint32_t begin, uint32_t end);
  // A person is called by the same name all over a document: a word that is one elsewhere is one here.
  // (Places and organisations are not: "Bank of China" makes no organisation of China.)
  void CountVotes(TokenRange range);
  bool MayVote(uint32_t token) const;
  float PersonShare(size_t token) const;
  float OthersShare(uint32_t token) const;
  bool IsDisputed(TokenRange range) const;
  void Vote(TokenRange range);

  std::string_view text_;
  const TaggerModel::Image* model_ = nullptr;

  DocumentView view_;
  Words words_;
  std::vector<uint32_t> words_of_;
  Features token_features_[2];
  uint32_t from_ = 0;
  std::vector<uint32_t> context_of_;  // of each use: 1 + place in contexts_, 0 where it has none
  std::vector<Context> contexts_;
  std::vector<TokenScores> scores_;   // of the sequence at hand
  std::vector<float> token_persons_;  // how probably each token is part of a person's name
  std::vector<WordVotes> word_votes_;
  std::vector<StateValues> odds_;
  Viterbi viterbi_;
  ForwardBackward chain_;
  std::vector<TaggedSpan> spans_;
  std::vector<FoundName> first_names_;
  std::vector<FoundName> names_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_NAME_TAGGER_H_
