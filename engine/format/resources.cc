#include "format/resources.h"

#include <algorithm>
#include <map>

#include "base/reader.h"
#include "format/res_value.h"
#include "format/resource_source.h"

namespace sdkprint {
namespace {

constexpr int kMaxReferences = 8;
constexpr std::size_t kMaxLookups = 16;

bool same_locale(const RawResourceValue& left, const RawResourceValue& right) {
  return left.language == right.language && left.region == right.region && left.script == right.script;
}

/// 0 for the default configuration, then other locale-free ones, then plain locales, then the rest.
int order(const RawResourceValue& value) {
  return (value.language.empty() ? 0 : 2) + (value.is_qualified ? 1 : 0);
}

std::vector<RawResourceValue> find_ordered(const ResourceSource& source, std::uint32_t id) {
  std::vector<RawResourceValue> values = source.find(id);
  std::stable_sort(
      values.begin(), values.end(),
      [](const RawResourceValue& left, const RawResourceValue& right) { return order(left) < order(right); });
  return values;
}

/// Follows references within one call of values(): each id is looked up once, and only so many ids, because a
/// lookup in a protobuf table walks it and a hostile table could send every configuration another way.
class Follower {
 public:
  explicit Follower(const ResourceSource& source) : source_(source) {}

  /// The value of the same locale, else the default one. A chain that is too long, a cycle, or an id of
  /// another table (the framework's) leaves the reference as text.
  std::string text(const RawResourceValue& from) {
    if (!from.reference) return from.text;
    std::uint32_t id = *from.reference;
    for (int step = 0; step < kMaxReferences; ++step) {
      const std::vector<RawResourceValue>* values = find(id);
      if (values == nullptr || values->empty()) break;
      const RawResourceValue* best = &values->front();
      for (const RawResourceValue& value : *values) {
        if (same_locale(value, from)) {
          best = &value;
          break;
        }
      }
      if (!best->reference) return best->text;
      id = *best->reference;
    }
    return ResValue{ResValue::reference, id}.text();
  }

 private:
  /// Null when no more ids are looked up.
  const std::vector<RawResourceValue>* find(std::uint32_t id) {
    const auto known = found_.find(id);
    if (known != found_.end()) return &known->second;
    if (found_.size() == kMaxLookups) return nullptr;
    return &found_.emplace(id, find_ordered(source_, id)).first->second;
  }

  const ResourceSource& source_;
  std::map<std::uint32_t, std::vector<RawResourceValue>> found_;
};

/// How well a value serves a reader of simplified Chinese; -1 not at all.
int chinese_rank(const ResourceValue& value) {
  if (value.language != "zh") return -1;
  if (value.script == "Hant") return 0;
  if (value.script == "Hans") return value.region == "CN" || value.region.empty() ? 4 : 3;
  if (value.region == "CN") return 4;
  if (value.region.empty()) return 2;
  return value.region == "SG" ? 1 : 0;
}

}  // namespace

ResourceTable::ResourceTable(Bytes file) {
  const Reader reader(file, "resource table");
  // A protobuf table opens with the key of its string pool or of a package; an .arsc header has 12 bytes,
  // which its second field says, and its first byte is 2 unless forged.
  const std::uint8_t first = reader.at<std::uint8_t>(0);
  const bool is_proto = (first == 0x0a || first == 0x12) && reader.at<std::uint16_t>(2) != 12;
  source_ = is_proto ? open_proto_resources(file) : open_arsc(file);
}

ResourceTable::ResourceTable(ResourceTable&&) noexcept = default;
ResourceTable& ResourceTable::operator=(ResourceTable&&) noexcept = default;
ResourceTable::~ResourceTable() = default;

std::vector<ResourceValue> ResourceTable::values(std::uint32_t resource_id) const {
  Follower follower(*source_);
  std::vector<ResourceValue> result;
  for (RawResourceValue& raw : find_ordered(*source_, resource_id)) {
    ResourceValue value;
    value.text = follower.text(raw);
    value.language = std::move(raw.language);
    value.region = std::move(raw.region);
    value.script = std::move(raw.script);
    result.push_back(std::move(value));
  }
  return result;
}

std::optional<std::string> ResourceTable::text(std::uint32_t resource_id) const {
  for (const RawResourceValue& raw : find_ordered(*source_, resource_id)) {
    if (!raw.language.empty()) break;
    return Follower(*source_).text(raw);
  }
  return std::nullopt;
}

std::optional<std::string> ResourceTable::chinese_text(std::uint32_t resource_id) const {
  std::optional<std::string> best;
  int best_rank = -1;
  for (ResourceValue& value : values(resource_id)) {
    const int rank = chinese_rank(value);
    if (rank <= best_rank) continue;
    best_rank = rank;
    best = std::move(value.text);
  }
  return best;
}

}  // namespace sdkprint
