#include "format/dex.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>

#include "base/error.h"
#include "dex_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

constexpr const char* kSdk = "Lcom/acme/Sdk;";
constexpr const char* kString = "Ljava/lang/String;";

/// One class with a bit of everything.
DexBuilder sample(int version = 35) {
  DexBuilder builder(version);
  builder.add_class(kSdk)
      .superclass("Lcom/acme/Base;")
      .interface("Ljava/lang/Runnable;")
      .interface("Ljava/io/Closeable;")
      .source_file("Sdk.java")
      .string_constant("VERSION", "4.2.0")
      .static_field("LATE", kString)
      .field("count", "I")
      .method("<clinit>", "()V", kStatic,
              Code().const_string(0, "late").sput_object(0, kSdk, "LATE", kString).return_void())
      .method("run", "(IJ[Ljava/lang/String;)V",
              Code().line(20).const_int(0, 1).line(22).const_int(1, 2).line(19).return_void())
      .method("load", "()I", kPublic | kNative);
  builder.add_class("Lcom/acme/Other;");
  return builder;
}

std::uint32_t find_string(const DexFile& dex, std::string_view text) {
  for (std::uint32_t i = 0; i < dex.string_count(); ++i) {
    if (dex.string(i) == text) return i;
  }
  return kNoIndex;
}

std::uint32_t find_method(const DexFile& dex, std::string_view name) {
  for (std::uint32_t i = 0; i < dex.method_count(); ++i) {
    if (dex.method_name(i) == name) return i;
  }
  return kNoIndex;
}

InputError::Kind kind_of_failure(Bytes file) {
  try {
    DexFile::open(file);
  } catch (const InputError& error) {
    return error.kind();
  }
  FAIL("accepted");
  return {};
}

void put32(ByteVector& bytes, std::size_t offset, std::uint32_t value) {
  std::memcpy(&bytes.at(offset), &value, 4);
}

/// Reads all that a DexFile offers.
void read_everything(Bytes file) {
  for (const DexFile& dex : DexFile::open(file)) {
    const DexStringIndex index(dex);
    const DexFile::Range range = dex.string_data_range();
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      const std::optional<DexStringIndex::Hit> hit = index.at(at);
      if (hit) REQUIRE(hit->begin <= at);
    }
    for (std::uint32_t i = 0; i < dex.method_count(); ++i) dex.method_name(i);
    for (std::uint32_t i = 0; i < dex.field_count(); ++i) dex.type(dex.field(i).class_idx);
    DexClassData data;
    for (std::uint32_t i = 0; i < dex.class_count(); ++i) {
      const DexClassDef def = dex.class_def(i);
      dex.type_list(def.interfaces_off);
      if (def.static_values_off != 0) dex.encoded_array(def.static_values_off);
      dex.class_data(def.class_data_off, data);
      for (const std::vector<DexMethod>* methods : {&data.direct_methods, &data.virtual_methods}) {
        for (const DexMethod& method : *methods) {
          if (method.code_off == 0) continue;
          const DexCode code = dex.code(method.code_off);
          REQUIRE(dex.code_size(method.code_off) == code.insns.size());
          dex.line(code.debug_info_off, 3);
        }
      }
    }
  }
}

/// A dex without tables but with `payload` behind the header, for items that are read by offset.
struct Bare {
  explicit Bare(std::initializer_list<std::uint8_t> payload) : bytes(DexBuilder().build()) {
    offset = static_cast<std::uint32_t>(bytes.size());
    bytes.insert(bytes.end(), payload);
  }
  DexFile dex() const { return DexFile(bytes); }
  std::vector<DexValue> values() const { return dex().encoded_array(offset); }
  ByteVector bytes;
  std::uint32_t offset = 0;
};

}  // namespace

TEST_CASE("dex: versions 035 to 041 open") {
  for (int version = 35; version <= 41; ++version) {
    const ByteVector bytes = sample(version).build();
    const std::vector<DexFile> all = DexFile::open(bytes);
    REQUIRE(all.size() == 1);
    CHECK(all[0].version() == version);
    CHECK(all[0].class_count() == 2);
  }
}

