#include "nutgraf/quantity_extractor.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lib/entity/known_names.h"
#include "lib/quantity/exclusions.h"
#include "lib/quantity/lexicon.h"
#include "lib/quantity/modifiers.h"
#include "lib/quantity/noun_phrase.h"
#include "lib/quantity/number_reader.h"
#include "lib/quantity/sentence_view.h"
#include "lib/quantity/term_reader.h"

namespace nutgraf {

namespace internal {

namespace {

// Working memory, kept in the document.
struct QuantityScratch {
  LayerRows<MentionCandidate> names;  // in order, where the document's are not
};

// To the 15 digits that a double keeps: 16.4 million is 16400000, not 16399999.999999998.
double Rounded(double value) {
  if (std::abs(value) < 1e15 && value == std::floor(value)) return value;
  char digits[32];
  const auto end =
      std::to_chars(digits, digits + sizeof(digits), value, std::chars_format::scientific, 14).ptr;
  double rounded = value;
  std::from_chars(digits, end, rounded);
  return rounded;
}

class Extractor : private SentenceView {
 public:
  Extractor(const QuantityLexicon& lexicon, const QuantityOptions& options, std::string_view text,
            absl::Span<const Token> tokens, absl::Span<const MentionCandidate> names,
            absl::Span<const TimeExpression> times, QuantityScratch& scratch,
            LayerRows<Quantity>& quantities)
      : SentenceView(lexicon, text, tokens),
        options_(options),
        numbers_(*this),
        terms_(*this, numbers_),
        nouns_(*this),
        modifiers_(*this),
        exclusions_(*this, nouns_, KnownNames(names, scratch.names), times),
        quantities_(quantities) {}

  void Run(const Sentence& sentence) {
    SetSentence(sentence);
    done_ = first();
    for (uint32_t i = NextBegin(first()); i < last(); i = NextBegin(i)) {
      const Token& t = token(i);
      const bool number = t.kind() == TokenKind::kNumber;
      const uint32_t kinds = number ? 0 : Kinds(i);
      if (kinds == 0 && !number && !MayBeCode(t)) {
        ++i;
        continue;
      }
      if (const uint32_t past = exclusions_.PastTime(i); past > i) {
        done_ = i = past;
        continue;
      }
      const size_t rows = quantities_.size();
      const uint32_t next = Expression(i, kinds);
      if (quantities_.size() > rows || number) done_ = std::max(done_, next);
      i = std::max(next, i + 1);
    }
  }

 private:
  // The kinds of the words that begin a quantity at token i; 0 where none does. After an article
  // what may follow it is asked for.
  uint32_t Kinds(uint32_t i) const {
    const Token& t = token(i);
    const Words& w = W();
    if (t.folded != w.a && t.folded != w.an) return lexicon().Begins(t) & kQuantityBegins;
    if (!In(i + 1)) return 0;
    const Token& next = token(i + 1);
    if (next.folded == w.few || next.folded == w.couple || next.folded == w.score ||
        next.folded == w.pair || next.folded == w.handful) {
      return kWordVague;
    }
    return lexicon().Begins(next) &
           (kWordScale | kWordFraction | kWordUnit | kWordCurrency | kWordSubunit | kWordPercent);
  }

