#include "behaviour/dex_names.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/error.h"

namespace sdkprint {
namespace {

constexpr std::size_t kMaxDescriptor = 4096;  // the longest of the catalogue has some hundred bytes
constexpr std::size_t kMaxParameters = 255;   // a method takes no more

/// How many bytes two texts begin with in common.
std::size_t common_prefix(const char* a, const char* b, std::size_t size) {
  std::size_t at = 0;
  for (std::uint64_t x, y; at + sizeof x <= size; at += sizeof x) {
    std::memcpy(&x, a + at, sizeof x);
    std::memcpy(&y, b + at, sizeof y);
    if (x != y) return at + static_cast<std::size_t>(std::countr_zero(x ^ y)) / 8;
  }
  while (at < size && a[at] == b[at]) ++at;
  return at;
}

/// compare_mutf8() of the string that `tail` begins with, whose end is not known, and a text. Adds the bytes
/// looked at to `looked_at`.
int compare_tail(std::string_view tail, std::string_view text, std::uint64_t& looked_at) {
  const std::size_t same = common_prefix(tail.data(), text.data(), std::min(tail.size(), text.size()));
  looked_at = same + 1;
  const bool has_ended = same == tail.size() || tail[same] == '\0';
  if (same == text.size()) return has_ended ? 0 : 1;
  return has_ended ? -1 : compare_mutf8(tail.substr(same, 1), text.substr(same, 1));
}

}  // namespace

DexNames::DexNames(const CatalogueIndex& index, const DexFile& dex, ReadBudget& budget)
    : index_(index), dex_(dex), budget_(budget), texts_(dex.string_count(), kNone) {
  search(0, static_cast<std::uint32_t>(index.texts().size()), 0, dex.string_count());
}

/// Finds the middle one of the texts among the strings, which parts both. As deep as the catalogue's
/// logarithm.
void DexNames::search(std::uint32_t first_text, std::uint32_t last_text, std::uint32_t first,
                      std::uint32_t last) {
  if (first_text >= last_text || first >= last) return;
  const std::uint32_t middle_text = first_text + (last_text - first_text) / 2;
  const std::string_view wanted = index_.texts()[middle_text].text;
  std::uint32_t low = first, high = last;
  while (low < high) {
    if (out_of_budget()) return;
    const std::uint32_t middle = low + (high - low) / 2;
    std::uint64_t looked_at = 0;
    const int order = compare_tail(dex_.string_tail(middle), wanted, looked_at);
    ReadBudget::spend(budget_.names, looked_at);
    if (order == 0) {
      texts_[middle] = middle_text;
      found_.push_back({middle, middle_text});
      search(first_text, middle_text, first, middle);
      return search(middle_text + 1, last_text, middle + 1, last);
    }
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  search(first_text, middle_text, first, low);
  search(middle_text + 1, last_text, low, last);
}

std::uint64_t DexNames::type_hash(std::uint32_t type_idx) {
  if (type_idx >= dex_.type_count() || out_of_budget()) return 0;
  if (type_hashes_.empty()) type_hashes_.resize(dex_.type_count());
  std::uint64_t& hash = type_hashes_[type_idx];
  if (hash != 0) return hash;
  try {
    const std::string_view descriptor = dex_.type(type_idx);
    ReadBudget::spend(budget_.names, descriptor.size() + 1);
    hash = descriptor_hash(descriptor);
  } catch (const InputError&) {
    // A name that cannot be read is no name of the catalogue.
  }
  return hash;
}

std::uint64_t DexNames::proto_hash(std::uint32_t proto_idx) {
  if (proto_idx >= dex_.proto_count() || out_of_budget()) return 0;
  if (proto_hashes_.empty()) proto_hashes_.resize(dex_.proto_count());
  std::uint64_t& hash = proto_hashes_[proto_idx];
  if (hash != 0) return hash;
  try {
    std::string descriptor;
    if (append_descriptor(proto_idx, kMaxDescriptor, descriptor)) hash = descriptor_hash(descriptor);
  } catch (const InputError&) {
    // Neither are types that cannot be read.
  }
  return hash;
}

/// False when it was cut.
bool DexNames::append(std::string_view text, std::size_t limit, std::string& out) {
  ReadBudget::spend(budget_.names, text.size() + 1);
  out += text.substr(0, limit);
  return text.size() <= limit && out.size() <= limit;
}

bool DexNames::append_descriptor(std::uint32_t proto_idx, std::size_t limit, std::string& out) {
  const DexProtoId row = dex_.proto(proto_idx);
  const std::vector<std::uint16_t> parameters = dex_.type_list(row.parameters_off);
  ReadBudget::spend(budget_.names, parameters.size() * sizeof(std::uint16_t));
  if (parameters.size() > kMaxParameters) return false;
  out += '(';
  for (const std::uint16_t parameter : parameters) {
    if (out_of_budget() || !append(dex_.type(parameter), limit, out)) return false;
  }
  out += ')';
  return append(dex_.type(row.return_type_idx), limit, out);
}

std::string DexNames::method_name(std::uint32_t method_idx, std::size_t limit) {
  const DexMethodId row = dex_.method(method_idx);
  std::string name;
  append(dex_.type(row.class_idx), limit, name);
  name += '.';
  append(dex_.string(row.name_idx), limit, name);
  name += ':';
  append_descriptor(row.proto_idx, limit, name);
  return name;
}

std::string DexNames::type_name(std::uint32_t type_idx, std::size_t limit) {
  std::string name;
  append(dex_.type(type_idx), limit, name);
  return name;
}

}  // namespace sdkprint
