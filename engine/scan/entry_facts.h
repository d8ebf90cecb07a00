#pragma once
// What one entry of an app says, before anything is known of the app as a whole. Facts depend on the entry's
// bytes and the database only, so that the same content gives the same facts in every app.
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "format/manifest.h"
#include "match/pattern_database.h"
#include "result/report.h"

namespace sdkprint {

struct CodeFacts;  // behaviour/code_facts.h

/// A pattern that matched in an entry: its first item, and how many items matched.
struct PatternHit {
  PatternRef ref;
  Surface surface = Surface::class_name;  ///< where it matched (a `class` pattern also matches references)
  std::string item;
  std::optional<std::uint64_t> offset;
  std::string used_by;
  std::uint64_t count = 0;
  /// A weak pattern of this SDK is a longer claim on the same names: the hit counts only when that one does
  /// not.
  std::optional<std::uint32_t> behind = std::nullopt;
};

/// Classes that share their best claims. `owner` is the longest pattern that matched; when that one is weak,
/// `fallback` is the longest that is not, for the case that the weak one turns out not to count.
struct OwnedClasses {
  PatternRef owner;
  std::optional<PatternRef> fallback;
  /// An SDK other than the owner's that claims the same classes by a shorter prefix: the owner is nested in
  /// it.
  std::optional<std::uint32_t> within;
  std::uint64_t classes = 0, code_bytes = 0;
  std::vector<PackageCount> packages;  ///< kept for weak owners only, who may have to give them back
};

struct VersionCandidate {
  std::uint32_t sdk = 0, rule = 0;
  std::string version, item;
  std::string entry;  ///< where it was read when that is not the facts' own entry
};

/// A defined class, as signature authors look at it.
struct ClassItem {
  std::string name;
  std::uint64_t code_bytes = 0;
  std::string owner;  ///< id of the SDK with the best claim, or empty
};

/// A text that a member of a class holds.
struct MemberText {
  std::string member, text;
};

/// What the members of a class hold, as version rules read it.
struct ClassMembers {
  std::string name;  ///< dotted
  bool is_public = false;
  std::vector<MemberText> fields;     ///< constants of static fields; of several for one the last holds
  std::vector<MemberText> strings;    ///< that a method loads, in the order of the code
  std::vector<MemberText> constants;  ///< what a `constants` rule reads, of members that speak of a version
  std::vector<std::string> public_statics;  ///< methods
};

/// The text of an entry that may name a version.
struct VersionText {
  std::string entry, text;
};

/// Every item of every surface of one entry, in valid UTF-8.
struct EntrySurfaces {
  std::vector<ClassItem> classes;
  std::vector<ClassMembers> members;  ///< only when the scan was asked for Capture::members
  std::vector<VersionText> texts;     ///< the same
  std::array<std::vector<std::string>, kSurfaceCount> items;

  std::vector<std::string>& of(Surface surface) { return items[static_cast<std::size_t>(surface)]; }
  const std::vector<std::string>& of(Surface surface) const {
    return items[static_cast<std::size_t>(surface)];
  }
};

/// A string with a host in it, and the first instruction of a class of one owner that loads it.
struct HostString {
  std::string host;  ///< lower case
  bool cleartext = false;
  std::string text;        ///< cut
  std::string class_name;  ///< dotted
  std::string used_by;     ///< "Lcom/foo/A;.b:()V @0x0012"
};

enum class EntryKind : std::uint8_t { other, dex, native, classes, manifest, container };

struct EntryFacts {
  std::string path;
  EntryKind kind = EntryKind::other;
  std::uint64_t size = 0;  ///< uncompressed
  std::vector<PatternHit> hits;
  std::vector<OwnedClasses> owned;
  std::vector<PackageCount> unclaimed;
  std::vector<VersionCandidate> versions;
  std::vector<Problem> problems;
  std::uint64_t classes = 0, code_bytes = 0;
  std::vector<std::uint64_t> class_hashes;  ///< hash_name() of each defined class, sorted
  std::shared_ptr<EntrySurfaces> surfaces;  ///< only when the scan was asked to capture them
  std::vector<std::string>
      loaders;  ///< dex-loading APIs that the code calls, one a class: "Ldalvik/…;.<init>:…"
  std::shared_ptr<const CodeFacts> code;  ///< of a DEX file
  std::vector<Use> native_uses;           ///< of a native library; `entry` is left empty
  std::vector<HostString> hosts;          ///< in classes that some SDK claims
};

/// Identity of a dotted class name within class_hashes.
std::uint64_t hash_name(std::string_view class_name);

/// True when a class of that dotted name is defined in any of the entries.
bool defines_class(const std::vector<const EntryFacts*>& entries, std::string_view class_name);

}  // namespace sdkprint
