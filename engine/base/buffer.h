#pragma once
// Uninitialised heap bytes: std::vector would write every byte twice (once as zero) when it is about to be
// filled by the decompressor.
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/bytes.h"

namespace sdkprint {

/// Owns `size` bytes, uninitialised on construction. Movable. `reset` reuses the memory when it is large
/// enough.
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t size) { reset(size); }

  void reset(std::size_t size) {
    if (size > capacity_) {
      data_ = std::make_unique_for_overwrite<std::uint8_t[]>(size);
      capacity_ = size;
    }
    size_ = size;
  }

  std::uint8_t* data() { return data_.get(); }
  std::size_t size() const { return size_; }
  Bytes bytes() const { return {data_.get(), size_}; }
  std::span<std::uint8_t> writable() { return {data_.get(), size_}; }

 private:
  std::unique_ptr<std::uint8_t[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace sdkprint
