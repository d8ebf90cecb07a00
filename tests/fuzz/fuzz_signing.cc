// JAR signatures and the APK signing block, inside a ZIP.
#include "base/error.h"
#include "format/inflate.h"
#include "format/signing.h"
#include "fuzz_target.h"
#include "signing_builder.h"
#include "zip_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    Inflater inflater;
    std::vector<std::string> warnings;
    signing_certificates(ZipArchive({data, size}), inflater, warnings);
  } catch (const InputError&) {
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  const ByteVector first = certificate_der({.common_name = "张三", .organisation = "A, B"});
  const ByteVector second = certificate_der({.common_name = "B", .serial = 2});
  const ByteVector jar = jar_signature({first, second}, 1);
  return {ZipBuilder().stored("META-INF/C.RSA", jar).build(),
          ZipBuilder().deflated("META-INF/C.EC", jar).build(),
          ZipBuilder()
              .stored("a", "b")
              .signing_block({{kSchemeV2, scheme_value({{first}, {second}})},
                              {kSigningPadding, ByteVector(16)},
                              {kSchemeV3, scheme_value({{first, second}})},
                              {kSchemeV31, scheme_value({{second}})}})
              .build()};
}