TEST_CASE("dex: other versions and flavours are unsupported, not malformed") {
  const ByteVector good = sample().build();
  for (const char* magic : {"dex\n034", "dex\n042", "dey\n036", "cdex001"}) {
    ByteVector bytes = good;
    std::memcpy(bytes.data(), magic, 7);
    CHECK(kind_of_failure(bytes) == InputError::Kind::unsupported);
  }
}

TEST_CASE("dex: a reversed endian_tag is unsupported, any other malformed") {
  CHECK(kind_of_failure(sample().override_header(0x28, 0x78563412).build()) == InputError::Kind::unsupported);
  CHECK(kind_of_failure(sample().override_header(0x28, 1).build()) == InputError::Kind::malformed);
}

TEST_CASE("dex: what is no dex is malformed") {
  ByteVector bytes = sample().build();
  bytes[0] = 'D';
  CHECK(kind_of_failure(bytes) == InputError::Kind::malformed);
  bytes[0] = 'd', bytes[5] = 'x';
  CHECK(kind_of_failure(bytes) == InputError::Kind::malformed);
}

TEST_CASE("dex: a wrong checksum, file_size, header_size, map or data section does not matter") {
  for (const std::uint32_t field : {0x08u, 0x0cu, 0x20u, 0x24u, 0x2cu, 0x30u, 0x34u, 0x68u, 0x6cu}) {
    for (const std::uint32_t value : {0u, 1u, 0xfffffff0u}) {
      CAPTURE(field);
      const ByteVector bytes = sample().override_header(field, value).keep_stale_checksum().build();
      CHECK_NOTHROW(read_everything(bytes));
    }
  }
}

TEST_CASE("dex: a table that leaves the file is refused when the file is opened") {
  for (std::uint32_t field = 0x38; field < 0x68; field += 8) {
    CAPTURE(field);
    CHECK(kind_of_failure(sample().override_header(field, 0x10000000).build()) ==
          InputError::Kind::truncated);
    CHECK(kind_of_failure(sample().override_header(field, UINT32_MAX).build()) ==
          InputError::Kind::truncated);
    CHECK(kind_of_failure(sample().override_header(field + 4, UINT32_MAX).build()) ==
          InputError::Kind::truncated);
  }
}

TEST_CASE("dex: the offset of an empty table is not looked at") {
  DexBuilder builder;
  const ByteVector bytes =
      builder.override_header(0x3c, UINT32_MAX).override_header(0x64, UINT32_MAX).build();
  CHECK_NOTHROW(DexFile::open(bytes));
}

TEST_CASE("dex: indexes beyond a table are refused") {
  const ByteVector bytes = sample().build();
  const DexFile dex(bytes);
  CHECK_THROWS_AS(dex.string(dex.string_count()), InputError);
  CHECK_THROWS_AS(dex.type(dex.type_count()), InputError);
  CHECK_THROWS_AS(dex.proto(dex.proto_count()), InputError);
  CHECK_THROWS_AS(dex.field(dex.field_count()), InputError);
  CHECK_THROWS_AS(dex.method(dex.method_count()), InputError);
  CHECK_THROWS_AS(dex.class_def(dex.class_count()), InputError);
  CHECK_THROWS_AS(dex.class_def(kNoIndex), InputError);
}

TEST_CASE("dex: a bad index is named with its table and count") {
  const ByteVector bytes = DexBuilder().build();
  CHECK_THROWS_WITH(DexFile(bytes).type(7), "dex: type index 7 of 0");
}