  // Reads what begins with token i; returns where to go on.
  uint32_t Expression(uint32_t i, uint32_t kinds) {
    if (IsNumberToken(i)) {
      if (exclusions_.IsPhoneNumber(i)) return exclusions_.PastPhoneNumber(i);
      // A chain of digits and marks is no quantity, but for ranges and fractions.
      if (Glued(i + 1)) {
        const uint32_t past = exclusions_.PastChain(i);
        if (past > i + 3) return past;
        // "1e-10" is a number.
        if (past == i + 3 && !IsMark(i + 1, '/')) {
          const Number digits = numbers_.Digits(i);
          if (!digits || digits.end == i + 1) return DigitPair(digits, past);
        }
      }
    } else {
      constexpr uint32_t kOther = kWordRelative | kWordPercent | kWordMultiple;
      if ((kinds & kOther) != 0) {
        if (const uint32_t past = Relative(i); past > i) return past;
        if (const uint32_t past = PercentOf(i); past > i) return past;
        if (const uint32_t past = MultipleWord(i); past > i) return past;
      }
    }
    const Number n =
        (kinds & (kWordNumber | kWordScale | kWordFraction)) == 0 && (kinds & kWordOrdinal) != 0
            ? numbers_.Ordinal(i)
            : numbers_.Read(i);
    if (!n) return IsNumberToken(i) ? exclusions_.PastChain(i) : i + 1;
    if (n.vague && !options_.vague) return n.end;
    if (n.article && !options_.article_units) return n.end;
    if (n.fraction && IsMark(n.end, '/')) return exclusions_.PastChain(i);
    if (n.IsPlain() && !n.article && n.glued_unit == nullptr) {
      if (const uint32_t past = MultipleNumber(n); past > n.begin) return past;
    }
    Term low = terms_.Read(n, done_);
    if (!low) return n.begin + 1;
    if (const uint32_t past = Range(low); past != 0) return past;
    const bool own_unit = static_cast<bool>(low.u);
    if (!low.u && n.IsPlain()) {
      double scale = 1;
      if (const Unit shared = terms_.SharedUnit(low.end, scale); shared) {
        // "5, 6 and 7 million dollars"
        if (!n.scaled && !n.grouped && n.value < 1000) low.value *= scale;
        Share(shared, low);
        low.exact = low.exact && scale == 1;
      }
    }
    return Write(low, nullptr, low.begin, own_unit);
  }

  static void Share(const Unit& unit, Term& t) {
    t.u = unit;
    t.value *= unit.factor;
    t.exact = t.exact && unit.factor == 1;
  }

  // "2-0", "10:30", "10-15 percent", "1000-5000".
  uint32_t DigitPair(const Number& n, uint32_t past) {
    if (!n || n.ordinal || (!IsDash(n.end) && !IsMark(n.end, '-'))) return past;
    const Term low = terms_.Read(n, done_);
    const uint32_t end = Range(low);
    return end == 0 ? past : end;
  }

  // ---- Ranges ----------------------------------------------------------------------------------

  enum class Link : uint8_t { kNone, kTo, kDash, kBetween, kOr };

  // What joins the number that ends before token i to another one; `next` is where that begins.
  Link LinkAt(const Term& low, uint32_t i, uint32_t& next) const {
    const Words& w = W();
    if (!In(i)) return Link::kNone;
    next = i + 1;
    if (Is(i, w.to) || Is(i, w.through)) {
      if (IsHyphen(next)) ++next;
      return Link::kTo;
    }
    if (Is(i, w.and_))
      return Is(BeforeModifiers(low.begin), w.between) ? Link::kBetween : Link::kNone;
    if (Is(i, w.or_)) return Link::kOr;
    if (IsDash(i) || IsMark(i, '-') || IsMark(i, 0x2212)) {
      if (Is(next, w.to)) {  // "5-to-10", "7- to 10-day"
        ++next;
        if (IsHyphen(next) || IsMark(next, '-')) ++next;
        return Link::kTo;
      }
      // "5 -10" is a negative number, but for what has a unit
      if (!Glued(i) && Glued(next) && !IsMark(i, 0x2013)) {
        return low.n.form == Number::Form::kDigits && IsNumberToken(next) ? Link::kDash
                                                                          : Link::kNone;
      }
      return Link::kDash;
    }
    return Link::kNone;
  }
  // The token before token i and the modifiers before it.
  uint32_t BeforeModifiers(uint32_t i) const {
    if (Is(i - 1, W().the) && i > done_) --i;
    if (const auto modifier = FindBefore(i, kWordModifier, done_)) i = modifier.end;
    return i - 1;
  }

