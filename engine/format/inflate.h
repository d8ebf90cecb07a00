#pragma once
// DEFLATE (RFC 1951); the only owner of the decompressors. Whole streams go through libdeflate, which is
// twice as fast as zlib but can only inflate all of a stream; first bytes through deflate_prefix.h; zlib is
// asked only what is wrong with a broken stream.
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

  /// Inflates a raw DEFLATE stream that must yield exactly `out.size()` bytes. Throws InputError (kind
  /// truncated when the compressed bytes end early, else malformed) when it is broken, or yields fewer or
  /// more; `out` then holds unspecified bytes. Bytes after the end of the stream are ignored, as Android
  /// does.
  void inflate(Bytes compressed, std::span<std::uint8_t> out);

  /// Inflates only the first bytes of a stream (to look at a magic), reading no more of it than that takes.
  /// Returns how many were written, at most `out.size()`; what comes before a defect still counts; 0 when the
  /// stream is broken from the start. Never throws.
  std::size_t inflate_prefix(Bytes compressed, std::span<std::uint8_t> out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sdkprint
