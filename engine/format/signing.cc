#include "format/signing.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <optional>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/reader.h"
#include "format/inflate.h"

namespace sdkprint {
namespace {

// Ids of the pairs in the APK Signing Block (source.android.com, "APK Signature Scheme v2", "v3", "v3.1").
struct BlockScheme {
  std::uint32_t id;
  int scheme;
  const char* name;
};
constexpr BlockScheme kBlockSchemes[] = {
    {0x1b93ad61, 31, "signature scheme v3.1"},
    {0xf05368c0, 3, "signature scheme v3"},
    {0x7109871a, 2, "signature scheme v2"},
};

// Android refuses more than 10 signers in a block. A JAR signature takes a few KB.
constexpr std::size_t kMaxSigners = 10;
constexpr std::size_t kMaxJarSignatures = 32;
constexpr std::size_t kMaxCertificates = 64;  // of one message, that are compared with its signers
constexpr std::size_t kMaxBlockPairs = 1000;
constexpr std::size_t kMaxCertificateSize = std::size_t{64} << 10;
constexpr std::size_t kMaxJarSignatureSize = std::size_t{1} << 20;

struct Free {
  void operator()(BIO* pointer) const { BIO_free_all(pointer); }
  void operator()(X509* pointer) const { X509_free(pointer); }
  void operator()(X509_NAME* pointer) const { X509_NAME_free(pointer); }
  void operator()(CMS_ContentInfo* pointer) const { CMS_ContentInfo_free(pointer); }
  void operator()(STACK_OF(X509) * pointer) const { sk_X509_pop_free(pointer, X509_free); }
  void operator()(unsigned char* pointer) const { OPENSSL_free(pointer); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

/// OpenSSL's error queue is per thread and would otherwise carry what went wrong here into someone else's
/// report.
struct ErrorQueueGuard {
  ~ErrorQueueGuard() { ERR_clear_error(); }
};

/// Characters that a terminal or a page would obey rather than show: C0, DEL, C1, and the invisible and
/// direction-changing ones of U+200B–200F, U+2028–202E, U+2060–206F and U+FEFF.
bool is_control(std::string_view text, std::size_t at, std::size_t& length) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  length = 1;
  if (byte(0) < 0x20 || byte(0) == 0x7f) return true;
  length = 2;
  if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) < 0xa0) return true;
  length = 3;
  if (byte(0) == 0xef && byte(1) == 0xbb && byte(2) == 0xbf) return true;
  if (byte(0) != 0xe2) return false;
  if (byte(1) == 0x81) return byte(2) >= 0xa0 && byte(2) <= 0xaf;
  return byte(1) == 0x80 && ((byte(2) >= 0x8b && byte(2) <= 0x8f) || (byte(2) >= 0xa8 && byte(2) <= 0xae));
}

/// As RFC 2253 escapes what cannot be shown: a backslash and two hexadecimal digits for each octet.
std::string escape_controls(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 0;
    if (!is_control(text, i, length)) {
      out.push_back(text[i++]);
      continue;
    }
    for (const std::size_t end = i + length; i < end; ++i) {
      constexpr char kDigits[] = "0123456789ABCDEF";
      const auto octet = static_cast<unsigned char>(text[i]);
      out += {'\\', kDigits[octet >> 4], kDigits[octet & 15]};
    }
  }
  return out;
}

// Tags of DER (X.690) in certificates (RFC 5280, 4.1) and PKCS#7 messages.
constexpr std::uint8_t kInteger = 0x02, kObjectId = 0x06, kSequence = 0x30, kSet = 0x31;
constexpr std::uint8_t kContext0 = 0xa0, kContext1 = 0xa1;

/// 0, which is no tag, at the end.
std::uint8_t next_tag(const Reader& reader) {
  return reader.at_end() ? std::uint8_t{0} : reader.at<std::uint8_t>(reader.offset());
}

