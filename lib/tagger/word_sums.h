// What words add to the scores of states: for each place that a word may have beside the token that is
// decided, the sum of the weights of its features. These sums are what costs most, and most words come
// again: they are kept from document to document.
//
//   WordSums<NameWords> sums;
//   sums.Prepare(rows, words, image);   // forgets what it knows of another model
//   sums.MakeRoom(sentence.size());     // once for words that are to be known together
//   const auto& word = sums[sums.Find(text, token)];
//
// `Kind` says how many lanes and places there are, and appends the features of a word at a place.

#ifndef NUTGRAF_LIB_TAGGER_WORD_SUMS_H_
#define NUTGRAF_LIB_TAGGER_WORD_SUMS_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "lib/tagger/features.h"
#include "lib/tagger/row_table.h"
#include "lib/tagger/word_table.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

template <class Kind>
class WordSums {
 public:
  static constexpr size_t kMostWords = 8192;

  struct alignas(64) Word {
    WordInfo info;
    uint64_t exact;
    int16_t sums[Kind::kPlaces][Kind::kLanes];
  };

  void Prepare(const RowTable<Kind::kLanes>& rows, const WordTable& words, const void* image,
               uint64_t checksum) {
    rows_ = rows;
    classes_ = words;
    if (image_ == image && checksum_ == checksum) return;
    image_ = image;
    checksum_ = checksum;
    Forget();
  }

  // Afterwards `count` words can be found without losing one of them. Requires count <= kMostWords.
  void MakeRoom(size_t count) {
    if (kMostWords - words_.size() < count) Forget();
  }

  const Word& operator[](uint32_t place) const { return words_[place]; }

  uint32_t Find(std::string_view text, const Token& token) {
    size_t i = (token.exact >> 24) % kIndexSize;
    for (; index_[i] != 0; i = (i + 1) % kIndexSize) {
      if (words_[index_[i] - 1].exact == token.exact) return index_[i] - 1;
    }
    const auto place = static_cast<uint32_t>(words_.size());
    index_[i] = place + 1;
    Word& word = words_.emplace_back();
    word.exact = token.exact;
    word.info = DescribeWord(text, token, classes_);
    // All rows are asked for before the first is needed: most are not in the cache.
    for (uint32_t p = 0; p < Kind::kPlaces; ++p) {
      features_[p].Clear();
      Kind::AddFeatures(text, token, word.info, p, features_[p]);
      rows_.Prefetch(features_[p]);
    }
    for (uint32_t p = 0; p < Kind::kPlaces; ++p) {
      std::memset(word.sums[p], 0, sizeof(word.sums[p]));
      rows_.Add(features_[p], word.sums[p]);
    }
    return place;
  }

 private:
  static constexpr size_t kIndexSize = 4 * kMostWords;

  void Forget() {
    words_.clear();
    words_.reserve(kMostWords);
    index_.assign(kIndexSize, 0);
  }

  RowTable<Kind::kLanes> rows_;
  WordTable classes_;
  const void* image_ = nullptr;
  uint64_t checksum_ = 0;
  std::vector<Word> words_;
  std::vector<uint32_t> index_;
  Features features_[Kind::kPlaces];
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_WORD_SUMS_H_
