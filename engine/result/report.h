#pragma once
// What a scan says about one app: plain data, no behaviour. Writers (report/) print it,
// docs/report.schema.json specifies the printed form. Texts are valid UTF-8.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/vocabulary.h"
#include "result/behaviour.h"

namespace sdkprint {

/// One thing that was seen, so that a person can look at it again: `offset` is where the item's text stands
/// in the uncompressed entry (`unzip -p APP ENTRY | xxd -s OFFSET`), a class's as its descriptor
/// ("Lcom/foo/Bar;"); for the surface `entry`, in the archive itself.
struct Evidence {
  std::string entry;  ///< path within the app, "!" between nested containers; empty for the app as a whole
  Surface surface = Surface::class_name;
  std::string item;
  std::optional<std::uint64_t> offset;
  std::string pattern;  ///< "class:cn.jpush.android": surface and text of the pattern as the signature has it
  std::string
      used_by;  ///< string, host: first const-string that loads it, "Lcom/foo/A;.b:()V @0x0012"; or empty
  std::uint64_t count = 1;  ///< items of this entry that matched the pattern; `item` is the first
};

struct VersionEvidence {
  std::string version;
  std::string entry;
  std::string source;  ///< "field:com.foo.BuildConfig.VERSION_NAME": the rule
  std::string item;    ///< the text it was read from
};

struct Finding {
  std::string sdk, name, name_zh;
  std::string kind;  ///< "sdk", "library", "packer"
  struct Vendor {
    std::string id, name, name_zh, country;
  } vendor;
  std::string category, category_name, category_zh;
  std::string privacy_policy;
  std::vector<std::string>
      declares;                 ///< ids of behaviours that the vendor itself states; empty: nothing known
  std::string declares_source;  ///< address of the page that states them
  Grade grade = Grade::trace;
  std::optional<std::string> version;  ///< only when all version evidence agrees
  std::vector<VersionEvidence> version_evidence;
  std::uint64_t classes = 0, code_bytes = 0;
  std::vector<std::string> native_libraries;  ///< entries
  std::vector<std::string> nested_in;         ///< ids of SDKs that ship this one, as far as seen here
  std::vector<Evidence> evidence;
  std::uint64_t evidence_count = 0;          ///< before capping
  std::vector<BehaviourFinding> behaviours;  ///< gravest first
  std::vector<HostUse> hosts;                ///< by host; capped
  std::uint64_t host_count = 0;              ///< before capping
};

/// Behaviours that the SDK's code shows and that its vendor does not declare: a lead for a person, who reads
/// the vendor's page. Benign ones and those that concern no personal data are left out. Empty when nothing is
/// known of what the vendor declares. In the finding's order.
std::vector<const BehaviourFinding*> undeclared_behaviours(const Finding& finding);

struct PackageCount {
  std::string package;
  std::uint64_t classes = 0, code_bytes = 0;
};

/// Something that could not be read, or was cut off by a limit. The rest of the app is reported.
struct Problem {
  std::string entry;
  std::string kind;  ///< "malformed", "truncated", "unsupported", "limit", "unreadable", "odd"
  std::string message;
  /// True when content was lost to the scan (decides the exit status); false for oddities read anyway.
  bool loss = true;
};

/// How much of the app's code could be seen.
enum class Analysable : std::uint8_t { none, partial, full };
std::string_view name(Analysable analysable);

struct CoverageReason {
  std::string code;  ///< stable: "packer", "application-class-missing", "encrypted-payload", "dex-loader" …
  std::string detail;  ///< the fact: entry, class, number
  std::string entry;
};

struct Coverage {
  Analysable analysable = Analysable::full;
  std::vector<CoverageReason> reasons;
  std::uint64_t dex_files = 0, classes = 0, native_libraries = 0, nested_containers = 0;
};

struct AppCertificate {
  std::string sha256, subject;
  std::vector<int> schemes;
};

struct AppInfo {
  std::string path;                ///< as given; the first of several split APKs
  std::vector<std::string> parts;  ///< all files when there are several
  std::string sha256;  ///< of the file; of a split set: SHA-256 over the parts' SHA-256 in sorted order
  std::uint64_t size = 0;
  std::string kind;  ///< "apk", "apk-set", "aab", "aar", "jar", "zip", "dex", "elf", "unknown"
  std::string package, version_name, label, label_zh;
  std::optional<std::int64_t> version_code, min_sdk, target_sdk;
  std::vector<AppCertificate> certificates;
  std::vector<std::string> uses_libraries;  ///< shared libraries of the platform that the manifest asks for
};

struct AppReport {
  AppInfo app;
  std::string database_fingerprint;
  std::vector<Finding> findings;                 ///< by grade (strongest first), then id
  std::vector<PackageCount> own;                 ///< the app's own packages
  std::vector<PackageCount> unattributed;        ///< packages that no signature claims, most classes first
  std::vector<BehaviourFinding> own_behaviours;  ///< of the app's own packages
  std::vector<PackageBehaviours> unattributed_behaviours;  ///< by package
  std::vector<PermissionFinding> permissions;              ///< by name; empty without a manifest
  bool is_reach_known = true;                              ///< false: over budget, no reach was established
  Coverage coverage;
  std::vector<Problem> problems;
};

}  // namespace sdkprint
