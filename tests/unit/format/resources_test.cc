#include "format/resources.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "proto_builder.h"
#include "resources_builder.h"

namespace sdkprint {
namespace {

using namespace test;

constexpr std::uint32_t kLabel = 0x7f0b0003;

std::vector<TestResource> sample() {
  return {{kLabel, "App"},
          {kLabel, "应用", {.language = "zh", .region = "CN"}},
          {kLabel, "應用", {.language = "zh", .region = "TW"}},
          {kLabel, "Appli", {.language = "fr"}},
          {0x7f0b0001, "other"},
          resource_reference(0x7f0c0000, kLabel)};
}

/// Every layout must give the same answers.
std::vector<ByteVector> every_form(const std::vector<TestResource>& resources) {
  std::vector<ByteVector> files = {proto_resources(resources)};
  for (const EntryLayout layout : {EntryLayout::plain, EntryLayout::sparse, EntryLayout::offset16}) {
    for (const bool compact : {false, true}) {
      ArscOptions options;
      options.layout = layout;
      options.compact = compact;
      options.pool.utf8 = compact;
      options.unknown_chunks = compact;
      files.push_back(arsc(resources, options));
    }
  }
  return files;
}

TEST_CASE("text of the default and of the Chinese configuration, in every layout") {
  for (const ByteVector& file : every_form(sample())) {
    const ResourceTable table(file);
    CHECK(table.text(kLabel) == "App");
    CHECK(table.chinese_text(kLabel) == "应用");
    CHECK(table.text(0x7f0b0001) == "other");
    CHECK(table.chinese_text(0x7f0b0001) == std::nullopt);
    CHECK(table.values(kLabel).size() == 4);
    CHECK(table.values(kLabel).front().language.empty());
  }
}

TEST_CASE("ids that are not there") {
  for (const ByteVector& file : every_form(sample())) {
    const ResourceTable table(file);
    for (const std::uint32_t id :
         {0x7f0b0000u, 0x7f0b0002u, 0x7f0bffffu, 0x7f0d0000u, 0x010b0003u, 0u, ~0u}) {
      CHECK(table.values(id).empty());
      CHECK(table.text(id) == std::nullopt);
    }
  }
}

TEST_CASE("references are followed, to the same locale when there is one") {
  std::vector<TestResource> resources = sample();
  resources.push_back(resource_reference(0x7f0c0000, kLabel, {.language = "zh", .region = "CN"}));
  for (const ByteVector& file : every_form(resources)) {
    const ResourceTable table(file);
    CHECK(table.text(0x7f0c0000) == "App");
    CHECK(table.chinese_text(0x7f0c0000) == "应用");
  }
}

TEST_CASE("circular and dangling references end as text") {
  const std::vector<TestResource> resources = {resource_reference(0x7f010000, 0x7f010001),
                                               resource_reference(0x7f010001, 0x7f010000),
                                               resource_reference(0x7f010002, 0x01040000)};
  for (const ByteVector& file : every_form(resources)) {
    const ResourceTable table(file);
    CHECK(table.text(0x7f010000).value_or("").starts_with("@0x7f01000"));
    CHECK(table.text(0x7f010002) == "@0x01040000");
  }
}

TEST_CASE("complex values are skipped") {
  TestResource complex{kLabel, ""};
  complex.is_complex = true;
  for (const ByteVector& file : {arsc({complex}), proto_resources({complex})}) {
    CHECK(ResourceTable(file).values(kLabel).empty());
  }
}

TEST_CASE("other types are printed") {
  std::vector<TestResource> resources(3);
  resources[0] = {0x7f010000, "", {}, 0x10, 42};
  resources[1] = {0x7f010001, "", {}, 0x12, 1};
  for (const ByteVector& file :
       {arsc({resources[0], resources[1]}), proto_resources({resources[0], resources[1]})}) {
    CHECK(ResourceTable(file).text(0x7f010000) == "42");
    CHECK(ResourceTable(file).text(0x7f010001) == "true");
  }
}

TEST_CASE("languages of three letters, regions of three digits, scripts") {
  const std::vector<TestResource> resources = {{kLabel, "a", {.language = "fil", .region = "419"}},
                                               {kLabel, "b", {.language = "zh", .script = "Hans"}}};
  for (const ByteVector& file : every_form(resources)) {
    const std::vector<ResourceValue> values = ResourceTable(file).values(kLabel);
    REQUIRE(values.size() == 2);
    CHECK(values[0].language == "fil");
    CHECK(values[0].region == "419");
    CHECK(values[1].script == "Hans");
  }
}

std::optional<std::string> best_chinese(const std::vector<TestConfiguration>& configurations) {
  std::vector<TestResource> resources;
  for (const TestConfiguration& configuration : configurations) {
    resources.push_back({kLabel, configuration.script + configuration.region, configuration});
  }
  return ResourceTable(arsc(resources)).chinese_text(kLabel);
}

TEST_CASE("simplified Chinese goes before plain zh, and that before traditional") {
  const TestConfiguration zh{.language = "zh"}, cn{.language = "zh", .region = "CN"};
  const TestConfiguration tw{.language = "zh", .region = "TW"}, hans{.language = "zh", .script = "Hans"};
  const TestConfiguration hant{.language = "zh", .script = "Hant"};
  CHECK(best_chinese({tw, cn, zh}) == "CN");
  CHECK(best_chinese({hant, hans, zh}) == "Hans");
  CHECK(best_chinese({tw, zh}) == "");
  CHECK(best_chinese({tw}) == "TW");
  CHECK(best_chinese({{.language = "en"}}) == std::nullopt);
}

TEST_CASE("the unqualified configuration is the default one") {
  const std::vector<TestResource> resources = {{kLabel, "dense", {.density = 480}}, {kLabel, "plain"}};
  for (const ByteVector& file : every_form(resources)) CHECK(ResourceTable(file).text(kLabel) == "plain");
}

TEST_CASE("without a default configuration there is no text, but values") {
  const ByteVector file = arsc({{kLabel, "x", {.language = "fr"}}});
  CHECK(ResourceTable(file).text(kLabel) == std::nullopt);
  CHECK(ResourceTable(file).values(kLabel).size() == 1);
}

TEST_CASE("type numbers of feature splits") {
  ArscOptions options;
  options.type_offset = 8;
  const ByteVector file = arsc(sample(), options);
  CHECK(ResourceTable(file).text(kLabel) == "App");
}

TEST_CASE("short configurations of old tools") {
  ArscOptions options;
  options.config_size = 28;
  const ByteVector file = arsc(sample(), options);
  CHECK(ResourceTable(file).chinese_text(kLabel) == "应用");
}

TEST_CASE("a forged file type is not looked at") {
  ArscOptions options;
  options.file_type = 0x0000;
  const ByteVector file = arsc(sample(), options);
  CHECK(ResourceTable(file).text(kLabel) == "App");
}

TEST_CASE("a lying string pool still serves the strings that are there") {
  ArscOptions options;
  options.pool.string_count = 0xffffffff;
  const ByteVector file = arsc(sample(), options);
  CHECK(ResourceTable(file).text(kLabel) == "App");
}

TEST_CASE("long texts are cut") {
  const std::vector<TestResource> resources = {{kLabel, std::string(300'000, 'x')}};
  for (const ByteVector& file : {arsc(resources), proto_resources(resources)}) {
    CHECK(ResourceTable(file).text(kLabel).value().size() <= 65536);
  }
}

TEST_CASE("configurations without end are cut") {
  std::vector<TestResource> resources;
  for (std::uint16_t density = 0; density < 2000; ++density)
    resources.push_back({kLabel, "x", {.density = density}});
  for (const ByteVector& file : {arsc(resources), proto_resources(resources)}) {
    CHECK(ResourceTable(file).values(kLabel).size() == 512);
  }
}

TEST_CASE("no table") {
  CHECK_THROWS_AS(ResourceTable({}), InputError);
  const ByteVector tiny = {2, 0, 12, 0, 12, 0, 0, 0};
  CHECK_THROWS_AS(ResourceTable{Bytes(tiny)}, InputError);
}

TEST_CASE("hostile input: truncations and flips of every form") {
  const std::function<void(Bytes)> run = [](Bytes bytes) {
    const ResourceTable table(bytes);
    for (const std::uint32_t id : {kLabel, 0x7f0c0000u, 0x7f0b0001u}) table.values(id);
    table.text(0x7f0c0000);
    table.chinese_text(kLabel);
  };
  for (const ByteVector& file : every_form(sample())) {
    CHECK(truncation_sweep(file, run) > 0);
    byte_flips(file, run, 1000);
  }
}

}  // namespace
}  // namespace sdkprint
