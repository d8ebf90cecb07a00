#pragma once
// What names of packages, hosts and files tell: which are everybody's, which a shrinker made, which is a
// version.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sdkprint {

/// The parts between the separators; borrowed.
std::vector<std::string_view> split_name(std::string_view text, char separator = '.');

/// True for classes and packages that no vendor's signature may claim: the platform's, Kotlin's, AndroidX's,
/// and the open libraries that everybody ships.
bool is_common_package(std::string_view name);

/// A segment that a shrinker may have made: "a", "bc".
bool looks_obfuscated(std::string_view segment);

/// A segment that could only be its owner's: three letters and more, no "com", "sdk", "util".
bool is_telling(std::string_view segment);
bool has_telling_segment(std::string_view dotted);

/// "com.foo.bar.Baz" → "com.foo"; "com.github.user.lib" → "com.github.user".
std::string_view origin_of_name(std::string_view dotted);

/// The part of a host that somebody registered: "a.b.foo.com.cn" → "foo.com.cn". Empty for addresses and
/// single labels.
std::string_view registered_domain(std::string_view host);

/// "Acme Push_SDK" → "acme-push-sdk": fit for an id; may be empty.
std::string as_id(std::string_view text);
/// "acme-push" → "Acme Push"
std::string as_title(std::string_view id);

/// A version in a file's name or in the folders above it ("…/af-android-sdk/4.8.10/jars/classes.jar"), with
/// dots. Folders such as "package@1.2.3" are passed over: that is the version of the packet, not of what is
/// in it.
std::optional<std::string> version_in_path(std::string_view path);

/// A class, member or key named after a version: "getSdkVersion", "VERSION_NAME", "BuildConfig"; not
/// "Conversion".
bool speaks_of_version(std::string_view name);

/// True for "1.2", "3.1.2-beta1": begins with a digit, no blanks.
bool is_version(std::string_view text);

}  // namespace sdkprint
