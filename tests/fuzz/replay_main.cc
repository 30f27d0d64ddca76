// Runs a fuzz target over files instead of under libFuzzer, so that every build, with whatever
// compiler, repeats the inputs that once failed.
//
//   fuzz-tokenizer tests/fuzz/corpus/tokenizer    # every file below the folder
//   fuzz-tokenizer crash-1234                     # one file
//
// The empty input always runs first. A folder that does not exist counts as empty.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

// The files at or below `arguments`, sorted, so that every machine runs them in one order.
std::vector<fs::path> FilesOf(const std::vector<std::string>& arguments) {
  std::vector<fs::path> files;
  for (const std::string& argument : arguments) {
    const fs::path path(argument);
    if (fs::is_directory(path)) {
      for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
      }
    } else if (fs::exists(path)) {
      files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

int Replay(const std::vector<std::string>& arguments) {
  LLVMFuzzerTestOneInput(nullptr, 0);
  const std::vector<fs::path> files = FilesOf(arguments);
  for (const fs::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(stream)),
                            std::istreambuf_iterator<char>());
    if (stream.bad()) {
      std::fprintf(stderr, "cannot read %s\n", file.c_str());
      return 1;
    }
    // Before the run: if the input kills the program, the last line names it.
    std::printf("%s\n", file.c_str());
    std::fflush(stdout);
    // A copy of exactly this size, so that AddressSanitizer sees a read past the end.
    const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%zu files and the empty input: no failure\n", files.size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Replay(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
