#pragma once
// Streams text through the Hyperscan database of a surface.
#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "match/pattern_database.h"

namespace sdkprint {

/// `pattern` indexes PatternDatabase::patterns(surface); `end` is the offset just past the match.
struct Match {
  std::uint32_t pattern = 0;
  std::uint32_t end = 0;
};

/// Const and shared by all threads; each call borrows a scratch of its own. The database must outlive it.
class Matcher {
 public:
  explicit Matcher(const PatternDatabase& database);
  ~Matcher();
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  const PatternDatabase& database() const { return database_; }

  /// Appends the matches in `text` (less than 4 GiB), ordered by (end, pattern). Returns false when it
  /// stopped at `limit` matches. Candidates only: apply expression.h's is_exact() and the pattern's
  /// PatternMatcher.
  bool scan(Surface surface, Bytes text, std::vector<Match>& out, std::size_t limit) const;

 private:
  struct ScratchPool;
  const PatternDatabase& database_;
  std::unique_ptr<ScratchPool> pool_;
};

}  // namespace sdkprint
