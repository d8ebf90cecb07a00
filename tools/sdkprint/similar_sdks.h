#pragma once
// Known SDKs whose names resemble an unknown package's: hints for a person, never claims.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signature/sdk.h"

namespace sdkprint::cli {

struct SimilarSdk {
  std::string id;
  std::string why;  ///< "com.acme.push is its package"
};

/// "acme" of "com.acme.push", "acme" of "acme.push": the segment that names who wrote it.
std::string organisation_of(std::string_view package);

/// Immutable once made.
class SimilarSdks {
 public:
  explicit SimilarSdks(const SignatureSet& set);

  /// SDKs with a package of the same origin first, then those named as its organisation is; at most five.
  std::vector<SimilarSdk> of(std::string_view package) const;
  /// Id of the vendor, when all SDKs of the package's origin have the same.
  std::optional<std::string> vendor_of(std::string_view package) const;

 private:
  struct Known {
    std::string id, vendor, package;
  };
  std::multimap<std::string, Known, std::less<>> by_origin_;
  std::multimap<std::string, Known, std::less<>> by_name_;  ///< id, alias and vendor, in lower case
};

}  // namespace sdkprint::cli
