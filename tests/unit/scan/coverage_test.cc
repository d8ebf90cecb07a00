// How much of the app could be seen: each reason, and that an ordinary app has none.
#include <doctest/doctest.h>

#include "app_fixture.h"
#include "elf_builder.h"

namespace sdkprint {
namespace {

using namespace test;

const Scanner& scanner() {
  static const Scanner made(
      sdk_toml("acme", "class = [\"com.acme\"]") +
      sdk_toml_with("shellguard", "kind = \"packer\"",
                    "library = [\"libshellguard.so\"]\nentry = [\"assets/shellguard.bin\"]"));
  return made;
}

/// Class descriptors Lcom/example/app/C0; … as many as wanted.
std::vector<std::string> many(int count) {
  std::vector<std::string> result;
  for (int i = 0; i < count; ++i) result.push_back("Lcom/example/app/C" + std::to_string(i) + ";");
  return result;
}

ByteVector ordinary_dex() { return dex_of(many(60)); }

/// A manifest with the application class, or none, and parts.
ByteVector manifest_with(const std::string& application_class, const std::vector<AxmlElement>& parts = {}) {
  AxmlElement manifest = manifest_element("com.example.app", parts);
  for (AxmlElement& child : manifest.children) {
    if (child.name == "application" && !application_class.empty()) {
      child.attributes.push_back(android("name", application_class));
    }
  }
  return axml(manifest);
}

std::vector<AxmlElement> activities(const std::vector<std::string>& classes) {
  std::vector<AxmlElement> result;
  for (const std::string& name : classes) result.push_back(activity(name));
  return result;
}

std::string coverage(const std::vector<std::pair<std::string, ByteVector>>& entries) {
  return coverage_of(scanner().scan(zip_of(entries)));
}

const std::vector<std::string> kRealActivities = {"com.real.A", "com.real.B", "com.real.C", "com.real.D"};

TEST_CASE("an ordinary app is fully analysable, without a reason") {
  const std::vector<AxmlElement> parts =
      activities({"com.example.app.C0", ".C1", "C2", "com.example.app.C3"});
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("com.example.app.C5", parts)},
                  {"classes.dex", ordinary_dex()},
                  {"lib/arm64-v8a/libx.so", ElfBuilder().build()},
                  {"assets/model.bin", noise(200'000)},
                  {"res/a.png", bytes_of("\x89PNG and so on")}}) == "full");
}

TEST_CASE("what was seen is counted") {
  const Coverage coverage =
      scanner()
          .scan(apk_of({{"classes.dex", ordinary_dex()},
                        {"classes2.dex", dex_of({"La/B;"})},
                        {"lib/x86/libx.so", ElfBuilder().build()},
                        {"assets/a.jar", zip_of({{"classes.dex", dex_of({"La/C;"})}})}}))
          .coverage;
  CHECK(coverage.dex_files == 3);
  CHECK(coverage.classes == 62);
  CHECK(coverage.native_libraries == 1);
  CHECK(coverage.nested_containers == 1);
}

TEST_CASE("a missing application class") {
  const AppReport report = scanner().scan(
      zip_of({{"AndroidManifest.xml", manifest_with("com.real.App")}, {"classes.dex", ordinary_dex()}}));
  CHECK(coverage_of(report) == "partial application-class-missing");
  CHECK(report.coverage.reasons[0].detail.starts_with("com.real.App "));
}

TEST_CASE("classes that the device brings are not missing") {
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("android.app.Application")},
                  {"classes.dex", ordinary_dex()}}) == "full");
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("", activities({"android.app.NativeActivity",
                                                                        "android.a.B", "android.a.C"}))},
                  {"classes.dex", ordinary_dex()}}) == "full");
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("android.support.multidex.MultiDexApplication")},
                  {"classes.dex", ordinary_dex()}}) == "partial application-class-missing");
}

TEST_CASE("components that are missing, some or all") {
  const std::vector<AxmlElement> half =
      activities({"com.example.app.C0", "com.example.app.C1", "com.real.A", "com.real.B"});
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("", half)}, {"classes.dex", ordinary_dex()}}) ==
        "partial components-missing");
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("", activities(kRealActivities))},
                  {"classes.dex", ordinary_dex()}}) == "none components-missing");
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("com.real.App", half)},
                  {"classes.dex", ordinary_dex()}}) == "none application-class-missing components-missing");
}

TEST_CASE("a few components that are missing are ordinary") {
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("", activities({".C0", ".C1", ".C2", "com.real.A"}))},
                  {"classes.dex", ordinary_dex()}}) == "full");
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("", activities({"com.real.A", "com.real.B"}))},
                  {"classes.dex", ordinary_dex()}}) == "full");
}

TEST_CASE("components may be defined in any dex, a nested one too") {
  const ByteVector dex = dex_of({"Lcom/real/A;", "Lcom/real/B;"}),
                   more = dex_of({"Lcom/real/C;", "Lcom/real/D;"});
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("", activities(kRealActivities))},
                  {"classes.dex", ordinary_dex()},
                  {"classes2.dex", dex},
                  {"assets/x.jar", zip_of({{"a.dex", more}})}}) == "full");
}

