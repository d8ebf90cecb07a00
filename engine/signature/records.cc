#include "signature/records.h"

#include <algorithm>
#include <array>

#include "signature/pattern.h"
#include "signature/pattern_reader.h"
#include "signature/sample_reader.h"

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, 1> kSdkFileKeys = {"sdk"};
constexpr std::array<std::string_view, 1> kVendorFileKeys = {"vendor"};
constexpr std::array<std::string_view, 1> kCategoryFileKeys = {"category"};
constexpr std::array<std::string_view, 19> kSdkKeys = {
    "id",          "name",     "name_zh",        "aliases",  "vendor",          "category", "kind",
    "in_platform", "homepage", "privacy_policy", "declares", "declares_source", "contains", "sources",
    "draft",       "patterns", "defined",        "version",  "sample"};
constexpr std::array<std::string_view, 4> kVendorKeys = {"id", "name", "name_zh", "country"};
constexpr std::array<std::string_view, 3> kCategoryKeys = {"id", "name", "name_zh"};
constexpr std::array<std::string_view, 3> kDefinedKeys = {"classes", "code_bytes", "any_class"};
constexpr std::array<std::string_view, 3> kSdkKinds = {"sdk", "library", "packer"};

std::string text_of(const std::optional<PlacedText>& text) { return text ? text->text : std::string(); }

/// The text, its place written to `place`.
std::string placed(std::optional<PlacedText> text, SourcePlace& place) {
  if (!text) return {};
  place = std::move(text->place);
  return std::move(text->text);
}

void read_names(const TableReader& reader, Sdk& sdk) {
  sdk.name = text_of(reader.required_text("name"));
  sdk.name_zh = text_of(reader.text("name_zh"));
  for (PlacedText& alias : reader.texts("aliases")) {
    if (alias.text == sdk.name || alias.text == sdk.name_zh) {
      reader.complaints().add(alias.place, "the alias " + in_quotes(alias.text) + " repeats the name",
                              "leave it out");
      continue;
    }
    sdk.aliases.push_back(std::move(alias.text));
  }
}

void read_category_of(const TableReader& reader, const std::string& folder, SdkRecord& record) {
  record.sdk.category = folder;
  record.category_place = record.sdk.place;
  const std::optional<PlacedText> category = reader.identifier("category");
  if (!category) return;
  record.category_place = category->place;
  if (category->text == folder) return;
  reader.complaints().add(category->place,
                          "expected the folder's name " + in_quotes(folder) + " for \"category\", found " +
                              in_quotes(category->text),
                          "move the file, or leave the key out");
}

void read_defined_rule(const TableReader& reader, Sdk& sdk) {
  const TomlNode* table = reader.table("defined");
  if (table == nullptr) return;
  FileComplaints& complaints = reader.complaints();
  const TableReader rule(complaints, *table, "[sdk.defined]", kDefinedKeys);
  sdk.defined.classes = rule.number("classes", sdk.defined.classes, 1);
  sdk.defined.code_bytes = rule.number("code_bytes", sdk.defined.code_bytes, 0);
  for (PlacedText& name : rule.texts("any_class")) {
    if (complaints.accept(name.place, object_to_java_name(name.text))) {
      sdk.defined.any_class.push_back(std::move(name.text));
    }
  }
}

/// A statement without its source, or a source of nothing, can not be checked by anybody.
void read_declaration(const TableReader& reader, Declaration& declares) {
  for (PlacedText& id : reader.identifiers("declares")) {
    declares.behaviours.push_back(std::move(id.text));
    declares.places.push_back(std::move(id.place));
  }
  declares.source = text_of(reader.url("declares_source"));
  const TomlMember *list = reader.find("declares"), *source = reader.find("declares_source");
  if (list != nullptr && list->value.kind == TomlNode::Kind::array && list->value.items.empty()) {
    reader.complaints().add(reader.complaints().place(list->value),
                            "expected at least one id of a behaviour in \"declares\", found an empty array",
                            "leave the key out when nothing is known");
  }
  if ((list == nullptr) == (source == nullptr)) return;
  reader.complaints().add(reader.complaints().place(list != nullptr ? *list : *source),
                          list != nullptr
                              ? "expected the key \"declares_source\" besides \"declares\", found none"
                              : "expected the key \"declares\" besides \"declares_source\", found none",
                          list != nullptr ? "the address of the vendor's page that states it"
                                          : "ids of behaviours/, or leave it out");
}

void read_patterns_of(const TableReader& reader, Sdk& sdk) {
  FileComplaints& complaints = reader.complaints();
  const std::size_t complaints_before = complaints.count();
  const TomlMember* member = reader.find("patterns");
  if (member == nullptr) {
    complaints.add(reader.place(), "expected a table [sdk.patterns], found none",
                   "an SDK without a pattern is never found");
    return;
  }
  const TomlNode* table = reader.table("patterns");
  if (table == nullptr) return;
  sdk.patterns = read_patterns(complaints, *table);
  if (complaints.count() != complaints_before) return;
  if (table->members.empty()) {
    complaints.add(complaints.place(*member), "expected at least one pattern in [sdk.patterns], found none",
                   "an SDK without a pattern is never found");
  } else if (std::all_of(sdk.patterns.begin(), sdk.patterns.end(), [](const Pattern& p) { return p.weak; })) {
    complaints.add(complaints.place(*member),
                   "expected a pattern that is not weak in [sdk.patterns], found only weak ones",
                   "weak patterns count only together with another");
  }
}

