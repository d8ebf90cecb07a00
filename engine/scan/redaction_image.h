#pragma once
// An image under construction: zeros, and what is kept of a file. Shared by the redactions of the formats.
#include <algorithm>
#include <cstring>
#include <vector>

#include "base/reader.h"

namespace sdkprint {

class RedactionImage {
 public:
  explicit RedactionImage(Bytes file) : in_(file, "redaction"), out_(file.size()) {}

  /// Throws InputError when the range is not in the file.
  void keep(std::size_t offset, std::size_t size) {
    const Bytes kept = in_.slice(offset, size);
    if (size != 0) std::memcpy(out_.data() + offset, kept.data(), size);
  }
  /// As much of the range as lies in the file.
  void keep_clipped(std::uint64_t offset, std::uint64_t size) {
    if (offset >= in_.size()) return;
    keep(offset, std::min<std::uint64_t>(size, in_.size() - offset));
  }
  /// Writes over bytes that are not kept. The range must be in the file.
  void overwrite(std::size_t offset, Bytes bytes) {
    in_.slice(offset, bytes.size());
    std::memcpy(out_.data() + offset, bytes.data(), bytes.size());
  }
  const Reader& file() const { return in_; }
  std::vector<std::uint8_t> take() { return std::move(out_); }

 private:
  Reader in_;
  std::vector<std::uint8_t> out_;
};

}  // namespace sdkprint
