#pragma once
// Strings that hold a URL or a host, and whose code loads them: what an SDK may talk to.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "format/dex.h"
#include "match/matcher.h"
#include "result/report.h"
#include "scan/entry_facts.h"

namespace sdkprint {

/// The host in a text, by the host surface's grammar (signatures/FORMAT.md, "Hosts"), in lower case.
struct HostText {
  std::string host;
  bool cleartext = false;  ///< in a URL of the scheme http
};

/// nullopt: no host; or one that only names an XML namespace, or the device itself. A text without a scheme
/// must be a host throughout, and not look like a Java package.
std::optional<HostText> host_of(std::string_view text);

/// Indexes of the strings of a DEX file that may hold a host, ascending: those with "://", and those that end
/// like a domain. Searches the string data as a whole. At most `limit`. `index` is the file's own.
std::vector<std::uint32_t> host_candidates(const DexFile& dex, const DexStringIndex& index,
                                           std::size_t limit);

/// Gives each finding its hosts: of the strings that classes of its own load. `is_backed` as in Attribution.
void attribute_hosts(const Matcher& matcher, const std::vector<const EntryFacts*>& entries,
                     const std::vector<bool>& is_backed, AppReport& report);

}  // namespace sdkprint
