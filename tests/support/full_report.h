#pragma once
// A report with something in every member, for codecs.
#include "result/report.h"

namespace sdkprint::test {

AppReport full_report();

}  // namespace sdkprint::test
