#include "signature/required_text.h"

#include <re2/filtered_re2.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/error.h"

namespace sdkprint {
namespace {

std::vector<std::string> literal_runs(const Pattern& pattern, std::size_t shortest) {
  const std::string_view wild = pattern.kind == Pattern::Kind::glob ? "*?" : "";
  std::string_view rest = pattern.text;
  std::vector<std::string> runs;
  while (!rest.empty()) {
    const std::string_view run = rest.substr(0, rest.find_first_of(wild));
    if (run.size() >= shortest) runs.push_back(ascii_lower(run));
    rest.remove_prefix(std::min(run.size() + 1, rest.size()));
  }
  return runs;
}

}  // namespace

struct RequiredText::Regex {
  explicit Regex(int shortest) : filter(shortest) {}
  re2::FilteredRE2 filter;
};

RequiredText::RequiredText(const Pattern& pattern, std::size_t shortest) {
  if (pattern.kind != Pattern::Kind::regex) {
    texts_ = literal_runs(pattern, shortest);
    return;
  }
  regex_ = std::make_unique<Regex>(static_cast<int>(shortest));
  RE2::Options options(RE2::Latin1);  // as in pattern.cc: bytes are characters
  options.set_log_errors(false);
  int id = 0;
  if (regex_->filter.Add(pattern.text, options, &id) != RE2::NoError)
    throw InputError("regular expression \"" + pattern.text + "\" is not valid RE2");
  regex_->filter.Compile(&texts_);
}

RequiredText::~RequiredText() = default;
RequiredText::RequiredText(RequiredText&&) noexcept = default;
RequiredText& RequiredText::operator=(RequiredText&&) noexcept = default;

bool RequiredText::may_match(const std::function<bool(std::size_t)>& occurs) const {
  if (regex_ == nullptr) {
    for (std::size_t text = 0; text < texts_.size(); ++text) {
      if (!occurs(text)) return false;
    }
    return true;
  }
  std::vector<int> found, matching;
  for (std::size_t text = 0; text < texts_.size(); ++text) {
    if (occurs(text)) found.push_back(static_cast<int>(text));
  }
  regex_->filter.AllPotentials(found, &matching);
  return !matching.empty();
}

}  // namespace sdkprint