TEST_CASE("dex: class_def, superclass, interfaces, source file") {
  const ByteVector bytes = sample().build();
  const DexFile dex(bytes);
  const DexClassDef def = dex.class_def(0);
  CHECK(dex.type(def.class_idx) == kSdk);
  CHECK(dex.type(def.superclass_idx) == "Lcom/acme/Base;");
  CHECK(dex.string(def.source_file_idx) == "Sdk.java");
  CHECK(def.access_flags == kPublic);
  const std::vector<std::uint16_t> interfaces = dex.type_list(def.interfaces_off);
  REQUIRE(interfaces.size() == 2);
  CHECK(dex.type(interfaces[0]) == "Ljava/lang/Runnable;");
  CHECK(dex.type(interfaces[1]) == "Ljava/io/Closeable;");
  CHECK(dex.class_def(1).source_file_idx == kNoIndex);
  CHECK(dex.type_list(dex.class_def(1).interfaces_off).empty());
}

TEST_CASE("dex: class_data has all members with their flags") {
  const ByteVector bytes = sample().build();
  const DexFile dex(bytes);
  DexClassData data;
  dex.class_data(dex.class_def(0).class_data_off, data);
  REQUIRE(data.static_fields.size() == 2);
  REQUIRE(data.instance_fields.size() == 1);
  REQUIRE(data.direct_methods.size() == 1);
  REQUIRE(data.virtual_methods.size() == 2);
  CHECK(dex.string(dex.field(data.static_fields[1].field_idx).name_idx) == "VERSION");
  CHECK(dex.string(dex.field(data.instance_fields[0].field_idx).name_idx) == "count");
  CHECK(dex.method_name(data.direct_methods[0].method_idx) == "Lcom/acme/Sdk;.<clinit>:()V");
  CHECK(data.direct_methods[0].access_flags == (kStatic | kConstructor));
  CHECK(dex.method_name(data.virtual_methods[0].method_idx) == "Lcom/acme/Sdk;.load:()I");
  CHECK(data.virtual_methods[0].code_off == 0);
  CHECK(data.virtual_methods[1].code_off != 0);
}

TEST_CASE("dex: class_data of offset 0 empties what was there") {
  const ByteVector bytes = sample().build();
  const DexFile dex(bytes);
  DexClassData data;
  dex.class_data(dex.class_def(0).class_data_off, data);
  dex.class_data(dex.class_def(1).class_data_off, data);
  CHECK(data.static_fields.empty());
  CHECK(data.virtual_methods.empty());
}

TEST_CASE("dex: class_data reuses the memory of its vectors") {
  const ByteVector bytes = sample().build();
  const DexFile dex(bytes);
  DexClassData data;
  dex.class_data(dex.class_def(0).class_data_off, data);
  const DexMethod* before = data.virtual_methods.data();
  dex.class_data(0, data);
  dex.class_data(dex.class_def(0).class_data_off, data);
  CHECK(data.virtual_methods.data() == before);
}

TEST_CASE("dex: class_data counts beyond the file are refused before they are allocated") {
  const Bare bare{0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0};
  DexClassData data;
  CHECK_THROWS_AS(bare.dex().class_data(bare.offset, data), InputError);
  CHECK(data.static_fields.capacity() == 0);
}

TEST_CASE("dex: class_data indexes beyond their table, or that wrap around, are refused") {
  ByteVector bytes = sample().build();
  const std::uint32_t offset = static_cast<std::uint32_t>(bytes.size());
  DexClassData data;
  SUBCASE("beyond") { bytes.insert(bytes.end(), {0, 0, 1, 0, 0x7f, 0, 0, 0}); }
  SUBCASE("wrapping") {
    bytes.insert(bytes.end(), {0, 0, 2, 0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0});
  }
  CHECK_THROWS_AS(DexFile(bytes).class_data(offset, data), InputError);
  const DexFile dex(bytes);
  DexMethods methods;
  dex.class_methods(dex.class_def(0).class_data_off, methods);
  CHECK_THROWS_AS(dex.class_methods(offset, methods), InputError);
  CHECK(methods.rows.size() == 1);
  CHECK(methods.methods.size() == 3);
}