  // The range that begins with `low`; 0 where there is none.
  uint32_t Range(const Term& first_term) {
    const uint32_t after = std::max(first_term.past, first_term.end);
    uint32_t next = 0;
    const Link link = LinkAt(first_term, after, next);
    if (link == Link::kNone) return 0;
    Term low = first_term;
    if (low.n.vague || low.n.article || after > low.end + 3) return 0;
    if (low.n.fraction && link != Link::kBetween) return 0;
    Term high = terms_.ReadAt(next);
    if (!high || high.n.ordinal != low.n.ordinal || (high.n.fraction && link != Link::kBetween))
      return 0;
    if (low.n.ordinal && link != Link::kBetween) return 0;
    const double high_plain = high.n.scaled && !low.n.scaled ? high.n.mantissa : high.n.value;
    if (link == Link::kOr && (low.u || !low.n.IsPlain() || high_plain > 2 * low.n.value)) return 0;
    const bool years =
        Exclusions::IsYearLike(*this, low.n) && Exclusions::IsYearLike(*this, high.n);
    if (years && !low.u && !high.u) return link == Link::kOr ? 0 : high.end;
    if (!JoinUnits(link, low, high)) return 0;
    const uint32_t before = BeforeModifiers(low.begin);
    const bool from = Is(before, W().from);
    if (link == Link::kTo && !from) {
      // "rose 25 sen to 14.20", "up 3 percent to 1,333", "fell by $2 to $5", "in 2011 to 5 million"
      if (first_term.u && (Is(before, W().by) || IsKind(before, kWordChange))) return 0;
      if (Exclusions::IsYearLike(*this, low.n) && !first_term.u) return 0;
    }
    if (low.value > high.value && low.negative && high.negative) std::swap(low.value, high.value);
    if (!(low.value < high.value)) return 0;
    if (!RangeIsSure(link, low, high, from)) return 0;
    if (from && link == Link::kTo && !options_.from_to_ranges) return 0;
    const uint32_t begin = link == Link::kBetween ? before : low.begin;
    low.rule = "range";
    return Write(low, &high, begin, true);
  }

  // Gives both ends one unit; false where they have two.
  bool JoinUnits(Link link, Term& low, Term& high) const {
    // "$1.5-2bn", "5 to 10 million": the scale belongs to both.
    if (high.n.scaled && !low.n.scaled && !low.n.grouped && low.n.value < 1000 &&
        high.scale >= 1000 && low.n.value <= high.n.mantissa) {
      low.value *= high.scale;
      low.exact = false;
    }
    if (!low.u && high.u) {
      if (high.u.before && link != Link::kDash && link != Link::kTo) return false;
      low.u = high.u;
      const double unit = high.n.scaled && high.scale > 1 && high.u.factor >= high.scale
                              ? high.u.factor / high.scale
                              : high.u.factor;
      low.value *= unit;
      low.exact = low.exact && unit == 1;
      return true;
    }
    if (low.u && !high.u) {
      // "$5 to 10", "from 90 kilos to 80"; but "5 percent to 300 people"
      if (!low.u.before && !(link == Link::kTo && Is(BeforeModifiers(low.begin), W().from)))
        return false;
      if (nouns_.PluralAt(high.end)) return false;
      high.u = low.u;
      high.value *= low.u.before ? 1 : low.u.factor;
      return true;
    }
    if (!low.u) return true;
    if (low.u.SameAs(high.u)) {
      // "10.4 cents to $2.24" goes from one to the other
      if (low.u.kind == QuantityKind::kMoney && !low.n.scaled && !high.n.scaled &&
          low.u.factor != high.u.factor) {
        return false;
      }
      if (low.u.per.empty()) low.u.per = high.u.per;
      return true;
    }
    if (low.u.kind == QuantityKind::kMoney && high.u.kind == QuantityKind::kMoney &&
        low.u.currency != high.u.currency && low.u.before && high.u.before &&
        Bytes(high.begin) == "$") {
      high.u.currency = low.u.currency;  // "US$16 million to $28 million", "A$5 to $7"
      return true;
    }
    if (low.u.dimension != high.u.dimension || low.u.base <= 0 || high.u.base <= 0) return false;
    low.value *= low.u.base / high.u.base;  // "500 meters to 2 km"
    low.u = high.u;
    low.exact = false;
    return true;
  }

