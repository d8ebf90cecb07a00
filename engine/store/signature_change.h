#pragma once
// From the signatures that a store was scanned with to others: what may have changed in its reports. A report
// depends on an SDK only when one of its patterns matches something in the app; so where no pattern of a
// changed SDK, as it was or as it is, can match, the old report is the new one.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "match/pattern_database.h"
#include "scan/entry_facts.h"
#include "signature/required_text.h"
#include "store/environment.h"
#include "store/gram_filter.h"

namespace sdkprint {

/// Names the behaviours of a database and what shows them: uses found with one catalogue mean nothing to
/// another.
std::string catalogue_name(const PatternDatabase& database);

/// Immutable, safe to share between threads.
class SignatureChange {
 public:
  /// `after` must outlive it. When not only SDKs have changed, `touches_all`.
  SignatureChange(SignatureSet before, const PatternDatabase& after, bool touches_all);

  /// False: nothing of what the filter was made of matches a pattern of an SDK that changed, so that reports
  /// say the same.
  bool may_touch(const GramFilter& filter) const;
  /// The same of SDKs that changed in what they match: of the others, facts are the same whatever their
  /// names.
  bool may_touch_facts(const GramFilter& filter) const;

  /// Facts that were found with the old signatures, of an entry that is not touched, put into the numbers of
  /// the new ones. False when they name an SDK that matches otherwise: then they are of no use.
  bool translate(EntryFacts& facts) const;
  const SignatureSet& before() const { return before_; }

 private:
  struct Probe {
    RequiredText required;
    std::vector<std::vector<Grams>> grams;  ///< of each text; all of them must be there
    bool changes_facts;
  };
  void add_probes(const Sdk& sdk, bool changes_facts);
  bool may_match(const Probe& probe, const GramFilter& filter) const;

  SignatureSet before_;
  bool touches_all_;
  std::vector<std::optional<std::uint32_t>> numbers_;  // after, by number before; none: matches otherwise
  std::vector<Probe> probes_;
};

/// The databases that a store was scanned with, by fingerprint; of the last eight.
class KnownDatabases {
 public:
  /// Remembers one. Does nothing when it is there.
  static void keep(Environment& environment, const PatternDatabase& database);
  /// Copies what another store knows.
  static void copy(const ReadView& from, Environment& into);

  /// The changes from all that are kept to `after`, by the fingerprint before, as text.
  static std::map<std::string, std::shared_ptr<const SignatureChange>> changes(const ReadView& view,
                                                                               const PatternDatabase& after);
};

}  // namespace sdkprint
