#include "format/dex.h"

#include <algorithm>

namespace sdkprint {
namespace {

/// Written without an early exit so that the compiler can compare many rows at once.
bool is_ascending(Bytes rows) {
  unsigned descents = 0;
  for (std::size_t at = 4; at < rows.size(); at += 4) {
    std::uint32_t previous, next;
    std::memcpy(&previous, &rows[at - 4], 4);
    std::memcpy(&next, &rows[at], 4);
    descents |= static_cast<unsigned>(next < previous);
  }
  return descents == 0;
}

}  // namespace

DexStringIndex::DexStringIndex(const DexFile& dex) : dex_(dex) {
  if (is_ascending(dex.string_ids_bytes())) return;
  sorted_.resize(size());
  for (std::uint32_t i = 0; i < size(); ++i) sorted_[i] = {dex.string_data_off(i), i};
  std::sort(sorted_.begin(), sorted_.end(), [](const Row& a, const Row& b) {
    return a.offset != b.offset ? a.offset < b.offset : a.index < b.index;
  });
}

DexStringIndex::Row DexStringIndex::row(std::uint32_t rank) const {
  return sorted_.empty() ? Row{dex_.string_data_off(rank), rank} : sorted_[rank];
}

/// Overlapping strings end at the same NUL: finding it once for each of them would be quadratic.
std::size_t DexStringIndex::end_of_text(std::uint32_t begin) const {
  if (begin < text_begin_ || begin > text_end_ || text_end_ == 0) {
    text_begin_ = begin;
    text_end_ = begin + dex_.reader_.c_string(begin).size();
  }
  return text_end_;
}

std::optional<DexStringIndex::Hit> DexStringIndex::at(std::uint32_t file_offset) const {
  std::uint32_t low = 0, high = size();  // the last row that starts at or before the offset is below `high`
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (row(middle).offset <= file_offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return std::nullopt;
  const Row found = row(low - 1);
  if (found.offset == file_offset) return std::nullopt;
  Reader reader = dex_.reader_at(found.offset, "dex string");
  reader.uleb128();
  const std::uint32_t begin = static_cast<std::uint32_t>(reader.offset());
  if (file_offset < begin) return std::nullopt;
  const std::size_t end = end_of_text(begin);
  if (file_offset >= end) return std::nullopt;
  return Hit{found.index, begin, as_text(dex_.reader_.slice(begin, end - begin))};
}

}  // namespace sdkprint
