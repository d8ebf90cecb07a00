#include <doctest/doctest.h>

#include "lint_text.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

/// The rule's table stands in line 7.
std::string rule(std::string_view keys) {
  return lint_codes(lint_sdk("a", "class = [\"com.acme\"]", "[[sdk.version]]\n" + std::string(keys)));
}

}  // namespace

TEST_CASE("a rule must capture digits") {
  CHECK(rule("library = 'libacme-(\\d+)\\.so'") == "");
  CHECK(rule("library = 'libacme-(core)\\.so'") == "SP301 7:1 a");
  CHECK(rule("field = \"com.acme.B.V\"\nregex = '^(release|beta)-\\d+$'") == "SP301 7:1 a");
  CHECK(rule("field = \"com.acme.B.V\"\nregex = '^(?:release|beta)-([^-]+)$'") == "");
  CHECK(rule("field = \"com.acme.B.V\"\nregex = '^(a)-(\\d)$'\nformat = \"$1\"") == "SP301 7:1 a");
  CHECK(rule("field = \"com.acme.B.V\"\nregex = '^(a)-(\\d)$'\nformat = \"$2\"") == "");
  CHECK(rule("field = \"com.acme.B.V\"\nregex = '^abc$'\nformat = \"3.1\"") == "");  // one release's own text
  CHECK(rule("field = \"com.acme.B.V\"\nregex = '^([a-z]{2,3})$'") == "SP301 7:1 a");
  CHECK(rule("field = \"com.acme.B.V\"\nregex = '^((?:\\d+\\.)+\\d+)$'") == "");
}

TEST_CASE("a whole match with words around the version is no version") {
  CHECK(rule("string = '^AcmePush-\\d+$'") == "SP301 7:1 a");
  CHECK(rule("field = \"com.acme.B.V\"\nregex = '^\\d+\\.\\d+$'") == "");
  CHECK(rule("field = \"com.acme.B.V\"\nregex = '^v\\d+\\.\\d+$'") == "");
}

TEST_CASE("code is read of owned classes only") {
  CHECK(rule("code = \"com.acme.push.Config\"") == "");
  CHECK(rule("code = \"com.acme.*.Config.<clinit>\"") == "");
  CHECK(rule("constants = \"com.*.Config.get\"") == "");
  CHECK(rule("code = \"com.other.Config\"") == "SP302 7:1 a");
  CHECK(rule("constants = \"com.acmepush.Config.get\"") == "SP302 7:1 a");
  CHECK(rule("field = \"com.other.Config.VERSION\"") == "");  // any class's field is read
}

TEST_CASE("a rule that stands twice never decides") {
  CHECK(rule("field = \"com.acme.B.V\"\n[[sdk.version]]\nfield = \"com.acme.B.V\"") == "SP303 9:1 a");
  CHECK(rule("field = \"com.acme.B.V\"\n[[sdk.version]]\nfield = \"com.acme.B.W\"") == "");
}
