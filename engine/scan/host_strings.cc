#include "scan/host_strings.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/ascii.h"
#include "scan/class_owners.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

constexpr std::size_t kHostsPerFinding = 50;
constexpr std::size_t kMatchesPerHost = 1000;

/// Names of XML namespaces and parser features are spelt as URLs; nobody connects to them.
constexpr std::string_view kNamespaces[] = {"schemas.android.com",
                                            "schemas.microsoft.com",
                                            "schemas.xmlsoap.org",
                                            "www.w3.org",
                                            "xmlpull.org",
                                            "xml.org",
                                            "xml.apache.org",
                                            "javax.xml.xmlconstants",
                                            "java.sun.com",
                                            "ns.adobe.com",
                                            "purl.org",
                                            "iptc.org",
                                            "www.xmlpull.org",
                                            "schema.org",
                                            "json-schema.org"};
constexpr std::string_view kLocal[] = {"localhost", "127.0.0.1", "0.0.0.0", "10.0.2.2", "10.0.3.2"};

/// First labels of package names, which end like domains, too.
constexpr std::string_view kPackageRoots[] = {"com",   "org",     "net",      "cn",     "io",      "java",
                                              "javax", "android", "androidx", "kotlin", "kotlinx", "dalvik",
                                              "me",    "de",      "edu",      "gov"};

template <std::size_t N>
bool contains(const std::string_view (&list)[N], std::string_view text) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

bool ends_like_domain(std::string_view text) {
  return text.ends_with(".com") || text.ends_with(".cn") || text.ends_with(".net");
}

/// "http", "https", "ws" …: the letters before "://".
std::string_view scheme_before(std::string_view text, std::size_t colon) {
  std::size_t begin = colon;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  while (begin > 0 && colon - begin < 8 && is_letter(text[begin - 1])) --begin;
  return text.substr(begin, colon - begin);
}

/// A domain has letters in its last label; an address has four numbers.
bool is_plausible(std::string_view host) {
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot + 2 >= host.size() + 1) return false;
  const std::string_view last = host.substr(dot + 1);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (std::all_of(last.begin(), last.end(), is_digit)) {
    return std::all_of(host.begin(), host.end(), [&](char c) { return is_digit(c) || c == '.'; }) &&
           std::count(host.begin(), host.end(), '.') == 3;
  }
  return last.size() >= 2 &&
         std::all_of(last.begin(), last.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::optional<HostText> checked(std::string_view found, bool cleartext) {
  std::string host = ascii_lower(found);
  if (!is_plausible(host) || contains(kNamespaces, host) || contains(kLocal, host)) return std::nullopt;
  return HostText{std::move(host), cleartext};
}

}  // namespace

std::optional<HostText> host_of(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme != std::string_view::npos && scheme + 3 < text.size()) {
    const std::string_view name = scheme_before(text, scheme);
    const bool is_web = name == "http" || name == "https" || name == "ws" || name == "wss";
    if (!is_web) return std::nullopt;
    std::size_t at = scheme + 3;
    const std::size_t end = std::min(text.find_first_of("/?#", at), text.size());
    const std::size_t user = text.rfind('@', end);
    if (user != std::string_view::npos && user > at && user < end) at = user + 1;
    return at < text.size() ? checked(host_around(text, at), name == "http" || name == "ws") : std::nullopt;
  }
  if (text.empty() || !ends_like_domain(text)) return std::nullopt;
  if (contains(kPackageRoots, ascii_lower(text.substr(0, text.find('.'))))) return std::nullopt;
  const std::string_view host = host_around(text, 0);
  return host.size() == text.size() ? checked(host, false) : std::nullopt;
}

namespace {

/// How a text shows that it may hold a host, in the order in which they count when there are too many.
enum Sign { kUrl, kCom, kCn, kNet };
constexpr std::size_t kSigns = 4;
constexpr std::string_view kUrlMark = "://";
using namespace std::string_view_literals;
constexpr std::string_view kEnds[] = {".com\0"sv, ".cn\0"sv, ".net\0"sv};
constexpr std::size_t kLongestEnd = 5;

/// Whether anything in a block may be a sign. `text` begins kLongestEnd - 1 bytes before the block and ends
/// past it by as much as a mark needs. Without an exit, so that the compiler compares many bytes at once.
bool may_hold_sign(const char* text, std::size_t block) {
  std::uint8_t found = 0;
  for (std::size_t i = 0; i < block; ++i) {
    const bool is_url = (text[i + 4] == ':') & (text[i + 5] == '/') & (text[i + 6] == '/');
    const bool is_end = (text[i + 4] == '\0') & ((text[i] == '.') | (text[i + 1] == '.'));
    found = static_cast<std::uint8_t>(found | static_cast<std::uint8_t>(is_url | is_end));
  }
  return found != 0;
}

/// The sign whose mark begins, or whose end lies, at this place.
std::optional<Sign> sign_at(std::string_view text, std::size_t at) {
  if (text[at] == ':') return text.substr(at).starts_with(kUrlMark) ? std::optional(kUrl) : std::nullopt;
  if (text[at] != '\0') return std::nullopt;
  for (std::size_t i = 0; i < std::size(kEnds); ++i) {
    if (text.substr(0, at + 1).ends_with(kEnds[i])) return static_cast<Sign>(kCom + i);
  }
  return std::nullopt;
}

/// Calls visit(sign, place) for all of them, ascending.
template <typename Visit>
void for_each_sign(std::string_view text, Visit visit) {
  constexpr std::size_t kBlock = 64, kBefore = kLongestEnd - 1, kAfter = kUrlMark.size() - 1;
  for (std::size_t begin = 0; begin < text.size(); begin += kBlock) {
    const std::size_t end = std::min(begin + kBlock, text.size());
    const bool is_inside = begin >= kBefore && end - begin == kBlock && text.size() - end >= kAfter;
    if (is_inside && !may_hold_sign(text.data() + begin - kBefore, kBlock)) continue;
    for (std::size_t at = begin; at < end; ++at) {
      if (const std::optional<Sign> sign = sign_at(text, at)) visit(*sign, at);
    }
  }
}

}  // namespace

