#include "base/digest.h"

#include <openssl/evp.h>
#include <xxhash.h>

#include <memory>

#include "base/error.h"

namespace sdkprint {

Digest digest(Bytes bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

Sha256 sha256(Bytes bytes) { return sha256({bytes}); }

Sha256 sha256(std::initializer_list<Bytes> parts) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  Sha256 result;
  unsigned int length = 0;
  bool is_fine = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  for (const Bytes part : parts)
    is_fine = is_fine && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  is_fine = is_fine && EVP_DigestFinal_ex(context.get(), result.data(), &length) == 1;
  if (!is_fine || length != result.size())
    throw Error("OpenSSL cannot compute SHA-256 (is its default provider disabled?)");
  return result;
}

std::string to_hex(Bytes bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

std::string to_hex(const Digest& digest) {
  std::array<std::uint8_t, 16> bytes;
  for (int i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(digest.high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<std::uint8_t>(digest.low >> (56 - 8 * i));
  }
  return to_hex(Bytes(bytes));
}

}  // namespace sdkprint
