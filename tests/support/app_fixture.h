#pragma once
// What tests of the whole way need: signatures as text → a matcher, bytes → a file → a report.
//
//   Scanner scanner(sdk_toml("acme", "class = [\"com.acme\"]"));
//   AppReport report = scanner.scan(apk({{"classes.dex", dex_with("Lcom/acme/A;")}}));
#include <string>
#include <utility>
#include <vector>

#include "axml_builder.h"
#include "dex_builder.h"
#include "match/matcher.h"
#include "scan/app_scanner.h"
#include "zip_builder.h"

namespace sdkprint::test {

/// The signatures of one file push/a.toml beside vendors.toml and categories.toml. Throws std::runtime_error
/// with the parser's words when anything is wrong with them.
SignatureSet signatures(const std::string& toml);

/// An SDK "ID" of the vendor acme; `patterns` are the lines of [sdk.patterns], `more` follows them.
std::string sdk_toml(const std::string& id, const std::string& patterns, const std::string& more = "");
/// The same with keys of [[sdk]] itself (`kind = "packer"`).
std::string sdk_toml_with(const std::string& id, const std::string& keys, const std::string& patterns,
                          const std::string& more = "");

/// A directory that vanishes with its contents.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string write(const std::string& name, Bytes content) const;

 private:
  std::string path_;
};

/// A database with its matcher, and a directory for the files to scan.
class Scanner {
 public:
  /// `behaviours` is the text of a file location.toml (behaviour_text.h); permissions and benign classes may
  /// be added as further files.
  explicit Scanner(const std::string& toml, const std::string& behaviours = "",
                   const std::string& permissions = "", const std::string& benign = "");

  AppReport scan(Bytes file, const std::string& name = "app.apk", const Limits& limits = {}) const;
  AppReport scan_files(const std::vector<std::pair<std::string, ByteVector>>& files,
                       const Limits& limits = {}) const;

  const Matcher& matcher() const { return matcher_; }
  const TemporaryDirectory& directory() const { return directory_; }

 private:
  PatternDatabase database_;
  Matcher matcher_;
  TemporaryDirectory directory_;
};

/// A class with one method of `code_bytes` bytes (an even number).
ClassSpec& add_class(DexBuilder& dex, const std::string& descriptor, std::uint32_t code_bytes = 200);
/// A dex of such classes.
ByteVector dex_of(const std::vector<std::string>& descriptors, std::uint32_t code_bytes = 200);

/// An archive of deflated entries.
ByteVector zip_of(const std::vector<std::pair<std::string, ByteVector>>& entries);

/// An APK: a manifest of com.example.app with these parts, then the entries.
ByteVector apk_of(const std::vector<std::pair<std::string, ByteVector>>& entries,
                  const std::vector<AxmlElement>& manifest_parts = {});

ByteVector bytes_of(std::string_view text);
/// Bytes without any structure, repeatable.
ByteVector noise(std::size_t size, std::uint32_t seed = 1);

/// Null when the report has no finding of that SDK.
const Finding* find(const AppReport& report, std::string_view sdk);
/// Throws std::runtime_error when it has none.
const Finding& finding(const AppReport& report, std::string_view sdk);
/// The grade's name, or "none".
std::string grade_of(const AppReport& report, std::string_view sdk);
/// The first evidence on a surface. Throws std::runtime_error when there is none.
const Evidence& evidence(const Finding& finding, Surface surface);
/// The codes of the reasons, in their order.
std::vector<std::string> reasons(const AppReport& report);
/// "analysable code,code …"
std::string coverage_of(const AppReport& report);
/// The problems' kinds and entries, "limit a.apk!classes.dex", in their order.
std::vector<std::string> problems(const AppReport& report);
/// "com.foo=3" for each row.
std::vector<std::string> packages(const std::vector<PackageCount>& rows);

std::string ndjson(const AppReport& report);

}  // namespace sdkprint::test
