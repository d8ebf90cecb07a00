#include "format/xml.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "axml_builder.h"
#include "base/error.h"
#include "proto_builder.h"

namespace sdkprint {
namespace {

using namespace test;

struct Parsed {
  XmlElement root;
  std::vector<std::string> warnings;
  bool warns(std::string_view part) const {
    return std::any_of(warnings.begin(), warnings.end(),
                       [&](const std::string& warning) { return warning.find(part) != std::string::npos; });
  }
};

Parsed parse(const ByteVector& file) {
  Parsed result;
  result.root = parse_xml(file, result.warnings);
  return result;
}

Parsed parse_text(std::string_view text) { return parse(ByteVector(text.begin(), text.end())); }

const AxmlElement& sample() {
  static const AxmlElement element = manifest_element(
      "com.example.app",
      {activity("com.example.Main"), meta_data("KEY", "值😀"), uses_permission("p.INTERNET")});
  return element;
}

std::string value(const XmlElement& element, std::string_view attribute) {
  const XmlAttribute* found = element.attribute(attribute);
  return found == nullptr ? "(absent)" : found->value;
}

/// All that a tampered form of sample() must still yield.
void check_sample(const XmlElement& root) {
  CHECK(root.name == "manifest");
  CHECK(value(root, "package") == "com.example.app");
  CHECK(value(root, "versionName") == "1.0");
  REQUIRE(root.attribute("versionCode") != nullptr);
  CHECK(root.attribute("versionCode")->integer == 1);
  CHECK(root.attribute("versionCode")->resource_id == 0x0101021b);
  REQUIRE(root.children.size() == 3);
  CHECK(root.children[0].name == "uses-sdk");
  CHECK(value(root.children[1], "name") == "p.INTERNET");
  const XmlElement& application = root.children[2];
  REQUIRE(application.children.size() == 2);
  CHECK(value(application.children[0], "name") == "com.example.Main");
  CHECK(value(application.children[1], "value") == "值😀");
}

void check_tampered(const AxmlOptions& options, std::string_view warning) {
  const Parsed parsed = parse(axml(sample(), options));
  check_sample(parsed.root);
  CHECK(parsed.warnings.size() == 1);
  CHECK(parsed.warns(warning));
}

TEST_CASE("binary XML: well-formed, UTF-16") {
  const Parsed parsed = parse(axml(sample()));
  check_sample(parsed.root);
  CHECK(parsed.warnings.empty());
}

TEST_CASE("binary XML: well-formed, UTF-8") {
  AxmlOptions options;
  options.pool.utf8 = true;
  const Parsed parsed = parse(axml(sample(), options));
  check_sample(parsed.root);
  CHECK(parsed.warnings.empty());
}

TEST_CASE("binary XML: file chunk type is not looked at") {
  for (const std::uint16_t type : {0x0000, 0x0001, 0x000a, 0x001a, 0x003c, 0x613c, 0xbbef, 0xffff}) {
    AxmlOptions options;
    options.file_type = type;
    check_tampered(options, "wrong file type");
  }
}

TEST_CASE("binary XML: file header size is taken at its word") {
  AxmlOptions options;
  options.file_header_size = 24;
  check_tampered(options, "odd file header size");
}

TEST_CASE("binary XML: file size too large") {
  AxmlOptions options;
  options.file_size_delta = 100;
  check_tampered(options, "file size larger");
}

TEST_CASE("binary XML: bytes after the end") {
  AxmlOptions options;
  options.junk = 100;
  check_tampered(options, "bytes after the end");
}

TEST_CASE("binary XML: unknown chunks are passed over, said once") {
  AxmlOptions options;
  options.unknown_chunks = true;
  check_tampered(options, "unknown chunk");
}

TEST_CASE("binary XML: string pool tells more strings than there are") {
  for (const std::uint32_t count : {40u, 0x7fffffffu, 0xffffffffu}) {
    AxmlOptions options;
    options.pool.string_count = count;
    check_tampered(options, "more strings told");
  }
}

TEST_CASE("binary XML: strings start outside the pool") {
  for (const std::uint32_t start : {0u, 0x7fffffffu, 0xffffffffu}) {
    AxmlOptions options;
    options.pool.strings_start = start;
    check_tampered(options, "strings start outside");
  }
}

TEST_CASE("binary XML: style count without styles") {
  AxmlOptions options;
  options.pool.style_count = 0x10000000;
  const Parsed parsed = parse(axml(sample(), options));
  check_sample(parsed.root);
  CHECK(parsed.warns("styles start outside"));
}

TEST_CASE("binary XML: string pool with a larger header") {
  AxmlOptions options;
  options.pool.header_size = 36;
  check_tampered(options, "odd header size");
}

TEST_CASE("binary XML: UTF-8 pool whose two lengths disagree") {
  AxmlOptions options;
  options.pool.utf8 = true;
  options.pool.utf16_length_delta = 3;
  check_tampered(options, "lengths disagree");
}

TEST_CASE("binary XML: strings without terminator") {
  for (const bool utf8 : {false, true}) {
    AxmlOptions options;
    options.pool.utf8 = utf8;
    options.pool.terminators = false;
    check_tampered(options, "without terminator");
  }
}

TEST_CASE("binary XML: UTF-8 strings longer than their 15-bit length") {
  const std::string text(0x8000 + 5, 'x');
  AxmlOptions options;
  options.pool.utf8 = true;
  const Parsed parsed = parse(axml({"a", {plain("b", text)}, {}}, options));
  CHECK(value(parsed.root, "b") == text);
}

TEST_CASE("binary XML: blank attribute names come back from the resource map") {
  AxmlOptions options;
  options.blank_names = true;
  check_tampered(options, "names are blank");
  CHECK(parse(axml(sample(), options)).root.attributes[0].name == "versionCode");
}

TEST_CASE("binary XML: resource ids win over false names") {
  AxmlOptions options;
  options.false_names = true;
  check_tampered(options, "contradict");
}

TEST_CASE("binary XML: without resource map names count") {
  AxmlOptions options;
  options.resource_map = false;
  const Parsed parsed = parse(axml(sample(), options));
  CHECK(value(parsed.root, "versionName") == "1.0");
}

TEST_CASE("binary XML: dropped and bogus namespaces") {
  AxmlOptions options;
  options.namespaces = false;
  check_tampered(options, "without namespace");
  options.namespaces = true;
  options.bogus_namespace = true;
  check_tampered(options, "bogus namespace");
}

TEST_CASE("binary XML: attributes with another size or start") {
  AxmlOptions options;
  options.attribute_size = 28;
  check_tampered(options, "odd attribute size");
  options = {};
  options.attribute_start = 36;
  check_tampered(options, "odd attribute start");
}

TEST_CASE("binary XML: of two equal attributes the first counts") {
  AxmlOptions options;
  options.double_attributes = true;
  check_tampered(options, "same attribute twice");
}

TEST_CASE("binary XML: a decoy of the right name without resource id loses") {
  const AxmlElement element{"activity", {plain("name", "decoy"), android("name", "true.Name")}, {}};
  CHECK(value(parse(axml(element)).root, "name") == "true.Name");
}

TEST_CASE("binary XML: typed values") {
  AxmlAttribute hex = android_int("value", -2);
  hex.type = 0x11;
  const AxmlElement element{
      "a",
      {android_int("versionCode", -3), android_bool("exported", true), android_bool("enabled", false),
       android_ref("label", 0x7f0b0001), android_ref("icon", 0), hex},
      {}};
  const XmlElement root = parse(axml(element)).root;
  CHECK(value(root, "versionCode") == "-3");
  CHECK(value(root, "exported") == "true");
  CHECK(root.attribute("exported")->integer == 1);
  CHECK(value(root, "enabled") == "false");
  CHECK(value(root, "label") == "@0x7f0b0001");
  CHECK(root.attribute("label")->reference == 0x7f0b0001);
  CHECK(value(root, "icon") == "@null");
  CHECK_FALSE(root.attribute("icon")->reference.has_value());
  CHECK(root.attribute("value")->integer == -2);
  CHECK(root.attribute("absent") == nullptr);
}

TEST_CASE("binary XML: broken UTF-8 comes out well-formed") {
  AxmlOptions options;
  options.pool.utf8 = true;
  const Parsed parsed = parse(axml({"a", {plain("b", "x\xff\xc3")}, {}}, options));
  CHECK(value(parsed.root, "b") == "x\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("binary XML: cut off behind the root's start tag, what was read remains") {
  ByteVector file = axml(sample());
  file.resize(file.size() - 60);
  const Parsed parsed = parse(file);
  CHECK(parsed.root.name == "manifest");
  CHECK(parsed.root.children.size() == 3);
  CHECK(parsed.warns("not closed"));
}

TEST_CASE("binary XML: no element, no result") {
  std::vector<std::string> warnings;
  ByteVector file = {3, 0, 8, 0, 8, 0, 0, 0};
  CHECK_THROWS_AS(parse_xml(file, warnings), InputError);
  CHECK_THROWS_AS(parse_xml({}, warnings), InputError);
}

AxmlElement nested(int depth) {
  AxmlElement element{"e", {}, {}};
  for (int i = 1; i < depth; ++i) {
    AxmlElement parent{"e", {}, {}};
    parent.children.push_back(std::move(element));
    element = std::move(parent);
  }
  return element;
}

int depth_of(const XmlElement& element) {
  return 1 + (element.children.empty() ? 0 : depth_of(element.children.front()));
}

TEST_CASE("deep nesting is cut in all three forms") {
  const AxmlElement deep = nested(1000);
  for (const ByteVector& file : {axml(deep), proto_xml(deep)}) {
    const Parsed parsed = parse(file);
    CHECK(depth_of(parsed.root) == 128);
    CHECK(parsed.warns("nested deeper"));
  }
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "<e>";
  const Parsed parsed = parse_text(text);
  CHECK(depth_of(parsed.root) == 128);
  CHECK(parsed.warns("nested deeper"));
}

TEST_CASE("siblings after a deep branch are kept") {
  AxmlElement root{"root", {}, {}};
  root.children.push_back(nested(300));
  root.children.push_back({"last", {}, {}});
  const XmlElement parsed = parse(axml(root)).root;
  REQUIRE(parsed.children.size() == 2);
  CHECK(parsed.children[1].name == "last");
}

TEST_CASE("hundreds of thousands of elements are cut") {
  AxmlElement root{"root", {}, {}};
  root.children.assign(200'001, {"e", {}, {}});
  const Parsed parsed = parse(axml(root));
  CHECK(parsed.root.children.size() == 199'999);
  CHECK(parsed.warns("too large"));
}

TEST_CASE("one long string named by many attributes does not multiply, nor hide what follows") {
  AxmlElement root{"root", {}, {}};
  root.attributes.assign(100, plain("a", std::string(1'000'000, 'x')));
  root.children.push_back(activity("a.Last"));
  const Parsed parsed = parse(axml(root));
  std::size_t total = 0;
  for (const XmlAttribute& attribute : parsed.root.attributes) total += attribute.value.size();
  CHECK(total <= std::size_t{17} << 20);
  CHECK(parsed.warns("long texts are cut"));
  CHECK(value(parsed.root.children.at(0), "name") == "a.Last");
}

TEST_CASE("binary XML: attributes that take no space are cut") {
  ByteVector file = axml({"root", {plain("a", "b")}, {{"child", {}, {}}}});
  const ByteVector tag = {20, 0, 20, 0, 1, 0};  // attribute start, size and count of the root
  const auto place = std::search(file.begin(), file.end(), tag.begin(), tag.end());
  REQUIRE(place != file.end());
  std::fill(place + 2, place + 4, 0);
  std::fill(place + 4, place + 6, 0xff);
  const Parsed parsed = parse(file);
  CHECK(parsed.root.attributes.size() == 1024);
  CHECK(parsed.root.children.size() == 1);
  CHECK(parsed.warns("more than 1024"));
}

TEST_CASE("protobuf XML") {
  const Parsed parsed = parse(proto_xml(sample()));
  check_sample(parsed.root);
  CHECK(parsed.warnings.empty());
}

TEST_CASE("protobuf XML: references and booleans are typed") {
  const AxmlElement element{"a", {android_ref("label", 0x7f0b0001), android_bool("exported", true)}, {}};
  const XmlElement root = parse(proto_xml(element)).root;
  CHECK(value(root, "label") == "@0x7f0b0001");
  CHECK(root.attribute("label")->reference == 0x7f0b0001);
  CHECK(root.attribute("exported")->integer == 1);
}

constexpr std::string_view kText = R"(<?xml version="1.0" encoding="utf-8"?>
<!-- comment -->
<manifest xmlns:android="http://schemas.android.com/apk/res/android" xmlns:tools="http://schemas.android.com/tools"
    package="com.example.app" android:versionCode="0x10" tools:node="merge">
  <application android:label="@string/app" android:allowBackup="true"><activity android:name="${applicationId}.A&amp;"/>
  </application></manifest>)";

TEST_CASE("text XML") {
  const Parsed parsed = parse_text(kText);
  CHECK(parsed.warnings.empty());
  CHECK(parsed.root.name == "manifest");
  CHECK(value(parsed.root, "package") == "com.example.app");
  CHECK(parsed.root.attribute("versionCode")->integer == 16);
  CHECK(parsed.root.attribute("versionCode")->resource_id == 0x0101021b);
  CHECK(value(parsed.root, "tools:node") == "merge");
  CHECK(parsed.root.attributes.size() == 3);  // namespace declarations are none
  const XmlElement& application = parsed.root.children.at(0);
  CHECK(value(application, "label") == "@string/app");
  CHECK(application.attribute("allowBackup")->integer == 1);
  CHECK(value(application.children.at(0), "name") == "${applicationId}.A&");
}

TEST_CASE("text XML: another prefix for the android namespace") {
  const Parsed parsed =
      parse_text(R"(<m xmlns:a="http://schemas.android.com/apk/res/android" a:name="x" android:label="y"/>)");
  CHECK(value(parsed.root, "name") == "x");
  CHECK(parsed.root.attribute("label") == nullptr);
}

TEST_CASE("text XML: byte order mark, UTF-16") {
  CHECK(parse_text("\xef\xbb\xbf <a/>").root.name == "a");
  CHECK(parse_text(std::string_view("\xff\xfe<\0a\0/\0>\0", 10)).root.name == "a");
}

TEST_CASE("text XML: declared entities are not expanded") {
  const Parsed parsed = parse_text(R"(<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a b="&x;"/>)");
  CHECK(value(parsed.root, "b") == "&x;");
}

TEST_CASE("text XML: cut off, what was read remains") {
  const Parsed parsed = parse_text("<a><b c=\"1\"/><d");
  CHECK(parsed.root.name == "a");
  CHECK(parsed.warns("broken"));
}

TEST_CASE("hostile input: truncations and flips of every form") {
  const std::function<void(Bytes)> run = [](Bytes bytes) {
    std::vector<std::string> warnings;
    parse_xml(bytes, warnings);
  };
  AxmlOptions utf8;
  utf8.pool.utf8 = true;
  for (const ByteVector& file :
       {axml(sample()), axml(sample(), utf8), proto_xml(sample()), ByteVector(kText.begin(), kText.end())}) {
    CHECK(truncation_sweep(file, run) > 0);
    byte_flips(file, run);
  }
}

}  // namespace
}  // namespace sdkprint