TEST_CASE("dex: methods without their fields, class after class") {
  const ByteVector bytes = sample().build();
  const DexFile dex(bytes);
  DexMethods methods;
  dex.class_methods(dex.class_def(0).class_data_off, methods);
  methods.add_unknown();
  dex.class_methods(0, methods);
  dex.class_methods(dex.class_def(0).class_data_off, methods);
  REQUIRE(methods.rows.size() == 4);
  for (const std::size_t row : {0, 3}) {
    CHECK(methods.rows[row].is_known);
    CHECK(methods.rows[row].field_count == 3);
    REQUIRE(methods.direct(row).size() == 1);
    REQUIRE(methods.virtuals(row).size() == 2);
    CHECK(dex.method_name(methods.direct(row)[0].method_idx) == "Lcom/acme/Sdk;.<clinit>:()V");
    CHECK(dex.method_name(methods.virtuals(row)[0].method_idx) == "Lcom/acme/Sdk;.load:()I");
    CHECK(methods.virtuals(row)[0].code_off == 0);
    CHECK(methods.virtuals(row)[1].code_off != 0);
  }
  CHECK_FALSE(methods.rows[1].is_known);
  CHECK(methods.rows[2].is_known);
  CHECK(methods.direct(2).empty());
  CHECK(methods.virtuals(2).empty());
}

TEST_CASE("dex: all rows of a table in turn") {
  const ByteVector bytes = sample().build();
  const DexFile dex(bytes);
  std::uint32_t methods = 0, fields = 0;
  dex.for_each_method([&](std::uint32_t i, const DexMethodId& row) {
    CHECK(i == methods++);
    CHECK(std::memcmp(&row, std::array{dex.method(i)}.data(), sizeof row) == 0);
  });
  dex.for_each_field([&](std::uint32_t i, const DexFieldId& row) {
    CHECK(i == fields++);
    CHECK(std::memcmp(&row, std::array{dex.field(i)}.data(), sizeof row) == 0);
  });
  CHECK(methods == dex.method_count());
  CHECK(fields == dex.field_count());
}

TEST_CASE("dex: code") {
  DexBuilder builder = sample();
  const ByteVector bytes = builder.build();
  const DexFile dex(bytes);
  const std::uint32_t offset = builder.layout().code.at("Lcom/acme/Sdk;.run:(IJ[Ljava/lang/String;)V");
  const DexCode code = dex.code(offset);
  CHECK(code.registers_size == 16);
  CHECK(code.ins_size == 5);  // this, int, two for long, array
  CHECK(code.insns.size() == 6);
  CHECK(code.insns_off == offset + 16);
  CHECK(code.insns.data() == bytes.data() + code.insns_off);
  CHECK(dex.code_size(offset) == 6);
}

TEST_CASE("dex: code that leaves the file is refused") {
  DexBuilder builder = sample();
  ByteVector bytes = builder.build();
  const std::uint32_t offset = builder.layout().code.at("Lcom/acme/Sdk;.<clinit>:()V");
  const std::uint32_t size = static_cast<std::uint32_t>(bytes.size());
  for (const std::uint32_t units : {0x7fffffffu, 0x80000000u, UINT32_MAX, (size - offset - 16) / 2 + 1}) {
    put32(bytes, offset + 12, units);
    CHECK_THROWS_AS(DexFile(bytes).code(offset), InputError);
    CHECK_THROWS_AS(DexFile(bytes).code_size(offset), InputError);
  }
  CHECK_THROWS_AS(DexFile(bytes).code(UINT32_MAX), InputError);
  CHECK_THROWS_AS(DexFile(bytes).code_size(UINT32_MAX), InputError);
  CHECK_THROWS_AS(DexFile(bytes).code(size - 15), InputError);
}

TEST_CASE("dex: names in dexdump's notation") {
  const ByteVector bytes = sample().build();
  CHECK(find_method(DexFile(bytes), "Lcom/acme/Sdk;.run:(IJ[Ljava/lang/String;)V") != kNoIndex);
}

TEST_CASE("dex: a proto of more than 255 parameters is refused") {
  DexBuilder builder;
  builder.add_method({kSdk, "huge", "(" + std::string(256, 'I') + ")V"});
  const ByteVector bytes = builder.build();
  CHECK_THROWS_AS(DexFile(bytes).method_name(0), InputError);
}

