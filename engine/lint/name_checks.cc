// What people read: ids, names, addresses, provenance.
#include <algorithm>
#include <array>
#include <set>

#include "lint/check.h"

namespace sdkprint {
namespace {

constexpr std::array<std::string_view, 4> kChineseSpeaking = {"CN", "HK", "MO", "TW"};

bool is_chinese(const Vendor& vendor) {
  return std::find(kChineseSpeaking.begin(), kChineseSpeaking.end(), vendor.country) !=
         kChineseSpeaking.end();
}

/// CJK Unified Ideographs and Extension A (Unicode 15, blocks 4E00–9FFF and 3400–4DBF), as UTF-8: E3 90 80 to
/// E9 BF BF.
bool has_han(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]), second = static_cast<unsigned char>(text[i + 1]);
    if ((first == 0xE3 && second >= 0x90) || (first >= 0xE4 && first <= 0xE9)) return true;
  }
  return false;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What is wrong with a host, or nothing.
std::string objection_to_host(std::string_view host) {
  if (host.find('@') != std::string_view::npos) return "no user name before the host";
  if (const std::size_t colon = host.find(':'); colon != std::string_view::npos) {
    const std::string_view port = host.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), is_digit))
      return "a port of digits";
    host = host.substr(0, colon);
  }
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == host.size()) return "a host with a top-level domain";
  const std::string_view top = host.substr(dot + 1);
  if (std::all_of(top.begin(), top.end(), is_digit)) return "a host name, not an IP address";
  for (const std::string_view reserved : {"example", "invalid", "localhost", "test", "local", "internal"})
    if (top == reserved) return "a public host";
  if (host == "example.com" || host.ends_with(".example.com")) return "a host that is no placeholder";
  std::size_t label = 0;
  for (const char c : host) {
    if (c == '.' && label == 0) return "no empty label in the host";
    label = c == '.' ? 0 : label + 1;
    if (label > 63) return "labels of at most 63 characters";  // RFC 1035, 2.3.4
    const bool valid = is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_';
    if (!valid) return "a host of ASCII letters, digits and hyphens (Punycode for others)";
  }
  return "";
}

/// RFC 3986, appendix A: the characters of paths, queries and fragments; "%" begins two hexadecimal digits.
std::string objection_to_path(std::string_view path) {
  constexpr std::string_view kAllowed = "-._~:/?#[]@!$&'()*+,;=%";
  for (std::size_t i = 0; i < path.size(); ++i) {
    const char c = path[i];
    const bool is_other = static_cast<unsigned char>(c) >= 0x80;  // browsers encode them (an IRI, RFC 3987)
    if (!is_letter(c) && !is_digit(c) && !is_other && kAllowed.find(c) == std::string_view::npos)
      return "no " + in_quotes(path.substr(i, 1)) + " in an address";
    if (c == '%' && (i + 2 >= path.size() || !is_hex(path[i + 1]) || !is_hex(path[i + 2])))
      return "two hexadecimal digits after each \"%\"";
  }
  return "";
}

std::string objection_to_url(std::string_view url) {
  const std::size_t slashes = url.find("//");
  if (slashes == std::string_view::npos) return "\"https://\" at the beginning";
  const std::string_view rest = url.substr(slashes + 2);
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  const std::string host = objection_to_host(rest.substr(0, end));
  return host.empty() ? objection_to_path(rest.substr(end)) : host;
}

}  // namespace

void check_ids(const LintContext& context, LintFindings& findings) {
  if (!context.input.ids) return;
  const std::vector<std::string>& present = context.places.sdk_ids();
  const std::set<std::string_view> known(present.begin(), present.end());
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  std::uint32_t line_number = 0;
  for (const std::string_view line : lines_of(context.input.ids->text)) {
    ++line_number;
    if (line.empty() || line.front() == '#' || known.contains(line)) continue;
    const std::string guess = did_you_mean(line, candidates);
    report(findings, code::kVanishedId, {context.input.ids->path, line_number, 1}, std::string(line),
           "expected an SDK with the released id " + in_quotes(line) + ", found none",
           guess.empty() ? "give the record its id back" : guess);
  }
}

