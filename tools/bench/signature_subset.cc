#include "signature_subset.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "signature/behaviour_reader.h"
#include "signature/parser.h"

namespace sdkprint::bench {

Signatures load_signatures(const std::string& folder) {
  std::vector<Diagnostic> diagnostics;
  Signatures result;
  result.set = parse_signatures(read_signature_folder(folder), diagnostics);
  result.behaviours = parse_behaviours(read_behaviour_folder(folder), diagnostics);
  if (!diagnostics.empty()) throw Error(folder + ": " + to_string(diagnostics.front()));
  return result;
}

Signatures subset(const Signatures& signatures, std::size_t count) {
  const std::vector<Sdk>& sdks = signatures.set.sdks;
  if (count >= sdks.size()) return signatures;
  Signatures result = signatures;
  result.set.sdks.clear();
  for (std::size_t i = 0; i < count; ++i) result.set.sdks.push_back(sdks[i * sdks.size() / count]);
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
