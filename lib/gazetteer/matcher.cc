#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "lib/gazetteer/image.h"
#include "lib/gazetteer/name_variants.h"
#include "lib/gazetteer/near_matcher.h"
#include "lib/gazetteer/surface.h"
#include "nutgraf/gazetteer_matcher.h"

namespace nutgraf {

namespace {

namespace format = gazetteer_format;
using Image = Gazetteer::Image;

// Names of one sequence that are looked at; a hostile image could make them many.
constexpr uint32_t kMostLookedAt = 1024;

class Matcher {
 public:
  Matcher(std::string_view text, absl::Span<const Token> tokens, const Image& image,
          const GazetteerMatcherOptions& options, uint8_t rank,
          LayerRows<MentionCandidate>& candidates, StringPool& strings)
      : text_(text),
        tokens_(tokens),
        image_(image),
        options_(options),
        rank_(rank),
        max_tokens_(std::min(options.max_tokens, format::kLongestName)),
        candidates_(candidates),
        strings_(strings) {
    for (uint32_t type = 0; type < image.type_count(); ++type) {
      wanted_[type] =
          options.types.empty() || std::find(options.types.begin(), options.types.end(),
                                             image.type_name(type)) != options.types.end();
    }
  }

  // Block by block, each step for all tokens of the block, so that the processor waits once for the
  // memory of many: which tokens may begin a name, the longest sequence of tokens from there that is a
  // name's, and then the names.
  void Run() {
    constexpr uint32_t kBlock = 128;
    const auto count = static_cast<uint32_t>(tokens_.size());
    std::array<uint32_t, kBlock> hits;
    std::array<Longest, kBlock> found;
    const bool one_by_one = options_.all_overlapping || options_.near_matches;
    uint32_t next = 0;
    for (uint32_t block = 0; block < count; block += kBlock) {
      const uint32_t end = std::min(count, block + kBlock);
      uint32_t hit_count = 0;
      for (uint32_t i = std::max(block, next); i < end; ++i) {
        hits[hit_count] = i;
        hit_count += MayBegin(tokens_[i]) ? 1 : 0;
      }
      for (uint32_t k = 0; k < hit_count; ++k) {
        const uint32_t i = hits[k];
        const uint64_t hash = internal::BeginSequence(tokens_[i].folded);
        image_.Prefetch(hash);
        if (i + 1 < count) image_.Prefetch(internal::ExtendPrefix(hash, tokens_[i + 1].folded));
      }
      if (one_by_one) {
        for (uint32_t k = 0; k < hit_count; ++k) {
          if (hits[k] >= next) next = MatchAt(hits[k]);
        }
        continue;
      }
      uint32_t found_count = 0;
      for (uint32_t k = 0; k < hit_count; ++k) {
        if (FindLongest(hits[k], found[found_count])) {
          image_.PrefetchName(found[found_count].sequence.places[0]);
          ++found_count;
        }
      }
      for (uint32_t k = 0; k < found_count; ++k) {
        auto names = image_.NamesAt(found[k].sequence.places[0]);
        if (names.Next()) image_.PrefetchWords(names.name());
      }
      for (uint32_t k = 0; k < found_count; ++k) {
        const uint32_t begin = found[k].begin;
        if (begin < next) continue;
        next = AddNames(begin, found[k].end, found[k].sequence);
        if (next == begin) next = MatchAt(begin);  // a shorter one may be written as it should
      }
    }
  }

 private:
  bool MayBegin(const Token& token) const {
    return image_.MayBegin(token) || (options_.near_matches && MayBeginNear(token));
  }

  bool MayBeginNear(const Token& token) const {
    return token.IsWord() && !image_.near_slots().empty() &&
           (token.Has(kUpperFirst | kUpperLater) || image_.has_any_case());
  }

  // The longest sequence from a token on that is a name's, whatever its case.
  struct Longest {
    uint32_t begin;
    uint32_t end;
    Image::Sequence sequence;
  };
  bool FindLongest(uint32_t begin, Longest& longest) const {
    bool found = false;
    internal::ForEachSequence(image_, tokens_, begin, max_tokens_,
                              [&](uint32_t end, const Image::Sequence& sequence) {
                                longest = {begin, end, sequence};
                                found = true;
                              });
    return found;
  }

  // Finds the longest name that begins with token i; returns where to go on.
  uint32_t MatchAt(uint32_t begin) {
    std::array<Longest, format::kLongestName> found;
    uint32_t count = 0;
    internal::ForEachSequence(image_, tokens_, begin, max_tokens_,
                              [&](uint32_t end, const Image::Sequence& sequence) {
                                found[count++] = {begin, end, sequence};
                              });
    bool any = false;
    while (count > 0) {
      --count;
      const uint32_t end = AddNames(begin, found[count].end, found[count].sequence);
      if (end == begin) continue;
      if (!options_.all_overlapping) return end;
      any = true;
    }
    if (!any && options_.near_matches && MayBeginNear(tokens_[begin])) return AddNear(begin);
    return begin + 1;
  }

  // "Lincoln, Nebraska" names one place and says where it is: the name ends before the comma.
  uint32_t EndOfPlace(uint32_t begin, uint32_t end) const {
    for (uint32_t i = begin + 1; i < end; ++i) {
      if (tokens_[i].lead == ',' && tokens_[i].size() == 1) return i;
    }
    return end;
  }

