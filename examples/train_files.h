// What the training programs share: files, numbers, and "FILE:WEIGHT".

#ifndef NUTGRAF_EXAMPLES_TRAIN_FILES_H_
#define NUTGRAF_EXAMPLES_TRAIN_FILES_H_

#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace train_files {

// False, with a line on standard error, where it cannot be read.
inline bool Read(const std::string& path, std::string& text) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << "cannot read " << path << "\n";
    return false;
  }
  text.assign(std::istreambuf_iterator<char>(in), {});
  return true;
}

// False, with a line on standard error, where it cannot be written.
inline bool Write(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  if (file.flush()) return true;
  std::cerr << "cannot write " << path << "\n";
  return false;
}

template <class Number>
bool Parse(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// Path and weight; 1 where there is none.
inline std::pair<std::string, double> WithWeight(std::string_view argument) {
  double weight = 1;
  const size_t colon = argument.rfind(':');
  if (colon == std::string_view::npos || !Parse(argument.substr(colon + 1), weight))
    return {std::string(argument), 1};
  return {std::string(argument.substr(0, colon)), weight};
}

}  // namespace train_files

#endif  // NUTGRAF_EXAMPLES_TRAIN_FILES_H_
