// Weak patterns: nothing by themselves, something together with a strong one of the same SDK.
#include <doctest/doctest.h>

#include "app_fixture.h"
#include "elf_builder.h"

namespace sdkprint {
namespace {

using namespace test;

const std::string kWeakKey = "manifest = [{ glob = \"meta-data:ACME_KEY\", weak = true }]";

TEST_CASE("a weak pattern alone finds nothing") {
  const Scanner scanner(sdk_toml("acme", "class = [\"com.acme\"]\n" + kWeakKey));
  const AppReport report =
      scanner.scan(apk_of({{"classes.dex", dex_of({"Lcom/b/A;"})}}, {meta_data("ACME_KEY", "1")}));
  CHECK(report.findings.empty());
}

TEST_CASE("a weak pattern beside a strong one is evidence") {
  const Scanner scanner(sdk_toml("acme", "class = [\"com.acme\"]\n" + kWeakKey));
  const AppReport report =
      scanner.scan(apk_of({{"classes.dex", dex_of({"Lcom/acme/A;"})}}, {meta_data("ACME_KEY", "1")}));
  CHECK(evidence(finding(report, "acme"), Surface::manifest).item == "meta-data:ACME_KEY");
}

TEST_CASE("strong patterns of another SDK do not help") {
  const Scanner scanner(sdk_toml("acme", "class = [\"com.acme\"]\n" + kWeakKey) +
                        sdk_toml("beta", "class = [\"com.beta\"]"));
  const AppReport report =
      scanner.scan(apk_of({{"classes.dex", dex_of({"Lcom/beta/A;"})}}, {meta_data("ACME_KEY", "1")}));
  CHECK(grade_of(report, "acme") == "none");
  CHECK(grade_of(report, "beta") == "defined");
}

const std::string kWeakClass = sdk_toml("acme",
                                        "class = [{ prefix = \"com.shared.acme\", weak = true }]\n"
                                        "host = [{ domain = \"acme.cn\", grade = \"referenced\" }]");

ByteVector shared_app(bool with_host) {
  DexBuilder dex;
  add_class(dex, "Lcom/shared/acme/A;", 100);
  add_class(dex, "Lcom/shared/acme/x/B;", 100);
  if (with_host) dex.add_string("https://acme.cn/");
  return apk_of({{"classes.dex", dex.build()}});
}

TEST_CASE("classes under a weak prefix go back to the unattributed when nothing confirms it") {
  const AppReport report = Scanner(kWeakClass).scan(shared_app(false));
  CHECK(report.findings.empty());
  REQUIRE(report.unattributed.size() == 1);
  CHECK(report.unattributed[0].package == "com.shared.acme");
  CHECK(report.unattributed[0].classes == 2);
  CHECK(report.unattributed[0].code_bytes == 200);
}

TEST_CASE("classes under a weak prefix are the SDK's once it is confirmed") {
  const AppReport report = Scanner(kWeakClass).scan(shared_app(true));
  CHECK(finding(report, "acme").grade == Grade::defined);
  CHECK(finding(report, "acme").classes == 2);
  CHECK(report.unattributed.empty());
}

TEST_CASE("a mere trace confirms the finding, and gives it no classes") {
  const Scanner scanner(
      sdk_toml("acme", "class = [{ prefix = \"com.shared.acme\", weak = true }]\nhost = [\"acme.cn\"]"));
  const AppReport report = scanner.scan(shared_app(true));
  CHECK(finding(report, "acme").grade == Grade::trace);
  CHECK(finding(report, "acme").classes == 0);
  REQUIRE(report.unattributed.size() == 1);
  CHECK(report.unattributed[0].classes == 2);
}

TEST_CASE("a weak library beside a mere trace is a trace") {
  const Scanner scanner(
      sdk_toml("acme", "library = [{ glob = \"libshared.so\", weak = true }]\nhost = [\"acme.cn\"]"));
  DexBuilder dex;
  add_class(dex, "Lcom/example/app/Main;");
  dex.add_string("https://acme.cn/");
  const AppReport report = scanner.scan(
      apk_of({{"classes.dex", dex.build()}, {"lib/arm64-v8a/libshared.so", ElfBuilder().build()}}));
  CHECK(finding(report, "acme").grade == Grade::trace);
}

TEST_CASE("classes under a weak prefix fall back to the SDK around it") {
  const Scanner scanner(kWeakClass + sdk_toml("shared", "class = [\"com.shared\"]"));
  const AppReport alone = scanner.scan(shared_app(false));
  CHECK(grade_of(alone, "acme") == "none");
  CHECK(finding(alone, "shared").classes == 2);
  const AppReport confirmed = scanner.scan(shared_app(true));
  CHECK(finding(confirmed, "acme").classes == 2);
  CHECK(find(confirmed, "shared") == nullptr);
}

TEST_CASE("what confirms a weak prefix may lie in another entry") {
  DexBuilder strings;
  add_class(strings, "Lcom/example/app/Main;");
  strings.add_string("https://acme.cn/");
  const AppReport report = Scanner(kWeakClass)
                               .scan(apk_of({{"classes.dex", dex_of({"Lcom/shared/acme/A;"})},
                                             {"classes2.dex", strings.build()}}));
  CHECK(finding(report, "acme").classes == 1);
}

TEST_CASE("a weak prefix that covers references only confirms nothing either") {
  DexBuilder dex;
  add_class(dex, "Lcom/example/app/Main;");
  dex.add_type("Lcom/shared/acme/A;");
  CHECK(Scanner(kWeakClass).scan(apk_of({{"classes.dex", dex.build()}})).findings.empty());
}

TEST_CASE("a class that a weak prefix of a confirmed SDK owns does not confirm the SDK around it") {
  // "shared" has nothing of its own here: its classes are acme's, and its weak key must stay silent.
  const Scanner scanner(kWeakClass + sdk_toml("shared", "class = [\"com.shared\"]\n" + kWeakKey));
  DexBuilder dex;
  add_class(dex, "Lcom/shared/acme/A;");
  dex.add_string("https://acme.cn/");
  const AppReport report = scanner.scan(apk_of({{"classes.dex", dex.build()}}, {meta_data("ACME_KEY", "1")}));
  CHECK(grade_of(report, "acme") == "defined");
  CHECK(grade_of(report, "shared") == "none");
}

TEST_CASE("a name that a weak prefix of a confirmed SDK owns is no reference to the SDK around it") {
  const Scanner scanner(kWeakClass + sdk_toml("shared", "class = [\"com.shared\"]"));
  DexBuilder dex;
  add_class(dex, "Lcom/example/app/Main;");
  dex.add_type("Lcom/shared/acme/A;").add_string("https://acme.cn/");
  const AppReport report = scanner.scan(apk_of({{"classes.dex", dex.build()}}));
  CHECK(grade_of(report, "acme") == "referenced");
  CHECK(grade_of(report, "shared") == "none");
}

}  // namespace
}  // namespace sdkprint
