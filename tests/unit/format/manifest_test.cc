#include "format/manifest.h"

#include <doctest/doctest.h>

#include "axml_builder.h"
#include "format/resources.h"
#include "resources_builder.h"

namespace sdkprint {
namespace {

using namespace test;
using Strings = std::vector<std::string>;

Manifest read(const AxmlElement& root, const ResourceTable* resources = nullptr) {
  std::vector<std::string> warnings;
  return read_manifest(parse_xml(axml(root), warnings), resources);
}

Manifest read_text(std::string_view text) {
  std::vector<std::string> warnings;
  return read_manifest(parse_xml(as_bytes(text), warnings), nullptr);
}

AxmlElement with_application(std::vector<AxmlAttribute> attributes, std::vector<AxmlElement> children = {}) {
  return {"manifest", {plain("package", "com.example.app")}, {{"application", attributes, children}}};
}

TEST_CASE("identity and versions") {
  const Manifest manifest = read(manifest_element("com.example.app"));
  CHECK(manifest.package == "com.example.app");
  CHECK(manifest.version_name == "1.0");
  CHECK(manifest.version_code == 1);
  CHECK(manifest.min_sdk == 21);
  CHECK(manifest.target_sdk == 33);
  CHECK(manifest.split.empty());
}

TEST_CASE("what is absent stays absent") {
  const Manifest manifest = read({"manifest", {}, {}});
  CHECK_FALSE(manifest.version_code.has_value());
  CHECK_FALSE(manifest.min_sdk.has_value());
  CHECK_FALSE(manifest.has_code.has_value());
  CHECK(manifest.components.empty());
}

TEST_CASE("versionCodeMajor fills the upper 32 bits") {
  const Manifest manifest =
      read({"manifest", {android_int("versionCodeMajor", 2), android_int("versionCode", -1)}, {}});
  CHECK(manifest.version_code == 0x2ffffffff);
}

TEST_CASE("a split names itself") {
  CHECK(read({"manifest", {plain("split", "config.zh")}, {}}).split == "config.zh");
}

TEST_CASE("a codename as SDK version is no number") {
  const AxmlElement uses_sdk{"uses-sdk", {android("minSdkVersion", "Tiramisu")}, {}};
  CHECK_FALSE(read({"manifest", {}, {uses_sdk}}).min_sdk.has_value());
}

TEST_CASE("permissions in order, both elements") {
  const AxmlElement sdk23{"uses-permission-sdk-23", {android("name", "b")}, {}};
  const AxmlElement declared{"permission", {android("name", "own")}, {}};
  const Manifest manifest =
      read(manifest_element("p", {uses_permission("a"), sdk23, uses_permission("c"), declared}));
  CHECK(manifest.permissions == Strings{"a", "b", "c"});
  CHECK(manifest.declared_permissions == Strings{"own"});
}

TEST_CASE("features, libraries and queries") {
  const AxmlElement feature{"uses-feature", {android("name", "android.hardware.nfc")}, {}};
  const AxmlElement library{"uses-library", {android("name", "org.apache.http.legacy")}, {}};
  const AxmlElement native{"uses-native-library", {android("name", "libx.so")}, {}};
  const AxmlElement queries{
      "queries", {}, {{"package", {android("name", "com.tencent.mm")}, {}}, {"intent", {}, {}}}};
  const Manifest manifest = read(manifest_element("p", {feature, library, native, queries}));
  CHECK(manifest.uses_features == Strings{"android.hardware.nfc"});
  CHECK(manifest.uses_libraries == Strings{"org.apache.http.legacy"});
  CHECK(manifest.uses_native_libraries == Strings{"libx.so"});
  CHECK(manifest.query_packages == Strings{"com.tencent.mm"});
}

TEST_CASE("class names are completed with the package") {
  const Manifest manifest = read(with_application(
      {android("name", "App"), android("appComponentFactory", ".Factory")},
      {activity(".ui.Main"), service("Worker"), receiver("cn.jpush.android.service.PushReceiver")}));
  CHECK(manifest.application_class == "com.example.app.App");
  CHECK(manifest.app_component_factory == "com.example.app.Factory");
  REQUIRE(manifest.components.size() == 3);
  CHECK(manifest.components[0].class_name == "com.example.app.ui.Main");
  CHECK(manifest.components[1].class_name == "com.example.app.Worker");
  CHECK(manifest.components[2].class_name == "cn.jpush.android.service.PushReceiver");
}

TEST_CASE("every kind of component") {
  const AxmlElement alias{
      "activity-alias", {android("name", ".Alias"), android("targetActivity", ".Main")}, {}};
  const Manifest manifest = read(with_application(
      {}, {activity("a.A"), alias, service("a.S"), receiver("a.R"), provider("a.P", "one;two")}));
  Strings kinds;
  for (const ManifestComponent& component : manifest.components) kinds.emplace_back(name(component.kind));
  CHECK(kinds == Strings{"activity", "activity-alias", "service", "receiver", "provider"});
  CHECK(manifest.components[1].target == "com.example.app.Main");
  CHECK(manifest.components[4].authorities == "one;two");
}

TEST_CASE("attributes of a component") {
  AxmlElement element = provider("a.P", "auth");
  for (const AxmlAttribute& attribute :
       {android("process", ":remote"), android("permission", "p.P"), android_bool("exported", true),
        android_bool("enabled", false), android_int("initOrder", 100)}) {
    element.attributes.push_back(attribute);
  }
  const ManifestComponent component = read(with_application({}, {element})).components.at(0);
  CHECK(component.process == ":remote");
  CHECK(component.permission == "p.P");
  CHECK(component.exported == true);
  CHECK(component.enabled == false);
  CHECK(component.init_order == 100);
}

TEST_CASE("absent exported is not false") {
  CHECK_FALSE(read(with_application({}, {activity("a.A")})).components.at(0).exported.has_value());
}

TEST_CASE("intent filters and meta-data of a component") {
  AxmlElement filter = intent_filter({"a.ACTION"}, {"c.CATEGORY"});
  filter.children.push_back({"data", {android("scheme", "https"), android("host", "example.com")}, {}});
  const ManifestComponent component =
      read(with_application({}, {activity("a.A", {filter, meta_data("k", "v"), intent_filter({"second"})})}))
          .components.at(0);
  REQUIRE(component.filters.size() == 2);
  CHECK(component.filters[0].actions == Strings{"a.ACTION"});
  CHECK(component.filters[0].categories == Strings{"c.CATEGORY"});
  CHECK(component.filters[0].schemes == Strings{"https"});
  CHECK(component.filters[0].hosts == Strings{"example.com"});
  REQUIRE(component.meta_data.size() == 1);
  CHECK(component.meta_data[0].value == "v");
}

TEST_CASE("the application's own meta-data, numbers and resources included") {
  const AxmlElement number{"meta-data", {android("name", "N"), android_int("value", 7)}, {}};
  const AxmlElement file{"meta-data", {android("name", "F"), android_ref("resource", 0x7f0e0000)}, {}};
  const Manifest manifest = read(with_application({}, {meta_data("K", "v"), number, file}));
  REQUIRE(manifest.meta_data.size() == 3);
  CHECK(manifest.meta_data[0].name == "K");
  CHECK(manifest.meta_data[0].value == "v");
  CHECK(manifest.meta_data[1].value == "7");
  CHECK(manifest.meta_data[2].value == "@0x7f0e0000");
}

TEST_CASE("flags of the application") {
  const Manifest manifest =
      read(with_application({android_bool("hasCode", false), android_bool("debuggable", true),
                             android_bool("usesCleartextTraffic", true)}));
  CHECK(manifest.has_code == false);
  CHECK(manifest.debuggable == true);
  CHECK(manifest.uses_cleartext == true);
}

TEST_CASE("only the first application counts") {
  AxmlElement root = with_application({}, {activity("a.A")});
  root.children.push_back({"application", {}, {activity("a.B")}});
  const Manifest manifest = read(root);
  REQUIRE(manifest.components.size() == 1);
  CHECK(manifest.components[0].class_name == "a.A");
}

TEST_CASE("references are resolved by the resource table") {
  const ByteVector file = arsc({{0x7f0b0000, "App"},
                                {0x7f0b0000, "应用", {.language = "zh", .region = "CN"}},
                                {0x7f0b0001, "2.5.1"},
                                {0x7f0b0002, "secret"},
                                {0x7f050000, "", {}, 0x12, 1}});
  const ResourceTable table(file);
  AxmlElement root =
      with_application({android_ref("label", 0x7f0b0000), android_ref("debuggable", 0x7f050000)},
                       {{"meta-data", {android("name", "KEY"), android_ref("value", 0x7f0b0002)}, {}}});
  root.attributes.push_back(android_ref("versionName", 0x7f0b0001));
  const Manifest manifest = read(root, &table);
  CHECK(manifest.label == "App");
  CHECK(manifest.label_zh == "应用");
  CHECK(manifest.version_name == "2.5.1");
  CHECK(manifest.debuggable == true);
  CHECK(manifest.meta_data.at(0).value == "secret");
}

TEST_CASE("a label without default text takes another language") {
  const ByteVector file = arsc({{0x7f0b0000, "应用", {.language = "zh"}}});
  const ResourceTable table(file);
  CHECK(read(with_application({android_ref("label", 0x7f0b0000)}), &table).label == "应用");
}

TEST_CASE("references without a table, or that it does not hold, stay") {
  const ByteVector file = arsc({{0x7f0b0000, "App"}});
  const ResourceTable table(file);
  const AxmlElement root = with_application({android_ref("label", 0x7f0b0009)});
  CHECK(read(root).label == "@0x7f0b0009");
  CHECK(read(root, &table).label == "@0x7f0b0009");
}

TEST_CASE("@null is nothing") { CHECK(read(with_application({android_ref("label", 0)})).label.empty()); }

TEST_CASE("blank names change nothing") {
  AxmlOptions options;
  options.blank_names = true;
  std::vector<std::string> warnings;
  const ByteVector file = manifest_xml("p", {activity("a.A"), meta_data("k", "v")}, options);
  const Manifest manifest = read_manifest(parse_xml(file, warnings), nullptr);
  CHECK(manifest.components.at(0).class_name == "a.A");
  CHECK(manifest.meta_data.at(0).value == "v");
  CHECK(manifest.target_sdk == 33);
}

TEST_CASE("text manifest of an AAR: placeholders and resource names stay as written") {
  const Manifest manifest = read_text(R"(
    <manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.lib">
      <uses-sdk android:minSdkVersion="16"/>
      <application android:label="@string/app">
        <provider android:name=".P" android:authorities="${applicationId}.p" android:exported="false"/>
        <activity android:name="${applicationId}.wxapi.WXEntryActivity"/>
      </application>
    </manifest>)");
  CHECK(manifest.package == "com.lib");
  CHECK(manifest.min_sdk == 16);
  CHECK(manifest.label == "@string/app");
  REQUIRE(manifest.components.size() == 2);
  CHECK(manifest.components[0].class_name == "com.lib.P");
  CHECK(manifest.components[0].authorities == "${applicationId}.p");
  CHECK(manifest.components[0].exported == false);
  CHECK(manifest.components[1].class_name == "${applicationId}.wxapi.WXEntryActivity");
}

}  // namespace
}  // namespace sdkprint
