#pragma once
// DEFLATE (RFC 1951) by libdeflate; the only owner of the decompressors.
#include <cstddef>
#include <memory>
#include <span>

#include "base/bytes.h"

namespace sdkprint {

/// One decompressor, reused over many entries. Not thread-safe: one per thread.
class Inflater {
 public:
  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Inflates a raw DEFLATE stream that must yield exactly `out.size()` bytes. Throws InputError when it is
  /// broken, or yields fewer or more.
  void inflate(Bytes compressed, std::span<std::uint8_t> out);

  /// Inflates only the first bytes of a stream (to look at a magic). Returns how many were written, at most
  /// `out.size()`; 0 when the stream is broken from the start. Never throws.
  std::size_t inflate_prefix(Bytes compressed, std::span<std::uint8_t> out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sdkprint
