#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "lib/gazetteer/image.h"
#include "lib/gazetteer/surface.h"
#include "nutgraf/gazetteer_matcher.h"

namespace nutgraf {

namespace {

namespace format = gazetteer_format;

class Matcher {
 public:
  Matcher(std::string_view text, absl::Span<const Token> tokens, const Gazetteer::Image& image,
          const GazetteerMatcherOptions& options, LayerRows<MentionCandidate>& candidates)
      : text_(text), tokens_(tokens), image_(image), options_(options), candidates_(candidates) {}

  void Run() {
    const auto count = static_cast<uint32_t>(tokens_.size());
    for (uint32_t i = 0; i < count;) {
      if (!image_.MayBegin(tokens_[i])) [[likely]] {
        ++i;
        continue;
      }
      i = MatchAt(i);
    }
  }

 private:
  // Finds the longest name that begins with token i; returns where to go on.
  uint32_t MatchAt(uint32_t begin) {
    const format::Slot* found[format::kLongestName];
    uint32_t ends[format::kLongestName];
    uint32_t count = 0;
    uint64_t hash = 0;
    uint32_t length = 0;
    for (uint32_t i = begin; i < tokens_.size() && length < format::kLongestName; ++i) {
      if (i > begin && tokens_[i].Has(kAfterBlank))
        break;  // a name does not cross a paragraph's end
      if (internal::IsLeftOut(tokens_, i)) continue;
      hash = length == 0 ? internal::BeginSequence(tokens_[i].folded)
                         : internal::ExtendPrefix(hash, tokens_[i].folded);
      ++length;
      const format::Slot* const slot = image_.Find(hash);
      if (slot == nullptr) break;
      if (slot->surface != 0) {
        found[count] = slot;
        ends[count++] = i + 1;
      }
      if (slot->longer == 0) break;
    }
    while (count > 0) {
      --count;
      if (Add(begin, ends[count], *found[count])) return EndOfName(begin, ends[count]);
    }
    return begin + 1;
  }

  // "Lincoln, Nebraska" names one place and says where it is: the name ends before the comma.
  uint32_t EndOfName(uint32_t begin, uint32_t end) const {
    for (uint32_t i = begin + 1; i < end; ++i) {
      if (tokens_[i].lead == ',' && tokens_[i].size() == 1) return i;
    }
    return end;
  }

  // Adds a candidate for each entry that tokens [begin, end) may mean; false where there is none.
  bool Add(uint32_t begin, uint32_t end, const format::Slot& slot) {
    const absl::Span<const Token> tokens = tokens_.subspan(begin, end - begin);
    bool added = false;
    uint32_t last_entry = ~uint32_t{0};
    // The names of one sequence are few; a hostile image could make them many.
    constexpr uint64_t kMostSurfaces = 64;
    for (uint64_t i = slot.surface - 1, n = 0; n < kMostSurfaces; ++i, ++n) {
      const format::Surface* const s = image_.surface(i);
      if (s == nullptr) break;
      const internal::SurfaceMatch match =
          internal::CompareSurface(text_, tokens, image_.string(s->text, s->size));
      const bool fits = match.same && (match.exact || (s->flags & kAnyCase) != 0 ||
                                       (match.upper && (s->flags & kUpperCase) != 0));
      // Two names of one entry may be written the same way: US, U.S.
      if (fits && s->entry != last_entry) {
        AddCandidate(begin, end, *s, match);
        last_entry = s->entry;
        added = true;
      }
      if ((s->flags & format::kSurfaceLast) != 0) break;
    }
    return added;
  }

  void AddCandidate(uint32_t begin, uint32_t end, const format::Surface& s,
                    const internal::SurfaceMatch& match) {
    const format::Entry* const entry = image_.entry(s.entry);
    if (entry == nullptr) return;
    if (image_.type(entry->type) == EntityType::kLocation) end = EndOfName(begin, end);
    MentionCandidate c = {};
    c.span = {tokens_[begin].begin, tokens_[end - 1].end};
    c.tokens = {begin, end};
    c.type = image_.type(entry->type);
    c.rank = options_.rank;
    c.flags =
        static_cast<uint16_t>(((s.flags & kContextOnly) != 0 ? kNeedsContext : 0) |
                              ((s.flags & format::kSurfaceCommonWord) != 0 ? kCommonWord : 0) |
                              (!match.exact && match.upper ? kUpperForm : 0));
    c.confidence = static_cast<float>(s.prior) / 255.0F;
    c.label = image_.type_name(entry->type);
    c.source = "gazetteer";
    c.id = image_.string(entry->id, entry->id_size);
    c.name = image_.string(entry->name, entry->name_size);
    candidates_.push_back(c);
  }

  const std::string_view text_;
  const absl::Span<const Token> tokens_;
  const Gazetteer::Image& image_;
  const GazetteerMatcherOptions& options_;
  LayerRows<MentionCandidate>& candidates_;
};

}  // namespace

void MatchGazetteer(std::string_view text, absl::Span<const Token> tokens,
                    const Gazetteer& gazetteer, const GazetteerMatcherOptions& options,
                    LayerRows<MentionCandidate>& candidates) {
  Matcher(text, tokens, gazetteer.internal_image(), options, candidates).Run();
}

absl::Status GazetteerMatcher::Run(Document& document) const {
  document.Hold(gazetteer_.owner());
  MatchGazetteer(document.text(), document.Get<Token>(), gazetteer_, options_,
                 document.Rows<MentionCandidate>());
  return absl::OkStatus();
}

}  // namespace nutgraf
