// nutgraf's gazetteer in the comparison of bench/compare/gazetteer. Besides the modes of peer.h:
//
//   compare_gazetteer tokens TEXT BOUNDS
//
// writes where tokens begin and end, which is what makes a whole word for all programs.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "bench/compare/peer.h"
#include "nutgraf/document.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/mention.h"
#include "nutgraf/token.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf::compare {
namespace {

// A part of the text with its tokens. Texts are processed one at a time and so, in any pipeline,
// are as long as an article; here they end at the first blank line after that many bytes.
constexpr size_t kArticleSize = 2600;

struct Article {
  std::string_view text;
  LayerRows<Token> tokens;
};

std::vector<Article> SplitArticles(std::string_view text) {
  std::vector<Article> articles;
  while (!text.empty()) {
    const size_t blank = text.find("\n\n", kArticleSize);
    const size_t size = blank == std::string_view::npos ? text.size() : blank + 2;
    articles.push_back({text.substr(0, size), {}});
    Tokenize(articles.back().text, articles.back().tokens);
    text.remove_prefix(size);
  }
  return articles;
}

uint32_t Offset(std::string_view text, std::string_view part) {
  return static_cast<uint32_t>(part.data() - text.data());
}

void WriteTokens(const std::string& text_path, const std::string& bounds_path) {
  const std::string text = ReadFile(text_path);
  Bounds bounds(text.size());
  for (const Article& article : SplitArticles(text)) {
    const uint32_t offset = Offset(text, article.text);
    for (const Token& t : article.tokens) bounds.Add(offset + t.begin, offset + t.end);
  }
  bounds.Write(bounds_path);
}

void Build(const Arguments& arguments) {
  const std::string names = ReadFile(arguments.names);
  const std::vector<std::string_view> lines = Lines(names);
  // Spelled as given, so that the job is the same for all.
  const uint8_t policy = kLiteral | (arguments.folded ? kAnyCase : kExactCase);
  const double start = CpuSeconds();
  GazetteerBuilder builder;
  for (std::string_view name : lines) {
    const absl::Status added =
        builder.Add({.name = std::string(name), .type = "NAME", .policy = policy});
    if (!added.ok()) Fail(added.ToString());
  }
  const absl::StatusOr<std::string> image = builder.BuildImage();
  if (!image.ok()) Fail(image.status().ToString());
  const double seconds = CpuSeconds() - start;
  ReportBuild(seconds, image->size());
  WriteFile(arguments.image, *image);
}

// The spans to compare.
std::vector<Match> FindAll(std::string_view text, const std::vector<Article>& articles,
                           const Gazetteer& gazetteer) {
  std::vector<Match> matches;
  LayerRows<MentionCandidate> candidates;
  StringPool strings;
  for (const Article& article : articles) {
    candidates.clear();
    strings.Clear();
    MatchGazetteer(article.text, article.tokens, gazetteer, {}, candidates, strings);
    for (const MentionCandidate& c : candidates) {
      const uint32_t offset = Offset(text, article.text);
      const Match match = {offset + c.span.begin, offset + c.span.end};
      // A row for each entry: two of them may share a span.
      if (matches.empty() || matches.back().begin != match.begin) matches.push_back(match);
    }
  }
  return matches;
}

void Run(const Arguments& arguments) {
  const std::string text = ReadFile(arguments.text);
  const std::vector<Article> articles = SplitArticles(text);
  LayerRows<Token> tokens;
  LayerRows<MentionCandidate> candidates;
  StringPool strings;
  const size_t before = StatusBytes("VmRSS");
  const double start = CpuSeconds();
  const absl::StatusOr<Gazetteer> gazetteer = Gazetteer::Open(arguments.image);
  const double open = CpuSeconds() - start;
  if (!gazetteer.ok()) Fail(gazetteer.status().ToString());
  const auto match = [&] {
    for (const Article& article : articles) {
      candidates.clear();
      strings.Clear();
      MatchGazetteer(article.text, article.tokens, *gazetteer, {}, candidates, strings);
    }
  };
  const auto tokenize_and_match = [&] {
    for (const Article& article : articles) {
      tokens.clear();
      candidates.clear();
      strings.Clear();
      Tokenize(article.text, tokens);
      MatchGazetteer(article.text, tokens, *gazetteer, {}, candidates, strings);
    }
  };
  match();
  ReportOpen(open, StatusBytes("VmRSS") - before);
  Rounds([&](double seconds) {
    const double alone = Speed(seconds, text.size(), match);
    const double together = Speed(seconds, text.size(), tokenize_and_match);
    return absl::StrCat("{\"match\": ", alone, ", \"together\": ", together, "}");
  });
  WriteMatches(arguments.spans, FindAll(text, articles, *gazetteer));
}

}  // namespace
}  // namespace nutgraf::compare

int main(int argc, char** argv) {
  using namespace nutgraf::compare;  // NOLINT(google-build-using-namespace)
  if (argc == 4 && std::string_view(argv[1]) == "tokens") {
    WriteTokens(argv[2], argv[3]);
    return 0;
  }
  const Arguments arguments = ReadArguments(argc, argv);
  arguments.mode == "build" ? Build(arguments) : Run(arguments);
}
