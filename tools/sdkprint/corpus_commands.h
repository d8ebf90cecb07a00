#pragma once
// The commands below `sdkprint corpus`, and what they share.
#include <cstdint>
#include <cxxopts.hpp>
#include <functional>
#include <string>

#include "command.h"

namespace sdkprint::cli {

int corpus_check_command(const Arguments& arguments);
int corpus_discover_command(const Arguments& arguments);
int corpus_export_command(const Arguments& arguments);
int corpus_merge_command(const Arguments& arguments);
int corpus_query_command(const Arguments& arguments);
int corpus_rematch_command(const Arguments& arguments);
int corpus_reports_command(const Arguments& arguments);
int corpus_scan_command(const Arguments& arguments);

/// --store DIR, which every one of them needs.
void add_store_option(cxxopts::Options& options);
/// Throws UsageError when it is missing.
std::string store_directory(const cxxopts::ParseResult& parsed);

/// --cache-size MIB, of the content cache.
void add_cache_option(cxxopts::Options& options);
std::uint64_t cache_bytes(const cxxopts::ParseResult& parsed);

/// From now on SIGINT and SIGTERM are asked for by the function that is returned: the first asks for a clean
/// end, the second is the system's own; then apps in flight and the batch at hand are lost, and the store
/// stays whole.
std::function<bool()> stop_on_signals();

}  // namespace sdkprint::cli
