#pragma once
// resources.arsc, as far as resolving a string needs it. Source: AOSP frameworks/base/libs/androidfw
// ResourceTypes.h; AAB's protobuf table: aapt2 Resources.proto.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace sdkprint {

/// One value of a resource in one configuration.
struct ResourceValue {
  std::string language;  ///< "" default, else "zh", "en" …
  std::string region;    ///< "CN" or ""
  std::string script;    ///< "Hans" or ""
  std::string text;      ///< string values; references are followed (bounded), other types printed
};

/// Parsed lazily per lookup; borrowed bytes must outlive it. Immutable.
class ResourceTable {
 public:
  explicit ResourceTable(Bytes file);  ///< throws InputError when the header is unusable

  /// Every configuration's value of a resource id, default configuration first; empty when there is none.
  std::vector<ResourceValue> values(std::uint32_t resource_id) const;

  /// The default configuration's text; nullopt when there is none.
  std::optional<std::string> text(std::uint32_t resource_id) const;
  /// The Chinese text (zh-CN, zh-Hans before other zh); nullopt when there is none.
  std::optional<std::string> chinese_text(std::uint32_t resource_id) const;

 private:
  Bytes file_;
};

}  // namespace sdkprint