  // "5 to 10 people": a range only where something is measured or counted; "2-0" is a score.
  bool RangeIsSure(Link link, const Term& low, const Term& high, bool from) const {
    if (link == Link::kBetween || low.u || high.u || high.n.scaled || low.n.ordinal) return true;
    if (nouns_.PluralAt(IsHyphen(high.end) ? high.end + 1 : high.end)) return true;
    if (link == Link::kOr) return false;
    if (Is(low.begin - 1, W().aged) || Is(low.begin - 1, W().ages)) return true;
    if (from && link == Link::kTo) return !Exclusions::IsYearLike(*this, high.n);
    if (Is(low.end, W().through) && low.n.form == Number::Form::kDigits) return !In(high.end);
    if (link == Link::kDash && low.n.form == Number::Form::kDigits &&
        high.n.form == Number::Form::kDigits) {
      return low.n.value >= 1000 &&
             !(Exclusions::IsYearLike(*this, low.n) && Exclusions::IsYearLike(*this, high.n));
    }
    return false;
  }

  // ---- Multiples and relative ordinals ---------------------------------------------------------

  // What a multiple is compared with follows: "the level", "as many", "more than".
  bool Compared(uint32_t at) const {
    const Words& w = W();
    for (const uint64_t word : {w.the, w.its, w.their, w.his, w.her, w.our, w.that, w.as, w.more}) {
      if (Is(at, word)) return true;
    }
    return In(at) && Is(at + 1, w.than);
  }
  // "last year's": a possessive within two words.
  bool PossessiveAt(uint32_t i) const {
    for (uint32_t k = i; k < i + 4 && In(k); ++k) {
      if (token(k).Has(kClitic) && k > i) return true;
      if (!token(k).IsWord()) return false;
    }
    return false;
  }
  uint32_t WriteMultiple(uint32_t begin, uint32_t end, double value) {
    Quantity q = {};
    q.kind = QuantityKind::kMultiple;
    q.rule = "multiple";
    q.value = value;
    q.tokens = {begin, end};
    q.span = SpanOf(begin, end);
    modifiers_.Read(begin, end, done_, q);
    quantities_.push_back(q);
    return end;
  }
  // "twice the level", "double its size", "tenfold". Returns the token after it, or i where there
  // is none: "twice a week" counts events.
  uint32_t MultipleWord(uint32_t i) {
    const auto word = Find(i, kWordMultiple);
    if (!word) return i;
    const std::string_view s = Bytes(word.end - 1);
    const bool fold = s.size() >= 4 && s.substr(s.size() - 4) == "fold";
    return fold || Compared(word.end) ? WriteMultiple(i, word.end, word.entry->value) : i;
  }
  // "three-fold", "three times as many"; n.begin where there is none: "three times this year".
  uint32_t MultipleNumber(const Number& n) {
    const uint32_t hyphen = IsHyphen(n.end) ? n.end + 1 : n.end;
    if (Is(hyphen, W().fold)) return WriteMultiple(n.begin, hyphen + 1, n.value);
    // "3-to-1"
    if (IsHyphen(n.end) && Is(n.end + 1, W().to) && IsHyphen(n.end + 2) && n.value > 1) {
      const Number one = In(n.end + 3) ? numbers_.Cardinal(n.end + 3) : Number();
      if (one && one.value == 1 && one.end == n.end + 4)
        return WriteMultiple(n.begin, one.end, n.value);
    }
    if (Is(n.end, W().times) && (Compared(n.end + 1) || PossessiveAt(n.end + 1)))
      return WriteMultiple(n.begin, n.end + 1, n.value);
    return n.begin;
  }

  // "at last", "will last", "last-minute", "next to", "last week" count nothing.
  bool IsRelative(uint32_t i, const QuantityLexicon::Found& found) const {
    const Words& w = W();
    if (found.end > i + 1 || found.entry->value < -1) return true;
    if (!In(found.end)) return false;
    const Token& next = token(found.end);
    if (next.Has(kAfterNewline | kCompound) || IsKind(found.end, kWordStop)) return false;
    if (IsHyphen(i - 1) || (i > first() && (Is(i - 1, w.at) || Is(i - 1, w.to)))) return false;
    uint32_t at = found.end;
    // "visited last", "last visited", "last longer", "current account"
    if (nouns_.IsPastVerb(at) || Is(at, w.longer) || Is(at, w.door) || Is(at, w.account))
      return false;
    if (IsNumberToken(at) || IsKind(at, kWordNumber | kWordVague)) {
      const Number n = numbers_.Read(at);
      at = n ? n.end : at + 1;
    }
    if (const auto unit = Find(at, kWordUnit); unit && unit.entry->dimension == "time")
      return false;
    if (IsKind(at, kWordMonth | kWordWeekday)) return false;
    return next.IsWord() || next.Has(kQuote | kClose) || IsNumberToken(found.end);
  }

