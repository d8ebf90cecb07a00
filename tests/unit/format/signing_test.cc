#include "format/signing.h"

#include <doctest/doctest.h>
#include <openssl/err.h>

#include <algorithm>

#include "base/digest.h"
#include "base/error.h"
#include "format/inflate.h"
#include "signing_builder.h"
#include "zip_builder.h"

namespace sdkprint {
namespace {

using namespace test;

struct Read {
  std::vector<Certificate> certificates;
  std::vector<std::string> warnings;
};

Read read(Bytes apk) {
  Read result;
  Inflater inflater;
  result.certificates = signing_certificates(ZipArchive(apk), inflater, result.warnings);
  return result;
}

Read read(const ByteVector& apk) { return read(Bytes(apk)); }

ByteVector certificate(const std::string& common_name, int serial = 1) {
  TestCertificate description;
  description.common_name = common_name;
  description.serial = serial;
  return certificate_der(description);
}

std::string sha(const ByteVector& der) { return to_hex(Bytes(sha256(der))); }

std::string subject(const TestCertificate& description) {
  const ByteVector apk = ZipBuilder()
                             .stored("a", "b")
                             .signing_block({{kSchemeV2, scheme_value({{certificate_der(description)}})}})
                             .build();
  return read(apk).certificates.at(0).subject;
}

TEST_CASE("an unsigned archive") {
  const Read result = read(ZipBuilder().stored("a", "b").build());
  CHECK(result.certificates.empty());
  CHECK(result.warnings.empty());
}

TEST_CASE("JAR signature: stored or deflated, RSA, DSA or EC, in any case") {
  const ByteVector der = certificate("A");
  const ByteVector block = jar_signature({der}, 0);
  for (const char* name : {"META-INF/CERT.RSA", "META-INF/x.DSA", "META-INF/K.EC", "meta-inf/cert.rsa"}) {
    for (const ByteVector& apk :
         {ZipBuilder().stored(name, block).build(), ZipBuilder().deflated(name, block).build()}) {
      const Read result = read(apk);
      REQUIRE(result.certificates.size() == 1);
      CHECK(result.certificates[0].sha256 == sha(der));
      CHECK(result.certificates[0].subject == "CN=A");
      CHECK(result.certificates[0].schemes == std::vector<int>{1});
      CHECK(result.warnings.empty());
    }
  }
}

TEST_CASE("JAR signature: other entries are none") {
  const ByteVector block = jar_signature({certificate("A")}, 0);
  for (const char* name : {"META-INF/sub/CERT.RSA", "META-INF/CERT.SF", "META-INF/RSA", "x/META-INF/C.RSA"}) {
    CHECK(read(ZipBuilder().stored(name, block).build()).certificates.empty());
  }
}

TEST_CASE("JAR signature: the signer's certificate among others") {
  const ByteVector decoy = certificate("Decoy", 1), leaf = certificate("Leaf", 2),
                   other = certificate("Root", 3);
  const Read result =
      read(ZipBuilder().stored("META-INF/C.RSA", jar_signature({decoy, leaf, other}, 1)).build());
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.certificates[0].sha256 == sha(leaf));
}

TEST_CASE("JAR signature: garbage is a warning, the next file is read") {
  const ByteVector der = certificate("A");
  const Read result = read(ZipBuilder()
                               .stored("META-INF/BAD.RSA", "garbage")
                               .stored("META-INF/C.RSA", jar_signature({der}, 0))
                               .build());
  CHECK(result.certificates.size() == 1);
  REQUIRE(result.warnings.size() == 1);
  CHECK(result.warnings[0].find("PKCS#7") != std::string::npos);
  CHECK(ERR_peek_error() == 0);
}

TEST_CASE("each block scheme alone") {
  const ByteVector der = certificate("A");
  const std::vector<std::pair<std::uint32_t, int>> schemes = {
      {kSchemeV2, 2}, {kSchemeV3, 3}, {kSchemeV31, 31}};
  for (const auto& [id, scheme] : schemes) {
    const Read result = read(ZipBuilder()
                                 .stored("a", "b")
                                 .signing_block({{id, scheme_value({{der, certificate("Root", 9)}})}})
                                 .build());
    REQUIRE(result.certificates.size() == 1);
    CHECK(result.certificates[0].sha256 == sha(der));
    CHECK(result.certificates[0].schemes == std::vector<int>{scheme});
  }
}

TEST_CASE("the same certificate in several schemes is one, schemes ascending") {
  const ByteVector der = certificate("A");
  const ByteVector value = scheme_value({{der}});
  const Read result =
      read(ZipBuilder()
               .stored("META-INF/C.RSA", jar_signature({der}, 0))
               .signing_block({{kSchemeV2, value}, {kSigningPadding, ByteVector(64)}, {kSchemeV3, value}})
               .build());
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.certificates[0].schemes == std::vector<int>{1, 2, 3});
}

