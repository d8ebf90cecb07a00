#pragma once
// What an SDK's code was seen to do, as a report tells it: plain data. Presence of code is all that is
// claimed: whether it ran, what it sent and whether the user had consented, only a dynamic run can tell.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/use.h"

namespace sdkprint {

/// The earliest kind of entry from which the call graph leads to a use; ordered, the earliest is the
/// greatest.
enum class Reach : std::uint8_t {
  not_established,    ///< no way found: dead code, or called in a way that is not modelled
  host_call,          ///< only from a public method that nothing in the app calls
  screen,             ///< an activity, or a callback that needs the user's hand
  background,         ///< a receiver or service
  application_start,  ///< Application.attachBaseContext, onCreate
  provider_start,     ///< ContentProvider.onCreate: Android runs it before Application.onCreate
};
inline constexpr std::size_t kReachCount = 6;
/// "not-established", "host-call", "screen", "background", "application-start", "provider-start".
std::string_view name(Reach reach);

/// How one step of a path leads to the next.
enum class StepKind : std::uint8_t {
  entry,     ///< Android calls the method
  call,      ///< the method before it names it in an invoke
  dispatch,  ///< the method before it calls a method that this one overrides, and the class is instantiated
  callback,  ///< the method before it makes an object of the class, and the platform calls it back by itself
  user_callback,  ///< the same, when the user does something
  initializer,    ///< the method before it makes Android initialise the class
  reflection,     ///< the method before it names the class in a constant string and loads it
};
/// "entry", "call", "dispatch", "callback", "user-callback", "initializer", "reflection".
std::string_view name(StepKind kind);

struct PathStep {
  StepKind kind = StepKind::call;
  std::string method;  ///< dexdump's notation, "Lcom/foo/Bar;.name:(I)V"
};

/// A method that calls the one a use stands in, directly (depth 1) or over another (2 …).
struct CallerFrame {
  std::uint32_t depth = 1;
  std::string class_name;          ///< dotted
  std::string method;              ///< dexdump's notation
  std::uint32_t pc = 0;            ///< of the invoke, in 16-bit units
  StepKind kind = StepKind::call;  ///< call: it names the method; dispatch: one that the method overrides
  bool is_short = false;           ///< no more code than a wrapper has
  std::string calls;  ///< the method that it calls: the use's, or that of a frame one nearer to it
  Reach reach = Reach::not_established;  ///< of this method, whoever else calls the use's
  std::vector<PathStep> path;            ///< from the entry to this method
};

struct ReachedUse {
  Use use;
  Reach reach = Reach::not_established;
  std::vector<PathStep> path;  ///< from the entry to the use's method; empty when not established
  /// Frames between the owner's own code and the use when that stands in a wrapper (a hook class of the app,
  /// an AndroidX helper): the first is the owner's. Empty when the owner's class holds the use itself. Then
  /// reach and path are those of the owner's frame.
  std::vector<CallerFrame> through;
  std::string wrapper_owner;  ///< id of the SDK that holds the wrapper; empty: the app
  /// Of the wrapper's owner: ids of the SDKs that are charged with this use because they call it.
  std::vector<std::string> charged_to;
  bool is_benign = false;  ///< a known use of a library for its own working
};

/// One behaviour of one owner: an SDK, the app's own code, or a package that no signature claims.
struct BehaviourFinding {
  std::string id, name, name_zh;
  std::string category, category_name, category_zh;  ///< data category: "device-info", 设备信息
  std::string data_type_zh, standard;
  std::string severity;                      ///< "low", "medium", "high"
  UseStrength strength = UseStrength::lead;  ///< strongest of all uses
  Reach reach = Reach::not_established;      ///< earliest of all uses
  std::vector<std::string> permissions;      ///< that the platform may ask for; empty: none
  /// Whether the manifest requests one of them and the app's targetSdk leaves it effective; nullopt: needs
  /// none, or there is no manifest.
  std::optional<bool> permission_held;
  std::string permission_note, permission_note_zh;  ///< what limits that; or empty
  std::vector<std::string> notice_labels;           ///< wordings of the notices' problem column
  bool is_benign = false;        ///< every use is (TwilightManager reads the location for night mode)
  std::vector<ReachedUse> uses;  ///< strongest and earliest first; capped
  std::uint64_t use_count = 0;   ///< before capping
};

/// Behaviours of packages that no signature claims.
struct PackageBehaviours {
  std::string package;  ///< as in AppReport::unattributed; for a native library its file name
  std::vector<BehaviourFinding> behaviours;
};

/// A permission that the app requests, or that code of it would need.
struct PermissionFinding {
  std::string permission;
  std::string name_zh, category, category_zh, protection;  ///< empty when the catalogue does not know it
  bool is_declared = false;
  bool is_void = false;  ///< requested without effect, on every device the app can be installed on
  std::string restriction, restriction_zh;  ///< what limits the request, void or not; or empty
  /// Ids of SDKs whose code asks for what it grants; "app" for own code, "package:com.foo" for unattributed.
  std::vector<std::string> used_by;
  std::vector<std::string> maybe_used_by;  ///< the same, by leads only
  std::vector<std::string> behaviours;     ///< ids, seen in code, that need it
  bool is_known = false;  ///< the catalogue links behaviours to it, so that "no use seen" says something
};

/// A host in a string that an SDK's own class loads.
struct HostUse {
  std::string host;
  bool cleartext = false;  ///< stands in an http:// URL
  std::string other_sdk;  ///< id of another SDK whose signature lists the host, of another vendor; else empty
  std::string url;        ///< the text, cut
  std::string used_by;    ///< "Lcom/foo/A;.b:()V @0x0012"
  std::string entry;
};

}  // namespace sdkprint
