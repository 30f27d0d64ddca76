// TaggerTrainer: makes a model for EntityRecognizer from texts in which people marked the names.
//
//   nutgraf::TaggerTrainer trainer(before);  // a pipeline: the stages before the recogniser
//   trainer.AddJsonLines(text, "mine.jsonl", {.weight = 2});
//   absl::StatusOr<std::string> image = trainer.Train();  // to write to a file
//
// A line is a document: {"text": "...", "entities": [{"start": 0, "end": 6, "label": "PER"}]}, places
// in code points, end exclusive; "uncertain": [[s, e], ...] are places to learn nothing from. What the
// types are, and by which labels they go, is an option. docs/training.md tells how to train well.
//
// The same documents in the same order with the same options give the same bytes, on any number of
// threads. Not thread-safe. Memory: some 200 bytes a row of the model, and the texts.

#ifndef NUTGRAF_TAGGER_TRAINER_H_
#define NUTGRAF_TAGGER_TRAINER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nutgraf/name_parts.h"
#include "nutgraf/pipeline.h"

namespace nutgraf {

/// How far a training is, after each round over the documents.
struct TaggerProgress {
  int run = 0;           ///< From 1 on
  int runs = 0;          ///< Of all
  int round = 0;         ///< Of the run, from 1 on
  int rounds = 0;        ///< Of all
  double loss = 0;       ///< Average of a token, negative logarithm of the likelihood
  double precision = 0;  ///< Of the documents held out: 0 to 1, span and type equal
  double recall = 0;
  double f1 = 0;
};

/// A type of the model, and the labels by which it goes in the documents. A label of several types
/// stands for any of them.
struct TaggerType {
  std::string name;  ///< EntityTypeName(), or one of your own; at most 32 bytes
  std::vector<std::string> labels;
};

struct TaggerTrainerOptions {
  /// At most 8. Empty: the types of EntityType, by their names and by PER, ORG, LOC, FAC, PROD, and
  /// MISC for any of the last four.
  std::vector<TaggerType> types = {};
  uint64_t seed = 1;
  int threads = 2;  ///< Do not change the result
  int rounds = 4;   ///< Over all documents
  /// Trainings from the beginning, each with a seed of its own, whose weights are averaged.
  int runs = 1;
  float learning_rate = 0.04F;
  /// What part of the features is left out, anew each time: so none is relied on alone.
  float feature_dropout = 0.2F;
  /// For what part of the words all is left out that knows the word itself.
  float lexical_dropout = 0.3F;
  /// For what part of the documents capitals are changed: first line in capitals, all in capitals, all
  /// in lower case.
  float case_variation = 0.06F;
  /// For what part of the documents other names are put in the place of those in them: of the other
  /// documents, and those of AddNames().
  float name_variation = 0;
  /// Where a model of the other half of the documents gives the annotation less than this
  /// probability, nothing is learned from it: it is probably wrong. 0: all is believed.
  float doubt = 0;
  /// Features that fewer documents have are left out: the others then share fewer rows.
  uint32_t least_documents = 1;
  /// Of the table of weights, 32 bytes each.
  uint32_t rows = 425000;
  /// What part of the documents is not learned from but measures progress, and tells how sure the
  /// model may be.
  float held_out = 0.03F;
  /// Called after each round.
  std::function<void(const TaggerProgress&)> progress = {};
};

/// How the documents of one table count.
struct TaggerSource {
  /// How often a document is looked at in a round.
  double weight = 1;
};

/// See the top of the file.
class TaggerTrainer {
 public:
  /// `before` provides tokens and sentences, and candidates where the recogniser will have them.
  explicit TaggerTrainer(Pipeline before, TaggerTrainerOptions options = {});
  ~TaggerTrainer();
  TaggerTrainer(TaggerTrainer&&) noexcept;
  TaggerTrainer& operator=(TaggerTrainer&&) noexcept;

  /// Classes of words: word and its clusters of 64, 256, 1024 and 4096, separated by tabs, a line
  /// (data/model/word_clusters.tsv). `source` names the table in errors.
  absl::Status AddWordClusters(std::string_view tsv, std::string_view source);
  /// Of the words above, which are names of persons.
  void SetNameParts(const NameParts& names);

  /// Names of a type, to be put in the place of others: see name_variation.
  void AddNames(std::string_view type, const std::vector<std::string>& names);

  /// Documents. InvalidArgument, which names source and line, where a line is no document, a place is
  /// outside its text, or a label is of no type.
  absl::Status AddJsonLines(std::string_view text, std::string_view source,
                            TaggerSource options = {});

  /// Text that the image carries for TaggerModel::licence().
  void SetLicence(std::string_view text);

  /// The image. FailedPrecondition where there are no documents; what the pipeline says where it
  /// fails.
  absl::StatusOr<std::string> Train();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_TAGGER_TRAINER_H_
