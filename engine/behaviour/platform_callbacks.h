#pragma once
// Which methods of an object the platform calls back once code has made the object and handed it over, and
// which ones of a component it calls when it starts it. Source: the reference of the Android SDK and of
// java.util.concurrent; who runs a callback, and when, is our reading of it.
#include <cstdint>
#include <span>
#include <string_view>

#include "result/behaviour.h"

namespace sdkprint {

enum class Callback : std::uint8_t {
  none,
  user,        ///< when the user does something, or when we do not know: counts as a screen
  background,  ///< when something happens outside of the app: a broadcast, a call of another process
  automatic,   ///< by itself: keeps the reach of the code that made the object
};

/// Methods of one type of the platform. `names` are separated by spaces, whatever their types.
struct PlatformCallbacks {
  Callback kind;
  std::string_view type;
  std::string_view names;
};
std::span<const PlatformCallbacks> platform_callbacks();

/// "onClick": how Android names a method that is there to be overridden and called back.
bool is_callback_name(std::string_view name);

/// Android calls a method of that name when it starts an entry of that kind. Constructor and class
/// initialiser are not meant. `is_provider`: the class is a ContentProvider, not an initializer that a
/// library's provider runs (androidx.startup).
bool is_entry_method(Reach kind, bool is_provider, std::string_view name);

}  // namespace sdkprint
