#pragma once
// Keeps every item of an entry's surfaces, for signature authors (sdkprint inspect).
#include <string_view>

#include "scan/entry_facts.h"
#include "scan/ownership.h"

namespace sdkprint {

/// Texts of members kept of one entry; the largest SDKs have a tenth of it.
inline constexpr std::uint64_t kMemberBytes = 64 << 20;

/// Keeps what the members of one class hold. Borrows the entry's surfaces. Texts are cut at
/// 4 KiB, and all of an entry share one budget: a hostile file may let all its methods load one long string.
class MemberCapture {
 public:
  MemberCapture(EntrySurfaces& surfaces, std::string_view class_name, std::uint32_t access_flags,
                std::uint64_t& bytes_left);

  void add_field(std::string_view field, std::string_view text) { add(members_.fields, field, text); }
  void add_string(std::string_view method, std::string_view text) { add(members_.strings, method, text); }
  void add_constants(std::string_view method, std::string_view text) {
    add(members_.constants, method, text);
  }
  /// Public static methods are how an SDK is entered.
  void add_method(std::string_view method, std::uint32_t access_flags);
  /// True when the class or the method is named after a version.
  bool may_hold_version(std::string_view method) const;

 private:
  void add(std::vector<MemberText>& texts, std::string_view member, std::string_view text);

  ClassMembers& members_;
  std::uint64_t& bytes_left_;
};

class SurfaceCapture {
 public:
  SurfaceCapture(const PatternDatabase& database, EntryFacts& facts);

  void add_class(std::string_view name, const ClassClaim& claim, std::uint64_t code_bytes);
  /// A type descriptor or internal name; primitives and arrays of them are left out.
  void add_reference(std::string_view descriptor);
  /// A string of code, and the hosts of URLs in it.
  void add_string(std::string_view text);
  void add_native_string(std::string_view text);
  void add(Surface surface, std::string_view item);
  /// A capture for the members of a class; one at a time.
  MemberCapture members_of(std::string_view class_name, std::uint32_t access_flags) {
    return MemberCapture(surfaces_, class_name, access_flags, member_bytes_left_);
  }
  void add_entry_text(std::string_view entry, std::string_view text);

 private:
  void add_hosts(std::string_view text);

  const PatternDatabase& database_;
  EntrySurfaces& surfaces_;
  std::uint64_t member_bytes_left_ = kMemberBytes;
};

}  // namespace sdkprint
