#pragma once
// resources.arsc, as far as resolving a string needs it. Source: AOSP frameworks/base/libs/androidfw
// ResourceTypes.h; AAB's protobuf table: aapt2 Resources.proto.
#include <cstdint>
#include <memory>
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

class ResourceSource;

/// Parsed lazily per lookup (opening reads chunk headers only); borrowed bytes must outlive it. Immutable, so
/// safe to share between threads. Lookups never throw InputError: what is broken is absent.
class ResourceTable {
 public:
  /// Either form, recognised by content. Throws InputError when the header is unusable.
  explicit ResourceTable(Bytes file);
  ResourceTable(ResourceTable&& other) noexcept;
  ResourceTable& operator=(ResourceTable&& other) noexcept;
  ~ResourceTable();

  /// Every configuration's value of a resource id, default configuration first, at most 512; empty when there
  /// is none. Arrays, plurals and styles have no value. Texts are cut at 64 KiB.
  std::vector<ResourceValue> values(std::uint32_t resource_id) const;

  /// The text for no particular locale; nullopt when there is none.
  std::optional<std::string> text(std::uint32_t resource_id) const;
  /// The Chinese text (zh-CN, zh-Hans before other zh); nullopt when there is none.
  std::optional<std::string> chinese_text(std::uint32_t resource_id) const;

 private:
  std::unique_ptr<const ResourceSource> source_;
};

}  // namespace sdkprint
