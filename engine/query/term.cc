#include "query/term.h"

#include <algorithm>
#include <array>

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, 3> kStandings = {"benign", "lead", "confirmed"};

}  // namespace

std::vector<std::string_view> words_of(std::string_view term) {
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; begin <= term.size();) {
    const std::size_t end = std::min(term.find('\t', begin), term.size());
    words.push_back(term.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::string_view name(Standing standing) { return kStandings[static_cast<std::size_t>(standing)]; }

std::optional<Standing> standing_from_name(std::string_view name) {
  const auto found = std::find(kStandings.begin(), kStandings.end(), name);
  if (found == kStandings.end()) return std::nullopt;
  return static_cast<Standing>(found - kStandings.begin());
}

std::optional<Reach> reach_from_name(std::string_view text) {
  for (std::size_t i = 0; i < kReachCount; ++i) {
    if (name(static_cast<Reach>(i)) == text) return static_cast<Reach>(i);
  }
  return std::nullopt;
}

std::optional<SdkTerm> read_sdk_term(std::string_view term) {
  const std::vector<std::string_view> words = words_of(term);
  if (words.size() != 3) return std::nullopt;
  const std::optional<Grade> grade = grade_from_name(words[1]);
  if (!grade) return std::nullopt;
  return SdkTerm{words[0], *grade, words[2]};
}

std::optional<BehaviourTerm> read_behaviour_term(std::string_view term) {
  const std::vector<std::string_view> words = words_of(term);
  if (words.size() != 4) return std::nullopt;
  const std::optional<Standing> standing = standing_from_name(words[1]);
  const std::optional<Reach> reach = reach_from_name(words[2]);
  if (!standing || !reach) return std::nullopt;
  return BehaviourTerm{words[0], *standing, *reach, words[3]};
}

std::string beginning_of(std::string_view first_word) {
  return first_word.empty() ? std::string() : std::string(first_word) + "\t";
}

}  // namespace sdkprint
