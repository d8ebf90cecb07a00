#include "lint/reference.h"

#include <algorithm>
#include <charconv>

namespace sdkprint {
namespace {

bool is_package_surface(Surface surface) {
  return surface == Surface::class_name || surface == Surface::reference;
}

/// The text before the separator, which is taken off `rest`.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Reference::Reference(const std::string& path, std::string_view text, std::vector<Diagnostic>& diagnostics) {
  std::uint32_t line_number = 0;
  while (!text.empty()) {
    const std::string_view line = take(text, '\n');
    ++line_number;
    if (line.empty() || line.front() == '#' || add(line)) continue;
    diagnostics.push_back(
        {{path, line_number, 1},
         "expected \"owner\", a number and a name, or a surface, an item and numbers of owners, "
         "separated by TAB; found " +
             in_quotes(line),
         "make the file again with tools/reference/make",
         code::kLintFile});
  }
  for (std::vector<Item>& items : items_)
    std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.text < b.text; });
}

bool Reference::add(std::string_view line) {
  const std::string_view kind = take(line, '\t'), text = take(line, '\t');
  if (kind == "owner") {
    if (number(text) != names_.size() || names_.size() == kMaxOwners || line.empty()) return false;
    names_.emplace_back(line);
    return true;
  }
  const std::optional<Surface> surface = surface_from_name(kind);
  if (!surface || text.empty() || line.empty()) return false;
  Item item{std::string(text), {}};
  while (!line.empty()) {
    const std::optional<std::size_t> owner = number(take(line, ' '));
    if (!owner || *owner >= names_.size()) return false;
    item.owners.set(*owner);
  }
  items_[static_cast<std::size_t>(*surface)].push_back(std::move(item));
  return true;
}

Reference::Owners Reference::owners_of(const Pattern& pattern) const {
  Owners owners;
  const std::vector<Item>& candidates = items(pattern.surface);
  if (is_package_surface(pattern.surface)) {
    if (pattern.kind != Pattern::Kind::prefix) return owners;
    const auto found =
        std::lower_bound(candidates.begin(), candidates.end(), pattern.text,
                         [](const Item& item, const std::string& text) { return item.text < text; });
    return found != candidates.end() && found->text == pattern.text ? found->owners : owners;
  }
  if (candidates.empty()) return owners;
  const PatternMatcher matcher(pattern);
  for (const Item& item : candidates)
    if (matcher.matches(item.text)) owners |= item.owners;
  return owners;
}

std::optional<std::string> Reference::platform_item(const Pattern& pattern) const {
  if (!is_package_surface(pattern.surface)) return std::nullopt;
  const PatternMatcher matcher(pattern);
  for (const Item& item : items(Surface::reference))
    if (matcher.matches(item.text)) return item.text;
  return std::nullopt;
}

std::string Reference::names(const Owners& owners, std::size_t most) const {
  std::string text;
  std::size_t listed = 0;
  for (std::size_t i = 0; i < names_.size() && listed < most; ++i) {
    if (!owners.test(i)) continue;
    text += (listed++ == 0 ? "" : ", ") + names_[i];
  }
  if (owners.count() > listed) text += " and " + std::to_string(owners.count() - listed) + " more";
  return text;
}

}  // namespace sdkprint
