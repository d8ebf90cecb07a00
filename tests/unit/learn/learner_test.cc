// From an SDK's own releases to a draft: whole runs over archives that the test makes.
#include "learn/learner.h"

#include <doctest/doctest.h>

#include "app_fixture.h"
#include "class_builder.h"
#include "elf_builder.h"
#include "hostile.h"

namespace sdkprint {
namespace {

using namespace test;

constexpr int kPublicStatic = 9;
const std::string kString = "Ljava/lang/String;";

/// A public class with 200 bytes of code in a method "run".
ClassBuilder a_class(const std::string& name) {
  ClassBuilder builder(name);
  ByteVector body(199, 0);
  body.push_back(0xb1);
  builder.method(1, "run", "()V", body);
  return builder;
}

std::pair<std::string, ByteVector> entry_of(const std::string& name) {
  return {name + ".class", a_class(name).build()};
}

/// Classes by their internal names, one archive.
std::vector<std::pair<std::string, ByteVector>> entries_of(const std::vector<std::string>& names) {
  std::vector<std::pair<std::string, ByteVector>> entries;
  for (const std::string& name : names) entries.push_back(entry_of(name));
  return entries;
}

std::pair<std::string, ByteVector> build_config(const std::string& package, const std::string& version) {
  ClassBuilder builder(package + "/BuildConfig");
  builder.field(25, "VERSION_NAME", kString, builder.string(version));
  return {package + "/BuildConfig.class", builder.build()};
}

/// A class whose method loads a string.
std::pair<std::string, ByteVector> loading(const std::string& name, const std::string& method,
                                           const std::string& text) {
  ClassBuilder builder = a_class(name);
  builder.method(kPublicStatic, method, "()V", test::code(0x12, builder.string(text), 0x57, 0xb1));
  return {name + ".class", builder.build()};
}

class Workbench {
 public:
  explicit Workbench(const std::string& toml) : scanner_(toml) {}

  void add(const std::string& name, const std::vector<std::pair<std::string, ByteVector>>& entries,
           const std::string& version = "") {
    inputs_.push_back({version, scanner_.directory().write(name, zip_of(entries))});
  }
  void add_bytes(const std::string& name, const ByteVector& bytes, const std::string& version = "") {
    inputs_.push_back({version, scanner_.directory().write(name, bytes)});
  }
  LearnedSignature learn(const LearnOptions& options = {}) const {
    const std::vector<Release> releases = inspect_releases(scanner_.matcher(), inputs_, {});
    return learn_signature(scanner_.matcher().database(), releases, options, {});
  }
  std::vector<LearnInput>& inputs() { return inputs_; }

