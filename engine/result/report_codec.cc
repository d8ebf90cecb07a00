#include "result/report_codec.h"

#include "result/report_fields.h"

namespace sdkprint {

std::vector<std::uint8_t> encode_report(const AppReport& report) {
  Encoder out;
  out(report);
  return out.take();
}

AppReport decode_report(Bytes bytes) {
  Decoder in(bytes, "stored report");
  AppReport report;
  in(report);
  in.finish();
  return report;
}

}  // namespace sdkprint
