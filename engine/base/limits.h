#pragma once
// What one app may cost. Every limit has a message that names it; the rest of the app is still reported.
#include <chrono>
#include <cstdint>

namespace sdkprint {

struct Limits {
  /// Uncompressed bytes of one entry.
  std::uint64_t entry_bytes = std::uint64_t{512} << 20;
  /// Uncompressed bytes of all entries of one app that are opened (dex, native, manifest, nested …).
  std::uint64_t app_bytes = std::uint64_t{2} << 30;
  /// Uncompressed : compressed, beyond which an entry over 1 MiB is refused. DEFLATE's own maximum is 1032.
  std::uint32_t ratio = 400;
  /// Entries of one archive.
  std::uint32_t entries = 500'000;
  /// Containers within containers (an APK in an APK is depth 1).
  std::uint32_t depth = 4;
  /// Containers opened in one app, all depths together.
  std::uint32_t containers = 512;
  /// Matches kept of one surface of one entry.
  std::uint32_t matches = 200'000;
  /// Uses kept of one behaviour of one owner; the report says how many there are.
  std::uint32_t uses = 20;
  /// Wall time of one app.
  std::chrono::milliseconds time = std::chrono::seconds(60);
};

}  // namespace sdkprint
