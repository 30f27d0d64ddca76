#include "nutgraf/pipeline.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/text/string_view.h"

namespace nutgraf {

using internal::Absl;

absl::Status Pipeline::Process(const DocumentInput& input, Document& document) const {
  if (input.text.size() > max_text_bytes_) {
    document.Reset({});
    return absl::InvalidArgumentError(absl::StrCat(
        "text of ", input.text.size(), " bytes is over the pipeline's limit of ", max_text_bytes_,
        " bytes; split it, or raise the limit with Pipeline::Builder::SetMaxTextBytes"));
  }
  document.Reset(input.text);
  document.set_id(input.id);
  document.set_date(input.date);
  for (const auto& stage : stages_) {
    if (absl::Status status = stage->Run(document); !status.ok()) {
      return absl::Status(status.code(),
                          absl::StrCat("stage '", Absl(stage->name), "': ", status.message()));
    }
  }
  return absl::OkStatus();
}

std::vector<std::string_view> Pipeline::StageNames() const {
  std::vector<std::string_view> names;
  names.reserve(stages_.size());
  for (const auto& stage : stages_) names.push_back(stage->name);
  return names;
}

absl::StatusOr<Pipeline> Pipeline::Builder::Build() const {
  if (pipeline_.max_text_bytes_ > kLargestMaxTextBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("limit of ", pipeline_.max_text_bytes_, " bytes a text is more than ",
                     kLargestMaxTextBytes, ", the largest that 32-bit offsets allow"));
  }
  const auto stage_label = [this](size_t i) {
    return absl::StrCat("stage ", i + 1, " '", Absl(declared_[i].name), "'");
  };
  const auto provides = [](const Declared& stage, const void* key) {
    return std::any_of(stage.provided.begin(), stage.provided.end(),
                       [key](const Layer& l) { return l.key == key; });
  };
  // The first stage from `from` on that provides the layer; declared_.size() where none does.
  const auto provider = [&](const void* key, size_t from) {
    while (from < declared_.size() && !provides(declared_[from], key)) ++from;
    return from;
  };
  for (size_t i = 0; i < declared_.size(); ++i) {
    const Declared& stage = declared_[i];
    for (const Layer& layer : stage.required) {
      if (provider(layer.key, 0) < i) continue;
      std::vector<std::string_view> there;
      for (size_t k = 0; k < i; ++k) {
        for (const Layer& l : declared_[k].provided) {
          if (std::find(there.begin(), there.end(), l.name) == there.end()) there.push_back(l.name);
        }
      }
      std::string list;
      for (const std::string_view name : there)
        absl::StrAppend(&list, list.empty() ? "" : ", ", Absl(name));
      std::string message = absl::StrCat(
          stage_label(i), " requires layer '", Absl(layer.name),
          "', which no earlier stage provides; layers there: ", list.empty() ? "none" : list);
      if (const size_t later = provider(layer.key, i + 1); later < declared_.size()) {
        absl::StrAppend(&message, "; ", stage_label(later), " provides it too late: add it before");
      } else {
        absl::StrAppend(&message, "; add a stage that provides it before");
      }
      return absl::FailedPreconditionError(message);
    }
    for (const Layer& layer : stage.used) {
      const size_t later = provider(layer.key, i + 1);
      if (later < declared_.size()) {
        return absl::FailedPreconditionError(
            absl::StrCat(stage_label(i), " reads layer '", Absl(layer.name), "', which ",
                         stage_label(later), " provides too late: add it before"));
      }
    }
    for (const Layer& layer : stage.provided) {
      const size_t earlier = provider(layer.key, 0);
      if (layer.one_provider && earlier < i) {
        return absl::FailedPreconditionError(
            absl::StrCat(stage_label(i), " provides layer '", Absl(layer.name), "', which ",
                         stage_label(earlier), " provides already: leave one out"));
      }
    }
  }
  return pipeline_;
}

}  // namespace nutgraf