  // "the last page", "next to last", "the previous one".
  uint32_t Relative(uint32_t i) {
    const auto found = Find(i, kWordRelative);
    if (!found || !options_.relative_ordinals || !IsRelative(i, found)) return i;
    Quantity q = {};
    q.kind = QuantityKind::kOrdinal;
    q.rule = "relative ordinal";
    q.anchor = found.entry->dimension == "end" ? OrdinalAnchor::kEnd : OrdinalAnchor::kCurrent;
    q.value = found.entry->value;
    q.tokens = {i, found.end};
    q.span = SpanOf(i, found.end);
    q.counted = nouns_.NounPhrase(found.end, false, true);
    quantities_.push_back(q);
    return found.end;
  }

  // "per cent of 640": a percentage for whoever reads tables.
  uint32_t PercentOf(uint32_t i) {
    const auto found = Find(i, kWordPercent);
    if (!found || found.entry->id != "percent" || !token(i).IsWord() || !Is(found.end, W().of) ||
        i != first()) {
      return i;
    }
    const Number n = numbers_.Cardinal(found.end + 1);
    if (!n || !n.IsPlain() || n.glued_unit != nullptr || In(n.end + 1)) return i;
    Quantity q = {};
    q.kind = QuantityKind::kPercent;
    q.rule = "percent of";
    q.unit = found.entry->id;
    q.dimension = "ratio";
    q.value = Rounded(n.value);
    q.tokens = {i, n.end};
    q.span = SpanOf(i, n.end);
    quantities_.push_back(q);
    return n.end;
  }

  // ---- Rows ------------------------------------------------------------------------------------

  // Reads modifiers and what is counted around the term, and writes the row; with `high` it is a
  // range. `begin` is the first token, "between" where it is there. A unit that it shares with what
  // follows is not its own: "Room 5, 10 km away".
  uint32_t Write(const Term& low, const Term* high, uint32_t begin, bool own_unit) {
    const Number& n = low.n;
    uint32_t end = high != nullptr ? high->end : low.end;
    uint32_t past = std::max(end, high != nullptr ? high->past : low.past);
    Quantity q = {};
    q.kind = low.u        ? low.u.kind
             : n.ordinal  ? QuantityKind::kOrdinal
             : n.fraction ? QuantityKind::kFraction
                          : QuantityKind::kNumber;
    q.unit = low.u.unit;
    q.dimension = low.u.dimension;
    q.currency = low.u.currency;
    q.per = high != nullptr && !high->u.per.empty() ? high->u.per : low.u.per;
    q.rule = low.rule;
    bool unit = static_cast<bool>(low.u);
    if (IsAge(low, high, end, q)) {
      unit = true;
      past = std::max(past, end);
    } else if (exclusions_.IsNoQuantity(n, own_unit || high != nullptr, low.negative)) {
      return high != nullptr ? high->end : std::max(exclusions_.PastChain(n.end - 1), n.end);
    }
    if (!std::isfinite(low.value) || (high != nullptr && !std::isfinite(high->value)) ||
        !std::isfinite(low.high)) {
      return end;  // "trillion trillion trillion ..."
    }
    if (high != nullptr || n.vague) {
      q.is_range = true;
      q.vague = n.vague;
      q.low = low.exact ? low.value : Rounded(low.value);
      q.high = Rounded(high != nullptr ? high->value : low.high);
    } else {
      q.value = low.exact ? low.value : Rounded(low.value);
    }
    q.tokens = {begin, end};
    q.span = SpanOf(begin, end);
    const uint32_t start = modifiers_.Read(begin, end, done_, q);
    // Signs belong to the number: ">50", "~3".
    if (start < begin && !token(begin - 1).IsWord()) {
      while (start < begin && !token(begin - 1).IsWord()) --begin;
      q.tokens.begin = begin;
      q.span.begin = token(begin).begin;
      q.modifier = start < begin ? SpanOf(start, begin) : ByteSpan{0, 0};
    }
    if (high != nullptr) q.bound = QuantityBound::kNone;
    if (high == nullptr && !n.vague && q.bound != QuantityBound::kNone) {
      if (const uint32_t joined = JoinBounds(low, start, end, q); joined > end) {
        end = joined;
        past = std::max(past, end);
      }
    }
    Counted(low, past > end && q.kind == QuantityKind::kMoney ? past : end, unit, q);
    if (!q.counted.empty()) {
      uint32_t after = end;
      while (In(after) && token(after).begin < q.counted.end) ++after;
      if (q.modifier.empty()) modifiers_.ReadAfterCounted(after, q);
      // "15 people per square kilometer"
      if (q.per.empty() && Is(after, W().per)) {
        if (const auto rate = Find(after + 1, kWordUnit | kWordRate)) q.per = rate.entry->id;
      }
    } else if (unit && q.of.empty() && q.kind != QuantityKind::kAge) {
      q.counted = ChangedSubject(start);
    }
    if (q.kind == QuantityKind::kNumber && !q.counted.empty() && q.unit.empty())
      q.unit = nouns_.CountedUnit(end, q.counted);
    quantities_.push_back(q);
    return past;
  }

