// A model of parts of speech whose head has been checked, and the writer of one.

#ifndef NUTGRAF_LIB_TAGGER_POS_MODEL_H_
#define NUTGRAF_LIB_TAGGER_POS_MODEL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/tagger/image_file.h"
#include "lib/tagger/pos_chain.h"
#include "lib/tagger/row_table.h"
#include "nutgraf/part_of_speech_tagger.h"

namespace nutgraf {

// Every accessor stays inside the image whatever its content.
class PartOfSpeechModel::Image {
 public:
  struct Chain {
    int16_t bias[internal::kPosStates];
    internal::PosTransitions<int16_t> transitions;
  };

  static absl::StatusOr<std::shared_ptr<const Image>> Make(std::string_view bytes,
                                                           std::shared_ptr<const void> owner,
                                                           std::string_view source);

  bool empty() const { return rows_.count() == 0; }
  const internal::ImageView& view() const { return view_; }
  const internal::RowTable<internal::kPosStates>& rows() const { return rows_; }
  const Chain& chain() const { return chain_; }

  absl::Status Verify() const;

 private:
  internal::ImageView view_ = {};
  std::shared_ptr<const void> owner_;
  Chain chain_ = {};
  internal::RowTable<internal::kPosStates> rows_;
};

namespace internal {

std::string WritePosModel(const PartOfSpeechModel::Image::Chain& chain,
                          const std::vector<uint64_t>& words, std::string_view rows,
                          std::string_view licence);

}  // namespace internal

}  // namespace nutgraf

#endif  // NUTGRAF_LIB_TAGGER_POS_MODEL_H_
