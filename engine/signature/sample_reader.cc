#include "signature/sample_reader.h"

#include <algorithm>
#include <array>

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, 7> kSampleKeys = {"npm",   "integrity", "path",  "sha256",
                                                         "grade", "version",   "absent"};
constexpr std::array<std::string_view, 4> kGrades = {"trace", "referenced", "stub", "defined"};
constexpr std::string_view kIntegrityStart = "sha512-";
constexpr std::string_view kUnknown = "unknown";

bool all_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view kLowerAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";

/// npm's rule for names published today, and for the older ones with capitals.
bool is_package_name(std::string_view name) {
  const std::string allowed = std::string(kLowerAndDigits) + "ABCDEFGHIJKLMNOPQRSTUVWXYZ-._~";
  if (name.starts_with('@')) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos || slash < 2 || !all_of(name.substr(1, slash - 1), allowed))
      return false;
    name.remove_prefix(slash + 1);
  }
  return !name.empty() && name.front() != '.' && name.front() != '-' && all_of(name, allowed);
}

bool is_package_version(std::string_view version) {
  return !version.empty() && version.front() >= '0' && version.front() <= '9' &&
         all_of(version, std::string(kLowerAndDigits) + "ABCDEFGHIJKLMNOPQRSTUVWXYZ-.+");
}

/// Base64 of 64 bytes: 86 digits and two pads.
bool is_integrity(std::string_view text) {
  if (!text.starts_with(kIntegrityStart)) return false;
  text.remove_prefix(kIntegrityStart.size());
  return text.size() == 88 && text.ends_with("==") &&
         all_of(text.substr(0, 86), std::string(kLowerAndDigits) + "ABCDEFGHIJKLMNOPQRSTUVWXYZ+/");
}

bool is_sha256(std::string_view text) { return text.size() == 64 && all_of(text, "0123456789abcdef"); }

/// Relative, and never above the package.
bool is_inner_path(std::string_view path) {
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string_view part = path.substr(start, end - start);
    if (part.empty() || part == "." || part == "..") return false;
    start = end + 1;
  }
  return true;
}

class SampleReader {
 public:
  SampleReader(FileComplaints& complaints, const TomlNode& table)
      : complaints_(complaints), reader_(complaints, table, "[[sdk.sample]]", kSampleKeys) {}

  Sample read() {
    sample_.place = reader_.place();
    read_package();
    sample_.integrity = checked("integrity", is_integrity, "\"sha512-\" and 88 characters of base64",
                                "npm view PACKAGE@VERSION dist.integrity");
    sample_.path = checked("path", is_inner_path, "a path within the package, without \"package/\" before it",
                           "corpus/fetch --list shows it");
    sample_.sha256 = checked("sha256", is_sha256, "64 lower-case hexadecimal digits", "sha256sum FILE");
    if (reader_.boolean("absent", false))
      refuse_expectations();
    else
      read_expectations();
    return std::move(sample_);
  }

 private:
  std::string checked(std::string_view key, bool (*is_right)(std::string_view), std::string_view expected,
                      std::string_view hint) {
    const std::optional<PlacedText> text = reader_.required_text(key);
    if (!text) return {};
    if (is_right(text->text)) return text->text;
    complaints_.add(
        text->place,
        "expected " + std::string(expected) + " for " + in_quotes(key) + ", found " + in_quotes(text->text),
        std::string(hint));
    return {};
  }

  void read_package() {
    const std::optional<PlacedText> npm = reader_.required_text("npm");
    if (!npm) return;
    const std::string& text = npm->text;
    const std::size_t at = text.rfind('@');
    if (at != std::string::npos && at != 0 && is_package_name(text.substr(0, at)) &&
        is_package_version(text.substr(at + 1))) {
      sample_.package = text.substr(0, at);
      sample_.package_version = text.substr(at + 1);
      return;
    }
    complaints_.add(npm->place,
                    "expected an npm package and its version for \"npm\", found " + in_quotes(text),
                    "write \"name@1.2.3\" or \"@scope/name@1.2.3\"");
  }

  /// "absent = true" says it all.
  void refuse_expectations() {
    for (const std::string_view key : {"grade", "version"}) {
      if (const TomlMember* member = reader_.find(key)) {
        complaints_.add(complaints_.place(*member),
                        "expected no " + in_quotes(key) + " besides \"absent = true\", found one",
                        "the SDK is in the sample or it is not");
      }
    }
  }

  void read_expectations() {
    if (reader_.find("grade") == nullptr) {
      complaints_.add(reader_.place(),
                      "expected \"grade\" or \"absent = true\" in [[sdk.sample]], found neither",
                      "what must the scan say?");
      return;
    }
    if (const std::optional<std::size_t> grade = reader_.word("grade", kGrades))
      sample_.grade = grade_from_name(kGrades[*grade]);
    const std::optional<PlacedText> version = reader_.text("version");
    if (!version || !sample_.grade) return;
    if (*sample_.grade < Grade::stub) {
      complaints_.add(version->place,
                      "expected no \"version\" for the grade " + in_quotes(name(*sample_.grade)) +
                          ", found " + in_quotes(version->text),
                      "a version is looked for from \"stub\" on only");
      return;
    }
    sample_.version = version->text == kUnknown ? std::string() : version->text;
  }

  FileComplaints& complaints_;
  TableReader reader_;
  Sample sample_;
};

}  // namespace

std::optional<Sample> read_sample(FileComplaints& complaints, const TomlNode& table) {
  const std::size_t complaints_before = complaints.count();
  Sample sample = SampleReader(complaints, table).read();
  if (complaints.count() != complaints_before) return std::nullopt;
  return sample;
}

}  // namespace sdkprint
