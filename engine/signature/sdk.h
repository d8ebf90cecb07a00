#pragma once
// What a signature says, as plain data. Written in TOML (signatures/FORMAT.md), read by parser.h, compiled by
// match/. Immutable once parsed; value types throughout.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/vocabulary.h"

namespace sdkprint {

/// Where something stands in a signature file, for error messages. Lines and columns count from 1.
struct SourcePlace {
  std::string file;
  std::uint32_t line = 0, column = 0;
};

/// One pattern. `text` is written as the author wrote it; matches() in pattern.h is its exact meaning.
struct Pattern {
  enum class Kind : std::uint8_t {
    prefix,  ///< class, reference: a package or class, at package boundaries; elsewhere a plain prefix
    exact,
    glob,    ///< `*` any run of characters, `?` any one; the whole item
    regex,   ///< RE2 syntax, searched in the item; ^ and $ are the item's ends
    domain,  ///< host only: the domain itself or any subdomain
  };
  Surface surface = Surface::class_name;
  Kind kind = Kind::prefix;
  std::string text;
  /// The grade that this pattern alone can give; the surface's default unless the author says otherwise.
  Grade grade = Grade::trace;
  /// Counts only when a pattern of the same SDK that is not weak matched too.
  bool weak = false;
  SourcePlace place;
};

/// When class evidence is enough for `defined`; below it the finding is a `stub`.
struct DefinedRule {
  std::uint32_t classes = 1;       ///< at least so many owned classes
  std::uint32_t code_bytes = 128;  ///< at least so many bytes of instructions in them
  /// Class names (exact, dotted), one of which must be defined; empty = no such demand.
  std::vector<std::string> any_class;
};

/// How to read the SDK's version. Exactly one `Source`; the rules are tried in order, the first that yields
/// wins.
struct VersionRule {
  enum class Source : std::uint8_t {
    field,  ///< target "com.foo.BuildConfig.VERSION_NAME": a static field's constant, or what <clinit> puts
    code,   ///< target "com.foo.Bar" or "com.foo.Bar.method" (globs allowed): const-strings in its methods
    constants,  ///< target "com.foo.Bar.method" (globs allowed): strings and integers its calls receive, in
                ///< order
    string,     ///< any string of the string table
    library,    ///< native library file names
    native_string,  ///< target = library file name glob (or empty): printable runs in it
    entry,          ///< target = entry name glob: the entry's text; `key` picks a line "key=value"
    manifest,       ///< target = meta-data key: its value
  };
  Source source = Source::field;
  std::string target;
  std::string key;
  std::string regex;   ///< RE2; its groups feed `format`. Empty = the whole trimmed text
  std::string format;  ///< "$1.$2"; default "$1" when the regex has a group, else "$0"
  SourcePlace place;
};

/// A real artefact that the signature is tested against (`sdkprint signature test`). Not part of a compiled
/// database.
struct Sample {
  std::string package, package_version;  ///< npm's: "@scope/name", "1.2.3"
  std::string integrity;                 ///< of the tarball: "sha512-" and base64
  std::string path;                      ///< of the artefact within the package
  std::string sha256;                    ///< of the artefact, 64 hexadecimal digits
  /// What the scan of the artefact alone must say of the SDK; nullopt: nothing, the SDK is not in it.
  std::optional<Grade> grade;
  std::optional<std::string> version;  ///< exactly; "" = that it cannot be told; nullopt = not tested
  SourcePlace place;
};

/// What the vendor itself states that the SDK collects: ids of behaviours, and the page that says so.
struct Declaration {
  std::vector<std::string> behaviours;
  std::string source;               ///< empty when nothing is known
  std::vector<SourcePlace> places;  ///< parallel to `behaviours`; empty when read from a database
};

/// A company or project that answers for SDKs (signatures/vendors.toml).
struct Vendor {
  std::string id, name, name_zh, country;  ///< country: ISO 3166-1 alpha-2, or empty
};

/// A category (signatures/categories.toml); a folder of signatures/ bears its id.
struct Category {
  std::string id, name, name_zh;
};

struct Sdk {
  enum class Kind : std::uint8_t {
    sdk,      ///< answers for its own behaviour
    library,  ///< open building block (AndroidX, Kotlin, OkHttp): an owner of classes, so that its code is
              ///< not charged to others
    packer,   ///< hides the app's code
  };
  std::string id, name, name_zh;
  std::vector<std::string> aliases;
  std::string vendor;    ///< id
  std::string category;  ///< id
  Kind kind = Kind::sdk;
  bool in_platform = false;  ///< Android itself has classes by these names: a reference says nothing
  std::string homepage, privacy_policy;
  std::vector<std::string> contains;  ///< ids of SDKs that its releases ship
  std::vector<std::string> sources;   ///< provenance ids (signatures/SOURCES.md)
  std::vector<Pattern> patterns;
  DefinedRule defined;
  std::vector<VersionRule> versions;
  Declaration declares;
  std::vector<Sample> samples;  ///< empty when read from a database
  SourcePlace place;
};

std::string_view name(Sdk::Kind kind);
std::string_view name(Pattern::Kind kind);
std::string_view name(VersionRule::Source source);

/// All of signatures/, sorted by id. Ids are unique; every vendor, category and `contains` exists.
struct SignatureSet {
  std::vector<Vendor> vendors;
  std::vector<Category> categories;
  std::vector<Sdk> sdks;
};

}  // namespace sdkprint