TEST_CASE("dex: a type_list that leaves the file is refused") {
  const Bare bare{0xff, 0xff, 0xff, 0x7f, 0, 0};
  CHECK_THROWS_AS(bare.dex().type_list(bare.offset), InputError);
}

TEST_CASE("dex: strings are MUTF-8, longer ones too") {
  const std::string mutf8 = "\xc0\x80\xed\xa0\xbd\xed\xb8\x80";
  const std::string text(300, 'x');
  const ByteVector bytes = DexBuilder().add_string(mutf8).add_string(text).add_string("").build();
  const DexFile dex(bytes);
  CHECK(find_string(dex, mutf8) == 1);
  CHECK(find_string(dex, text) == 2);
  CHECK(dex.string(0).empty());
}

TEST_CASE("dex: a string offset outside the file, or text without an end, is refused") {
  for (const std::uint32_t offset : {UINT32_MAX, 0x7fffffffu}) {
    const ByteVector bytes = sample().override_string_data_off(2, offset).build();
    CHECK_THROWS_AS(DexFile(bytes).string(2), InputError);
    CHECK_NOTHROW(DexFile(bytes).string(1));
  }
  const Bare bare{3, 'a', 'b', 'c'};
  CHECK_THROWS_AS(bare.dex().string_at(bare.offset), InputError);
}

TEST_CASE("dex: a string's length is not trusted") {
  const Bare bare{0xff, 0xff, 0xff, 0xff, 0x0f, 'a', 'b', 0};
  CHECK(bare.dex().string_at(bare.offset) == "ab");
}

TEST_CASE("dex: string_data_range covers every string and ends at the last one's NUL") {
  for (const bool reversed : {false, true}) {
    DexBuilder builder = sample();
    if (reversed) builder.reverse_string_data();
    const ByteVector bytes = builder.build();
    const DexFile dex(bytes);
    const DexFile::Range range = dex.string_data_range();
    CHECK(range.begin == builder.layout().string_data);
    CHECK(bytes[range.end] == 0);
    for (std::uint32_t i = 0; i < dex.string_count(); ++i) {
      const std::string_view text = dex.string(i);
      CHECK(reinterpret_cast<const std::uint8_t*>(text.data()) > bytes.data() + range.begin);
      CHECK(reinterpret_cast<const std::uint8_t*>(text.data() + text.size()) <= bytes.data() + range.end);
    }
  }
}

TEST_CASE("dex: no strings, no range and no hits") {
  const ByteVector bytes = DexBuilder().build();
  const DexFile dex(bytes);
  CHECK(dex.string_data_range().begin == dex.string_data_range().end);
  CHECK_FALSE(DexStringIndex(dex).at(0).has_value());
  CHECK_FALSE(DexStringIndex(dex).at(UINT32_MAX).has_value());
}

TEST_CASE("string index: each byte of a string finds it, its length and NUL find nothing") {
  for (const bool reversed : {false, true}) {
    DexBuilder builder = sample();
    builder.add_string("").add_string(std::string(200, 'q'));
    if (reversed) builder.reverse_string_data();
    const ByteVector bytes = builder.build();
    const DexFile dex(bytes);
    const DexStringIndex index(dex);
    for (const auto& [text, offset] : builder.layout().string_item) {
      CAPTURE(text);
      const std::uint32_t begin = offset + (text.size() < 128 ? 1 : 2);
      for (std::uint32_t at = offset; at < begin; ++at) CHECK_FALSE(index.at(at).has_value());
      for (std::uint32_t i = 0; i < text.size(); ++i) {
        const std::optional<DexStringIndex::Hit> hit = index.at(begin + i);
        REQUIRE(hit.has_value());
        CHECK(hit->begin == begin);
        CHECK(hit->text == text);
        CHECK(dex.string(hit->index) == text);
      }
      CHECK_FALSE(index.at(begin + static_cast<std::uint32_t>(text.size())).has_value());
    }
  }
}

