#include "signature/diagnostic.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace sdkprint {
namespace {

constexpr std::size_t kMaxQuotedBytes = 60;
constexpr std::size_t kMaxDiagnosticsPerFile = 200;
constexpr std::size_t kMaxWordLength = 48;  ///< longer words are not compared: no slip of the pen
constexpr std::string_view kHexDigits = "0123456789abcdef";

/// Optimal string alignment: Levenshtein's distance plus swaps of neighbours, no substring edited twice.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, kMaxWordLength + 1>;
  Row before_last{}, last{}, current{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before_last[j - 2] + 1);
      }
    }
    before_last = last;
    last = current;
  }
  return last[b.size()];
}

}  // namespace

std::string to_string(const SourcePlace& place) {
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

std::string to_string(const Diagnostic& diagnostic) {
  std::string result = to_string(diagnostic.place) + ": error: " + diagnostic.message;
  if (!diagnostic.hint.empty()) result += "\n  hint: " + diagnostic.hint;
  return result;
}

std::string in_quotes(std::string_view text) {
  std::size_t size = std::min(text.size(), kMaxQuotedBytes);
  while (size > 0 && size < text.size() && (text[size] & 0xC0) == 0x80) --size;  // not within a character
  std::string result = "\"";
  for (const char c : text.substr(0, size)) {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      result += {'\\', 'x', kHexDigits[byte >> 4], kHexDigits[byte & 15]};
    } else {
      if (c == '"') result += '\\';
      result += c;
    }
  }
  if (size < text.size()) result += "…";
  return result + "\"";
}

std::string joined(std::span<const std::string_view> words) {
  std::string result;
  for (const std::string_view word : words) {
    if (!result.empty()) result += ", ";
    result += word;
  }
  return result;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > kMaxWordLength) return {};
  std::size_t allowed = word.size() <= 4 ? 1 : word.size() <= 8 ? 2 : 3;
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kMaxWordLength || candidate.size() > word.size() + allowed ||
        word.size() > candidate.size() + allowed) {
      continue;
    }
    const std::size_t distance = edit_distance(word, candidate);
    if (distance > allowed || (distance == allowed && !best.empty())) continue;
    best = candidate;
    allowed = distance;
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view candidate = nearest(word, candidates);
  return candidate.empty() ? std::string() : "did you mean " + in_quotes(candidate) + "?";
}

void sort_by_place(std::vector<Diagnostic>& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.place.file, a.place.line, a.place.column, a.message) <
           std::tie(b.place.file, b.place.line, b.place.column, b.message);
  });
}

void append_of_file(std::vector<Diagnostic> found, std::vector<Diagnostic>& diagnostics) {
  sort_by_place(found);
  if (found.size() > kMaxDiagnosticsPerFile) {
    const std::size_t rest = found.size() - kMaxDiagnosticsPerFile;
    const SourcePlace place = found[kMaxDiagnosticsPerFile].place;
    found.resize(kMaxDiagnosticsPerFile);
    found.push_back({place, std::to_string(rest) + " more errors from here on are not shown", ""});
  }
  diagnostics.insert(diagnostics.end(), std::make_move_iterator(found.begin()),
                     std::make_move_iterator(found.end()));
}

}  // namespace sdkprint