  // "Exports" in "Exports rose 3 percent", where the term begins with token i.
  ByteSpan ChangedSubject(uint32_t i) const {
    const Words& w = W();
    const uint32_t limit = std::max(done_, first());
    if (i > limit && Is(i - 1, w.by)) --i;
    if (i <= limit || !IsKind(i - 1, kWordChange)) return {0, 0};
    uint32_t verb = i - 1;
    // "prices are up 3 percent", "shares have also risen 3 percent"
    for (uint32_t steps = 0;
         steps < 3 && verb > limit && token(verb - 1).IsWord() && IsKind(verb - 1, kWordStop);
         ++steps) {
      --verb;
    }
    return nouns_.NounPhraseBefore(verb, limit);
  }

  // "above 2200 and below 3400" is a range. Returns the token after it, or `end`.
  uint32_t JoinBounds(const Term& low, uint32_t start, uint32_t end, Quantity& q) {
    if (q.modifier.begin >= q.span.end) return end;
    const uint32_t at = modifiers_.OppositeBound(end, q.bound);
    if (at == 0) return end;
    const Term other = terms_.ReadAt(at);
    if (!other || other.n.ordinal != low.n.ordinal || other.u.unit != low.u.unit ||
        other.u.currency != low.u.currency) {
      return end;
    }
    const bool is_lower = q.bound == QuantityBound::kAtLeast || q.bound == QuantityBound::kMoreThan;
    const double least = is_lower ? q.value : other.value;
    const double most = is_lower ? other.value : q.value;
    if (!(least < most)) return end;
    q.is_range = true;
    q.low = Rounded(least);
    q.high = Rounded(most);
    q.value = 0;
    q.bound = QuantityBound::kNone;
    q.modifier = {};
    q.tokens = {start, other.end};
    q.span = SpanOf(start, other.end);
    q.rule = "bounds";
    return other.end;
  }

