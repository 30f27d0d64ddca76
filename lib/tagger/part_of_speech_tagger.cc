#include "nutgraf/part_of_speech_tagger.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "lib/lemma/lemmatizer.h"
#include "lib/tagger/name_tagger.h"
#include "lib/tagger/pos_chain.h"
#include "lib/tagger/pos_features.h"
#include "lib/tagger/pos_model.h"
#include "lib/tagger/row_table.h"
#include "lib/tagger/word_sums.h"

namespace nutgraf {

namespace {

using internal::Features;
using internal::kPosStates;
using internal::PosScores;
using internal::PosWords;
using internal::WordInfo;

// Tokens whose features are at hand at once.
constexpr uint32_t kAhead = 4;

// Working memory, kept in the document.
struct Scratch {
  internal::WordSums<PosWords> words;
  std::vector<uint32_t> words_of;  // of the sequence's tokens
  std::vector<PosScores> scores;
  std::vector<uint8_t> tags;
  internal::PosViterbi viterbi;
  Features features[kAhead];
};

// Of the marks that the chain takes for punctuation.
bool IsSymbol(const Token& token) {
  return token.kind() == TokenKind::kSymbol || token.kind() == TokenKind::kEmoji ||
         token.lead == '%' || token.lead == '/' || token.lead == '#';
}

// What a token can be where there is no model.
PosTag Guess(const Token& token) {
  switch (token.kind()) {
    case TokenKind::kPunctuation:
    case TokenKind::kSymbol:
    case TokenKind::kEmoji:
      return PosTag::kPunct;
    case TokenKind::kNumber:
      return PosTag::kNum;
    default:
      return PosTag::kNoun;
  }
}

class Tagging {
 public:
  Tagging(Document& document, const PartOfSpeechModel::Image& model)
      : document_(document),
        text_(document.text()),
        tokens_(document.Get<Token>()),
        model_(model),
        scratch_(document.Scratch<Scratch>()) {}

  void Run() {
    scratch_.tags.assign(tokens_.size(), 0);
    if (model_.empty()) {
      for (size_t i = 0; i < tokens_.size(); ++i)
        scratch_.tags[i] = static_cast<uint8_t>(Guess(tokens_[i]));
    } else {
      const internal::ImageView& view = model_.view();
      scratch_.words.Prepare(model_.rows(), view.words, view.bytes.data(), view.header.checksum);
      internal::ForEachSequence(document_.Get<Sentence>(), [this](TokenRange range) {
        Score(range);
        scratch_.viterbi.Run(absl::MakeConstSpan(scratch_.scores.data(), range.size()),
                             model_.chain().transitions, scratch_.tags.data() + range.begin);
      });
    }
    const internal::Lemmatizer& lemmatizer = internal::Lemmatizer::Default();
    LayerRows<PartOfSpeech>& rows = document_.Rows<PartOfSpeech>();
    rows.resize(tokens_.size());
    for (size_t i = 0; i < tokens_.size(); ++i) {
      auto tag = static_cast<PosTag>(scratch_.tags[i]);
      if (tag == PosTag::kPunct && IsSymbol(tokens_[i])) tag = PosTag::kSym;
      rows[i] = {tag, lemmatizer.Lemma(text_, tokens_[i], tag, document_.strings())};
    }
  }

 private:
  void Score(TokenRange range) {
    auto& words = scratch_.words;
    words.MakeRoom(range.size());
    scratch_.words_of.resize(range.size());
    for (uint32_t i = 0; i < range.size(); ++i)
      scratch_.words_of[i] = words.Find(text_, tokens_[range.begin + i]);
    if (scratch_.scores.size() < range.size()) scratch_.scores.resize(range.size());
    const uint32_t style = internal::PosStyleOf(tokens_.data() + range.begin, range.size());
    const auto n = static_cast<uint32_t>(range.size());
    // The features of a token are asked for while the weights of those before it are added.
    const auto find_features = [&](uint32_t i) {
      const WordInfo* around[5];
      for (uint32_t p = 0; p < 5; ++p) {
        const uint32_t at = i + p - 2;  // wraps round to no place
        around[p] = at < n ? &words[scratch_.words_of[at]].info : nullptr;
      }
      Features& features = scratch_.features[i % kAhead];
      features.Clear();
      internal::AddPosFeatures(around, tokens_[range.begin + i],
                               style | (i == 0 ? internal::kPosFirstWord : 0U), features);
      model_.rows().Prefetch(features);
    };
    for (uint32_t i = 0; i + 1 < std::min(n, kAhead); ++i) find_features(i);
    for (uint32_t i = 0; i < n; ++i) {
      if (i + kAhead - 1 < n) find_features(i + kAhead - 1);
      int16_t* const lanes = scratch_.scores[i].lanes;
      std::memcpy(lanes, model_.chain().bias, sizeof(PosScores));
      for (uint32_t p = 0; p < PosWords::kPlaces; ++p) {
        const uint32_t at = i + p - 2;
        if (at < n) internal::AddLanes<kPosStates>(words[scratch_.words_of[at]].sums[p], lanes);
      }
      model_.rows().Add(scratch_.features[i % kAhead], lanes);
    }
  }

  Document& document_;
  const std::string_view text_;
  const absl::Span<const Token> tokens_;
  const PartOfSpeechModel::Image& model_;
  Scratch& scratch_;
};

}  // namespace

absl::Status PartOfSpeechTagger::Run(Document& document) const {
  Tagging(document, model_.internal_image()).Run();
  return absl::OkStatus();
}

}  // namespace nutgraf
