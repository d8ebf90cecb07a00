#include "format/inflate.h"

#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <new>

#include "base/error.h"
#include "format/deflate_prefix.h"

namespace sdkprint {
namespace {

/// Negative window bits: a raw stream without the zlib header, as ZIP holds it.
constexpr int kRawDeflate = -MAX_WBITS;

/// zlib counts in unsigned int; a longer stream is offered piecewise, here only its first piece.
uInt clamp(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

[[noreturn]] void fail(InputError::Kind kind, std::size_t compressed, std::size_t expected, std::size_t found,
                       const char* why) {
  char text[256];
  std::snprintf(text, sizeof text,
                "deflate stream of %zu bytes: expected %zu bytes of content, found %zu: %s", compressed,
                expected, found, why);
  throw InputError(kind, text);
}

/// zlib, which says where and why a stream is broken.
class SecondOpinion {
 public:
  SecondOpinion(Bytes compressed, std::span<std::uint8_t> out) {
    if (inflateInit2(&stream_, kRawDeflate) != Z_OK) throw std::bad_alloc();
    stream_.next_in = const_cast<Bytef*>(compressed.data());
    stream_.avail_in = clamp(compressed.size());
    stream_.next_out = out.data();
    stream_.avail_out = clamp(out.size());
    code_ = ::inflate(&stream_, Z_SYNC_FLUSH);
  }
  ~SecondOpinion() { inflateEnd(&stream_); }
  SecondOpinion(const SecondOpinion&) = delete;
  SecondOpinion& operator=(const SecondOpinion&) = delete;

  bool is_data_error() const { return code_ == Z_DATA_ERROR; }
  const char* why() const { return stream_.msg != nullptr ? stream_.msg : "broken"; }
  std::size_t written() const { return stream_.total_out; }
  bool took_all() const { return stream_.avail_in == 0; }

 private:
  z_stream stream_{};
  int code_ = Z_OK;
};

}  // namespace

struct Inflater::State {
  State() : whole(libdeflate_alloc_decompressor()) {
    if (whole == nullptr) throw std::bad_alloc();
  }
  ~State() { libdeflate_free_decompressor(whole); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  libdeflate_decompressor* whole;
};

Inflater::Inflater() : state_(std::make_unique<State>()) {}
Inflater::~Inflater() = default;

void Inflater::inflate(Bytes compressed, std::span<std::uint8_t> out) {
  std::uint8_t nothing = 0;  // libdeflate wants an address even for no bytes
  std::uint8_t* target = out.empty() ? &nothing : out.data();
  std::size_t consumed = 0;
  std::size_t written = 0;
  const libdeflate_result result = libdeflate_deflate_decompress_ex(
      state_->whole, compressed.data(), compressed.size(), target, out.size(), &consumed, &written);
  if (result == LIBDEFLATE_SUCCESS && written == out.size()) return;

  using Kind = InputError::Kind;
  if (result == LIBDEFLATE_SUCCESS) {
    fail(Kind::malformed, compressed.size(), out.size(), written, "it ends too soon");
  }
  if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
    fail(Kind::malformed, compressed.size(), out.size(), out.size(), "more follow");
  }
  // libdeflate does not say where or why it gave up. zlib does, and a broken stream is rare enough to run
  // twice.
  const SecondOpinion zlib(compressed, {target, out.size()});
  const std::size_t found = zlib.written();
  if (zlib.is_data_error()) fail(Kind::malformed, compressed.size(), out.size(), found, zlib.why());
  if (found < out.size() || zlib.took_all()) {
    fail(Kind::truncated, compressed.size(), out.size(), found, "the compressed bytes are cut off");
  }
  fail(Kind::malformed, compressed.size(), out.size(), found, "broken after them");
}

std::size_t Inflater::inflate_prefix(Bytes compressed, std::span<std::uint8_t> out) {
  return deflate_prefix(compressed, out);
}

}  // namespace sdkprint
