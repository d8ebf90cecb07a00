#pragma once
// Under which terms an app is found: a pure function of its report.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "result/report.h"

namespace sdkprint {

/// One index of the store. The words of a term are separated by TAB, so that a beginning of words is a range.
enum class Index : std::uint8_t {
  sdk,          ///< id, grade, version ("" when it is not known)
  vendor,       ///< id, strongest grade of its SDKs
  category,     ///< id, strongest grade of its SDKs
  package,      ///< the app's own package
  certificate,  ///< SHA-256
  unclaimed,    ///< package that no signature claims and that is not the app's own
  problem,      ///< kind of a problem that lost content
  coverage,     ///< "none", "partial", "full"
  behaviour,    ///< id, strength ("benign" when every use is), reach, owner: an SDK's id, "app", or
                ///< "package:com.foo"
  permission,   ///< name, "declared" or "needed"
};
inline constexpr std::size_t kIndexCount = 10;

struct IndexTerm {
  Index index = Index::sdk;
  std::string text;
  auto operator<=>(const IndexTerm&) const = default;
};

/// Sorted, each once.
std::vector<IndexTerm> index_terms(const AppReport& report);

/// The key of a term in the table `postings`: the index's letter, then the text; a text longer than LMDB's
/// keys can be is cut, and its digest takes the place of the rest.
std::string index_key(Index index, std::string_view text);
/// The keys of all terms of a report; sorted, each once.
std::vector<std::string> index_keys(const AppReport& report);
/// The index and text that a key stands for.
std::optional<IndexTerm> term_of_key(Bytes key);

}  // namespace sdkprint