/// The next DER element with its tag and length, which must have the expected tag; the cursor moves behind
/// it. Lengths of up to three bytes: certificates are small.
Bytes der_element(Reader& reader, std::uint8_t tag, Bytes& content) {
  const std::size_t start = reader.offset();
  if (reader.u8() != tag) reader.malformed(start, "another tag was expected");
  std::size_t length = reader.u8();
  if (length >= 0x80) {
    const std::size_t bytes = length & 0x7f;
    if (bytes == 0 || bytes > 3) reader.malformed(start, "a length of no or of too many bytes");
    length = 0;
    for (std::size_t i = 0; i < bytes; ++i) length = length << 8 | reader.u8();
  }
  content = reader.bytes(length);
  return reader.slice(start, reader.offset() - start);
}

/// What names a certificate, as DER elements.
struct CertificateNames {
  Bytes serial, issuer, subject;
};

/// Only what lies before a certificate's key is read: OpenSSL's X.509 decoder would set up the public key,
/// which takes longer than scanning a small app.
CertificateNames read_names(Bytes certificate) {
  CertificateNames names;
  Bytes content;
  Reader outer(certificate, "certificate");
  der_element(outer, kSequence, content);
  Reader inner(content, "certificate");
  der_element(inner, kSequence, content);
  Reader fields(content, "certificate");
  if (next_tag(fields) == kContext0) der_element(fields, kContext0, content);  // version
  names.serial = der_element(fields, kInteger, content);
  der_element(fields, kSequence, content);  // signature algorithm
  names.issuer = der_element(fields, kSequence, content);
  der_element(fields, kSequence, content);  // validity
  names.subject = der_element(fields, kSequence, content);
  return names;
}

/// The certificates of a PKCS#7 message (RFC 5652, 5.1) and, of each signer, the issuer and serial number
/// that say which one is its own.
struct SignedMessage {
  std::vector<Bytes> certificates;
  struct Signer {
    Bytes issuer, serial;
  };
  std::vector<Signer> signers;
};

SignedMessage read_message(Bytes message) {
  Bytes content;
  Reader info(message, "PKCS#7 message");
  der_element(info, kSequence, content);
  Reader typed(content, "PKCS#7 message");
  der_element(typed, kObjectId, content);
  der_element(typed, kContext0, content);
  Reader wrapped(content, "PKCS#7 message");
  der_element(wrapped, kSequence, content);
  Reader data(content, "PKCS#7 message");
  der_element(data, kInteger, content);   // version
  der_element(data, kSet, content);       // digest algorithms
  der_element(data, kSequence, content);  // what was signed
  SignedMessage result;
  der_element(data, kContext0, content);
  for (Reader certificates(content, "PKCS#7 certificates"); !certificates.at_end();) {
    result.certificates.push_back(der_element(certificates, kSequence, content));
  }
  if (next_tag(data) == kContext1) der_element(data, kContext1, content);  // revocation lists
  der_element(data, kSet, content);
  for (Reader signers(content, "PKCS#7 signers"); !signers.at_end();) {
    der_element(signers, kSequence, content);
    Reader signer(content, "PKCS#7 signer");
    der_element(signer, kInteger, content);  // version
    der_element(signer, kSequence, content);
    Reader identity(content, "PKCS#7 signer");
    const Bytes issuer = der_element(identity, kSequence, content);
    result.signers.push_back({issuer, der_element(identity, kInteger, content)});
  }
  return result;
}