TEST_CASE("string index: an offset before or after all strings finds nothing") {
  DexBuilder builder = sample();
  const ByteVector bytes = builder.build();
  const DexFile dex(bytes);
  const DexStringIndex index(dex);
  CHECK_FALSE(index.at(0).has_value());
  CHECK_FALSE(index.at(builder.layout().map_list).has_value());
  CHECK_FALSE(index.at(UINT32_MAX).has_value());
}

TEST_CASE("string index: of two rows with one offset the last is found") {
  DexBuilder builder;
  builder.add_string("aaaa").add_string("bbbb");
  builder.build();
  const std::uint32_t shared = builder.layout().string_item.at("bbbb");
  const ByteVector bytes = builder.override_string_data_off(0, shared).build();
  const std::optional<DexStringIndex::Hit> hit = DexStringIndex(DexFile(bytes)).at(shared + 2);
  REQUIRE(hit.has_value());
  CHECK(hit->index == 1);
}

TEST_CASE("string index: the answer does not depend on what was asked before") {
  DexBuilder builder;
  builder.add_string("a\x02xyz").add_string("zz");
  builder.build();
  // Row 1 begins in the middle of row 0: at its byte 2, taken for a length.
  const std::uint32_t outer = builder.layout().string_item.at("a\x02xyz");
  const ByteVector bytes = builder.override_string_data_off(1, outer + 2).build();
  const DexFile dex(bytes);
  const auto text_at = [&](const DexStringIndex& index, std::uint32_t at) {
    const std::optional<DexStringIndex::Hit> hit = index.at(at);
    return hit ? std::string(hit->text) : std::string("-");
  };
  for (std::uint32_t first = outer; first < outer + 8; ++first) {
    for (std::uint32_t second = outer; second < outer + 8; ++second) {
      const DexStringIndex fresh(dex), used(dex);
      used.at(first);
      CHECK(text_at(used, second) == text_at(fresh, second));
    }
  }
  CHECK(text_at(DexStringIndex(dex), outer + 1) == "a\x02xyz");
  CHECK(text_at(DexStringIndex(dex), outer + 3) == "xyz");
}

TEST_CASE("encoded_array: integers of every width and sign") {
  const Bare bare{8,    0x00, 0xff, 0x02, 0x80, 0x22, 0x00, 0x80, 0x23, 0xff, 0xff, 0x64, 0xff, 0xff, 0xff,
                  0x7f, 0x04, 0xfe, 0x26, 0x00, 0x80, 0xe6, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80};
  const std::vector<DexValue> values = bare.values();
  const std::int64_t expected[] = {-1, -128, -32768, 65535, INT32_MAX, -2, -32768, INT64_MIN};
  REQUIRE(values.size() == std::size(expected));
  for (std::size_t i = 0; i < values.size(); ++i) {
    CHECK(values[i].type == DexValue::Type::integer);
    CHECK(values[i].integer == expected[i]);
  }
}

TEST_CASE("encoded_array: floating numbers keep their high bytes") {
  const std::vector<DexValue> values = Bare{3, 0x30, 0x10, 0x40, 0x31, 0xf8, 0x3f, 0x10, 0x80}.values();
  REQUIRE(values.size() == 3);
  CHECK(values[0].type == DexValue::Type::floating);
  CHECK(values[0].floating == 2.25);
  CHECK(values[1].floating == 1.5);
  CHECK(std::signbit(values[2].floating));
}

TEST_CASE("encoded_array: booleans, null, indexes") {
  const std::vector<DexValue> values =
      Bare{7, 0x1f, 0x3f, 0x1e, 0x37, 0x34, 0x12, 0x18, 5, 0x1b, 6, 0x1a, 7}.values();
  REQUIRE(values.size() == 7);
  CHECK(values[0].type == DexValue::Type::boolean);
  CHECK(values[0].integer == 0);
  CHECK(values[1].integer == 1);
  CHECK(values[2].type == DexValue::Type::null);
  CHECK(values[3].type == DexValue::Type::string);
  CHECK(values[3].integer == 0x1234);
  CHECK(values[4].type == DexValue::Type::type);
  CHECK(values[5].type == DexValue::Type::field);
  CHECK(values[6].type == DexValue::Type::method);
}

