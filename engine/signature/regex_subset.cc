#include "signature/regex_subset.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

namespace sdkprint {
namespace {

constexpr std::size_t kMaxGroupDepth = 16;
constexpr std::size_t kUnset = std::numeric_limits<std::size_t>::max();

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_printable(char c) { return c >= 0x20 && c < 0x7F; }

/// The literal runs of a group's branches so far.
struct Branches {
  std::size_t shortest = kUnset;  ///< of the best runs of finished branches
  std::size_t best = 0, run = 0;  ///< of the branch being read
  std::size_t best_before_atom = 0;

  void add_literal() {
    best_before_atom = best;
    best = std::max(best, ++run);
  }
  void add_other(std::size_t inner_best) {
    best_before_atom = best;
    best = std::max(best, inner_best);
    run = 0;
  }
  void repeat(bool may_be_absent, bool was_literal) {
    if (may_be_absent) best = best_before_atom;
    // "ab+c": the last b stands next to the c.
    run = was_literal && !may_be_absent ? 1 : 0;
  }
  void end_branch() {
    shortest = std::min(shortest, best);
    best = run = best_before_atom = 0;
  }
};

class SubsetScanner {
 public:
  explicit SubsetScanner(std::string_view regex) : regex_(regex), groups_(1) {}

  RegexSummary scan() {
    if (regex_.starts_with("(?i)")) {
      at_ = start_ = 4;
      ignores_case_ = true;
    }
    while (at_ < regex_.size() && result_.problem.empty()) step();
    if (result_.problem.empty() && groups_.size() > 1) fail("a group is not closed", "add \")\"");
    if (!result_.problem.empty()) {
      result_.offset = std::min(at_, regex_.size());
      return result_;
    }
    groups_.back().end_branch();
    result_.literal_run = groups_.back().shortest;
    return result_;
  }

 private:
  /// What a quantifier would apply to.
  enum class Atom : std::uint8_t { none, literal, other, wide };

  void step() {
    const char c = regex_[at_];
    switch (c) {
      case '\\':
        return escape();
      case '[':
        return character_class();
      case '(':
        return open_group();
      case ')':
        return close_group();
      case '|':
        return next_branch();
      case '^':
        return begin_anchor();
      case '$':
        return end_anchor();
      case '*':
      case '+':
      case '?':
        return quantifier(c != '+', 1);
      case '{':
        return counted_quantifier();
      case ']':
      case '}':
        return fail(std::string("\"") + c + "\" stands for nothing here",
                    "write it with a backslash before it");
      case '.':
        ++at_;
        return add_other();
      default:
        return literal();
    }
  }

  void fail(std::string problem, std::string hint) {
    result_.problem = std::move(problem);
    result_.hint = std::move(hint);
  }

  void add_literal() {
    groups_.back().add_literal();
    atom_ = Atom::literal;
  }
  void add_other(std::size_t inner_best = 0) {
    groups_.back().add_other(inner_best);
    atom_ = Atom::other;
  }

  void literal() {
    const char c = regex_[at_];
    if (is_ascii(c)) {
      if (!is_printable(c))
        return fail("a control character stands in the expression", "write \\n, \\t or \\xHH");
      ++at_;
      return add_literal();
    }
    if (ignores_case_) {
      return fail("(?i) is for ASCII letters, and a character outside ASCII stands here",
                  "leave (?i) out and write both cases of the letters");
    }
    // Matched byte by byte: a quantifier would take the last byte only.
    while (at_ < regex_.size() && !is_ascii(regex_[at_])) {
      ++at_;
      add_literal();
    }
    atom_ = Atom::wide;
  }

  void escape() {
    if (at_ + 1 >= regex_.size())
      return fail("a backslash ends the expression", "write two for a literal one");
    const char c = regex_[at_ + 1];
    if (c == 'x') return hex_escape();
    if (c == 'd' || c == 'D' || c == 'w' || c == 'W' || c == 's') {
      at_ += 2;
      return add_other();
    }
    if (c == 'b') {
      at_ += 2;
      groups_.back().best_before_atom = groups_.back().best;
      atom_ = Atom::none;
      return;
    }
    if (c == 'n' || c == 't' || c == 'r' || c == 'f' || (is_printable(c) && !is_letter(c) && !is_digit(c))) {
      at_ += 2;
      return add_literal();
    }
    fail(std::string("\"\\") + (is_printable(c) ? std::string(1, c) : "?") +
             "\" is not among the escapes that RE2 and Hyperscan agree on",
         c == 'A' || c == 'z' || c == 'Z' ? "the item's ends are ^ and $"
         : is_digit(c)                    ? "there are no back-references"
                                          : "allowed are \\d \\D \\w \\W \\s \\b \\n \\t \\r \\f \\xHH and a "
                                            "backslash before punctuation");
  }

  /// "\xHH", not \x00.
  bool is_hex_escape(std::size_t at) const {
    return at + 3 < regex_.size() && is_hex(regex_[at + 2]) && is_hex(regex_[at + 3]) &&
           !(regex_[at + 2] == '0' && regex_[at + 3] == '0');
  }
  void hex_escape() {
    if (!is_hex_escape(at_)) {
      return fail("\"\\x\" wants two hexadecimal digits, not 00", "write \\x7f, for instance");
    }
    const bool ascii = regex_[at_ + 2] < '8';
    if (!ascii && ignores_case_)
      return fail("(?i) is for ASCII only, \\x80 and above are not", "leave (?i) out");
    at_ += 4;
    add_literal();
  }