void check_chinese_names(const LintContext& context, LintFindings& findings) {
  std::set<std::string_view> answering;  // vendors of more than building blocks
  for (const Sdk& sdk : context.set.sdks) {
    if (sdk.kind == Sdk::Kind::library) continue;  // open building blocks go by their project's name
    answering.insert(sdk.vendor);
    const Vendor* vendor = find_vendor(context.set, sdk.vendor);
    if (vendor == nullptr || !is_chinese(*vendor) || !sdk.name_zh.empty()) continue;
    report(findings, code::kNoChineseName, context.places.of(sdk.place, "name"), sdk.id,
           "expected name_zh for an SDK of " +
               in_quotes(vendor->name_zh.empty() ? vendor->name : vendor->name_zh) + " (" + vendor->country +
               "), found none",
           has_han(sdk.name)
               ? "the Chinese name stands in \"name\"; give it to name_zh"
               : "name it as its vendor's documentation does, the English name too if that is it");
  }
  for (const Vendor& vendor : context.set.vendors) {
    if (!is_chinese(vendor) || has_han(vendor.name_zh) || !answering.contains(vendor.id)) continue;
    report(findings, code::kNoChineseVendorName, context.places.of(context.places.vendor(vendor.id), "name"),
           vendor.id,
           "expected a Chinese name_zh for the vendor " + in_quotes(vendor.id) + " of " + vendor.country +
               ", found " + (vendor.name_zh.empty() ? "none" : in_quotes(vendor.name_zh)),
           "name it as its own site does");
  }
}

void check_addresses(const LintContext& context, LintFindings& findings) {
  for (const Sdk& sdk : context.set.sdks) {
    for (const std::string_view key : {"homepage", "privacy_policy"}) {
      const std::string& url = key == "homepage" ? sdk.homepage : sdk.privacy_policy;
      const std::string objection = url.empty() ? "" : objection_to_url(url);
      if (objection.empty()) continue;
      report(findings, code::kUrl, context.places.of(sdk.place, key), sdk.id,
             "expected " + objection + " for " + in_quotes(key) + ", found " + in_quotes(url),
             "copy the address from a browser");
    }
  }
}

void check_sources(const LintContext& context, LintFindings& findings) {
  if (!context.input.sources) return;
  std::set<std::string_view> known;
  for (const std::string_view line : lines_of(context.input.sources->text)) {
    if (!line.starts_with("| `")) continue;
    const std::size_t end = line.find('`', 3);
    if (end != std::string_view::npos) known.insert(line.substr(3, end - 3));
  }
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  for (const Sdk& sdk : context.set.sdks) {
    for (std::size_t i = 0; i < sdk.sources.size(); ++i) {
      if (known.contains(sdk.sources[i])) continue;
      const std::string guess = did_you_mean(sdk.sources[i], candidates);
      report(findings, code::kUnknownSource, context.places.of(sdk.place, "sources", i), sdk.id,
             "expected the id of a source of SOURCES.md, found " + in_quotes(sdk.sources[i]),
             guess.empty() ? "add it there with its licence" : guess);
    }
  }
}

void check_vendors(const LintContext& context, LintFindings& findings) {
  std::set<std::string_view> used;
  for (const Sdk& sdk : context.set.sdks) used.insert(sdk.vendor);
  for (const Vendor& vendor : context.set.vendors) {
    if (used.contains(vendor.id)) continue;
    report(findings, code::kUnusedVendor, context.places.vendor(vendor.id), vendor.id,
           "expected an SDK of the vendor " + in_quotes(vendor.id) + ", found none", "leave the vendor out");
  }
}

void check_drafts(const LintContext& context, LintFindings& findings) {
  for (const Sdk& sdk : context.set.sdks) {
    if (!context.places.is_true(sdk.place, "draft")) continue;
    report(findings, code::kDraft, context.places.of(sdk.place, "draft"), sdk.id,
           "expected a reviewed record, found the draft " + in_quotes(sdk.id),
           "check it against a real release, then leave \"draft\" out");
  }
}

}  // namespace sdkprint
