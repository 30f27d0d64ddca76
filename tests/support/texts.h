// Texts for tests: those that come with the shared folder, and random ones.

#ifndef NUTGRAF_TESTS_SUPPORT_TEXTS_H_
#define NUTGRAF_TESTS_SUPPORT_TEXTS_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace nutgraf::testing {

// The "text" fields of all *.jsonl under <shared>/<folder>, or of the one file named; empty where
// it is absent (tests then skip themselves with GTEST_SKIP).
std::vector<std::string> SharedTexts(const std::string& path);

// A text put together from `pieces`.
std::string RandomText(std::mt19937_64& random, const std::vector<std::string>& pieces,
                       size_t count);

// Pieces that meet each rule of the tokenizer: ASCII only, or of all kinds with ill-formed bytes.
const std::vector<std::string>& AsciiPieces();
const std::vector<std::string>& AllPieces();

// The text with a few bytes changed, dropped or doubled.
std::string Mutate(std::mt19937_64& random, std::string text, int times);

}  // namespace nutgraf::testing

#endif  // NUTGRAF_TESTS_SUPPORT_TEXTS_H_
