#include "app_fixture.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>

#include "behaviour_text.h"
#include "report/report_writer.h"
#include "signature_text.h"

namespace sdkprint::test {

SignatureSet signatures(const std::string& toml) {
  std::vector<Diagnostic> diagnostics;
  SignatureSet set = parse_signatures(sources_with(toml), diagnostics);
  std::string complaints;
  for (const Diagnostic& diagnostic : diagnostics) complaints += to_string(diagnostic) + "\n";
  if (!complaints.empty()) throw std::runtime_error(complaints);
  return set;
}

std::string sdk_toml_with(const std::string& id, const std::string& keys, const std::string& patterns,
                          const std::string& more) {
  return "[[sdk]]\nid = \"" + id + "\"\nname = \"" + id + "\"\nvendor = \"acme\"\n" + keys +
         "\n[sdk.patterns]\n" + patterns + "\n" + more + "\n";
}

std::string sdk_toml(const std::string& id, const std::string& patterns, const std::string& more) {
  return sdk_toml_with(id, "", patterns, more);
}

TemporaryDirectory::TemporaryDirectory() {
  std::string name = (std::filesystem::temp_directory_path() / "sdkprint-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary directory");
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::write(const std::string& name, Bytes content) const {
  const std::string file = path_ + "/" + name;
  std::filesystem::create_directories(std::filesystem::path(file).parent_path());
  std::ofstream stream(file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  if (!stream.flush()) throw std::runtime_error("cannot write " + file);
  return file;
}

Scanner::Scanner(const std::string& toml, const std::string& behaviours, const std::string& permissions,
                 const std::string& benign)
    : database_(PatternDatabase::from_bytes(compile_database(
          signatures(toml),
          behaviours.empty() ? BehaviourSet() : test::behaviours(behaviours, permissions, benign)))),
      matcher_(database_) {}

AppReport Scanner::scan(Bytes file, const std::string& name, const Limits& limits) const {
  return scan_app(matcher_, {{directory_.write(name, file)}}, limits);
}

AppReport Scanner::scan_files(const std::vector<std::pair<std::string, ByteVector>>& files,
                              const Limits& limits) const {
  AppInput input;
  for (const auto& [name, content] : files) input.paths.push_back(directory_.write(name, content));
  return scan_app(matcher_, input, limits);
}

ClassSpec& add_class(DexBuilder& dex, const std::string& descriptor, std::uint32_t code_bytes) {
  Code code;
  for (std::uint32_t i = 2; i < code_bytes; i += 2) code.raw({0});  // nop
  return dex.add_class(descriptor).method("run", "()V", std::move(code.return_void()));
}

ByteVector dex_of(const std::vector<std::string>& descriptors, std::uint32_t code_bytes) {
  DexBuilder dex;
  for (const std::string& descriptor : descriptors) add_class(dex, descriptor, code_bytes);
  return dex.build();
}

ByteVector zip_of(const std::vector<std::pair<std::string, ByteVector>>& entries) {
  ZipBuilder zip;
  for (const auto& [name, content] : entries) zip.deflated(name, Bytes(content));
  return zip.build();
}

ByteVector apk_of(const std::vector<std::pair<std::string, ByteVector>>& entries,
                  const std::vector<AxmlElement>& manifest_parts) {
  std::vector<std::pair<std::string, ByteVector>> all = {
      {"AndroidManifest.xml", manifest_xml("com.example.app", manifest_parts)}};
  all.insert(all.end(), entries.begin(), entries.end());
  return zip_of(all);
}

ByteVector bytes_of(std::string_view text) { return to_vector(as_bytes(text)); }

ByteVector noise(std::size_t size, std::uint32_t seed) {
  std::mt19937 random(seed);
  ByteVector bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

const Finding* find(const AppReport& report, std::string_view sdk) {
  for (const Finding& one : report.findings) {
    if (one.sdk == sdk) return &one;
  }
  return nullptr;
}

const Finding& finding(const AppReport& report, std::string_view sdk) {
  const Finding* found = find(report, sdk);
  if (found == nullptr)
    throw std::runtime_error("no finding of " + std::string(sdk) + " in " + ndjson(report));
  return *found;
}

std::string grade_of(const AppReport& report, std::string_view sdk) {
  const Finding* found = find(report, sdk);
  return found == nullptr ? "none" : std::string(name(found->grade));
}

const Evidence& evidence(const Finding& finding, Surface surface) {
  for (const Evidence& one : finding.evidence) {
    if (one.surface == surface) return one;
  }
  throw std::runtime_error("no evidence on " + std::string(name(surface)));
}

std::vector<std::string> reasons(const AppReport& report) {
  std::vector<std::string> codes;
  for (const CoverageReason& reason : report.coverage.reasons) codes.push_back(reason.code);
  return codes;
}

std::string coverage_of(const AppReport& report) {
  std::string text(name(report.coverage.analysable));
  for (const std::string& code : reasons(report)) text += " " + code;
  return text;
}

std::vector<std::string> problems(const AppReport& report) {
  std::vector<std::string> result;
  for (const Problem& problem : report.problems) result.push_back(problem.kind + " " + problem.entry);
  return result;
}

std::vector<std::string> packages(const std::vector<PackageCount>& rows) {
  std::vector<std::string> result;
  for (const PackageCount& row : rows) result.push_back(row.package + "=" + std::to_string(row.classes));
  return result;
}

std::string ndjson(const AppReport& report) {
  std::string out;
  write_ndjson(report, out);
  return out;
}

}  // namespace sdkprint::test
