#include "signing_builder.h"

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstdlib>
#include <memory>

#include "chunk_builder.h"

namespace sdkprint::test {
namespace {

struct Free {
  void operator()(EVP_PKEY* pointer) const { EVP_PKEY_free(pointer); }
  void operator()(X509* pointer) const { X509_free(pointer); }
  void operator()(CMS_ContentInfo* pointer) const { CMS_ContentInfo_free(pointer); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

void require(bool is_true) {
  if (!is_true) std::abort();
}

/// SEC 1 ECPrivateKey on P-256; OpenSSL computes the public key.
Owned<EVP_PKEY> subject_key() {
  ByteVector der = {0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20};
  for (int i = 0; i < 32; ++i) put8(der, 0x11);
  for (const int byte : {0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07})
    put8(der, byte);
  const unsigned char* cursor = der.data();
  Owned<EVP_PKEY> key(d2i_PrivateKey(EVP_PKEY_EC, nullptr, &cursor, static_cast<long>(der.size())));
  require(key != nullptr);
  return key;
}

/// Ed25519 signs without randomness.
Owned<EVP_PKEY> issuer_key() {
  const ByteVector bytes(32, 0x22);
  Owned<EVP_PKEY> key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size()));
  require(key != nullptr);
  return key;
}

void add_name(X509_NAME* name, const char* field, const std::string& text, int type) {
  if (text.empty()) return;
  require(X509_NAME_add_entry_by_txt(name, field, type, reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()), -1, 0) == 1);
}

Owned<X509> parse(const ByteVector& der) {
  const unsigned char* cursor = der.data();
  Owned<X509> certificate(d2i_X509(nullptr, &cursor, static_cast<long>(der.size())));
  require(certificate != nullptr);
  return certificate;
}

/// OpenSSL's i2d functions into a vector.
template <typename T>
ByteVector encode(T* object, int (*i2d)(T*, unsigned char**)) {
  const int size = i2d(object, nullptr);
  require(size > 0);
  ByteVector out(static_cast<std::size_t>(size));
  unsigned char* cursor = out.data();
  i2d(object, &cursor);
  return out;
}
int encode_certificate(X509* certificate, unsigned char** out) { return i2d_X509(certificate, out); }
int encode_cms(CMS_ContentInfo* message, unsigned char** out) { return i2d_CMS_ContentInfo(message, out); }

ByteVector prefixed(const ByteVector& content) {
  ByteVector out;
  put32(out, static_cast<std::uint32_t>(content.size()));
  append(out, content);
  return out;
}

}  // namespace

ByteVector certificate_der(const TestCertificate& description) {
  const Owned<X509> certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), description.serial);
  ASN1_TIME_set_string(X509_getm_notBefore(certificate.get()), "200101000000Z");
  ASN1_TIME_set_string(X509_getm_notAfter(certificate.get()), "490101000000Z");
  add_name(X509_get_issuer_name(certificate.get()), "CN", "Issuer", V_ASN1_UTF8STRING);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  add_name(subject, "O", description.organisation, V_ASN1_UTF8STRING);
  add_name(subject, "CN", description.common_name,
           description.string_type == 0 ? V_ASN1_UTF8STRING : description.string_type);
  X509_set_pubkey(certificate.get(), subject_key().get());
  require(X509_sign(certificate.get(), issuer_key().get(), nullptr) > 0);
  return encode(certificate.get(), encode_certificate);
}

ByteVector jar_signature(const std::vector<ByteVector>& certificates, std::size_t signer) {
  const unsigned flags = CMS_PARTIAL | CMS_DETACHED | CMS_BINARY | CMS_NOATTR | CMS_NOCERTS | CMS_NOSMIMECAP;
  const Owned<CMS_ContentInfo> message(CMS_sign(nullptr, nullptr, nullptr, nullptr, flags));
  require(message != nullptr);
  for (const ByteVector& der : certificates) CMS_add1_cert(message.get(), parse(der).get());
  const Owned<X509> certificate = parse(certificates.at(signer));
  require(CMS_add1_signer(message.get(), certificate.get(), subject_key().get(), EVP_sha256(), flags) !=
          nullptr);
  return encode(message.get(), encode_cms);
}

ByteVector scheme_value(const std::vector<std::vector<ByteVector>>& chains) {
  ByteVector signers;
  for (const std::vector<ByteVector>& chain : chains) {
    ByteVector certificates;
    for (const ByteVector& der : chain) append(certificates, prefixed(der));
    ByteVector signed_data = prefixed(ByteVector(8));  // digests
    append(signed_data, prefixed(certificates));
    append(signed_data, prefixed({}));  // additional attributes
    ByteVector signer = prefixed(signed_data);
    append(signer, prefixed({}));  // signatures
    append(signer, prefixed({}));  // public key
    append(signers, prefixed(signer));
  }
  return prefixed(signers);
}

}  // namespace sdkprint::test
