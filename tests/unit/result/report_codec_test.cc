#include "result/report_codec.h"

#include <doctest/doctest.h>

#include "app_fixture.h"
#include "full_report.h"
#include "hostile.h"

namespace sdkprint {
namespace {

using namespace test;

TEST_CASE("a report comes back as it was") {
  const AppReport report = full_report();
  const AppReport back = decode_report(encode_report(report));
  CHECK(ndjson(back) == ndjson(report));
  CHECK(encode_report(back) == encode_report(report));
}

TEST_CASE("an empty report comes back too") {
  CHECK(encode_report(decode_report(encode_report({}))) == encode_report({}));
}

TEST_CASE("every truncated report is refused, and no change of bytes crashes") {
  const ByteVector record = encode_report(full_report());
  CHECK(truncation_sweep(record, [](Bytes bytes) { decode_report(bytes); }) == record.size());
  byte_flips(record, [](Bytes bytes) { decode_report(bytes); });
}

}  // namespace
}  // namespace sdkprint