  // Adds a candidate for each entry that tokens [begin, end) may mean; returns where to go on,
  // `begin` where there is none.
  uint32_t AddNames(uint32_t begin, uint32_t end, const Image::Sequence& sequence) {
    const absl::Span<const Token> tokens = tokens_.subspan(begin, end - begin);
    uint32_t next = begin;
    uint32_t added = 0;
    uint32_t looked_at = 0;
    for (uint32_t i = 0; i < sequence.count; ++i) {
      bool any = false;
      uint32_t last_record = 0;
      for (auto c = image_.NamesAt(sequence.places[i]);
           added < options_.max_entries && looked_at < kMostLookedAt && c.Next(); ++looked_at) {
        const Image::Name& name = c.name();
        // Two names of one entry may be written the same way: US, U.S.
        if (any && name.has_record && name.record == last_record) continue;
        const internal::SurfaceFit fit = internal::Fits(image_, name, text_, tokens);
        if (!fit.fits) continue;
        const uint16_t flags = fit.upper_form ? kUpperForm : 0;
        if (AddCandidate(begin, end, name, flags, 1.0F, fit.as_written, next)) {
          ++added;
          any = name.has_record;
          last_record = name.record;
        }
      }
    }
    return next;
  }

  uint32_t AddNear(uint32_t begin) {
    const internal::NearMatches near =
        internal::FindNear(text_, tokens_, image_, begin, max_tokens_);
    uint32_t next = begin + 1;
    uint32_t added = 0;
    for (uint32_t k = 0; k < near.count && added < options_.max_entries; ++k) {
      if (AddCandidate(begin, near.end, near.matches[k].name, kNearMatch, near.matches[k].score,
                       false, next)) {
        ++added;
      }
    }
    return options_.all_overlapping ? begin + 1 : next;
  }

  // Raises `next` to where the name ends. False where the entry is not wanted.
  bool AddCandidate(uint32_t begin, uint32_t end, const Image::Name& name, uint16_t flags,
                    float score, bool as_written, uint32_t& next) {
    if (!wanted_[name.type]) return false;
    MentionCandidate c = {};
    c.type = image_.type(name.type);
    c.label = image_.type_name(name.type);
    if (name.has_record) {
      const Image::Record record = image_.record(name.record);
      c.id = record.id;
      c.name = record.name;
    } else {
      c.name = CanonicalName(begin, end, name, as_written);
    }
    for (uint32_t tail = name.tail; tail > 0 && end > begin + 1; --end) {
      if (!internal::IsLeftOut(tokens_, end - 1)) --tail;
    }
    if (name.tail > 0) {
      while (end > begin + 1 && internal::IsLeftOut(tokens_, end - 1)) --end;
    }
    if ((name.flags & kContextOnly) != 0) flags |= kNeedsContext;
    if ((name.flags & kNeverAlone) != 0) flags |= kNeverAloneName;
    if ((name.flags & format::kNameCommonWord) != 0) flags |= kCommonWord;
    if (c.type == EntityType::kLocation) {
      end = EndOfPlace(begin, end);
    } else if (c.type == EntityType::kOrganization) {
      const uint32_t end_of_forms = internal::EndOfLegalForms(tokens_, end);
      if (end_of_forms > end || (end > begin + 1 && internal::IsLegalForm(tokens_[end - 1]))) {
        end = end_of_forms;
        flags = static_cast<uint16_t>((flags & ~(kNeedsContext | kCommonWord)) | kWithLegalForm);
      }
    }
    next = std::max(next, end);
    c.span = {tokens_[begin].begin, tokens_[end - 1].end};
    c.tokens = {begin, end};
    c.rank = rank_;
    c.flags = flags;
    c.confidence = static_cast<float>(name.prior) / 255.0F * score;
    c.source = "gazetteer";
    candidates_.push_back(c);
    return true;
  }

  // The name of an entry that has no record is that which was found. Where the text writes it the
  // same way, the text is the shortest way to it.
  std::string_view CanonicalName(uint32_t begin, uint32_t end, const Image::Name& name,
                                 bool as_written) {
    if (as_written) {
      bool blanks = (name.flags & kLiteral) != 0 || begin + 1 == end;
      for (uint32_t i = begin + 1; i < end && !blanks; ++i) {
        if (tokens_[i].begin != tokens_[i - 1].end + 1 || text_[tokens_[i].begin - 1] != ' ') break;
        blanks = i + 1 == end;
      }
      if (blanks)
        return text_.substr(tokens_[begin].begin, tokens_[end - 1].end - tokens_[begin].begin);
    }
    return StoreName(name);
  }

  std::string_view StoreName(const Image::Name& name) {
    const size_t size = image_.TextSize(name);
    char* const stored = strings_.Reserve(size);
    image_.WriteText(name, stored);
    return std::string_view(stored, size);
  }

  const std::string_view text_;
  const absl::Span<const Token> tokens_;
  const Image& image_;
  const GazetteerMatcherOptions& options_;
  const uint8_t rank_;
  const uint32_t max_tokens_;
  std::bitset<256> wanted_;
  LayerRows<MentionCandidate>& candidates_;
  StringPool& strings_;
};

}  // namespace

void MatchGazetteer(std::string_view text, absl::Span<const Token> tokens,
                    const Gazetteer& gazetteer, const GazetteerMatcherOptions& options,
                    LayerRows<MentionCandidate>& candidates, StringPool& strings) {
  Matcher(text, tokens, gazetteer.internal_image(), options, options.rank.value_or(1), candidates,
          strings)
      .Run();
}

absl::Status GazetteerMatcher::Run(Document& document) const {
  uint8_t rank = options_.rank.value_or(gazetteers_.size() > 1 ? 0 : 1);
  for (const Gazetteer& gazetteer : gazetteers_) {
    document.Hold(gazetteer.owner());
    Matcher(document.text(), document.Get<Token>(), gazetteer.internal_image(), options_, rank,
            document.Rows<MentionCandidate>(), document.strings())
        .Run();
    if (rank < 255) ++rank;
  }
  return absl::OkStatus();
}

}  // namespace nutgraf