 private:
  Scanner scanner_;
  std::vector<LearnInput> inputs_;
};

const std::string kOther = sdk_toml(
    "other",
    "class = [\"com.other\", \"com.vendor.known\"]\nlibrary = [\"libother.so\"]\nhost = [\"other.com\"]");

bool has(const LearnedSignature& learned, const std::string& text) {
  return learned.toml.find(text) != std::string::npos;
}
/// The lines that are no comments, joined.
std::string active(const LearnedSignature& learned) {
  std::string lines;
  for (std::size_t begin = 0; begin < learned.toml.size();) {
    const std::size_t end = learned.toml.find('\n', begin);
    const std::string line = learned.toml.substr(begin, end - begin);
    if (!line.starts_with("#")) lines += line.substr(0, line.find("  # ")) + "\n";
    begin = end + 1;
  }
  return lines;
}
bool says(const LearnedSignature& learned, const std::string& text) {
  return active(learned).find(text) != std::string::npos;
}

TEST_CASE("a draft finds its own artefact as defined, and says so") {
  Workbench bench(kOther);
  bench.add("acme-1.2.3.jar", entries_of({"com/acme/push/A", "com/acme/push/B", "com/acme/push/c/d"}));
  const LearnedSignature learned = bench.learn();
  CHECK(learned.problems.empty());
  CHECK(says(learned, "id = \"acme-push\""));
  CHECK(says(learned, "\"com.acme.push\""));
  CHECK(says(learned, "classes = 3"));
  CHECK(has(learned, "defined in 1;"));
  CHECK(has(learned, "  1.2.3  acme-1.2.3.jar"));
}

TEST_CASE("the draft does not depend on the order of the artefacts") {
  Workbench bench(kOther);
  bench.add("acme-1.2.3.jar", entries_of({"com/acme/push/A"}));
  bench.add("acme-1.10.0.jar", entries_of({"com/acme/push/A", "com/acme/push/B"}));
  const std::string first = bench.learn().toml;
  std::swap(bench.inputs()[0], bench.inputs()[1]);
  CHECK(bench.learn().toml == first);
  CHECK(first.find("1.2.3  acme") < first.find("1.10.0  acme"));
  CHECK(first.find("1 to 2 classes, in all 2 releases") != std::string::npos);
}

TEST_CASE("known SDKs within are named, and not claimed") {
  Workbench bench(kOther);
  bench.add("acme.jar", entries_of({"com/acme/push/A", "com/acme/push/B", "com/other/X"}));
  const LearnedSignature learned = bench.learn();
  CHECK(learned.problems.empty());
  CHECK(says(learned, "contains = [\"other\"]"));
  CHECK_FALSE(says(learned, "com.other"));
  CHECK(has(learned, "ships other (1 class)"));
}

TEST_CASE("everybody's packages are never claimed, whatever the database knows") {
  Workbench bench(kOther);
  bench.add("acme.jar", entries_of({"com/acme/push/A", "kotlin/Unit", "okhttp3/Call", "androidx/core/X"}));
  const LearnedSignature learned = bench.learn();
  for (const char* name : {"kotlin", "okhttp3", "androidx"}) {
    CHECK_FALSE(says(learned, name));
    CHECK(has(learned, std::string("ships everybody's package ") + name));
  }
}

TEST_CASE("a relocated copy of a library is named") {
  Workbench bench(sdk_toml_with("okhttp", "kind = \"library\"", "class = [\"okhttp3\"]"));
  bench.add("acme.jar", entries_of({"com/acme/push/A", "com/acme/push/B", "com/acme/shaded/okhttp3/Call"}));
  CHECK(has(bench.learn(), "has a relocated copy: com.acme.shaded.okhttp3 (okhttp) (1 class)"));
}

TEST_CASE("a vendor's package that other SDKs share is not claimed as a whole") {
  Workbench bench(kOther);
  bench.add("x.jar",
            entries_of({"com/vendor/maps/A", "com/vendor/maps/B", "com/vendor/route/C", "com/vendor/a/b"}));
  const LearnedSignature learned = bench.learn();
  CHECK(says(learned, "\"com.vendor.maps\""));
  CHECK(says(learned, "\"com.vendor.route\""));
  CHECK(says(learned, "{ prefix = \"com.vendor.a\", weak = true }"));
  CHECK_FALSE(says(learned, "\"com.vendor\""));
}

TEST_CASE("many obfuscated packages of a shared one are claimed as one, weakly") {
  Workbench bench(kOther);
  bench.add("x.jar", entries_of({"com/vendor/maps/A", "com/vendor/a/A", "com/vendor/b/A", "com/vendor/c/A",
                                 "com/vendor/d/A"}));
  const LearnedSignature learned = bench.learn();
  CHECK(says(learned, "\"com.vendor.maps\""));
  CHECK(says(learned, "{ prefix = \"com.vendor\", weak = true }"));
  CHECK(has(learned, "stands for 4 obfuscated packages"));
  CHECK_FALSE(says(learned, "com.vendor.a\""));
}

TEST_CASE("a common word below a shared package is weak, unless a release has nothing better") {
  Workbench bench(kOther);
  bench.add("a-1.0.jar", entries_of({"com/vendor/maps/A", "com/vendor/network/B"}));
  CHECK(says(bench.learn(), "{ prefix = \"com.vendor.network\", weak = true }"));
  bench.add("a-1.1.jar", entries_of({"com/vendor/network/B"}));
  const LearnedSignature learned = bench.learn();
  CHECK(learned.problems.empty());
  CHECK(says(learned, "  \"com.vendor.network\","));
}

TEST_CASE("an SDK whose record contains this one is not said to be contained") {
  Workbench bench(sdk_toml("core", "class = [\"com.acme.core\"]") +
                  sdk_toml_with("whole", "contains = [\"core\"]", "class = [\"com.acme.whole\"]"));
  bench.add("x.jar", entries_of({"com/acme/core/A", "com/acme/core/B", "com/acme/whole/C"}));
  const LearnedSignature learned = bench.learn();
  CHECK(says(learned, "id = \"core\""));
  CHECK_FALSE(says(learned, "contains ="));
  CHECK(has(learned, "has classes of the SDK that contains it, whole"));
}

TEST_CASE("classes outside the main package are only claimed weakly") {
  Workbench bench(kOther);
  bench.add("x.jar", entries_of({"com/acme/push/A", "com/acme/push/B", "org/somebody/util/C"}));
  const LearnedSignature learned = bench.learn();
  CHECK(says(learned, "{ prefix = \"org.somebody.util\", weak = true }"));
  CHECK(has(learned, "review: outside its main packages"));
}

TEST_CASE("obfuscated packages are not claimed") {
  Workbench bench(kOther);
  bench.add("x.jar", entries_of({"com/acme/push/A", "com/acme/push/B", "a/b/c", "Root"}));
  const LearnedSignature learned = bench.learn();
  CHECK(learned.problems.empty());
  CHECK_FALSE(says(learned, "a.b"));
  CHECK(has(learned, "any app may have it: a.b (1 class)"));
  CHECK(has(learned, "the default package (1 class)"));
}

TEST_CASE("when nothing tells the SDK, there is no draft") {
  Workbench bench(kOther);
  bench.add("x.jar", entries_of({"a/b/c", "a/b/d"}));
  const LearnedSignature learned = bench.learn();
  CHECK(learned.toml.empty());
  REQUIRE(learned.problems.size() == 1);
  CHECK(learned.problems[0].find("--package") != std::string::npos);
}

TEST_CASE("the packages that are named are the SDK's own, all others are left out") {
  Workbench bench(kOther);
  bench.add("x.jar", entries_of({"com/acme/push/A", "com/host/B", "com/host/C", "com/host/D"}));
  LearnOptions options;
  options.packages = {"com.acme"};
  const LearnedSignature learned = bench.learn(options);
  CHECK(says(learned, "\"com.acme.push\""));
  CHECK_FALSE(says(learned, "com.host"));
}

TEST_CASE("a field named after a version is a rule after one release, and says that it is") {
  Workbench bench(kOther);
  bench.add("acme-1.2.3.jar", {entry_of("com/acme/push/A"), build_config("com/acme/push", "1.2.3")});
  const LearnedSignature learned = bench.learn();
  CHECK(learned.problems.empty());
  CHECK(says(learned, "field = \"com.acme.push.BuildConfig.VERSION_NAME\"\nregex = '^\\d+(?:\\.\\d+){2}$'"));
  CHECK(has(learned, "review: learnt from one release"));
  CHECK(has(learned, "1 read, 0 left unknown, 0 wrong"));
}

TEST_CASE("a field that is wrong in one release is no rule") {
  Workbench bench(kOther);
  bench.add("acme-1.2.3.jar", {entry_of("com/acme/push/A"), build_config("com/acme/push", "1.2.3")});
  bench.add("acme-1.2.4.jar", {entry_of("com/acme/push/A"), build_config("com/acme/push", "1.2.3")});
  const LearnedSignature learned = bench.learn();
  CHECK(learned.problems.empty());
  CHECK_FALSE(says(learned, "[[sdk.version]]"));
  CHECK(has(learned, "Told apart: 0 of 2 versions"));
}

TEST_CASE("a text is a rule once two releases confirm it") {
  Workbench bench(kOther);
  bench.add("acme-1.2.3.jar", {loading("com/acme/push/A", "a", "acme sdk 1.2.3 (57)")});
  CHECK_FALSE(says(bench.learn(), "[[sdk.version]]"));
  bench.add("acme-1.3.0.jar", {loading("com/acme/push/A", "a", "acme sdk 1.3.0 (61)")});
  const LearnedSignature learned = bench.learn();
  CHECK(says(learned, "code = \"com.acme.push.*\"\nregex = '^acme sdk (\\d+(?:\\.\\d+){2}) \\(\\d+\\)$'"));
  CHECK(has(learned, "Told apart: 2 of 2 versions"));
}

TEST_CASE("advice that names a release is right once, and no rule") {
  Workbench bench(kOther);
  for (const char* version : {"1.2.3", "1.3.0"}) {
    bench.add("acme-" + std::string(version) + ".jar",
              {loading("com/acme/push/A", "a", "deprecated since 1.2.3")}, version);
  }
  CHECK_FALSE(says(bench.learn(), "[[sdk.version]]"));
}

TEST_CASE("a bare version in obfuscated code needs three releases") {
  Workbench bench(kOther);
  for (const char* version : {"1.2.3", "1.3.0"})
    bench.add("acme-" + std::string(version) + ".jar", {loading("com/acme/push/a/a", "b", version)});
  CHECK_FALSE(says(bench.learn(), "[[sdk.version]]"));
  bench.add("acme-1.4.0.jar", {loading("com/acme/push/a/a", "b", "1.4.0")});
  CHECK(says(bench.learn(), "code = \"com.acme.push.a.a.b\""));
}

TEST_CASE("a method named after a version is followed wherever its class went") {
  Workbench bench(kOther);
  bench.add("acme-1.2.3.jar",
            {entry_of("com/acme/push/X"), loading("com/acme/push/a", "getSdkVersion", "1.2.3")});
  bench.add("acme-1.3.0.jar",
            {entry_of("com/acme/push/X"), loading("com/acme/push/b", "getSdkVersion", "1.3.0")});
  CHECK(says(bench.learn(), "code = \"com.acme.push.*.getSdkVersion\""));
}

TEST_CASE("Maven's file names the version, and is a rule") {
  Workbench bench(kOther);
  for (const char* version : {"1.2.3", "1.3.0"}) {
    bench.add("acme" + std::string(version == std::string("1.2.3") ? "a" : "b") + ".jar",
              {entry_of("com/acme/push/A"),
               {"META-INF/maven/com.acme/push/pom.properties",
                bytes_of("#c\nversion=" + std::string(version) + "\n")}});
  }
  const LearnedSignature learned = bench.learn();
  CHECK(says(learned, "entry = \"META-INF/maven/com.acme/push/pom.properties\"\nkey = \"version\""));
  CHECK(has(learned, "Told apart: 2 of 2"));
}

TEST_CASE("native libraries: names with a version in them, and who is behind the functions they export") {
  Workbench bench(kOther);
  const ByteVector library = ElfBuilder().soname("x.so").exports("Java_com_acme_push_Native_init").build();
  bench.add(
      "acme-1.2.3.aar",
      {entry_of("com/acme/push/A"), {"jni/x86/libacme123.so", library}, {"jni/x86/libother.so", library}});
  const LearnedSignature learned = bench.learn();
  CHECK(learned.problems.empty());
  CHECK(says(learned, "\"libacme*.so\""));
  CHECK(says(learned, "\"Java_com_acme_push_*\""));
  CHECK(says(learned, "library = '^libacme(\\d)(\\d)(\\d)\\.so$'"));
  CHECK_FALSE(says(learned, "libother"));
  CHECK(has(learned, "library of other, left out: libother.so"));
}

TEST_CASE("a native library alone") {
  Workbench bench(kOther);
  bench.add_bytes("libacmecore.so",
                  ElfBuilder().soname("x.so").exports("Java_com_acme_push_Native_init").build(), "1.2");
  const LearnedSignature learned = bench.learn();
  CHECK(learned.problems.empty());
  CHECK(says(learned, "\"libacmecore.so\""));
  CHECK(says(learned, "\"Java_com_acme_push_*\""));
  CHECK_FALSE(says(learned, "class = ["));
  CHECK(has(learned, "class com.acme.push: named by native code only"));
}

TEST_CASE("hosts that bear the SDK's name, and keys that its code asks for") {
  Workbench bench(kOther);
  bench.add("acme.jar", {loading("com/acme/push/A", "a", "https://s.acme.cn/x"),
                         loading("com/acme/push/B", "a", "http://www.w3.org/"),
                         loading("com/acme/push/C", "a", "ACME_APPKEY")});
  const LearnedSignature learned = bench.learn();
  CHECK(says(learned, "host = [\n  { domain = \"acme.cn\", weak = true }"));  // four letters are short
  CHECK_FALSE(says(learned, "w3.org"));
  CHECK(has(learned, "www.w3.org"));
  CHECK(says(learned, "{ exact = \"meta-data:ACME_APPKEY\", weak = true }"));
}

TEST_CASE("what the manifest of an AAR says") {
  const char* manifest =
      R"(<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.acmecorp.push">
    <uses-permission android:name="android.permission.INTERNET"/>
    <permission android:name="${applicationId}.permission.ACMECORP_MESSAGE"/>
    <application>
      <meta-data android:name="ACMECORP_CHANNEL" android:value="x"/>
      <meta-data android:name="anything" android:value="x"/>
      <provider android:name="com.acmecorp.push.Init" android:authorities="${applicationId}.acmecorp.init"/>
    </application></manifest>)";
  Workbench bench(kOther);
  bench.add("acme-1.0.aar",
            {{"AndroidManifest.xml", bytes_of(manifest)},
             {"classes.jar", zip_of(entries_of({"com/acmecorp/push/Init", "com/acmecorp/push/B"}))}});
  const LearnedSignature learned = bench.learn();
  CHECK(learned.problems.empty());
  CHECK(says(learned, "\"meta-data:ACMECORP_CHANNEL\""));
  CHECK_FALSE(says(learned, "anything"));
  CHECK(says(learned, "{ glob = \"authority:*.acmecorp.init\", weak = true }"));
  CHECK(says(learned, "{ glob = \"defines-permission:*.permission.ACMECORP_MESSAGE\", weak = true }"));
  CHECK(has(learned, "its manifest requests: android.permission.INTERNET"));
  CHECK(has(learned, "#   com.acmecorp.push.Init"));
}

TEST_CASE("an SDK that the database knows keeps its id and names") {
  Workbench bench(sdk_toml_with("acme-push", "name_zh = \"推送\"", "class = [\"com.acme.push\"]"));
  bench.add("x.jar", entries_of({"com/acme/push/A", "com/acme/push/B"}));
  const LearnedSignature learned = bench.learn();
  CHECK(says(learned, "id = \"acme-push\""));
  CHECK(says(learned, "name_zh = \"推送\""));
  CHECK(has(learned, "the database has this id already"));
}

TEST_CASE("what is given is not guessed") {
  Workbench bench(kOther);
  bench.add("x.jar", entries_of({"com/acme/push/A", "com/acme/push/B"}));
  LearnOptions options;
  options.id = "my-id", options.name = "It's \"mine\"", options.name_zh = "我的", options.vendor = "jiguang",
  options.category = "push";
  const LearnedSignature learned = bench.learn(options);
  CHECK(learned.problems.empty());
  CHECK(says(learned,
             "id = \"my-id\"\nname = \"It's \\\"mine\\\"\"\nname_zh = \"我的\"\nvendor = "
             "\"jiguang\"\ncategory = \"push\""));
}

TEST_CASE("names from a hostile artefact cannot write into the draft") {
  Workbench bench(kOther);
  ClassBuilder evil("com/acme/push/Evil");
  evil.field(25, "VERSION\"\n[[sdk]]", kString, evil.string("1.2.3"));
  bench.add("acme-1.2.3.jar", {entry_of("com/acme/push/A"),
                               {"e.class", evil.build()},
                               entry_of("com/acme/push/x\n[[sdk]]\n#/B"),
                               entry_of("a\n[[sdk]]/B")});
  const LearnedSignature learned = bench.learn();
  CHECK_FALSE(learned.toml.empty());
  std::size_t records = 0;
  for (std::size_t at = 0; (at = learned.toml.find("\n[[sdk]]", at)) != std::string::npos; ++at) ++records;
  CHECK(records == 1);
}

TEST_CASE("damaged artefacts give a draft, an error, or nothing, and never a crash") {
  const ByteVector jar = zip_of({loading("com/acme/push/A", "getVersion", "1.2.3"),
                                 build_config("com/acme/push", "1.2.3"), entry_of("com/other/X")});
  const Scanner scanner(kOther);
  const auto learn = [&](Bytes bytes) {
    const std::string path = scanner.directory().write("acme-1.2.3.jar", bytes);
    const std::vector<Release> releases = inspect_releases(scanner.matcher(), {{"", path}}, {});
    learn_signature(scanner.matcher().database(), releases, {}, {});
  };
  byte_flips(jar, learn, 60);
}

}  // namespace
}  // namespace sdkprint
