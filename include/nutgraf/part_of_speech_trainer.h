// PartOfSpeechTrainer: makes a model for PartOfSpeechTagger from tagged texts.
//
//   nutgraf::PartOfSpeechTrainer trainer;
//   absl::Status status = trainer.AddJsonLines(text, "gum.jsonl");
//   absl::StatusOr<std::string> image = trainer.Train();  // to write to a file
//
// A line is a document: {"text": "...", "tokens": [[begin, end, "NOUN", "lemma"], ...]}, places in code
// points, end exclusive, tags by PosTagName(); lemmas are not looked at. Its tokens need not be
// nutgraf's: a token learns the tag of the one that begins where it does, or in which it begins.
//
// The same documents in the same order with the same options give the same bytes. Not thread-safe.

#ifndef NUTGRAF_PART_OF_SPEECH_TRAINER_H_
#define NUTGRAF_PART_OF_SPEECH_TRAINER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace nutgraf {

struct PartOfSpeechTrainerOptions {
  uint64_t seed = 1;
  int rounds = 8;  ///< Over all documents
  float learning_rate = 0.02F;
  /// What part of the features is left out, anew each time.
  float feature_dropout = 0.15F;
  /// For what part of the words all is left out that knows the word itself.
  float lexical_dropout = 0.1F;
  /// For what part of the documents capitals are changed: all in capitals, all in lower case.
  float case_variation = 0.04F;
  /// Of the table of weights, 16 bytes each.
  uint32_t rows = 140000;
  /// The most frequent words that keep their clusters: 11 bytes each.
  uint32_t words = 100000;
  /// Called after each round, with its number from 1 on and the average loss of a token.
  std::function<void(int round, double loss)> progress = {};
};

/// How the documents of one table count.
struct PartOfSpeechSource {
  /// How often a document is looked at in a round.
  double weight = 1;
  /// Tagged as the model is to tag. Of other documents (tagged by a machine, or by other
  /// conventions) is learned what they have in common with these.
  bool reference = true;
};

/// See the top of the file.
class PartOfSpeechTrainer {
 public:
  explicit PartOfSpeechTrainer(PartOfSpeechTrainerOptions options = {});
  ~PartOfSpeechTrainer();
  PartOfSpeechTrainer(PartOfSpeechTrainer&&) noexcept;
  PartOfSpeechTrainer& operator=(PartOfSpeechTrainer&&) noexcept;

  /// See TaggerTrainer::AddWordClusters(); the most frequent words first.
  absl::Status AddWordClusters(std::string_view tsv, std::string_view source);

  /// Documents. InvalidArgument, which names source and line, where a line is no document, a place is
  /// outside its text, or a tag is none.
  absl::Status AddJsonLines(std::string_view text, std::string_view source,
                            PartOfSpeechSource options = {});

  /// Text that the image carries for PartOfSpeechModel::licence().
  void SetLicence(std::string_view text);

  /// The image. FailedPrecondition where there are no documents.
  absl::StatusOr<std::string> Train();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_PART_OF_SPEECH_TRAINER_H_
