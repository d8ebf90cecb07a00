// Binary, protobuf and text XML, and the manifest read out of them.
#include "axml_builder.h"
#include "base/error.h"
#include "format/manifest.h"
#include "fuzz_target.h"
#include "proto_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    std::vector<std::string> warnings;
    const XmlElement root = parse_xml({data, size}, warnings);
    read_manifest(root, nullptr);
  } catch (const InputError&) {
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  const std::vector<AxmlElement> parts = {uses_permission("p"), activity(".A", {intent_filter({"a"}, {"c"})}),
                                          provider("a.P", "x;y"), meta_data("k", "值")};
  const AxmlElement root = manifest_element("com.example", parts);
  std::vector<std::vector<std::uint8_t>> seeds = {axml(root), proto_xml(root)};
  AxmlOptions options;
  options.pool.utf8 = true;
  options.blank_names = true;
  options.unknown_chunks = true;
  seeds.push_back(axml(root, options));
  options = {};
  options.double_attributes = true;
  options.attribute_size = 24;
  options.pool.style_count = 1000;
  seeds.push_back(axml(root, options));
  const std::string_view text = R"(<m xmlns:android="http://schemas.android.com/apk/res/android" package="a">
<application android:name=".A"><activity android:name="${applicationId}.B" android:exported="true"/></application></m>)";
  seeds.emplace_back(text.begin(), text.end());
  return seeds;
}