/// The signers' certificates of a message in plain DER. nullopt when it is anything else, or holds none for
/// some signer: then OpenSSL has the word.
std::optional<std::vector<Bytes>> signers_in_der(Bytes message) {
  try {
    const SignedMessage read = read_message(message);
    if (read.signers.empty() || read.signers.size() > kMaxSigners ||
        read.certificates.size() > kMaxCertificates) {
      return std::nullopt;
    }
    std::vector<Bytes> result;
    for (const SignedMessage::Signer& signer : read.signers) {
      const auto own =
          std::find_if(read.certificates.begin(), read.certificates.end(), [&](Bytes certificate) {
            const CertificateNames names = read_names(certificate);
            return as_text(names.serial) == as_text(signer.serial) &&
                   as_text(names.issuer) == as_text(signer.issuer);
          });
      if (own == read.certificates.end()) return std::nullopt;
      result.push_back(*own);
    }
    return result;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

/// OpenSSL's decoder has refused names whose strings are not what their ASN.1 type says, so all can be
/// printed.
std::string name_text(const X509_NAME* name) {
  constexpr unsigned long kFlags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  const Owned<BIO> out(BIO_new(BIO_s_mem()));
  if (!out || X509_NAME_print_ex(out.get(), name, 0, kFlags) < 0) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return size > 0 ? escape_controls({data, static_cast<std::size_t>(size)}) : std::string();
}

/// nullopt when it cannot be read.
std::optional<std::string> subject_of(Bytes certificate) {
  if (certificate.size() > kMaxCertificateSize) return std::nullopt;
  try {
    const Bytes der = read_names(certificate).subject;
    const unsigned char* cursor = der.data();
    const Owned<X509_NAME> name(d2i_X509_NAME(nullptr, &cursor, static_cast<long>(der.size())));
    if (name) return name_text(name.get());
  } catch (const InputError&) {
    // Told by the caller.
  }
  return std::nullopt;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

/// META-INF/X.RSA, .DSA or .EC, directly in META-INF, in any case (as Android compares).
bool is_jar_signature(std::string_view name) {
  constexpr std::string_view kFolder = "META-INF/";
  if (name.size() < kFolder.size() || !equal_ignoring_case(name.substr(0, kFolder.size()), kFolder))
    return false;
  name.remove_prefix(kFolder.size());
  if (name.find('/') != std::string_view::npos) return false;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view type = name.substr(dot + 1);
  return equal_ignoring_case(type, "RSA") || equal_ignoring_case(type, "DSA") ||
         equal_ignoring_case(type, "EC");
}

class CertificateReader {
 public:
  CertificateReader(const ZipArchive& archive, Inflater& inflater, std::vector<std::string>& warnings)
      : archive_(archive), inflater_(inflater), warnings_(warnings) {}

  std::vector<Certificate> read() {
    const ErrorQueueGuard guard;
    const Bytes block = archive_.signing_block();
    for (const BlockScheme& scheme : kBlockSchemes) {
      try {
        const Bytes value = block_value(block, scheme.id);
        if (!value.empty()) read_signers(value, scheme);
      } catch (const InputError& error) {
        warnings_.push_back(std::string(scheme.name) + ": " + error.what());
      }
    }
    read_jar_signatures();
    return std::move(certificates_);
  }

 private:
  /// The block: size, pairs of (size of id and value, id, value), size again, 16 bytes of magic. The first
  /// pair of an id counts; pairs of other ids (padding, source stamp, vendors' channel marks) are passed
  /// over.
  static Bytes block_value(Bytes block, std::uint32_t id) {
    if (block.empty()) return {};
    constexpr std::size_t kHead = 8, kTail = 24;
    Reader reader(block, "APK signing block");
    reader.skip(kHead);
    if (reader.remaining() < kTail) reader.malformed(kHead, "no room for its own tail");
    Reader pairs(reader.slice(kHead, reader.remaining() - kTail), "APK signing block pairs");
    for (std::size_t count = 0; !pairs.at_end() && count < kMaxBlockPairs; ++count) {
      const std::uint64_t size = pairs.u64();
      if (size < 4 || size > pairs.remaining()) pairs.malformed(pairs.offset(), "pair larger than the block");
      const std::uint32_t pair_id = pairs.u32();
      const Bytes value = pairs.bytes(static_cast<std::size_t>(size) - 4);
      if (pair_id == id) return value;
    }
    return {};
  }

  static Bytes prefixed(Reader& reader) { return reader.bytes(reader.u32()); }

  /// Signers → signer → signed data → certificates → the first one, each with its length in front; v2 and v3
  /// are alike up to there.
  void read_signers(Bytes value, const BlockScheme& scheme) {
    Reader block(value, scheme.name);
    Reader signers(prefixed(block), scheme.name);
    for (std::size_t count = 0; !signers.at_end(); ++count) {
      if (count == kMaxSigners) {
        warnings_.push_back(std::string(scheme.name) + ": more than 10 signers, the others are not read");
        return;
      }
      Reader signer(prefixed(signers), scheme.name);
      Reader signed_data(prefixed(signer), scheme.name);
      prefixed(signed_data);  // digests
      Reader certificates(prefixed(signed_data), scheme.name);
      add(prefixed(certificates), scheme.scheme, scheme.name);
    }
  }

  void read_jar_signatures() {
    std::size_t count = 0;
    for (const ZipEntry& entry : archive_.entries()) {
      if (!is_jar_signature(entry.name)) continue;
      if (++count > kMaxJarSignatures) {
        warnings_.push_back("JAR signature: more than 32 signature files, the others are not read");
        return;
      }
      try {
        read_jar_signature(entry);
      } catch (const InputError& error) {
        warnings_.push_back("JAR signature: " + std::string(error.what()));
      }
    }
  }

  void read_jar_signature(const ZipEntry& entry) {
    Buffer buffer;
    Bytes content = archive_.data(entry);
    if (!entry.is_stored()) {
      if (entry.uncompressed_size > kMaxJarSignatureSize) {
        throw InputError(InputError::Kind::limit, "signature file larger than 1 MiB");
      }
      buffer.reset(static_cast<std::size_t>(entry.uncompressed_size));
      inflater_.inflate(content, buffer.writable());
      content = buffer.bytes();
    }
    if (content.size() > kMaxJarSignatureSize) {
      throw InputError(InputError::Kind::limit, "signature file larger than 1 MiB");
    }
    read_cms(content);
  }

  /// PKCS#7 carries any number of certificates; the signer's is the one whose issuer and serial number the
  /// signer information names.
  void read_cms(Bytes content) {
    if (const std::optional<std::vector<Bytes>> certificates = signers_in_der(content)) {
      for (const Bytes der : *certificates) add(der, 1, "JAR signature");
      return;
    }
    const unsigned char* cursor = content.data();
    const Owned<CMS_ContentInfo> cms(
        d2i_CMS_ContentInfo(nullptr, &cursor, static_cast<long>(content.size())));
    if (!cms) throw InputError("not a PKCS#7 message");
    const Owned<STACK_OF(X509)> certificates(CMS_get1_certs(cms.get()));
    STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms.get());
    const int signer_count = std::min<int>(sk_CMS_SignerInfo_num(signers), kMaxSigners);
    if (!certificates || signer_count <= 0) throw InputError("PKCS#7 message without a signer's certificate");
    for (int i = 0; i < signer_count; ++i)
      add_signer(sk_CMS_SignerInfo_value(signers, i), certificates.get());
  }

  void add_signer(CMS_SignerInfo* signer, const STACK_OF(X509) * certificates) {
    for (int i = 0; i < sk_X509_num(certificates); ++i) {
      X509* certificate = sk_X509_value(certificates, i);
      if (CMS_SignerInfo_cert_cmp(signer, certificate) != 0) continue;
      unsigned char* der = nullptr;
      const int size = i2d_X509(certificate, &der);
      const Owned<unsigned char> owner(der);
      if (size > 0) add(Bytes(der, static_cast<std::size_t>(size)), 1, "JAR signature");
      return;
    }
    warnings_.push_back("JAR signature: the signer's certificate is not in the message");
  }

  void add(Bytes der, int scheme, const char* scheme_name) {
    const Sha256 hash = sha256(der);
    const std::string fingerprint = to_hex(Bytes(hash));
    const auto known = std::find_if(certificates_.begin(), certificates_.end(),
                                    [&](const Certificate& other) { return other.sha256 == fingerprint; });
    if (known != certificates_.end()) {
      std::vector<int>& schemes = known->schemes;
      const auto place = std::lower_bound(schemes.begin(), schemes.end(), scheme);
      if (place == schemes.end() || *place != scheme) schemes.insert(place, scheme);
      return;
    }
    certificates_.push_back({fingerprint, subject(der, scheme_name), {scheme}});
  }

  std::string subject(Bytes der, const char* scheme_name) {
    if (std::optional<std::string> text = subject_of(der)) return std::move(*text);
    warnings_.push_back(std::string(scheme_name) + ": certificate cannot be read, only its digest is known");
    return {};
  }

  const ZipArchive& archive_;
  Inflater& inflater_;
  std::vector<std::string>& warnings_;
  std::vector<Certificate> certificates_;
};

}  // namespace

std::vector<Certificate> signing_certificates(const ZipArchive& archive, Inflater& inflater,
                                              std::vector<std::string>& warnings) {
  return CertificateReader(archive, inflater, warnings).read();
}

}  // namespace sdkprint
