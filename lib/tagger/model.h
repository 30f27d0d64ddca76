// A tagger model whose head has been checked, and the writer of one.

#ifndef NUTGRAF_LIB_TAGGER_MODEL_H_
#define NUTGRAF_LIB_TAGGER_MODEL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/tagger/format.h"
#include "lib/tagger/image_file.h"
#include "lib/tagger/row_table.h"
#include "lib/tagger/word_table.h"
#include "nutgraf/mention.h"
#include "nutgraf/tagger_model.h"

namespace nutgraf {

// Every accessor stays inside the image whatever its content.
class TaggerModel::Image {
 public:
  static absl::StatusOr<std::shared_ptr<const Image>> Make(std::string_view bytes,
                                                           std::shared_ptr<const void> owner,
                                                           std::string_view source);
  // One that knows nothing.
  Image();

  std::string_view bytes() const { return view_.bytes; }
  std::string_view licence() const { return view_.licence; }
  uint64_t checksum() const { return view_.header.checksum; }
  bool empty() const { return rows_.count() == 0; }

  size_t type_count() const { return labels_.size(); }
  std::string_view label(uint32_t type) const { return labels_[type]; }
  EntityType type(uint32_t type) const { return types_[type]; }

  // Which of them is PERSON; type_count() where none is.
  size_t person_type() const { return person_type_; }

  const internal::WordTable& words() const { return view_.words; }
  const internal::RowTable<internal::kLanes>& rows() const { return rows_; }
  const int16_t* bias() const { return chain_.bias; }
  const internal::Transitions<int16_t>& transitions() const { return chain_.transitions; }

  // What a score of 1 is worth in the logarithm of odds.
  float unit() const { return unit_; }
  // The same as odds: of a score that is `below` less than the best one, and of the transitions.
  float Odds(uint32_t below) const {
    return odds_[below < odds_.size() ? below : odds_.size() - 1];
  }
  const internal::Transitions<float>& transition_odds() const { return transition_odds_; }
  // What part of the names with this probability is right.
  float Calibrated(float probability) const;

  absl::Status Verify() const;

 private:
  void Prepare();

  internal::ImageView view_ = {};
  std::shared_ptr<const void> owner_;
  tagger_format::Chain chain_ = {};
  std::vector<std::string_view> labels_;
  std::vector<EntityType> types_;
  size_t person_type_ = 0;
  internal::RowTable<internal::kLanes> rows_;
  float unit_ = 1;
  std::array<float, 1024> odds_ = {};
  internal::Transitions<float> transition_odds_ = {};
};

namespace internal {

// What a model is made of.
struct ModelParts {
  std::vector<std::string> types;
  tagger_format::Chain chain = {};  // without types
  std::vector<uint64_t> words;
  std::vector<tagger_format::Row> rows;
  float unit = 1;
  std::string licence;
};
std::string WriteModel(const ModelParts& parts);

}  // namespace internal

}  // namespace nutgraf

#endif  // NUTGRAF_LIB_TAGGER_MODEL_H_
