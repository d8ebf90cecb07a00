#pragma once
// Who signed an APK. Certificates are read, signatures are not verified: Android did that at installation,
// and a repackaged app is told by its certificate. Sources: JAR signing (META-INF/*.RSA|DSA|EC, PKCS#7); AOSP
// "APK Signature Scheme v2", "v3", "v3.1". The only owner of OpenSSL's X.509.
#include <string>
#include <vector>

#include "format/zip.h"

namespace sdkprint {

class Inflater;

struct Certificate {
  std::string sha256;        ///< of the DER, lower-case hexadecimal
  std::string subject;       ///< RFC 2253, UTF-8
  std::vector<int> schemes;  ///< 1, 2, 3, 31: where it was found, ascending
};

/// All distinct signer certificates (the leaf of each signer), in order of scheme 3.1, 3, 2, 1. What cannot
/// be read is said in `warnings`.
std::vector<Certificate> signing_certificates(const ZipArchive& archive, Inflater& inflater,
                                              std::vector<std::string>& warnings);

}  // namespace sdkprint
