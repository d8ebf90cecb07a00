#pragma once
// Certificates and the places of an APK where they stand. Everything is made from fixed keys and dates, so
// the bytes are the same at every run. Nothing is truly signed: sdkprint reads certificates, it does not
// verify signatures.
#include <string>
#include <vector>

#include "hostile.h"

namespace sdkprint::test {

/// Whose certificate. Parts that are empty are left out of the subject.
struct TestCertificate {
  std::string common_name = "Test";
  std::string organisation = {};
  int serial = 1;
  int string_type = 0;  ///< ASN.1 tag of the common name (12 UTF8String, 30 BMPString …); 0: UTF8String
};

/// An X.509 certificate (DER), issued by "CN=Issuer", with an EC key.
ByteVector certificate_der(const TestCertificate& certificate);

/// A detached PKCS#7 message that carries `certificates` in this order and has one signer, the certificate
/// `signer`.
ByteVector jar_signature(const std::vector<ByteVector>& certificates, std::size_t signer);

/// The value of the v2, v3 or v3.1 pair: one signer for each chain of certificates, the leaf first.
ByteVector scheme_value(const std::vector<std::vector<ByteVector>>& chains);

inline constexpr std::uint32_t kSchemeV2 = 0x7109871a;
inline constexpr std::uint32_t kSchemeV3 = 0xf05368c0;
inline constexpr std::uint32_t kSchemeV31 = 0x1b93ad61;
inline constexpr std::uint32_t kSigningPadding = 0x42726577;

}  // namespace sdkprint::test
