#include "signature_subset.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "signature/parser.h"

namespace sdkprint::bench {

SignatureSet load_signatures(const std::string& folder) {
  std::vector<Diagnostic> diagnostics;
  SignatureSet set = parse_signatures(read_signature_folder(folder), diagnostics);
  if (!diagnostics.empty()) throw Error(folder + ": " + to_string(diagnostics.front()));
  return set;
}

SignatureSet subset(const SignatureSet& set, std::size_t count) {
  if (count >= set.sdks.size()) return set;
  SignatureSet result = set;
  result.sdks.clear();
  for (std::size_t i = 0; i < count; ++i) result.sdks.push_back(set.sdks[i * set.sdks.size() / count]);
  return result;
}

std::string prefix_lines(const SignatureSet& set) {
  std::set<std::string> prefixes;
  for (const Sdk& sdk : set.sdks) {
    for (const Pattern& pattern : sdk.patterns) {
      if (pattern.surface != Surface::class_name || pattern.kind != Pattern::Kind::prefix) continue;
      std::string prefix = pattern.text + "/";
      std::replace(prefix.begin(), prefix.end(), '.', '/');
      prefixes.insert(prefix);
    }
  }
  std::string lines;
  for (const std::string& prefix : prefixes) lines += prefix + "\n";
  return lines;
}

}  // namespace sdkprint::bench