TEST_CASE("encoded_array: nested arrays and annotations are skipped to their end") {
  const std::vector<DexValue> values =
      Bare{3, 0x1c, 2, 0x00, 1, 0x1c, 1, 0x1e, 0x1d, 9, 2, 1, 0x04, 1, 2, 0x1c, 0, 0x00, 42}.values();
  REQUIRE(values.size() == 3);
  CHECK(values[0].type == DexValue::Type::other);
  CHECK(values[1].type == DexValue::Type::other);
  CHECK(values[2].integer == 42);
}

TEST_CASE("encoded_array: nesting has a limit") {
  Bare bare{1};
  for (int depth = 0; depth < 100000; ++depth) bare.bytes.insert(bare.bytes.end(), {0x1c, 1});
  bare.bytes.push_back(0x1e);
  CHECK_THROWS_AS(bare.values(), InputError);
}

TEST_CASE("encoded_array: values that are wider than their type, unknown or cut short are refused") {
  CHECK_THROWS_AS((Bare{1, 0x20, 0, 0}.values()), InputError);           // a byte of two bytes
  CHECK_THROWS_AS((Bare{1, 0x97, 0, 0, 0, 0, 0}.values()), InputError);  // a string index of five
  CHECK_THROWS_AS((Bare{1, 0x01, 0}.values()), InputError);
  CHECK_THROWS_AS((Bare{1, 0x64, 0}.values()), InputError);
  CHECK_THROWS_AS((Bare{2, 0x1e}.values()), InputError);
  CHECK_THROWS_AS((Bare{0xff, 0xff, 0xff, 0xff, 0x0f, 0x1e}.values()), InputError);
}

TEST_CASE("encoded_array: the limit bounds the result") {
  const Bare bare{3, 0x1e, 0x1e, 0x1e};
  CHECK(bare.dex().encoded_array(bare.offset, 2).size() == 2);
  CHECK(bare.dex().encoded_array(bare.offset, 0).empty());
}

TEST_CASE("line: the row at or before a pc") {
  DexBuilder builder = sample();
  const ByteVector bytes = builder.build();
  const DexFile dex(bytes);
  const std::uint32_t debug = builder.layout().debug_info.at("Lcom/acme/Sdk;.run:(IJ[Ljava/lang/String;)V");
  CHECK(dex.line(debug, 0) == 20u);
  CHECK(dex.line(debug, 1) == 22u);
  CHECK(dex.line(debug, 2) == 19u);
  CHECK(dex.line(debug, 1000) == 19u);
}

TEST_CASE("line: special opcodes move address and line; locals and files are skipped") {
  // Line 10; start_local, end_local, set_file, then address +1 line +3 (0x0a + 7 + 15), address +2 line -4.
  const Bare bare{10, 0, 0x03, 1, 2, 3, 0x04, 1, 2, 3, 4, 0x05, 1, 0x06, 1, 0x09, 1, 0x08, 0x20, 0x28, 0};
  CHECK_FALSE(bare.dex().line(bare.offset, 0).has_value());
  CHECK(bare.dex().line(bare.offset, 1) == 13u);
  CHECK(bare.dex().line(bare.offset, 2) == 13u);
  CHECK(bare.dex().line(bare.offset, 3) == 9u);
}

TEST_CASE("line: parameter names are skipped") {
  const Bare bare{5, 2, 1, 0x80, 0x01, 0x0e, 0};
  CHECK(bare.dex().line(bare.offset, 0) == 5u);
}