TEST_CASE("a packer beside ordinary code, and a packer around a shell") {
  const ByteVector library = ElfBuilder().build();
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("")},
                  {"classes.dex", ordinary_dex()},
                  {"lib/x86/libshellguard.so", library}}) == "partial packer");
  const AppReport report =
      scanner().scan(zip_of({{"AndroidManifest.xml", manifest_with("", activities(kRealActivities))},
                             {"classes.dex", dex_of(many(3))},
                             {"lib/x86/libshellguard.so", library}}));
  CHECK(coverage_of(report) == "none components-missing packer");
  CHECK(report.coverage.reasons[1].detail == "shellguard (library libshellguard.so)");
  CHECK(report.coverage.reasons[1].entry == "lib/x86/libshellguard.so");
}

TEST_CASE("a trace of a packer is not yet a packed app") {
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("")},
                  {"classes.dex", ordinary_dex()},
                  {"assets/shellguard.bin", bytes_of("x")}}) == "full");
}

TEST_CASE("an encrypted payload beside a shell, stored or deflated") {
  const ByteVector manifest = manifest_with("", activities(kRealActivities)), payload = noise(100'000);
  CHECK(coverage(
            {{"AndroidManifest.xml", manifest}, {"classes.dex", dex_of(many(3))}, {"assets/x", payload}}) ==
        "none components-missing encrypted-payload");
  const AppReport report = scanner().scan(ZipBuilder()
                                              .deflated("AndroidManifest.xml", manifest)
                                              .deflated("classes.dex", dex_of(many(3)))
                                              .stored("assets/x", payload)
                                              .build());
  CHECK(coverage_of(report) == "none components-missing encrypted-payload");
  CHECK(report.coverage.reasons[1].entry == "assets/x");
}

TEST_CASE("pictures and texts beside a shell are no payload") {
  ByteVector picture = noise(100'000);
  std::copy_n("\x89PNG", 4, picture.begin());
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("", activities(kRealActivities))},
                  {"classes.dex", dex_of(many(3))},
                  {"assets/picture", picture},
                  {"assets/text", bytes_of(std::string(100'000, 'a'))}}) == "none components-missing");
}

TEST_CASE("an app without a readable class has no code") {
  CHECK(coverage({{"AndroidManifest.xml", manifest_with("")}, {"assets/x", bytes_of("x")}}) ==
        "none no-code");
}

TEST_CASE("an app that declares to have no code lacks none") {
  AxmlElement manifest = manifest_element("com.example.app", {activity("android.app.NativeActivity")});
  for (AxmlElement& child : manifest.children) {
    if (child.name == "application") child.attributes.push_back(android_bool("hasCode", false));
  }
  CHECK(coverage({{"AndroidManifest.xml", axml(manifest)}, {"lib/x86/libgame.so", ElfBuilder().build()}}) ==
        "full");
}

TEST_CASE("a file that is named like a dex and is none") {
  const AppReport report = scanner().scan(zip_of({{"AndroidManifest.xml", manifest_with("")},
                                                  {"classes.dex", ordinary_dex()},
                                                  {"classes2.dex", noise(300)},
                                                  {"assets/other.dex", noise(300)}}));
  CHECK(coverage_of(report) == "partial dex-not-readable");
  CHECK(report.coverage.reasons[0].entry == "classes2.dex");
}

TEST_CASE("code that can load further code") {
  DexBuilder dex;
  for (const std::string& name : many(60)) add_class(dex, name);
  dex.add_class("Lcom/example/app/L;")
      .method("load", "()V",
              Code()
                  .new_instance(0, "Ldalvik/system/DexClassLoader;")
                  .invoke(0x70, {"Ldalvik/system/DexClassLoader;", "<init>", "()V"}, {0})
                  .return_void());
  const AppReport report = scanner().scan(apk_of({{"classes.dex", dex.build()}}));
  CHECK(coverage_of(report) == "partial dex-loader");
  CHECK(report.coverage.reasons[0].detail.ends_with("Ldalvik/system/DexClassLoader;.<init>:()V"));
  CHECK(report.coverage.reasons[0].entry == "classes.dex");
}

TEST_CASE("loading from installed packages is ordinary") {
  DexBuilder dex;
  for (const std::string& name : many(60)) add_class(dex, name);
  dex.add_method({"Ldalvik/system/PathClassLoader;", "<init>", "()V"});
  CHECK(coverage_of(scanner().scan(apk_of({{"classes.dex", dex.build()}}))) == "full");
}

TEST_CASE("parts that could not be read") {
  ByteVector broken = ElfBuilder().build();
  broken.resize(40);
  broken.resize(300);
  const AppReport report =
      scanner().scan(apk_of({{"classes.dex", ordinary_dex()}, {"lib/x86/libx.so", broken}}));
  CHECK(coverage_of(report) == "partial unreadable");
  CHECK(report.coverage.reasons[0].entry == "lib/x86/libx.so");
}

TEST_CASE("oddities are no loss") {
  const ByteVector app = ZipBuilder()
                             .deflated("AndroidManifest.xml", manifest_xml("com.example.app"))
                             .deflated("classes.dex", ordinary_dex())
                             .claimed_entries(77)
                             .build();
  const AppReport report = scanner().scan(app);
  CHECK_FALSE(report.problems.empty());
  CHECK(coverage_of(report) == "full");
}

TEST_CASE("an SDK's jar or AAR needs no manifest's components") {
  CHECK(coverage({{"classes.dex", dex_of({"Lcom/acme/A;"})}}) == "full");
}

}  // namespace
}  // namespace sdkprint
