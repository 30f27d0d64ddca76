// Memory over a long run: much text through one Document, resident memory after a tenth and at the
// end.
//
//   build/release/bin/soak_bench [MEGABYTES]      1,024 by default; exit status 1 where memory grew
//   by more than 1 %
//
// Every document gets words that no other has, so that anything that keeps words would grow.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "bench/support/corpus.h"
#include "nutgraf/document.h"
#include "nutgraf/english.h"

namespace {

// Bytes of resident memory; 0 where /proc is not there.
double ResidentBytes() {
  std::ifstream in("/proc/self/statm");
  double total = 0, resident = 0;
  in >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

int main(int argc, char** argv) {
  const size_t bytes = (argc > 1 ? static_cast<size_t>(std::atoll(argv[1])) : 1024) << 20;
  const auto pipeline = nutgraf::NewsPipeline();
  if (!pipeline.ok()) return 2;
  const nutgraf::bench::Corpus& corpus = nutgraf::bench::NewsCorpus();
  nutgraf::Document document;
  size_t done = 0;
  size_t documents = 0;
  size_t names = 0;
  double early = 0;
  std::string text;
  while (done < bytes) {
    for (const std::string& article : corpus.texts) {
      text = "Zq" + std::to_string(documents) + "x said hello to Vw" +
             std::to_string(documents * 7) + ". " + article;
      if (!pipeline->Process(text, document).ok()) return 2;
      done += text.size();
      names += document.Get<nutgraf::Mention>().size();
      ++documents;
      if (early == 0 && done >= bytes / 10) early = ResidentBytes();
      if (done >= bytes) break;
    }
  }
  const double late = ResidentBytes();
  std::printf(
      "%zu documents, %zu MB, %zu names; resident after a tenth %.1f MB, at the end %.1f MB (%+.2f "
      "%%)\n",
      documents, done >> 20, names, early / 1e6, late / 1e6, 100 * (late / early - 1));
  return late <= early * 1.01 ? 0 : 1;
}
