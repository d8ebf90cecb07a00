#include "match/signature_codec.h"

#include <doctest/doctest.h>

#include "app_fixture.h"
#include "hostile.h"
#include "signature_text.h"

namespace sdkprint {
namespace {

using namespace test;

ByteVector encoded(const SignatureSet& set) {
  ByteWriter out;
  encode(set, out);
  return out.take();
}

SignatureSet decoded(Bytes bytes) {
  Reader in(bytes, "SDK table");
  return decode_signatures(in);
}

TEST_CASE("a set comes back as it was, without its places") {
  const SignatureSet set = signatures(complete_sdk());
  const SignatureSet back = decoded(encoded(set));
  REQUIRE(back.sdks.size() == set.sdks.size());
  for (std::size_t i = 0; i < set.sdks.size(); ++i) {
    const Sdk &a = set.sdks[i], &b = back.sdks[i];
    CHECK(a.id == b.id);
    CHECK(a.name == b.name);
    CHECK(a.name_zh == b.name_zh);
    CHECK(a.aliases == b.aliases);
    CHECK(a.vendor == b.vendor);
    CHECK(a.category == b.category);
    CHECK(a.kind == b.kind);
    CHECK(a.homepage == b.homepage);
    CHECK(a.privacy_policy == b.privacy_policy);
    CHECK(a.contains == b.contains);
    CHECK(a.sources == b.sources);
    CHECK(a.defined.classes == b.defined.classes);
    CHECK(a.defined.code_bytes == b.defined.code_bytes);
    CHECK(a.defined.any_class == b.defined.any_class);
    CHECK(a.declares.behaviours == b.declares.behaviours);
    CHECK(a.declares.source == b.declares.source);
    CHECK(b.declares.places.empty());
    CHECK(b.samples.empty());
    CHECK(b.place.file.empty());
    REQUIRE(a.patterns.size() == b.patterns.size());
    for (std::size_t j = 0; j < a.patterns.size(); ++j) {
      CHECK(a.patterns[j].surface == b.patterns[j].surface);
      CHECK(a.patterns[j].kind == b.patterns[j].kind);
      CHECK(a.patterns[j].text == b.patterns[j].text);
      CHECK(a.patterns[j].grade == b.patterns[j].grade);
      CHECK(a.patterns[j].weak == b.patterns[j].weak);
    }
    REQUIRE(a.versions.size() == b.versions.size());
    for (std::size_t j = 0; j < a.versions.size(); ++j) {
      CHECK(a.versions[j].source == b.versions[j].source);
      CHECK(a.versions[j].target == b.versions[j].target);
      CHECK(a.versions[j].key == b.versions[j].key);
      CHECK(a.versions[j].regex == b.versions[j].regex);
      CHECK(a.versions[j].format == b.versions[j].format);
    }
  }
  REQUIRE(back.vendors.size() == set.vendors.size());
  CHECK(back.vendors.back().name_zh == set.vendors.back().name_zh);
  CHECK(back.vendors.back().country == set.vendors.back().country);
  REQUIRE(back.categories.size() == set.categories.size());
  CHECK(back.categories.back().name_zh == set.categories.back().name_zh);
}

TEST_CASE("every enumeration value survives") {
  SignatureSet set;
  Sdk& sdk = set.sdks.emplace_back();
  for (const Surface surface : kSurfaces) {
    for (int kind = 0; kind <= static_cast<int>(Pattern::Kind::domain); ++kind) {
      Pattern& pattern = sdk.patterns.emplace_back();
      pattern.surface = surface;
      pattern.kind = static_cast<Pattern::Kind>(kind);
      pattern.grade = Grade::defined;
    }
  }
  for (int source = 0; source <= static_cast<int>(VersionRule::Source::manifest); ++source) {
    sdk.versions.emplace_back().source = static_cast<VersionRule::Source>(source);
  }
  sdk.kind = Sdk::Kind::packer;
  const SignatureSet back = decoded(encoded(set));
  CHECK(encoded(back) == encoded(set));
}

TEST_CASE("an enumeration value out of range is refused") {
  SignatureSet set;
  set.sdks.emplace_back().patterns.emplace_back();
  const ByteVector good = encoded(set);
  int refused = 0;
  for (std::size_t i = 0; i < good.size(); ++i) {
    ByteVector bad = good;
    bad[i] = 0xee;
    try {
      decoded(bad);
    } catch (const InputError&) {
      ++refused;
    }
  }
  CHECK(refused > 20);  // every length, and the four enumerations
}

TEST_CASE("moving lines does not change the encoding") {
  CHECK(encoded(signatures(complete_sdk())) == encoded(signatures("\n\n\n" + complete_sdk())));
}

TEST_CASE("samples do not change the encoding") {
  SignatureSet set = signatures(complete_sdk());
  const ByteVector with_samples = encoded(set);
  for (Sdk& sdk : set.sdks) sdk.samples.clear();
  CHECK(encoded(set) == with_samples);
}

TEST_CASE("every truncation is refused, and no change of bytes crashes") {
  const ByteVector table = encoded(signatures(complete_sdk()));
  CHECK(truncation_sweep(table, [](Bytes bytes) { decoded(bytes); }) == table.size());
  byte_flips(table, [](Bytes bytes) { decoded(bytes); });
}

}  // namespace
}  // namespace sdkprint
