#pragma once
// Which apps fulfil conditions: from the store's indexes alone, no report is opened.
#include <optional>
#include <string>
#include <vector>

#include "query/app_set.h"
#include "query/term.h"
#include "query/version_order.h"

namespace sdkprint {

/// Conditions on an app; all that are set must be fulfilled.
struct AppQuery {
  std::string sdk;                          ///< holds this SDK
  std::optional<VersionCondition> version;  ///< of that SDK
  std::string vendor, category;             ///< holds some SDK of it
  Grade grade = Grade::defined;             ///< at least, of the three above
  std::string behaviour;                    ///< shows it; by `sdk` when that is set
  Standing standing = Standing::lead;       ///< at least
  Reach reach = Reach::not_established;     ///< at least as early
  std::string owner;                        ///< of the behaviour: an SDK's id, "app", "package:com.foo"
  std::string certificate;                  ///< SHA-256, or at least 8 digits of its beginning
  std::string package;                      ///< the app's own
  std::string permission;                   ///< requested in the manifest
  std::string coverage;                     ///< "none", "partial", "full"

  bool is_empty() const;
};

/// Whose code shows the behaviour asked for.
struct OwnerUse {
  std::string owner;
  Standing standing = Standing::lead;
  Reach reach = Reach::not_established;
};

struct FoundApp {
  AppNumber app = 0;
  AppHead head;
  std::optional<Grade> grade;              ///< of the SDK asked for
  std::string version;                     ///< of it; empty: not known
  VersionMatch match = VersionMatch::yes;  ///< yes, unknown or incomparable; never no
  std::vector<OwnerUse> uses;              ///< by owner; empty when no behaviour was asked for
};

/// By match (certain ones first), package, version code, SHA-256.
std::vector<FoundApp> find_apps(const StoreView& view, const AppQuery& query);

/// Apps that hold some SDK of an index's id (sdk, vendor, category) at least at this grade.
AppSet holders(const StoreView& view, Index index, const std::string& id, Grade least);

}  // namespace sdkprint
