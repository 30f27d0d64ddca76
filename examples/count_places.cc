// Counts the places that the texts of a folder name most often.
//
//   build/release/bin/nutgraf-count-places [FOLDER]     data/sample where none is given
//
// Prints the count, canonical id and name of up to twenty places. They are counted by id: "the
// U.S." and "United States" are one place.
//
//   3  country/NZ  New Zealand
//   1  capital/canberra  Canberra
//   ...

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/mention.h"
#include "nutgraf/pipeline.h"

namespace {

struct Place {
  std::string name;
  size_t count = 0;
};

absl::StatusOr<std::vector<std::filesystem::path>> FilesIn(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  std::filesystem::recursive_directory_iterator at(folder, error);
  for (; !error && at != std::filesystem::recursive_directory_iterator(); at.increment(error)) {
    if (at->is_regular_file(error)) files.push_back(at->path());
  }
  if (error) return absl::NotFoundError(folder + ": " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

absl::Status Run(const std::string& folder) {
  const absl::StatusOr<std::vector<std::filesystem::path>> files = FilesIn(folder);
  if (!files.ok()) return files.status();
  const absl::StatusOr<nutgraf::Pipeline> pipeline = nutgraf::NewsPipeline();
  if (!pipeline.ok()) return pipeline.status();

  std::map<std::string, Place, std::less<>> places;
  nutgraf::Document document;  // one for all texts: it keeps its memory
  for (const std::filesystem::path& file : *files) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return absl::NotFoundError(file.string() + ": cannot open the file");
    const std::string text(std::istreambuf_iterator<char>(in), {});
    if (absl::Status status = pipeline->Process(text, document); !status.ok()) return status;
    for (const nutgraf::Mention& mention : document.Get<nutgraf::Mention>()) {
      if (mention.type != nutgraf::EntityType::kLocation || mention.id.empty()) continue;
      // Views of a mention live until the document's next text: what is kept is copied.
      Place& place = places[std::string(mention.id)];
      place.name = mention.name;
      ++place.count;
    }
  }

  std::vector<std::pair<std::string, Place>> most(places.begin(), places.end());
  std::stable_sort(most.begin(), most.end(), [](const auto& a, const auto& b) {
    return a.second.count > b.second.count;  // among equals the order of ids stays
  });
  constexpr size_t kMostRows = 20;
  for (size_t i = 0; i < std::min(most.size(), kMostRows); ++i) {
    const auto& [id, place] = most[i];
    std::cout << place.count << "  " << id << "  " << place.name << "\n";
  }
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  const absl::Status status = Run(argc > 1 ? argv[1] : "data/sample");
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
