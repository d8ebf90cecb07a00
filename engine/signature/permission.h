#pragma once
// What is known of Android's permissions, and of calls that libraries make for their own working: plain data,
// part of a BehaviourSet (signatures/behaviours/permissions.toml, benign.toml).
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "signature/diagnostic.h"

namespace sdkprint {

/// A permission as reports name it. Which behaviours need it stands with the behaviours.
struct Permission {
  std::string id;  ///< "android.permission.CAMERA"
  std::string name_zh, category, category_zh;
  std::string protection;  ///< protectionLevel as Android's own manifest has it ("dangerous"); empty: unknown
  SourcePlace place;
};

/// What became of a permission on newer devices, or for apps that target them.
struct PermissionRule {
  enum class Kind : std::uint8_t {
    voided,    ///< the platform does not grant what the permission stands for any more
    needed,    ///< before, the behaviour needed no permission
    optional,  ///< some calls of the behaviour need none: that it is not requested says nothing
  };
  Kind kind = Kind::voided;
  std::string permission;
  std::vector<std::string> behaviours;  ///< ids, sorted; empty: all
  std::uint32_t device_api = 0;         ///< from this API level of the device on
  std::uint32_t target_sdk = 0;         ///< for apps that target this level or more; 0: whatever they target
  std::string reason, reason_zh, source;
};

/// A class of an open library that shows behaviours for the library's own working. Its inner classes are
/// meant, too.
struct BenignClass {
  std::string class_name;               ///< dotted
  std::vector<std::string> behaviours;  ///< ids, sorted
};

}  // namespace sdkprint
