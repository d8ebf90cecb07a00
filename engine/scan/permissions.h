#pragma once
// What a manifest's requests for permissions are worth to the behaviours of the catalogue. Pure functions.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/manifest.h"
#include "result/report.h"
#include "signature/behaviour.h"

namespace sdkprint {

/// What limits a permission, in both languages; empty when nothing does.
struct PermissionLimit {
  bool is_void = false;  ///< without effect on every device that the app can be installed on
  std::string reason, reason_zh;
};

/// Borrows its arguments; immutable.
class PermissionCheck {
 public:
  /// `manifest` is null when there is none: then nothing is known.
  PermissionCheck(const BehaviourSet& catalogue, const Manifest* manifest);

  struct Held {
    /// Whether the app has one of the permissions that the behaviour may need; nullopt when it needs none, or
    /// some of its calls need none, or there is no manifest.
    std::optional<bool> held;
    std::string note, note_zh;  ///< what limits it
  };
  Held held(const Behaviour& behaviour) const;

  /// What is known of the manifest's request for a permission, `behaviour` aside (empty) or for that one.
  PermissionLimit limit(std::string_view permission, std::string_view behaviour) const;
  bool is_requested(std::string_view permission) const;
  /// False for permissions that only the platform's own and preinstalled apps are granted.
  bool is_grantable(std::string_view permission) const;
  /// Whether the behaviour needs it in an app of this targetSdk.
  bool is_needed(std::string_view permission, std::string_view behaviour) const;

 private:
  struct Request {
    std::optional<std::int64_t> max_sdk;
  };
  template <typename Visit>
  void for_each_rule(PermissionRule::Kind kind, std::string_view permission, std::string_view behaviour,
                     Visit visit) const;
  const Permission* known(std::string_view permission) const;
  std::int64_t min_sdk() const;
  std::int64_t target_sdk() const;

  const BehaviourSet& catalogue_;
  const Manifest* manifest_;
  std::map<std::string, Request, std::less<>> requests_;
};

/// Who of the report does what a permission is asked for, by the behaviours already attributed; sorted by
/// name. Empty without a manifest.
std::vector<PermissionFinding> permission_findings(const BehaviourSet& catalogue, const Manifest* manifest,
                                                   const AppReport& report);

}  // namespace sdkprint
