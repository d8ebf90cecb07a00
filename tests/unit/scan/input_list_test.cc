#include "scan/input_list.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "app_fixture.h"

namespace sdkprint {
namespace {

using namespace test;
using Apps = std::vector<std::vector<std::string>>;

ByteVector apk(const std::string& package, const std::string& split = "", std::int32_t version = 1) {
  AxmlElement manifest = manifest_element(package);
  for (AxmlAttribute& attribute : manifest.attributes) {
    if (attribute.name == "versionCode") attribute.data = static_cast<std::uint32_t>(version);
  }
  if (!split.empty()) manifest.attributes.push_back(plain("split", split));
  return zip_of({{"AndroidManifest.xml", axml(manifest)}});
}

/// Names below the directory instead of whole paths.
Apps relative(const TemporaryDirectory& directory, const std::vector<AppInput>& inputs) {
  Apps apps;
  for (const AppInput& input : inputs) {
    apps.emplace_back();
    for (const std::string& path : input.paths)
      apps.back().push_back(path.substr(directory.path().size() + 1));
  }
  return apps;
}

Apps grouped(const std::vector<std::pair<std::string, ByteVector>>& files) {
  const TemporaryDirectory directory;
  std::vector<std::string> paths;
  for (const auto& [name, content] : files) paths.push_back(directory.write(name, content));
  return relative(directory, group_splits(paths));
}

Apps listed(const TemporaryDirectory& directory, const std::vector<std::string>& paths,
            std::vector<InputComplaint>* complaints = nullptr) {
  InputList list(paths, [&](const InputComplaint& complaint) {
    if (complaints != nullptr) complaints->push_back(complaint);
  });
  std::vector<AppInput> inputs;
  while (std::optional<AppInput> input = list.next()) inputs.push_back(std::move(*input));
  CHECK_FALSE(list.next());
  return relative(directory, inputs);
}

TEST_CASE("splits of one package and version are one app, the base first") {
  CHECK(grouped({{"a.apk", apk("com.a", "config.zh")},
                 {"b.apk", apk("com.a")},
                 {"c.apk", apk("com.a", "feature")}}) == Apps{{"b.apk", "a.apk", "c.apk"}});
}

TEST_CASE("other packages and versions are other apps") {
  CHECK(grouped({{"a.apk", apk("com.a")},
                 {"b.apk", apk("com.b", "config.zh")},
                 {"c.apk", apk("com.a", "config.zh", 2)}}) == Apps{{"a.apk"}, {"b.apk"}, {"c.apk"}});
}

TEST_CASE("two bases of one package and version are two copies") {
  CHECK(grouped({{"a.apk", apk("com.a")}, {"b.apk", apk("com.a")}}) == Apps{{"a.apk"}, {"b.apk"}});
}

TEST_CASE("what cannot be read is an app of its own") {
  CHECK(grouped({{"a.apk", apk("com.a")},
                 {"x.txt", bytes_of("hello")},
                 {"y.zip", bytes_of("PK\3\4")},
                 {"b.apk", apk("com.a", "s")}}) == Apps{{"a.apk", "b.apk"}, {"x.txt"}, {"y.zip"}});
}

TEST_CASE("one file alone is not looked into") {
  CHECK(group_splits({"/nonexistent"}).at(0).paths.at(0) == "/nonexistent");
}

TEST_CASE("a directory stands for the apps in it, sorted by name, depth first") {
  const TemporaryDirectory directory;
  for (const char* name : {"d/z.apk", "d/a.apk", "d/sub/m.apk", "d/another/n.apk", "d/sub/deep/o.apk"}) {
    directory.write(name, bytes_of(name));
  }
  CHECK(listed(directory, {directory.path() + "/d"}) ==
        Apps{{"d/a.apk"}, {"d/z.apk"}, {"d/another/n.apk"}, {"d/sub/m.apk"}, {"d/sub/deep/o.apk"}});
}

TEST_CASE("splits in a directory are joined there") {
  const TemporaryDirectory directory;
  directory.write("app/base.apk", apk("com.a"));
  directory.write("app/config.apk", apk("com.a", "config"));
  directory.write("other/config.apk", apk("com.a", "config"));
  CHECK(listed(directory, {directory.path()}) ==
        Apps{{"app/base.apk", "app/config.apk"}, {"other/config.apk"}});
}

TEST_CASE("files that were named come before directories") {
  const TemporaryDirectory directory;
  directory.write("d/a.apk", bytes_of("a"));
  directory.write("z.apk", bytes_of("z"));
  CHECK(listed(directory, {directory.path() + "/d", directory.path() + "/z.apk"}) ==
        Apps{{"z.apk"}, {"d/a.apk"}});
}

TEST_CASE("links to directories are not followed, links to files are") {
  const TemporaryDirectory directory;
  directory.write("d/a.apk", bytes_of("a"));
  std::filesystem::create_directory_symlink(directory.path(), directory.path() + "/d/loop");
  std::filesystem::create_symlink(directory.path() + "/d/a.apk", directory.path() + "/d/b.apk");
  CHECK(listed(directory, {directory.path() + "/d"}) == Apps{{"d/a.apk"}, {"d/b.apk"}});
}

TEST_CASE("an empty directory has no app; an absent file is left to the scan") {
  const TemporaryDirectory directory;
  CHECK(listed(directory, {directory.path()}).empty());
  CHECK(listed(directory, {directory.path() + "/absent.apk"}) == Apps{{"absent.apk"}});
}

TEST_CASE("a line of a list is a path, or the parts of one app") {
  CHECK(parse_list_line("/a b.apk")->paths == std::vector<std::string>{"/a b.apk"});
  CHECK(parse_list_line("/a.apk\t/b.apk\r")->paths == std::vector<std::string>{"/a.apk", "/b.apk"});
  CHECK(parse_list_line("\t/a.apk\t\t")->paths == std::vector<std::string>{"/a.apk"});
  CHECK_FALSE(parse_list_line(""));
  CHECK_FALSE(parse_list_line("\r"));
  CHECK_FALSE(parse_list_line("\t"));
}

}  // namespace
}  // namespace sdkprint
