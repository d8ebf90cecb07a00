#include "scan/input_list.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>

#include "base/buffer.h"
#include "base/error.h"
#include "base/mapped_file.h"
#include "format/inflate.h"
#include "format/manifest.h"
#include "format/zip.h"

namespace sdkprint {
namespace {

namespace fs = std::filesystem;

/// A directory with more files than this is a crawl, not the parts of one app: looking into each for a
/// `split` attribute before the first is scanned would hold everything up.
constexpr std::size_t kMostParts = 200;
constexpr std::uint64_t kMostManifestBytes = 16 << 20;

struct Identity {
  std::string package, split;
  std::optional<std::int64_t> version_code;
};

std::optional<Identity> identity_of(const std::string& path) {
  try {
    const MappedFile file(path);
    if (!ZipArchive::looks_like_zip(file.bytes())) return std::nullopt;
    const ZipArchive zip(file.bytes());
    const ZipEntry* entry = zip.find("AndroidManifest.xml");
    if (entry == nullptr || entry->uncompressed_size > kMostManifestBytes) return std::nullopt;
    Buffer buffer;
    Bytes content = zip.data(*entry);
    if (!entry->is_stored()) {
      buffer.reset(entry->uncompressed_size);
      Inflater().inflate(content, buffer.writable());
      content = buffer.bytes();
    }
    std::vector<std::string> warnings;
    const Manifest manifest = read_manifest(parse_xml(content, warnings), nullptr);
    return Identity{manifest.package, manifest.split, manifest.version_code};
  } catch (const InputError&) {
    return std::nullopt;  // the scan will say what is wrong with it
  }
}

}  // namespace

std::vector<AppInput> group_splits(const std::vector<std::string>& files) {
  std::vector<AppInput> apps;
  if (files.size() < 2) {
    for (const std::string& file : files) apps.push_back({{file}});
    return apps;
  }
  struct Group {
    std::size_t first;
    bool has_base = false, has_split = false;
    std::vector<std::string> files;
  };
  std::map<std::pair<std::string, std::int64_t>, Group> groups;
  std::map<std::size_t, AppInput> by_place;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::optional<Identity> identity = identity_of(files[i]);
    if (!identity || identity->package.empty()) {
      by_place[i] = {{files[i]}};
      continue;
    }
    Group& group =
        groups.try_emplace({identity->package, identity->version_code.value_or(0)}, Group{i, {}, {}, {}})
            .first->second;
    // Two bases of one package and version are two copies of an app, not its parts.
    const bool is_base = identity->split.empty();
    if (is_base && group.has_base) {
      by_place[i] = {{files[i]}};
      continue;
    }
    (is_base ? group.has_base : group.has_split) = true;
    if (is_base)
      group.files.insert(group.files.begin(), files[i]);
    else
      group.files.push_back(files[i]);
  }
  for (auto& [key, group] : groups) by_place[group.first] = {std::move(group.files)};
  for (auto& [place, app] : by_place) apps.push_back(std::move(app));
  return apps;
}

std::optional<AppInput> parse_list_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  AppInput input;
  while (!line.empty()) {
    const std::size_t tab = line.find('\t');
    if (tab != 0) input.paths.emplace_back(line.substr(0, tab));
    line = tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1);
  }
  if (input.paths.empty()) return std::nullopt;
  return input;
}

struct InputList::State {
  std::function<void(const InputComplaint&)> complain;
  std::deque<fs::path> directories;  // still to be read, next first
  std::deque<AppInput> ready;

  void read(const fs::path& directory);
};

void InputList::State::read(const fs::path& directory) {
  std::error_code error;
  std::vector<fs::path> names;
  fs::directory_iterator it(directory, error);
  for (; !error && it != fs::directory_iterator(); it.increment(error)) names.push_back(it->path());
  if (error) complain({directory.string(), error.message()});
  std::sort(names.begin(), names.end());
  std::vector<std::string> files;
  std::vector<fs::path> below;
  for (const fs::path& name : names) {
    std::error_code ignored;
    // Links to directories are not followed: they may lead back up.
    if (fs::is_directory(fs::symlink_status(name, ignored)))
      below.push_back(name);
    else if (!fs::is_directory(fs::status(name, ignored)))
      files.push_back(name.string());
  }
  directories.insert(directories.begin(), below.begin(), below.end());
  if (files.size() <= kMostParts) {
    for (AppInput& app : group_splits(files)) ready.push_back(std::move(app));
  } else {
    for (std::string& file : files) ready.push_back({{std::move(file)}});
  }
}

InputList::InputList(std::vector<std::string> paths, std::function<void(const InputComplaint&)> complain)
    : state_(std::make_unique<State>()) {
  state_->complain = std::move(complain);
  std::vector<std::string> files;
  for (std::string& path : paths) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored))
      state_->directories.emplace_back(std::move(path));
    else
      files.push_back(std::move(path));
  }
  for (AppInput& app : group_splits(files)) state_->ready.push_back(std::move(app));
}

InputList::~InputList() = default;

std::optional<AppInput> InputList::next() {
  while (state_->ready.empty() && !state_->directories.empty()) {
    const fs::path directory = std::move(state_->directories.front());
    state_->directories.pop_front();
    state_->read(directory);
  }
  if (state_->ready.empty()) return std::nullopt;
  AppInput input = std::move(state_->ready.front());
  state_->ready.pop_front();
  return input;
}

}  // namespace sdkprint