  // "21-year-old", "45 years old", "3 years of age", "aged 45", "Smith, 45, said".
  bool IsAge(const Term& t, const Term* high, uint32_t& end, Quantity& q) {
    const Words& w = W();
    const Number& n = t.n;
    if (n.ordinal || n.fraction || n.vague || n.article) return false;
    const auto set = [&q](std::string_view unit) {
      q.kind = QuantityKind::kAge;
      q.unit = unit;
      q.dimension = "time";
      q.rule = "age";
      return true;
    };
    if (q.kind == QuantityKind::kMeasure) {
      if (q.dimension != "time") return false;
      const uint32_t at = PastHyphen(end);
      if (Is(at, w.old) || Is(at, w.olds)) {
        end = at + 1;
        return set(q.unit);
      }
      if (Is(end, w.of) && Is(end + 1, w.age)) {
        end += 2;
        return set(q.unit);
      }
      return q.unit == "year" && n.begin > first() && Is(n.begin - 1, w.aged) && set(q.unit);
    }
    if (q.kind != QuantityKind::kNumber || n.scaled || n.value < 0 || n.value >= 130) return false;
    if (n.begin > first() &&
        (Is(n.begin - 1, w.aged) || (high != nullptr && Is(n.begin - 2, w.aged)))) {
      return !IsKind(end, kUnits) && set("year");
    }
    if (n.form != Number::Form::kDigits || n.decimal || high != nullptr) return false;
    if (n.begin > first() + 1 && Is(n.begin - 1, w.of) && Is(n.begin - 2, w.age))
      return set("year");
    if (n.begin > first() + 1 && IsMark(n.begin - 1, ',') && IsMark(n.end, ',') && n.value >= 5) {
      const Token& name = token(n.begin - 2);
      const bool person = name.IsWord() && name.IsCapitalized() && name.Has(kLower) &&
                          !FindBefore(n.begin - 1, kWordMonth | kWordWeekday) &&
                          !exclusions_.IsPlaceBefore(n.begin - 1);
      if (person && In(n.end + 1) && token(n.end + 1).IsWord()) return set("year");
    }
    return false;
  }

  // What is counted, or what the number is a part of.
  void Counted(const Term& t, uint32_t end, bool unit, Quantity& q) const {
    const Words& w = W();
    const Number& n = t.n;
    uint32_t at = end;
    if (!q.modifier.empty() && q.modifier.begin >= q.span.end) {
      while (In(at) && token(at).begin < q.modifier.end) ++at;  // "500 or more people"
    }
    const bool part = q.kind == QuantityKind::kPercent || q.kind == QuantityKind::kFraction;
    if (Is(at, w.of)) {
      const ByteSpan phrase = nouns_.NounPhrase(at + 1, true, false);
      if ((part && !n.ratio) || q.kind == QuantityKind::kMoney) {
        q.of = phrase;
      } else {
        q.counted = phrase;
      }
      return;
    }
    if (q.kind == QuantityKind::kFraction && Is(at, w.the)) {
      q.of = nouns_.NounPhrase(at, true, false);  // "half the population"
      return;
    }
    if (q.kind == QuantityKind::kAge || (part && !n.ratio) ||
        (unit && q.kind == QuantityKind::kMoney)) {
      return;
    }
    if (IsHyphen(at)) ++at;
    if (!In(at) || (Glued(at) && !IsHyphen(at - 1))) return;
    const bool singular = q.kind == QuantityKind::kOrdinal ||
                          (q.kind == QuantityKind::kNumber && n.value == 1 && !q.is_range);
    q.counted = nouns_.NounPhrase(at, false, singular);
  }

  const QuantityOptions& options_;
  NumberReader numbers_;
  TermReader terms_;
  NounPhraseReader nouns_;
  ModifierReader modifiers_;
  Exclusions exclusions_;
  LayerRows<Quantity>& quantities_;
  uint32_t done_ = 0;  // tokens before belong to earlier expressions
};

}  // namespace

}  // namespace internal

QuantityExtractor::QuantityExtractor(const QuantityOptions& options)
    : options_(options), lexicon_(internal::DefaultQuantityLexicon()) {}

void QuantityExtractor::Extract(std::string_view text, absl::Span<const Token> tokens,
                                absl::Span<const Sentence> sentences,
                                absl::Span<const MentionCandidate> names,
                                absl::Span<const TimeExpression> times,
                                LayerRows<Quantity>& quantities) const {
  internal::QuantityScratch scratch;
  internal::Extractor extractor(*lexicon_, options_, text, tokens, names, times, scratch,
                                quantities);
  for (const Sentence& sentence : sentences) extractor.Run(sentence);
}

absl::Status QuantityExtractor::Run(Document& document) const {
  internal::Extractor extractor(*lexicon_, options_, document.text(), document.Get<Token>(),
                                document.Get<MentionCandidate>(), document.Get<TimeExpression>(),
                                document.Scratch<internal::QuantityScratch>(),
                                document.Rows<Quantity>());
  for (const Sentence& sentence : document.Get<Sentence>()) extractor.Run(sentence);
  return absl::OkStatus();
}

}  // namespace nutgraf