std::vector<std::uint32_t> host_candidates(const DexFile& dex, const DexStringIndex& index,
                                           std::size_t limit) {
  if (dex.string_count() == 0) return {};
  const DexFile::Range range = dex.string_data_range();
  const std::string_view text = as_text(dex.file().subspan(range.begin, range.end - range.begin));
  std::vector<std::uint32_t> found[kSigns];
  for_each_sign(text, [&](Sign sign, std::size_t at) {
    if (found[sign].size() == limit) return;
    const std::size_t begin = sign == kUrl ? at : at + 1 - kEnds[sign - kCom].size();
    const std::optional<DexStringIndex::Hit> hit = index.at(range.begin + static_cast<std::uint32_t>(begin));
    if (hit && host_of(hit->text)) found[sign].push_back(hit->index);
  });
  std::vector<std::uint32_t> strings;
  for (const std::vector<std::uint32_t>& one : found) strings.insert(strings.end(), one.begin(), one.end());
  strings.resize(std::min(strings.size(), limit));
  std::sort(strings.begin(), strings.end());
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
  return strings;
}

namespace {

/// SDKs whose signature lists a host.
std::vector<std::uint32_t> owners_of_host(const Matcher& matcher, const std::string& host) {
  const PatternDatabase& database = matcher.database();
  const std::string url = "https://" + host + "/";
  std::vector<Match> matches;
  matcher.scan(Surface::host, as_bytes(url), matches, kMatchesPerHost);
  const std::vector<PatternRef>& refs = database.patterns(Surface::host);
  std::set<std::uint32_t> sdks;
  for (const Match& match : matches) {
    const PatternRef ref = refs[match.pattern];
    if (!ref.is_version_rule && !sdks.contains(ref.sdk) && database.matcher(ref).matches(host))
      sdks.insert(ref.sdk);
  }
  return {sdks.begin(), sdks.end()};
}

/// The first SDK that lists the host, when none of them is of this vendor.
std::string other_sdk(const PatternDatabase& database, const std::vector<std::uint32_t>& listed,
                      const Sdk& own) {
  for (const std::uint32_t sdk : listed) {
    const Sdk& other = database.set().sdks[sdk];
    if (other.id == own.id || other.vendor == own.vendor) return {};
  }
  return listed.empty() ? "" : database.set().sdks[listed.front()].id;
}

}  // namespace

void attribute_hosts(const Matcher& matcher, const std::vector<const EntryFacts*>& entries,
                     const std::vector<bool>& is_backed, AppReport& report) {
  const PatternDatabase& database = matcher.database();
  std::vector<std::string_view> names;
  for (const EntryFacts* entry : entries) {
    for (const HostString& string : entry->hosts) names.push_back(string.class_name);
  }
  const ClassOwners owners(matcher, is_backed, names);
  std::map<std::uint32_t, std::map<std::pair<std::string, bool>, HostUse>> by_sdk;
  for (const EntryFacts* entry : entries) {
    for (const HostString& string : entry->hosts) {
      const std::optional<std::uint32_t> sdk = owners.sdk_of(string.class_name);
      if (!sdk) continue;
      const auto [row, is_new] = by_sdk[*sdk].try_emplace({string.host, !string.cleartext});
      if (!is_new) continue;
      row->second = {string.host, string.cleartext, "", string.text, string.used_by, entry->path};
    }
  }
  std::map<std::string, std::vector<std::uint32_t>> listed;
  for (auto& [sdk, hosts] : by_sdk) {
    const Sdk& own = database.set().sdks[sdk];
    const auto finding = std::find_if(report.findings.begin(), report.findings.end(),
                                      [&](const Finding& one) { return one.sdk == own.id; });
    if (finding == report.findings.end()) continue;
    for (auto& [key, use] : hosts) {
      const auto [row, is_new] = listed.try_emplace(use.host);
      if (is_new) row->second = owners_of_host(matcher, use.host);
      use.other_sdk = other_sdk(database, row->second, own);
      ++finding->host_count;
      if (finding->hosts.size() < kHostsPerFinding) finding->hosts.push_back(std::move(use));
    }
  }
}

}  // namespace sdkprint
