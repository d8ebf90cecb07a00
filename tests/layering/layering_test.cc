// The two tables of docs/architecture.md: which folder of engine/ may include which, and the one place where
// each third-party library may be included. Reads the sources as text.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// Folder of engine/ → folders it may include, besides its own.
const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"base", {}},
    {"format", {"base"}},
    {"signature", {"base"}},
    {"match", {"base", "signature", "behaviour"}},
    {"lint", {"base", "signature", "match"}},
    {"result", {"base"}},
    {"behaviour", {"base", "format", "signature", "result"}},
    {"scan", {"base", "format", "signature", "match", "result", "behaviour"}},
    {"store", {"base", "behaviour", "match", "result", "scan", "signature"}},
    {"query", {"base", "result", "scan", "store"}},
    {"learn", {"base", "format", "signature", "match", "result", "scan"}},
    {"report", {"base", "result"}},
    {"review", {"base", "signature", "match", "result", "scan"}},
};

/// A third-party header, by the beginning of its name, and the files that may include it, by the beginnings
/// of their paths. The first rule that fits a header decides.
struct Owner {
  std::string header;
  std::vector<std::string> owners;
};
const std::vector<Owner> kOwners = {
    {"hs/", {"engine/match/"}},
    {"hs.h", {"engine/match/"}},
    {"xxhash.h", {"engine/base/digest.cc"}},
    {"openssl/evp.h", {"engine/base/digest.cc"}},
    {"openssl/", {"engine/format/signing"}},
    {"tbb/", {"engine/scan/"}},
    {"oneapi/", {"engine/scan/"}},
    {"libdeflate.h", {"engine/format/inflate.cc"}},
    {"zlib.h", {"engine/format/inflate.cc"}},
    {"pugi", {"engine/format/text_xml.cc"}},
    {"re2/", {"engine/signature/pattern.cc", "engine/signature/required_text.cc"}},
    {"toml++/", {"engine/signature/"}},
    {"utf8proc.h", {"engine/report/display.cc"}},
    {"nlohmann/", {"engine/report/", "tools/"}},
    {"cxxopts", {"tools/"}},
    {"lmdb.h", {"engine/store/environment.cc"}},
    {"sqlite3.h", {"engine/query/sqlite_file.cc"}},
    {"zstd.h", {"engine/store/compression.cc"}},
    {"zdict.h", {"engine/store/compression.cc"}},
};

/// What POSIX and Linux bring; anything else that has a dot or a slash must have an owner.
const std::vector<std::string> kSystem = {"unistd.h", "fcntl.h", "spawn.h", "errno.h", "signal.h",
                                          "stdlib.h", "time.h",  "sys/",    "linux/",  "immintrin.h"};

struct Include {
  std::string name;
  bool quoted = false;
};

std::vector<Include> includes_of(std::istream& source) {
  std::vector<Include> includes;
  std::string line;
  while (std::getline(source, line)) {
    const std::size_t hash = line.find_first_not_of(" \t");
    if (hash == std::string::npos || line[hash] != '#') continue;
    const std::size_t word = line.find_first_not_of(" \t", hash + 1);
    if (word == std::string::npos || line.compare(word, 7, "include") != 0) continue;
    const std::size_t open = line.find_first_of("<\"", word);
    const std::size_t close = open == std::string::npos ? open : line.find_first_of(">\"", open + 1);
    if (close != std::string::npos)
      includes.push_back({line.substr(open + 1, close - open - 1), line[open] == '"'});
  }
  return includes;
}

bool begins_with_any(const std::string& text, const std::vector<std::string>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const std::string& one) { return text.starts_with(one); });
}

std::string folder_of(const std::string& path) { return path.substr(0, path.find('/')); }

/// What is wrong with an include of a file ("engine/scan/x.cc"), or "".
std::string objection(const std::string& file, const Include& include) {
  if (include.quoted) {
    if (!file.starts_with("engine/")) return "";
    const std::string own = folder_of(file.substr(7)), other = folder_of(include.name);
    if (!kMayInclude.contains(own)) return "the folder engine/" + own + " is in no row of the table";
    if (own == other || kMayInclude.at(own).contains(other)) return "";
    return "engine/" + own + " may not include \"" + include.name + "\"";
  }
  for (const Owner& owner : kOwners) {
    if (!include.name.starts_with(owner.header)) continue;
    return begins_with_any(file, owner.owners) ? "" : "<" + include.name + "> has another owner";
  }
  const bool is_standard = include.name.find_first_of("./") == std::string::npos;
  if (is_standard || begins_with_any(include.name, kSystem)) return "";
  return "<" + include.name + "> has no owner; add it to the table";
}

