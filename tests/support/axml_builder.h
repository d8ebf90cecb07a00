#pragma once
// Makes binary XML (AOSP ResourceTypes.h) from a description, well-formed or tampered with, and manifests
// from a list of their parts:
//
//   ByteVector file = manifest_xml("com.example.app", {uses_permission("android.permission.INTERNET"),
//                                                      activity("cn.jpush.android.ui.PushActivity"),
//                                                      meta_data("JPUSH_APPKEY", "abc")});
#include <cstdint>
#include <string>
#include <vector>

#include "chunk_builder.h"

namespace sdkprint::test {

/// One attribute. Its text is used when `type` is a string (3), else `data`.
struct AxmlAttribute {
  std::string name = {};
  std::uint32_t resource_id = 0;  ///< 0: no android: namespace and no row of the resource map
  std::uint8_t type = 3;  ///< Res_value::dataType: 1 reference, 3 string, 0x10 decimal, 0x11 hex, 0x12 bool
  std::string text = {};
  std::uint32_t data = 0;
};

struct AxmlElement {
  std::string name = {};
  std::vector<AxmlAttribute> attributes = {};
  std::vector<AxmlElement> children = {};
};

/// android:NAME attributes; the id comes from the engine's own table (aborts the test when it is not there).
AxmlAttribute android(const std::string& name, const std::string& text);
AxmlAttribute android_int(const std::string& name, std::int32_t value);
AxmlAttribute android_bool(const std::string& name, bool value);
AxmlAttribute android_ref(const std::string& name, std::uint32_t resource_id);
/// An attribute without namespace (package, split …).
AxmlAttribute plain(const std::string& name, const std::string& text);

struct AxmlOptions {
  StringPoolOptions pool = {};
  std::uint16_t file_type = 0x0003;
  std::uint16_t file_header_size = 8;
  std::int32_t file_size_delta = 0;  ///< added to the size the file header tells
  bool resource_map = true;
  bool blank_names = false;      ///< attributes with an id are spelled ""
  bool false_names = false;      ///< attributes with an id are spelled "decoy"
  bool namespaces = true;        ///< START/END_NAMESPACE chunks and namespace of attributes
  bool bogus_namespace = false;  ///< namespace indexes point past the pool
  std::uint16_t attribute_size = 20;
  std::uint16_t attribute_start = 20;
  bool unknown_chunks = false;     ///< an unknown chunk before each start tag and before the pool
  bool double_attributes = false;  ///< each attribute twice, the second with the text or data changed
  std::size_t junk = 0;            ///< bytes after the end
};

ByteVector axml(const AxmlElement& root, const AxmlOptions& options = {});

AxmlElement activity(const std::string& name, std::vector<AxmlElement> children = {});
AxmlElement service(const std::string& name, std::vector<AxmlElement> children = {});
AxmlElement receiver(const std::string& name, std::vector<AxmlElement> children = {});
AxmlElement provider(const std::string& name, const std::string& authorities);
AxmlElement meta_data(const std::string& name, const std::string& value);
AxmlElement intent_filter(const std::vector<std::string>& actions,
                          const std::vector<std::string>& categories = {});
AxmlElement uses_permission(const std::string& name);

/// The element tree of a manifest: package, versionCode 1, versionName "1.0", uses-sdk 21/33, and an
/// <application> that takes the parts that belong into one (components, meta-data, uses-library …); the other
/// parts (permissions, features, queries …) stand beside it.
AxmlElement manifest_element(const std::string& package, const std::vector<AxmlElement>& parts = {});

/// The same as binary XML.
ByteVector manifest_xml(const std::string& package, const std::vector<AxmlElement>& parts = {},
                        const AxmlOptions& options = {});

}  // namespace sdkprint::test
