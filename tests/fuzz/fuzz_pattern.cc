// Patterns against items, and hosts around positions. The input is "kind byte, pattern, line feed, item".
#include <algorithm>

#include "base/bytes.h"
#include "fuzz_target.h"
#include "signature/pattern.h"
#include "signature/pattern_rules.h"
#include "signature/regex_subset.h"

using namespace sdkprint;

namespace {

/// The definition of a glob, by dynamic programming: slow and plain.
bool naive_glob(std::string_view glob, std::string_view item) {
  std::vector<bool> reached(item.size() + 1, false);
  reached[0] = true;
  for (const char g : glob) {
    std::vector<bool> next(item.size() + 1, false);
    bool any = false;
    for (std::size_t i = 0; i <= item.size(); ++i) {
      any = any || reached[i];
      next[i] = g == '*' ? any : i > 0 && reached[i - 1] && (g == '?' || g == item[i - 1]);
    }
    reached = std::move(next);
  }
  return reached[item.size()];
}

void check(bool condition) {
  if (!condition) __builtin_trap();
}

void check_hosts(std::string_view item) {
  for (std::size_t position = 0; position < std::min<std::size_t>(item.size(), 64); ++position) {
    const std::string_view host = host_around(item, position);
    if (host.empty()) continue;
    const std::size_t begin = static_cast<std::size_t>(host.data() - item.data());
    check(begin <= position && position < begin + host.size() && host.size() <= 253);
    check(host_around(item, begin) == host);
  }
}

/// Whatever the subset accepts and RE2 compiles can be applied, and a literal run is really there.
void check_regex(std::string_view regex, std::string_view item) {
  const RegexSummary summary = summarize_regex(regex);
  if (object_to_regex(regex, 0)) return;
  Pattern pattern;
  pattern.surface = Surface::string;
  pattern.kind = Pattern::Kind::regex;
  pattern.text = regex;
  if (PatternMatcher(pattern).matches(item)) check(item.size() >= summary.literal_run);
  VersionRule rule;
  rule.regex = regex;
  const std::optional<std::string> version = VersionExtractor(rule).extract(item);
  if (version) check(!version->empty() && version->size() <= 64);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 4096) return 0;
  const std::string_view text = as_text(Bytes(data + 1, size - 1));
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view left = text.substr(0, end), item = text.substr(std::min(end + 1, text.size()));
  check(glob_matches(left, item) == naive_glob(left, item));
  check_hosts(item);
  check_regex(left, item);
  Pattern pattern;
  pattern.surface = kSurfaces[data[0] % kSurfaceCount];
  pattern.kind = static_cast<Pattern::Kind>(data[0] / kSurfaceCount % 5);
  pattern.text = left;
  const Verdict verdict = object_to_pattern(pattern);
  if (!verdict) PatternMatcher(pattern).matches(item);
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  std::vector<std::vector<std::uint8_t>> seeds;
  for (const std::string_view text :
       {"\x01*a?b*c\nxxaxbxxc", "\x1b^jpush-(\\d+)\\.[a-z_-]{2,3}(?:x|yz)?$\njpush-12.ab",
        "\x2cjpush.cn\nhttps://user@s.jpush.cn:80/x", "\x07meta-data:JPUSH_*\nmeta-data:JPUSH_KEY",
        "\x03(?i)\\x41\\bfoo|bar+\nA foo", "\x08https://A.com/\n*.a.com"}) {
    seeds.emplace_back(text.begin(), text.end());
  }
  return seeds;
}
