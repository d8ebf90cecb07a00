#pragma once
// The two forms of a resource table behind resources.h. Each finds the values of one id in every
// configuration; references are not followed here.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace sdkprint {

/// A value as it stands in one configuration.
struct RawResourceValue {
  std::string language, region, script;
  bool is_qualified = false;  ///< by something else than the locale (density, night, size …)
  std::optional<std::uint32_t> reference;
  std::string text;  ///< of everything but references
};

/// At most this many configurations of one resource are read (a large app has 100 locales).
inline constexpr std::size_t kMaxConfigurations = 512;
/// Longest text read of one value; a label has tens of bytes.
inline constexpr std::size_t kMaxResourceText = std::size_t{64} << 10;

/// Immutable; the bytes must outlive it.
class ResourceSource {
 public:
  virtual ~ResourceSource() = default;
  /// In the order of the file; broken parts are left out. Never throws InputError.
  virtual std::vector<RawResourceValue> find(std::uint32_t resource_id) const = 0;
};

/// Both throw InputError when nothing can be made of the file.
std::unique_ptr<const ResourceSource> open_arsc(Bytes file);
std::unique_ptr<const ResourceSource> open_proto_resources(Bytes file);

}  // namespace sdkprint