bool is_source(const fs::path& path) {
  return path.extension() == ".cc" || path.extension() == ".h" || path.extension() == ".cpp" ||
         path.extension() == ".hpp";
}

/// "engine/scan/x.cc: …" for every include that breaks the rules; counts files.
std::vector<std::string> violations(const std::string& root, std::size_t& files) {
  std::vector<std::string> result;
  for (const char* top : {"engine", "tools"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(fs::path(root) / top)) {
      if (!entry.is_regular_file() || !is_source(entry.path())) continue;
      ++files;
      const std::string file = fs::relative(entry.path(), root).generic_string();
      std::ifstream source(entry.path());
      for (const Include& include : includes_of(source)) {
        const std::string what = objection(file, include);
        if (!what.empty()) result.push_back(file + ": " + what);
      }
    }
  }
  return result;
}

}  // namespace

TEST_CASE("no source breaks the layers") {
  std::size_t files = 0;
  for (const std::string& violation : violations(SDKPRINT_SOURCE_DIR, files)) FAIL_CHECK(violation);
  CHECK(files > 100);
}

TEST_CASE("every folder of engine/ stands in the table, and only such") {
  std::set<std::string> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(SDKPRINT_SOURCE_DIR) / "engine")) {
    if (entry.is_directory()) folders.insert(entry.path().filename().string());
  }
  for (const auto& [folder, may_include] : kMayInclude) CHECK_MESSAGE(folders.contains(folder), folder);
  CHECK(folders.size() == kMayInclude.size());
}

TEST_CASE("the layers have no cycle") {
  for (const auto& [folder, may_include] : kMayInclude) {
    for (const std::string& other : may_include) CHECK_FALSE(kMayInclude.at(other).contains(folder));
  }
}

TEST_CASE("a violation is seen") {
  CHECK(objection("engine/base/x.cc", {"base/y.h", true}).empty());
  CHECK(objection("engine/scan/x.cc", {"format/y.h", true}).empty());
  CHECK_FALSE(objection("engine/base/x.cc", {"format/y.h", true}).empty());
  CHECK_FALSE(objection("engine/format/x.cc", {"match/y.h", true}).empty());
  CHECK_FALSE(objection("engine/report/x.cc", {"scan/y.h", true}).empty());
  CHECK_FALSE(objection("engine/scan/x.cc", {"report/y.h", true}).empty());
  CHECK_FALSE(objection("engine/other/x.cc", {"base/y.h", true}).empty());
  CHECK_FALSE(objection("engine/scan/x.cc", {"x.h", true}).empty());
}

TEST_CASE("a library outside its folder is seen") {
  CHECK(objection("engine/match/x.cc", {"hs/hs.h", false}).empty());
  CHECK(objection("engine/format/signing_x.cc", {"openssl/cms.h", false}).empty());
  CHECK(objection("engine/scan/x.cc", {"vector", false}).empty());
  CHECK(objection("tools/x.cc", {"nlohmann/json.hpp", false}).empty());
  for (const char* header : {"hs/hs.h", "hs.h", "xxhash.h", "openssl/evp.h", "openssl/cms.h", "libdeflate.h",
                             "zlib.h", "pugixml.hpp", "re2/re2.h", "toml++/toml.h", "utf8proc.h",
                             "nlohmann/json.hpp", "cxxopts.hpp", "lmdb.h", "boost/any.hpp"}) {
    CHECK_MESSAGE(!objection("engine/scan/x.cc", {header, false}).empty(), header);
  }
  CHECK_FALSE(objection("engine/report/x.cc", {"tbb/parallel_for.h", false}).empty());
  CHECK_FALSE(objection("engine/format/signing.cc", {"openssl/evp.h", false}).empty());
  CHECK_FALSE(objection("tools/x.cc", {"toml++/toml.h", false}).empty());
}

TEST_CASE("includes are read whatever their spacing") {
  std::istringstream source(
      "#include <a>\n  #  include \"b/c.h\"  // why\n// #include <no>\nint include;\n#define X\n");
  const std::vector<Include> includes = includes_of(source);
  REQUIRE(includes.size() == 2);
  CHECK(includes[0].name == "a");
  CHECK(includes[1].name == "b/c.h");
  CHECK(includes[1].quoted);
}