TEST_CASE("rotated keys come newest scheme first") {
  const ByteVector old_der = certificate("Old", 1), new_der = certificate("New", 2);
  const Read result = read(ZipBuilder()
                               .stored("META-INF/C.RSA", jar_signature({old_der}, 0))
                               .signing_block({{kSchemeV2, scheme_value({{old_der}})},
                                               {kSchemeV3, scheme_value({{old_der}})},
                                               {kSchemeV31, scheme_value({{new_der}})}})
                               .build());
  REQUIRE(result.certificates.size() == 2);
  CHECK(result.certificates[0].subject == "CN=New");
  CHECK(result.certificates[0].schemes == std::vector<int>{31});
  CHECK(result.certificates[1].schemes == std::vector<int>{1, 2, 3});
}

TEST_CASE("several signers") {
  const Read result =
      read(ZipBuilder()
               .stored("a", "b")
               .signing_block({{kSchemeV2, scheme_value({{certificate("A", 1)}, {certificate("B", 2)}})}})
               .build());
  CHECK(result.certificates.size() == 2);
}

TEST_CASE("more signers than Android takes are not read") {
  std::vector<std::vector<ByteVector>> chains;
  for (int serial = 1; serial <= 12; ++serial) chains.push_back({certificate("A", serial)});
  const Read result =
      read(ZipBuilder().stored("a", "b").signing_block({{kSchemeV2, scheme_value(chains)}}).build());
  CHECK(result.certificates.size() == 10);
  CHECK(result.warnings.size() == 1);
}

TEST_CASE("a broken scheme is a warning, the others are read") {
  const ByteVector der = certificate("A");
  const Read result = read(ZipBuilder()
                               .stored("a", "b")
                               .signing_block({{kSchemeV3, {1, 2, 3}}, {kSchemeV2, scheme_value({{der}})}})
                               .build());
  CHECK(result.certificates.size() == 1);
  REQUIRE(result.warnings.size() == 1);
  CHECK(result.warnings[0].find("v3") != std::string::npos);
}

TEST_CASE("a certificate that cannot be read is still named by its digest") {
  const ByteVector junk = {1, 2, 3, 4};
  const Read result =
      read(ZipBuilder().stored("a", "b").signing_block({{kSchemeV2, scheme_value({{junk}})}}).build());
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.certificates[0].sha256 == sha(junk));
  CHECK(result.certificates[0].subject.empty());
  CHECK(result.warnings.size() == 1);
}

TEST_CASE("subject: RFC 2253 order, readable Chinese, special characters escaped") {
  CHECK(subject({.common_name = "张三", .organisation = "深圳, Inc"}) == "CN=张三,O=深圳\\, Inc");
}

TEST_CASE("subject: control and direction characters come out escaped") {
  CHECK(subject({.common_name = "a\x1b[31m\nb"}) == "CN=a\\1B[31m\\0Ab");
  CHECK(subject({.common_name = "a\xc2\x9b"
                                "b"}) == "CN=a\\C2\\9Bb");
  CHECK(subject({.common_name = "a\xe2\x80\xae"
                                "b"}) == "CN=a\\E2\\80\\AEb");
}

TEST_CASE("subject: a BMPString becomes UTF-8") {
  CHECK(subject({.common_name = std::string("\x4e\x2d\x00\x41", 4), .string_type = 30}) == "CN=中A");
}

TEST_CASE("subject: text that is not UTF-8 though it says so costs the subject, not the certificate") {
  ByteVector der = certificate("QQQQ");
  const std::string_view name = "QQQQ";
  const auto place = std::search(der.begin(), der.end(), name.begin(), name.end());
  REQUIRE(place != der.end());
  std::fill(place, place + 4, 0xff);
  const Read result =
      read(ZipBuilder().stored("a", "b").signing_block({{kSchemeV2, scheme_value({{der}})}}).build());
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.certificates[0].sha256 == sha(der));
  CHECK(result.certificates[0].subject.empty());
  CHECK(result.warnings.size() == 1);
}

TEST_CASE("hostile input: truncations and flips") {
  const ByteVector der = certificate("A");
  const ByteVector apk =
      ZipBuilder()
          .stored("META-INF/C.RSA", jar_signature({der}, 0))
          .signing_block({{kSchemeV2, scheme_value({{der}})}, {kSchemeV3, scheme_value({{der}})}})
          .build();
  const std::function<void(Bytes)> run = [](Bytes bytes) { read(bytes); };
  CHECK(truncation_sweep(apk, run) > 0);
  byte_flips(apk, run);
}

}  // namespace
}  // namespace sdkprint
