#pragma once
// Time of each stage of a scan, measured from outside by calling the stages one by one.
#include <string>
#include <vector>

#include "app_contents.h"
#include "match/matcher.h"

namespace sdkprint::bench {

struct StageTime {
  std::string name;
  double seconds = 0;
};

/// The stages of one app in the order of the scan, and last whatever scan_app() spends beside them (it can be
/// a little below zero: stages are timed one by one). One thread; best of `rounds`.
std::vector<StageTime> stage_times(const Matcher& matcher, const AppContents& app, int rounds);

/// scan_app() as the program runs it, on so many threads.
void scan_whole(const Matcher& matcher, const std::vector<std::string>& paths, unsigned threads);

}  // namespace sdkprint::bench