  void character_class() {
    const std::size_t begin = at_++;
    const bool negated = at_ < regex_.size() && regex_[at_] == '^';
    if (negated) ++at_;
    const std::size_t first = at_;
    while (at_ < regex_.size() && regex_[at_] != ']') {
      const char c = regex_[at_];
      if (c == '[') return fail("\"[\" within a character class", "write \\[; there are no [:names:]");
      if (!is_ascii(c)) {
        return fail("a character outside ASCII within a character class would be taken byte by byte",
                    "write an alternative: (极|光)");
      }
      if (!is_printable(c))
        return fail("a control character stands in the expression", "write \\n, \\t or \\xHH");
      if (c == '\\') {
        if (!class_escape(negated)) return;
      } else {
        ++at_;
      }
    }
    if (at_ >= regex_.size()) {
      at_ = begin;
      return fail("a character class is not closed", "add \"]\", or write \\[ for a literal one");
    }
    if (at_ == first) return fail("a character class is empty", "write \\] for a literal \"]\"");
    ++at_;
    add_other();
  }

  bool class_escape(bool negated) {
    const char c = at_ + 1 < regex_.size() ? regex_[at_ + 1] : '\0';
    if (c == 'x' && is_hex_escape(at_)) {
      if (ignores_case_ && regex_[at_ + 2] >= '8') {
        fail("(?i) is for ASCII only, \\x80 and above are not", "leave (?i) out");
        return false;
      }
      at_ += 4;
      return true;
    }
    const bool known = c == 'd' || c == 'w' || c == 's' || c == 'n' || c == 't' || c == 'r' || c == 'f' ||
                       (is_printable(c) && !is_letter(c) && !is_digit(c));
    if (!known) {
      fail("an escape within a character class that RE2 and Hyperscan do not agree on",
           "allowed are \\d \\w \\s \\n \\t \\r \\f \\xHH and a backslash before punctuation");
      return false;
    }
    if (c == 's' && negated) {
      // PCRE's \s has the vertical tab, RE2's has not: negated, RE2 would match what Hyperscan does not.
      fail("\"\\s\" within a negated character class", "write the blanks: [^ \\t\\n\\r]");
      return false;
    }
    at_ += 2;
    return true;
  }

  void open_group() {
    if (groups_.size() > kMaxGroupDepth) return fail("groups are nested too deeply", "");
    if (regex_.substr(at_).starts_with("(?:")) {
      at_ += 3;
    } else if (regex_.substr(at_).starts_with("(?") || regex_.substr(at_).starts_with("(*")) {
      return fail("only (…) and (?:…) are groups, and (?i) may begin the expression",
                  "no named groups, no look-around, no other flags");
    } else {
      ++at_;
      ++result_.groups;
    }
    groups_.emplace_back();
    atom_ = Atom::none;
  }

  void close_group() {
    if (groups_.size() == 1) return fail("\")\" closes no group", "write \\) for a literal one");
    groups_.back().end_branch();
    const std::size_t inner = groups_.back().shortest;
    groups_.pop_back();
    ++at_;
    add_other(inner);
  }

  void next_branch() {
    groups_.back().end_branch();
    atom_ = Atom::none;
    ++at_;
  }

  void begin_anchor() {
    if (at_ != start_)
      return fail("\"^\" within the expression", "it may only begin it; write \\^ for a literal one");
    ++at_;
  }

  void end_anchor() {
    if (at_ + 1 != regex_.size()) {
      return fail("\"$\" within the expression", "it may only end it; write \\$ for a literal one");
    }
    ++at_;
  }

  void quantifier(bool may_be_absent, std::size_t length) {
    if (atom_ == Atom::none)
      return fail("a quantifier with nothing to repeat", "write a backslash before it");
    if (atom_ == Atom::wide) {
      return fail("a quantifier after a character outside ASCII would repeat its last byte",
                  "put the character into a group: (?:极)?");
    }
    groups_.back().repeat(may_be_absent, atom_ == Atom::literal);
    at_ += length;
    if (at_ < regex_.size() && regex_[at_] == '?') ++at_;  // lazy: matches the same items
    atom_ = Atom::none;
  }

  /// {n}, {n,}, {n,m}
  void counted_quantifier() {
    std::size_t end = at_ + 1;
    const auto number = [&] {
      const std::size_t begin = end;
      while (end < regex_.size() && is_digit(regex_[end])) ++end;
      return regex_.substr(begin, end - begin);
    };
    const std::string_view low = number();
    bool well_formed = !low.empty() && low.size() <= 3;
    if (end < regex_.size() && regex_[end] == ',') {
      ++end;
      well_formed = number().size() <= 3 && well_formed;
    }
    if (!well_formed || end >= regex_.size() || regex_[end] != '}') {
      return fail("\"{\" begins no quantifier such as {2} or {1,3}", "write \\{ for a literal one");
    }
    quantifier(low.find_first_not_of('0') == std::string_view::npos, end + 1 - at_);
  }

  std::string_view regex_;
  std::size_t at_ = 0, start_ = 0;
  std::vector<Branches> groups_;
  Atom atom_ = Atom::none;
  bool ignores_case_ = false;
  RegexSummary result_;
};

}  // namespace

RegexSummary summarize_regex(std::string_view regex) { return SubsetScanner(regex).scan(); }

}  // namespace sdkprint
