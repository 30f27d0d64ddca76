// Documents to learn from: read from JSON Lines, varied, and turned into features.

#ifndef NUTGRAF_LIB_TAGGER_TRAIN_DOCUMENT_H_
#define NUTGRAF_LIB_TAGGER_TRAIN_DOCUMENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "lib/tagger/document_view.h"
#include "lib/tagger/features.h"
#include "lib/tagger/random.h"
#include "lib/tagger/row_table.h"
#include "lib/tagger/states.h"
#include "lib/tagger/word_table.h"
#include "nutgraf/document.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/tagger_trainer.h"

namespace nutgraf::internal {

// A name, in bytes.
struct TrainSpan {
  uint32_t begin;
  uint32_t end;
  uint32_t types;  // bits of those that it may have; 0: nothing is to be learned from here
};

struct TrainDocument {
  std::string text;
  std::vector<TrainSpan> spans;
  double weight;
};

// Names of each type, to put in the place of others.
struct NamePool {
  std::array<std::vector<std::string>, kMostTypes> names;
  size_t person = kMostTypes;  // the type whose names have parts that stand alone
};

// Appends the documents of `text`. The first error ends it.
absl::Status ReadTrainDocuments(std::string_view text, std::string_view source, double weight,
                                const std::vector<TaggerType>& types,
                                std::vector<TrainDocument>& documents);

// Tokens that are decided together, with the rows of their features.
struct Sequence {
  struct Token {
    uint32_t begin;     // in rows
    uint32_t contexts;  // from here on those of the word's other occurrences
    uint32_t end;
    float context_value;
  };
  std::vector<Token> tokens;
  std::vector<uint32_t> rows;
  std::vector<uint64_t> allowed;  // bits of the states that each token may have
  float value = 1;                // of features
  uint32_t first = 0;             // token of the document

  size_t size() const { return tokens.size(); }
};

// How many documents have each feature, by its hash; up to 255.
class FeatureCounts {
 public:
  // To be called first: counts take 64 MiB.
  void Reset() { counts_.assign(size_t{1} << 26, 0); }

  uint8_t Get(uint32_t hash) const { return counts_[hash >> 6]; }
  void Add(uint32_t hash) {
    uint8_t& count = counts_[hash >> 6];
    if (count < 255) ++count;
  }

 private:
  std::vector<uint8_t> counts_;
};

// Which features are kept, and where.
struct FeatureRows {
  uint32_t row_count = 0;  // 0: hashes stand in Sequence::rows
  const FeatureCounts* counts = nullptr;
  uint32_t least = 0;  // documents that have it

  bool Keeps(uint32_t hash) const { return counts == nullptr || counts->Get(hash) >= least; }
  uint32_t operator()(uint32_t hash) const {
    return row_count == 0 ? hash : RowOf(hash, row_count);
  }
};

// Varies the document, unless `varies` is null, runs the stages on it and appends its sequences.
// `document`, `view` and `infos` are working memory.
absl::Status PrepareDocument(const TrainDocument& source, const Pipeline& before,
                             const WordTable& words, const TaggerTrainerOptions& options,
                             const NamePool& pool, const FeatureRows& rows, Random* varies,
                             Document& document, DocumentView& view, std::vector<WordInfo>& infos,
                             std::vector<Sequence>& sequences);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_TRAIN_DOCUMENT_H_
