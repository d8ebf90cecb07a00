#pragma once
// Makes resources.arsc (AOSP ResourceTypes.h) from a list of values, in each of the layouts of entries:
//
//   ByteVector file = arsc({{0x7f0b0000, "App"}, {0x7f0b0000, "应用", {.language = "zh", .region = "CN"}}});
#include <cstdint>
#include <string>
#include <vector>

#include "chunk_builder.h"

namespace sdkprint::test {

struct TestConfiguration {
  std::string language = {};  ///< two or three letters
  std::string region = {};    ///< two letters or three digits
  std::string script = {};
  std::uint16_t density = 0;
  auto operator<=>(const TestConfiguration&) const = default;
};

/// One value. Its text is used when `type` is a string (3), else `data`.
struct TestResource {
  std::uint32_t id = 0;
  std::string text = {};
  TestConfiguration configuration = {};
  std::uint8_t type = 3;
  std::uint32_t data = 0;
  bool is_complex = false;  ///< a map of values: an array, a style
};

TestResource resource_reference(std::uint32_t id, std::uint32_t target,
                                const TestConfiguration& configuration = {});

enum class EntryLayout : std::uint8_t { plain, sparse, offset16 };

struct ArscOptions {
  StringPoolOptions pool = {};
  EntryLayout layout = EntryLayout::plain;
  bool compact = false;            ///< entries of 8 bytes without Res_value
  std::uint32_t type_offset = 0;   ///< typeIdOffset of feature splits
  std::uint32_t config_size = 64;  ///< 28 and up; older tools wrote shorter ones
  std::uint16_t file_type = 0x0002;
  bool unknown_chunks = false;
};

ByteVector arsc(const std::vector<TestResource>& resources, const ArscOptions& options = {});

}  // namespace sdkprint::test