TEST_CASE("line: unreadable debug_info is no line, never an exception") {
  const ByteVector bytes = sample().build();
  const DexFile dex(bytes);
  CHECK_FALSE(dex.line(0, 0).has_value());
  CHECK_FALSE(dex.line(UINT32_MAX, 0).has_value());
  CHECK_FALSE(dex.line(static_cast<std::uint32_t>(bytes.size()), 0).has_value());
  const Bare cut{10, 0, 0x01};
  CHECK_FALSE(cut.dex().line(cut.offset, 0).has_value());
  const Bare many{10, 0xff, 0xff, 0xff, 0xff, 0x0f};
  CHECK_FALSE(many.dex().line(many.offset, 0).has_value());
}

TEST_CASE("line: a state machine of a million steps is given up") {
  Bare bare{10, 0, 0x0e};  // one row, then opcodes that do nothing
  bare.bytes.resize(bare.bytes.size() + (1 << 20), 0x07);
  bare.bytes.push_back(0x00);
  CHECK_FALSE(bare.dex().line(bare.offset, 0).has_value());
}

TEST_CASE("container: every dex, with shared strings") {
  std::vector<DexBuilder> parts;
  for (const char* name : {"La/A;", "Lb/B;", "Lc/C;"}) {
    parts.emplace_back(41)
        .add_class(name)
        .string_constant("SHARED", "the same")
        .method("m", "()V", Code().const_string(0, "own of " + std::string(name)).return_void());
  }
  const ByteVector bytes = build_dex_container(parts);
  const std::vector<DexFile> all = DexFile::open(bytes);
  REQUIRE(all.size() == 3);
  CHECK(all[0].type(all[0].class_def(0).class_idx) == "La/A;");
  CHECK(all[1].type(all[1].class_def(0).class_idx) == "Lb/B;");
  CHECK(all[2].type(all[2].class_def(0).class_idx) == "Lc/C;");
  const std::uint32_t first = find_string(all[0], "the same"), last = find_string(all[2], "the same");
  CHECK(all[0].string_data_off(first) == all[2].string_data_off(last));
  CHECK_NOTHROW(read_everything(bytes));
}

TEST_CASE("container: a bogus file_size makes the dex the last one") {
  for (const std::uint32_t file_size : {0u, 0x77u, UINT32_MAX}) {
    const ByteVector bytes = sample(41).override_header(0x20, file_size).build();
    CHECK(DexFile::open(bytes).size() == 1);
  }
}

TEST_CASE("container: a bad dex fails the file") {
  std::vector<DexBuilder> parts(2, sample(41));
  ByteVector bytes = build_dex_container(parts);
  std::uint32_t second;
  std::memcpy(&second, &bytes[0x20], 4);
  bytes[second] = 'D';
  CHECK_THROWS_AS(DexFile::open(bytes), InputError);
}

TEST_CASE("container: an older dex cannot stand inside one") {
  const ByteVector inner = sample(40).build();
  ByteVector bytes = sample(41).build();
  bytes.insert(bytes.end(), inner.begin(), inner.end());
  CHECK_THROWS_AS(DexFile::open(bytes), InputError);
}

TEST_CASE("container: many headers cannot share one large table") {
  ByteVector bytes(0x78 * 100);
  for (std::uint32_t offset = 0; offset < bytes.size(); offset += 0x78) {
    std::memcpy(&bytes[offset], "dex\n041", 8);
    put32(bytes, offset + 0x20, 0x78);
    put32(bytes, offset + 0x28, 0x12345678);
    put32(bytes, offset + 0x38, 1000);  // string_ids of 4000 bytes
    put32(bytes, offset + 0x3c, 0x78);
  }
  CHECK_THROWS_AS(DexFile::open(bytes), InputError);
}

TEST_CASE("dex: every prefix of a file is refused or read within its bounds") {
  const ByteVector bytes = sample().build();
  CHECK(truncation_sweep(bytes, read_everything) > bytes.size() / 2);
}

TEST_CASE("dex: files with flipped bytes are refused or read within their bounds") {
  byte_flips(sample().build(), read_everything, 1500);
  byte_flips(sample().reverse_string_data().build(), read_everything, 500, 2);
  std::vector<DexBuilder> parts(2, sample(41));
  byte_flips(build_dex_container(parts), read_everything, 500, 3);
}