void read_samples(const TableReader& reader, Sdk& sdk) {
  FileComplaints& complaints = reader.complaints();
  for (const TomlNode* table : reader.tables("sample")) {
    std::optional<Sample> sample = read_sample(complaints, *table);
    if (!sample) continue;
    if (sample->version && !sample->version->empty() && reader.find("version") == nullptr) {
      complaints.add(sample->place,
                     "expected a [[sdk.version]] that tells the sample's version " +
                         in_quotes(*sample->version) + ", found none",
                     "write a rule, or expect \"unknown\"");
    }
    sdk.samples.push_back(std::move(*sample));
  }
}

SdkRecord read_sdk(FileComplaints& complaints, const TomlNode& table, const std::string& folder) {
  const std::size_t complaints_before = complaints.count();
  const TableReader reader(complaints, table, "[[sdk]]", kSdkKeys);
  SdkRecord record;
  Sdk& sdk = record.sdk;
  sdk.place = record.id_place = record.vendor_place = reader.place();
  sdk.id = placed(reader.required_identifier("id"), record.id_place);
  read_names(reader, sdk);
  sdk.vendor = placed(reader.required_identifier("vendor"), record.vendor_place);
  read_category_of(reader, folder, record);
  if (const std::optional<std::size_t> kind = reader.word("kind", kSdkKinds)) {
    sdk.kind = static_cast<Sdk::Kind>(*kind);
  }
  reader.boolean("draft", false);  // says nothing of the SDK; the lint tells it
  sdk.in_platform = reader.boolean("in_platform", false);
  sdk.homepage = text_of(reader.url("homepage"));
  sdk.privacy_policy = text_of(reader.url("privacy_policy"));
  read_declaration(reader, sdk.declares);
  for (PlacedText& id : reader.identifiers("contains")) {
    sdk.contains.push_back(std::move(id.text));
    record.contains_places.push_back(std::move(id.place));
  }
  for (PlacedText& id : reader.identifiers("sources")) sdk.sources.push_back(std::move(id.text));
  read_patterns_of(reader, sdk);
  read_defined_rule(reader, sdk);
  for (const TomlNode* version : reader.tables("version")) {
    if (std::optional<VersionRule> rule = read_version_rule(complaints, *version)) {
      sdk.versions.push_back(std::move(*rule));
    }
  }
  read_samples(reader, sdk);
  record.sound = complaints.count() == complaints_before;
  return record;
}

void check_country(const TableReader& reader, Vendor& vendor) {
  const std::optional<PlacedText> country = reader.text("country");
  if (!country) return;
  vendor.country = country->text;
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (vendor.country.size() == 2 && std::all_of(vendor.country.begin(), vendor.country.end(), is_upper)) {
    if (vendor.country == "UK" || vendor.country == "EU") {
      reader.complaints().add(
          country->place, "expected a code of ISO 3166-1, found " + in_quotes(vendor.country),
          vendor.country == "UK" ? "the United Kingdom is \"GB\"" : "name the company's country");
    }
    return;
  }
  reader.complaints().add(
      country->place,
      "expected a country as two capital letters (ISO 3166-1), found " + in_quotes(vendor.country),
      "CN, US, DE …");
}

}  // namespace

void read_sdks(FileComplaints& complaints, const TomlNode& document, const std::string& folder,
               Records& records) {
  const TableReader reader(complaints, document, "a signature file", kSdkFileKeys);
  if (reader.require("sdk") == nullptr) return;
  for (const TomlNode* table : reader.tables("sdk")) {
    records.sdks.push_back(read_sdk(complaints, *table, folder));
  }
}

void read_vendors(FileComplaints& complaints, const TomlNode& document, Records& records) {
  const TableReader reader(complaints, document, "vendors.toml", kVendorFileKeys);
  if (reader.require("vendor") == nullptr) return;
  for (const TomlNode* table : reader.tables("vendor")) {
    const std::size_t complaints_before = complaints.count();
    const TableReader fields(complaints, *table, "[[vendor]]", kVendorKeys);
    VendorRecord record;
    record.id_place = fields.place();
    record.vendor.id = placed(fields.required_identifier("id"), record.id_place);
    record.vendor.name = text_of(fields.required_text("name"));
    record.vendor.name_zh = text_of(fields.text("name_zh"));
    check_country(fields, record.vendor);
    record.sound = complaints.count() == complaints_before;
    records.vendors.push_back(std::move(record));
  }
}

void read_categories(FileComplaints& complaints, const TomlNode& document, Records& records) {
  const TableReader reader(complaints, document, "categories.toml", kCategoryFileKeys);
  if (reader.require("category") == nullptr) return;
  for (const TomlNode* table : reader.tables("category")) {
    const std::size_t complaints_before = complaints.count();
    const TableReader fields(complaints, *table, "[[category]]", kCategoryKeys);
    CategoryRecord record;
    record.id_place = fields.place();
    record.category.id = placed(fields.required_identifier("id"), record.id_place);
    record.category.name = text_of(fields.required_text("name"));
    record.category.name_zh = text_of(fields.required_text("name_zh"));
    record.sound = complaints.count() == complaints_before;
    records.categories.push_back(std::move(record));
  }
}

}  // namespace sdkprint
