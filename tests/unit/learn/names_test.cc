// What names tell: versions in paths, origins, domains, words that could be anybody's.
#include "learn/names.h"

#include <doctest/doctest.h>

#include "learn/trace_learner.h"

namespace sdkprint {
namespace {

std::string version_of(std::string_view path) { return version_in_path(path).value_or("none"); }

TEST_CASE("the version in a file's name") {
  CHECK(version_of("libs/jpush-android-3.1.2.jar") == "3.1.2");
  CHECK(version_of("jcore-android_v1.1.3.jar") == "1.1.3");
  CHECK(version_of("GetuiSDK2.10.3.5.jar") == "2.10.3.5");
  CHECK(version_of("MiPush_SDK_Client_3_6_2.jar") == "3.6.2");
  CHECK(version_of("com.acme-sdk-4.8.10_03b51e894a30.jar") == "4.8.10");
  CHECK(version_of("acme-2.0.0-beta3.aar") == "2.0.0-beta3");
}

TEST_CASE("a date, a lone number or a digest is no version") {
  CHECK(version_of("bdasr_V3_20201116_93b546d.jar") == "none");
  CHECK(version_of("libacme220.so") == "none");
  CHECK(version_of("classes.jar") == "none");
}

TEST_CASE("the version in the folders above, not that of the packet it was shipped in") {
  CHECK(version_of("exploded-aar/com.acme/sdk/4.8.10/jars/classes.jar") == "4.8.10");
  CHECK(version_of("react-native-acme@4.12.3/android/libs/acme.jar") == "none");
  CHECK(version_of("4.1/acme-5.2.jar") == "5.2");
}

TEST_CASE("the origin of a name") {
  CHECK(origin_of_name("com.acme.push.Foo") == "com.acme");
  CHECK(origin_of_name("com.github.user.lib") == "com.github.user");
  CHECK(origin_of_name("bolts") == "bolts");
  CHECK(origin_of_name("") == "");
}

TEST_CASE("the part of a host that somebody registered") {
  CHECK(registered_domain("a.b.acme.com") == "acme.com");
  CHECK(registered_domain("x.acme.com.cn") == "acme.com.cn");
  CHECK(registered_domain("com.cn") == "");
  CHECK(registered_domain("127.0.0.1") == "");
  CHECK(registered_domain("localhost") == "");
}

TEST_CASE("words that could be anybody's tell nothing") {
  CHECK(is_telling("jpush"));
  CHECK_FALSE(is_telling("sdk"));
  CHECK_FALSE(is_telling("a1b"));
  CHECK_FALSE(has_telling_segment("com.sdk.util"));
  CHECK(is_common_package("okhttp3.internal.Util"));
  CHECK(is_common_package("androidx.core"));
  CHECK_FALSE(is_common_package("kotlinish.Foo"));
}

TEST_CASE("ids and titles") {
  CHECK(as_id("Acme Push_SDK!") == "acme-push-sdk");
  CHECK(as_id("--") == "");
  CHECK(as_title("acme-push") == "Acme Push");
}

TEST_CASE("what counts as a version") {
  CHECK(is_version("3.1.2-rc1"));
  CHECK_FALSE(is_version("v3"));
  CHECK_FALSE(is_version(""));
  CHECK_FALSE(is_version("3 1"));
}

TEST_CASE("names that speak of a version") {
  for (const char* name : {"getSdkVersion", "VERSION_NAME", "BuildConfig", "versionInfo", "x.version"})
    CHECK_MESSAGE(speaks_of_version(name), name);
  for (const char* name : {"ConversionListener", "inversion", "getName", ""})
    CHECK_FALSE_MESSAGE(speaks_of_version(name), name);
}

TEST_CASE("the class that a JNI function belongs to") {
  CHECK(class_of_jni_symbol("Java_com_acme_Foo_bar") == "com.acme.Foo");
  CHECK(class_of_jni_symbol("Java_com_acme_1x_Foo_bar__Ljava_lang_String_2") == "com.acme_x.Foo");
  CHECK(class_of_jni_symbol("JNI_OnLoad") == "");
  CHECK(class_of_jni_symbol("Java_x") == "");
  CHECK(jni_prefix("com.acme_x") == "Java_com_acme_1x_");
}

}  // namespace
}  // namespace sdkprint
