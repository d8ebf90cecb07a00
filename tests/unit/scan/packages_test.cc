// Packages that no signature claims: the app's own, others', and how they are grouped.
#include <doctest/doctest.h>

#include "app_fixture.h"
#include "scan/attribution.h"

namespace sdkprint {
namespace {

using namespace test;
using Rows = std::vector<std::string>;

Rows grouped(const std::vector<std::string>& names) {
  std::vector<PackageCount> rows;
  for (const std::string& name : names) rows.push_back({name, 1, 10});
  return packages(group_packages(rows));
}

TEST_CASE("packages of one origin become their longest common package") {
  CHECK(grouped({"com.foo.a", "com.foo.b.c", "com.foo.b.d"}) == Rows{"com.foo=3"});
  CHECK(grouped({"com.foo.a.b", "com.foo.a.c"}) == Rows{"com.foo.a=2"});
  CHECK(grouped({"com.foo.a", "com.foo.ab"}) == Rows{"com.foo=2"});
  CHECK(grouped({"com.foo", "com.foo.a"}) == Rows{"com.foo=2"});
}

TEST_CASE("packages of different origins stay apart") {
  CHECK(grouped({"com.bar.a", "com.foo.a"}) == Rows{"com.bar.a=1", "com.foo.a=1"});
  CHECK(grouped({"a", "b"}) == Rows{"a=1", "b=1"});
  CHECK(grouped({"", "a"}) == Rows{"=1", "a=1"});
}

TEST_CASE("below shared hosts an origin is one segment longer") {
  CHECK(grouped({"com.github.foo.a", "com.github.foo.b", "com.github.zed"}) ==
        Rows{"com.github.foo=2", "com.github.zed=1"});
  CHECK(grouped({"io.github.foo", "io.gitlab.foo"}) == Rows{"io.github.foo=1", "io.gitlab.foo=1"});
}

TEST_CASE("groups add up classes and code") {
  const std::vector<PackageCount> groups = group_packages({{"com.foo.a", 2, 30}, {"com.foo.b", 3, 40}});
  REQUIRE(groups.size() == 1);
  CHECK(groups[0].classes == 5);
  CHECK(groups[0].code_bytes == 70);
}

TEST_CASE("nothing is nothing") { CHECK(group_packages({}).empty()); }

const Scanner& acme() {
  static const Scanner scanner(sdk_toml("acme", "class = [\"com.acme\"]"));
  return scanner;
}

TEST_CASE("the manifest's package is the app's own, the rest is unattributed, claimed classes are neither") {
  const AppReport report = acme().scan(
      apk_of({{"classes.dex", dex_of({"Lcom/example/app/Main;", "Lcom/example/app/ui/B;",
                                      "Lcom/example/application/C;", "Lorg/other/D;", "Lcom/acme/E;"})}}));
  CHECK(packages(report.own) == Rows{"com.example.app=2"});
  CHECK(packages(report.unattributed) == Rows{"com.example.application=1", "org.other=1"});
}

TEST_CASE("the packages of the application class and of the launcher activity are the app's own too") {
  AxmlElement manifest = manifest_element(
      "com.brand.flavour", {activity("net.real.Home", {intent_filter({"android.intent.action.MAIN"})}),
                            activity("org.third.Screen", {intent_filter({"com.some.ACTION"})})});
  for (AxmlElement& child : manifest.children) {
    if (child.name == "application") child.attributes.push_back(android("name", "io.core.App"));
  }
  const AppReport report = acme().scan(
      zip_of({{"AndroidManifest.xml", axml(manifest)},
              {"classes.dex", dex_of({"Lnet/real/Home;", "Lio/core/App;", "Lorg/third/Screen;"})}}));
  CHECK(packages(report.own) == Rows{"io.core=1", "net.real=1"});
  CHECK(packages(report.unattributed) == Rows{"org.third=1"});
}

TEST_CASE("rows stand by classes, then by name, added up over all dex files") {
  const AppReport report = acme().scan(
      apk_of({{"classes.dex", dex_of({"Lorg/zed/A;", "Lorg/zed/B;", "Lorg/one/A;", "Lorg/two/A;"})},
              {"classes2.dex", dex_of({"Lorg/one/B;", "Lorg/one/C;"})}}));
  CHECK(packages(report.unattributed) == Rows{"org.one=3", "org.zed=2", "org.two=1"});
  CHECK(report.unattributed[0].code_bytes == 600);
}

TEST_CASE("the default package has an empty name") {
  const AppReport report = acme().scan(apk_of({{"classes.dex", dex_of({"LMain;"})}}));
  CHECK(packages(report.unattributed) == Rows{"=1"});
}

}  // namespace
}  // namespace sdkprint
