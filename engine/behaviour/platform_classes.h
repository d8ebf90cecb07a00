#pragma once
// Superclasses of platform classes, as far as the catalogue's `receiver_subtypes` need them: code calls
// Context.startActivity as a method of Activity, Service or Application, whose superclasses no dex file of
// the app defines. Source: the public Android SDK (API 36) and java.net; descriptors in dex notation.
#include <span>
#include <string_view>

namespace sdkprint {

struct PlatformClass {
  std::string_view descriptor, superclass;
};

/// Each class once. An interface's first superinterface counts as its superclass.
std::span<const PlatformClass> platform_classes();

}  // namespace sdkprint
