#pragma once
// What a sensitive behaviour is, as plain data: which platform calls, fields and strings show that code reads
// an IMEI or lists the installed apps. Written in TOML (signatures/behaviours/), compiled into the signature
// database.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "signature/permission.h"
#include "signature/sdk.h"

namespace sdkprint {

enum class Severity : std::uint8_t { low, medium, high };
std::string_view name(Severity severity);

/// A member of a class in dex notation: "Landroid/telephony/TelephonyManager;" "getDeviceId"
/// "()Ljava/lang/String;". An empty descriptor means every overload (third-party classes, whose types may be
/// renamed).
struct MemberRef {
  std::string class_descriptor, name, descriptor;
};

struct Behaviour {
  std::string id, name, name_zh;
  std::string category;      ///< id of a data category ("device-info"): the folder's file
  std::string data_type_zh;  ///< GB/T 43697 / 35273 term
  std::string standard;      ///< "T/TAF 077.5"
  Severity severity = Severity::low;
  std::vector<MemberRef> methods;       ///< a call of one is enough
  std::vector<MemberRef> weak_methods;  ///< a call is a lead; some are context methods too
  /// A call counts only with one of context_fields, strings or constants in the same method. Groups are
  /// resolved.
  std::vector<MemberRef> context_methods;
  std::vector<MemberRef> context_fields;  ///< a read counts only in the same method as a context method
  std::vector<MemberRef> fields;          ///< a read (sget, iget) of one is enough
  std::vector<std::string> strings;  ///< const-strings (exact); alone a lead, with a context method confirmed
  std::vector<std::int64_t> constants;  ///< integer (not boolean) arguments of a context method
  std::vector<MemberRef>
      overrides;  ///< a class of the app that extends or implements it (and overrides name)
  std::vector<std::string>
      receiver_subtypes;  ///< classes whose subclasses, as receivers, count as the method's class
  std::vector<std::string> native_symbols;  ///< imports of native libraries: capability only
  std::vector<std::string> manifest;        ///< manifest items that show it, in FORMAT.md's item form
  std::vector<std::string> permissions;
  std::vector<std::string> notice_labels;  ///< wording of the notices' problem column (Chinese, official)
  bool lead_only = false;                  ///< even its methods, fields and overrides are only leads
  SourcePlace place;
};

struct DataCategory {
  std::string id, name, name_zh;
};

/// All of signatures/behaviours/, sorted by id (benign classes by name, rules as written). Ids are unique,
/// and every category, behaviour and permission that others name exists.
struct BehaviourSet {
  std::vector<DataCategory> categories;
  std::vector<Behaviour> behaviours;
  std::vector<Permission> permissions;
  std::vector<PermissionRule> permission_rules;
  std::vector<BenignClass> benign;
};

}  // namespace sdkprint
