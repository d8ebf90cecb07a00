#include "query/version_order.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sdkprint {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kDateDigits = 6;

/// What the words behind the numbers say of a release's place.
enum class Stage : std::uint8_t { alpha, beta, candidate, before_release, release, other };

struct StageWord {
  std::string_view word;
  Stage stage;
};
constexpr std::array<StageWord, 13> kWords = {{{"alpha", Stage::alpha},
                                               {"beta", Stage::beta},
                                               {"rc", Stage::candidate},
                                               {"cr", Stage::candidate},
                                               {"dev", Stage::before_release},
                                               {"snapshot", Stage::before_release},
                                               {"milestone", Stage::before_release},
                                               {"preview", Stage::before_release},
                                               {"pre", Stage::before_release},
                                               {"", Stage::release},
                                               {"final", Stage::release},
                                               {"ga", Stage::release},
                                               {"release", Stage::release}}};

struct Version {
  std::vector<std::string_view> numbers;  ///< without zeros in front; empty: no version that can be compared
  std::string word;                       ///< in lower case
  std::string_view number;                ///< behind the word
  Stage stage = Stage::other;
};

std::string_view without_zeros(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

std::string_view take_digits(std::string_view& text) {
  const std::string_view digits = text.substr(0, std::min(text.find_first_not_of(kDigits), text.size()));
  text.remove_prefix(digits.size());
  return digits;
}

/// "-rc.2": a word and maybe a number, with what separates them.
void read_words(std::string_view text, Version& version) {
  constexpr std::string_view kSeparators = "-._ ";
  for (const char c : text) version.word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const std::size_t begin = std::min(text.find_first_not_of(kSeparators), text.size());
  const std::size_t digits = std::min(text.find_first_of(kDigits, begin), text.size());
  std::string word = version.word.substr(begin, digits - begin);
  word.erase(word.find_last_not_of(kSeparators) + 1);
  std::string_view rest = text.substr(digits);
  version.number = without_zeros(take_digits(rest));
  const bool has_number = digits < text.size();
  if (!rest.empty()) return;
  for (const StageWord& one : kWords) {
    if (word == one.word && !(one.stage == Stage::release && has_number)) version.stage = one.stage;
  }
  if (version.stage != Stage::other && !has_number) version.number = {};
}

Version read_version(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  text = text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
  if (text.size() > 1 && (text[0] == 'v' || text[0] == 'V')) text.remove_prefix(1);
  text = text.substr(0, text.find('+'));
  Version version;
  for (;;) {
    const std::string_view digits = take_digits(text);
    if (digits.empty()) break;
    version.numbers.push_back(without_zeros(digits));
    const bool has_more =
        text.size() > 1 && text[0] == '.' && kDigits.find(text[1]) != std::string_view::npos;
    if (!has_more) break;
    text.remove_prefix(1);
  }
  read_words(text, version);
  return version;
}

VersionOrder order(bool is_less, bool is_greater) {
  return is_less ? VersionOrder::less : is_greater ? VersionOrder::greater : VersionOrder::equal;
}

/// Of digits without zeros in front.
VersionOrder compare_numbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return order(a.size() < b.size(), a.size() > b.size());
  return order(a<b, a> b);
}

VersionOrder compare_words(const Version& a, const Version& b) {
  if (a.word == b.word) return VersionOrder::equal;
  if (a.stage == Stage::other || b.stage == Stage::other) return VersionOrder::incomparable;
  if (a.stage == b.stage) {
    if (a.stage == Stage::release) return VersionOrder::equal;
    const bool are_numbered = !a.number.empty() && !b.number.empty();
    return a.stage == Stage::before_release || !are_numbered ? VersionOrder::incomparable
                                                             : compare_numbers(a.number, b.number);
  }
  const bool has_vague = a.stage == Stage::before_release || b.stage == Stage::before_release;
  if (has_vague && a.stage != Stage::release && b.stage != Stage::release) return VersionOrder::incomparable;
  return order(a.stage<b.stage, a.stage> b.stage);
}

}  // namespace

VersionOrder compare_versions(std::string_view a_text, std::string_view b_text) {
  if (a_text == b_text && !a_text.empty()) return VersionOrder::equal;
  const Version a = read_version(a_text), b = read_version(b_text);
  if (a.numbers.empty() || b.numbers.empty()) return VersionOrder::incomparable;
  if ((a.numbers[0].size() >= kDateDigits) != (b.numbers[0].size() >= kDateDigits))
    return VersionOrder::incomparable;
  for (std::size_t i = 0; i < std::max(a.numbers.size(), b.numbers.size()); ++i) {
    const VersionOrder one =
        compare_numbers(i < a.numbers.size() ? a.numbers[i] : "", i < b.numbers.size() ? b.numbers[i] : "");
    if (one != VersionOrder::equal) return one;
  }
  return compare_words(a, b);
}

std::string_view name(VersionMatch match) {
  constexpr std::array<std::string_view, 4> kNames = {"yes", "no", "unknown", "incomparable"};
  return kNames[static_cast<std::size_t>(match)];
}

std::optional<VersionCondition> VersionCondition::parse(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of("<>="), text.size());
  const std::string_view sign = text.substr(0, begin);
  std::string_view version = text.substr(begin);
  version.remove_prefix(std::min(version.find_first_not_of(' '), version.size()));
  if (read_version(version).numbers.empty()) return std::nullopt;
  if (sign == "<") return VersionCondition(version, true, false, false);
  if (sign == "<=") return VersionCondition(version, true, true, false);
  if (sign == ">") return VersionCondition(version, false, false, true);
  if (sign == ">=") return VersionCondition(version, false, true, true);
  if (sign == "=") return VersionCondition(version, false, true, false);
  return std::nullopt;
}

VersionMatch VersionCondition::match(std::string_view version) const {
  if (version.empty()) return VersionMatch::unknown;
  const auto verdict = [](bool fulfils) { return fulfils ? VersionMatch::yes : VersionMatch::no; };
  switch (compare_versions(version, version_)) {
    case VersionOrder::less:
      return verdict(less_);
    case VersionOrder::equal:
      return verdict(equal_);
    case VersionOrder::greater:
      return verdict(greater_);
    case VersionOrder::incomparable:
      break;
  }
  return VersionMatch::incomparable;
}

}  // namespace sdkprint
