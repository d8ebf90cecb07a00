#pragma once
// What changed from one version of an app to the next, as far as its reports show it.
#include <string>
#include <vector>

#include "query/version_order.h"
#include "store/store.h"

namespace sdkprint {

enum class ChangeKind : std::uint8_t { added, removed, updated };
/// "added", "removed", "updated".
std::string_view name(ChangeKind kind);

/// One thing that differs between two reports.
struct AppChange {
  ChangeKind kind = ChangeKind::added;
  std::string what;           ///< "sdk", "behaviour", "permission", "certificate", "coverage"
  std::string owner;          ///< of a behaviour: an SDK's id, "app", "package:com.foo"; else empty
  std::string id;             ///< of the SDK or behaviour; the permission; SHA-256
  std::string before, after;  ///< "defined 4.2.0", "confirmed provider-start", "full"; empty: not there
  std::optional<VersionOrder> order;  ///< of an SDK's version: less = it was raised
};

/// Two files of one package, and what is different in the later one. SDKs below `least` count as absent;
/// benign behaviours are left out.
struct AppStep {
  AppHead before, after;
  std::vector<AppChange> changes;  ///< SDKs, then behaviours, permissions, certificates, coverage; by id
  /// The signatures were not the same, so that a difference may come from them.
  bool are_databases_different = false;
  /// Part of one of them could not be seen: what seems added or removed there may have been there.
  bool is_partly_seen = false;
};

AppStep changes_between(const AppReport& before, const AppReport& after, Grade least);

/// The files of a package in the order of version code, version name and SHA-256.
std::vector<std::pair<AppNumber, AppHead>> files_of_package(const StoreView& view,
                                                            const std::string& package);

/// From each version to the next, by the file of each version whose SHA-256 is the smallest among those that
/// share a certificate with the version before, if there are any: a re-signed copy is not the next version.
std::vector<AppStep> version_changes(const StoreView& view, const std::string& package, Grade least);

}  // namespace sdkprint
