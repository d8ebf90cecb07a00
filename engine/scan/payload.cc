#include "scan/payload.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace sdkprint {
namespace {

constexpr std::size_t kSample = 8192;
constexpr double kDense = 7.9;

/// Magics at offset 0 (APPNOTE, PNG, JFIF, GIF, RIFF, Ogg, ID3, gzip, xz, zstd, bzip2, 7z, RAR, WOFF,
/// Matroska).
constexpr std::string_view kMagics[] = {"PK\3\4",
                                        "\x89PNG",
                                        "\xff\xd8\xff",
                                        "GIF8",
                                        "RIFF",
                                        "OggS",
                                        "ID3",
                                        "\xff\xfb",
                                        "\xff\xf3",
                                        "\x1f\x8b",
                                        "\xfd"
                                        "7zXZ",
                                        "\x28\xb5\x2f\xfd",
                                        "BZh",
                                        "7z\xbc\xaf",
                                        "Rar!",
                                        "wOFF",
                                        "wOF2",
                                        "\x1a\x45\xdf\xa3",
                                        "fLaC",
                                        "%PDF",
                                        "FWS",
                                        "CWS",
                                        "UnityFS",
                                        "\x5d\x00\x00\x80\x00",
                                        "\x04\x22\x4d\x18",
                                        "\xab"
                                        "KTX",
                                        "PVR\3",
                                        "DDS "};

}  // namespace

bool is_known_dense_format(Bytes head) {
  const std::string_view text = as_text(head);
  if (text.size() >= 8 && text.substr(4, 4) == "ftyp") return true;  // MP4, HEIF, AVIF
  return std::any_of(std::begin(kMagics), std::end(kMagics),
                     [&](std::string_view magic) { return text.starts_with(magic); });
}

double entropy(Bytes bytes) {
  if (bytes.empty()) return 0;
  std::array<std::uint32_t, 256> counts{};
  for (const std::uint8_t byte : bytes) counts[byte] += 1;
  double bits = 0;
  for (const std::uint32_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(bytes.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

bool looks_encrypted(Bytes content) {
  if (content.size() < 2 * kSample) return false;
  return entropy(content.first(kSample)) > kDense &&
         entropy(content.subspan(content.size() / 2, std::min(kSample, content.size() / 2))) > kDense;
}

bool looks_encrypted(std::uint64_t compressed_size, std::uint64_t uncompressed_size) {
  return uncompressed_size >= 2 * kSample && compressed_size >= uncompressed_size - uncompressed_size / 50;
}

}  // namespace sdkprint
