#include "signature/parser.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <tuple>

#include "base/error.h"
#include "signature/records.h"
#include "signature/toml_tree.h"
#include "signature/validator.h"

namespace sdkprint {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const std::string& reason) {
  throw Error(path + ": " + reason + " (expected a folder of signature files)");
}

/// At most one byte more than a signature file may have: enough for the parser to refuse it.
std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxTomlBytes + 1, '\0');
  if (file) file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file && !file.eof()) fail(path.string(), "cannot be read");
  text.resize(static_cast<std::size_t>(file.gcount()));
  text.shrink_to_fit();  // there are more than a thousand of these
  return text;
}

constexpr std::string_view kBehaviourFolder = "behaviours";
constexpr std::string_view kSharedBehaviourFiles[] = {"benign.toml", "categories.toml", "groups.toml",
                                                      "permissions.toml"};
constexpr std::string_view kLintFolder = "lint";

bool is_hidden(const fs::path& relative) {
  return std::any_of(relative.begin(), relative.end(),
                     [](const fs::path& part) { return part.string().starts_with('.'); });
}

/// The *.toml below a folder that are not hidden, by path; `category` is the folder below `folder`.
std::vector<SignatureSource> read_toml_files(const fs::path& folder) {
  std::vector<SignatureSource> sources;
  try {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      const fs::path relative = entry.path().lexically_relative(folder);
      if (is_hidden(relative) || relative.extension() != ".toml" || !entry.is_regular_file()) continue;
      sources.push_back({(folder / relative).generic_string(), relative.parent_path().generic_string(),
                         read_file(entry.path())});
    }
  } catch (const fs::filesystem_error& error) {
    fail(folder.string(), error.code().message());
  }
  std::sort(sources.begin(), sources.end(),
            [](const SignatureSource& a, const SignatureSource& b) { return a.path < b.path; });
  return sources;
}

void read_document(const SignatureSource& source, FileComplaints& complaints, const TomlNode& document,
                   Records& records) {
  const std::string file_name = source.path.substr(source.path.rfind('/') + 1);
  if (!source.category.empty()) {
    read_sdks(complaints, document, source.category, records);
  } else if (file_name == "vendors.toml") {
    read_vendors(complaints, document, records);
  } else if (file_name == "categories.toml") {
    read_categories(complaints, document, records);
  } else {
    complaints.add({source.path, 1, 1},
                   "expected vendors.toml or categories.toml outside the category folders, found " +
                       in_quotes(file_name),
                   "move the file into the folder of its category", code::kWrongFile);
  }
}

/// One file; a file that is no TOML leaves open what it would have defined.
void read_source(const SignatureSource& source, Records& records, std::vector<Diagnostic>& diagnostics) {
  std::vector<Diagnostic> own;
  FileComplaints complaints(source.path, own);
  if (const std::optional<TomlNode> document = parse_toml(source.path, source.text, own)) {
    read_document(source, complaints, *document, records);
  } else if (!source.category.empty()) {
    records.sdks_complete = false;
  } else {
    records.vendors_complete = records.vendors_complete && !source.path.ends_with("vendors.toml");
    records.categories_complete = records.categories_complete && !source.path.ends_with("categories.toml");
  }
  append_of_file(std::move(own), diagnostics);
}

/// One complaint instead of one for each SDK.
void require_shared_file(const std::vector<const SignatureSource*>& sources, std::string_view file_name,
                         bool& complete, std::vector<Diagnostic>& diagnostics) {
  const bool is_there = std::any_of(sources.begin(), sources.end(), [&](const SignatureSource* source) {
    return source->category.empty() && source->path.ends_with(file_name);
  });
  if (is_there) return;
  complete = false;
  diagnostics.push_back({{std::string(file_name), 1, 1},
                         "expected the file " + std::string(file_name) + " among the signatures, found none",
                         "it stands beside the category folders",
                         code::kWrongFile});
}

}  // namespace

std::vector<SignatureSource> read_signature_folder(const std::string& folder) {
  std::vector<SignatureSource> sources = read_toml_files(folder);
  std::erase_if(sources, [](const SignatureSource& source) {
    if (source.category.empty()) return false;
    const std::string top = fs::path(source.category).begin()->string();
    return top == kBehaviourFolder || top == kLintFolder;
  });
  if (sources.empty()) fail(folder, "no *.toml below it");
  return sources;
}

std::vector<SignatureSource> read_behaviour_folder(const std::string& folder) {
  const fs::path behaviours = fs::path(folder) / kBehaviourFolder;
  if (!fs::exists(behaviours)) return {};
  std::vector<SignatureSource> sources = read_toml_files(behaviours);
  for (SignatureSource& source : sources) {
    const std::string file_name = fs::path(source.path).filename().string();
    const bool is_shared = source.category.empty() &&
                           std::find(std::begin(kSharedBehaviourFiles), std::end(kSharedBehaviourFiles),
                                     file_name) != std::end(kSharedBehaviourFiles);
    source.category = is_shared ? "" : fs::path(source.path).stem().string();
  }
  return sources;
}

SignatureSet parse_signatures(const std::vector<SignatureSource>& sources,
                              std::vector<Diagnostic>& diagnostics) {
  std::vector<const SignatureSource*> ordered;
  for (const SignatureSource& source : sources) ordered.push_back(&source);
  std::stable_sort(ordered.begin(), ordered.end(), [](const SignatureSource* a, const SignatureSource* b) {
    return std::tie(a->path, a->category) < std::tie(b->path, b->category);
  });
  Records records;
  std::vector<Diagnostic> found;
  require_shared_file(ordered, "vendors.toml", records.vendors_complete, found);
  require_shared_file(ordered, "categories.toml", records.categories_complete, found);
  for (const SignatureSource* source : ordered) read_source(*source, records, found);
  SignatureSet set = validate(std::move(records), found);
  sort_by_place(found);
  diagnostics.insert(diagnostics.end(), std::make_move_iterator(found.begin()),
                     std::make_move_iterator(found.end()));
  return set;
}

}  // namespace sdkprint
