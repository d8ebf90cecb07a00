#include <doctest/doctest.h>

#include "lint_text.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

std::string one(std::string_view patterns) { return lint_codes(lint_sdk("a", patterns)); }

/// Two SDKs of unrelated vendors; the second one's patterns stand in line 13.
std::string two(std::string_view first, std::string_view second, std::string_view vendor = "jiguang") {
  const std::string name_zh = vendor == "jiguang" ? "name_zh = \"极光\"\n" : "";
  return lint_codes(lint_sdk("a", first) + "[[sdk]]\nid = \"b\"\nname = \"B\"\n" + name_zh + "vendor = \"" +
                    std::string(vendor) + "\"\n[sdk.patterns]\n" + std::string(second) + "\n");
}

}  // namespace

TEST_CASE("a pattern that another of the SDK covers adds nothing") {
  CHECK(one("class = [\"com.acme\", \"com.acme.push\"]") == "SP201 6:22 a");
  CHECK(one("class = [\"com.acme\", { exact = \"com.acme.Push\" }]") == "SP201 6:32 a");
  CHECK(one("library = [\"libacme*.so\", \"libacmepush*.so\"]") == "SP201 6:27 a");
  CHECK(one("library = [\"libacme*.so\", \"libacme.so\"]") == "SP201 6:27 a");
  CHECK(one("host = [\"acme.com\", \"push.acme.com\"]") == "SP201 6:21 a");
  CHECK(one("string = [{ regex = '^acme-\\d+$' }, \"acme-12\"]") == "SP201 6:37 a");
}

TEST_CASE("neighbours are not covered") {
  CHECK(one("class = [\"com.acme\", \"com.acmepush\"]") == "");
  CHECK(one("library = [\"libacme*.so\", \"libacm.so\"]") == "");
  CHECK(one("library = [\"libacmepush.so\", \"libacme?push.so\"]") == "");
  CHECK(one("host = [\"acme.com\", \"pushacme.com\"]") == "");
}

TEST_CASE("a covered pattern that gives more is no repetition") {
  CHECK(one("class = [\"com.acme\"]\nentry = [{ glob = \"assets/acme*\", weak = true }, "
            "\"assets/acme.dat\"]") == "");
  CHECK(one("entry = [\"assets/acme*\", { exact = \"assets/acme.dat\", grade = \"defined\" }]") == "");
}

TEST_CASE("patterns of two SDKs that match the same collide") {
  CHECK(two("library = [\"libpush.so\"]", "library = [\"libpush.so\"]") == "SP202 14:12 b");
  CHECK(two("library = [\"libpush*.so\"]", "library = [\"libpushcore.so\"]") == "SP202 14:12 b");
  CHECK(two("library = [\"libpushcore.so\"]", "library = [\"libpush*.so\"]") == "SP202 14:12 b");
  CHECK(two("host = [\"push.cn\"]", "host = [\"api.push.cn\"]") == "SP202 14:9 b");
  CHECK(two("manifest = [\"meta-data:PUSH_KEY\"]", "manifest = [\"meta-data:PUSH_KEY\"]") == "SP202 14:13 b");
}

TEST_CASE("weak patterns, related SDKs and different surfaces do not collide") {
  CHECK(two("library = [\"libpush.so\"]",
            "class = [\"cn.b.push\"]\nlibrary = [{ exact = \"libpush.so\", weak = true }]") == "");
  CHECK(two("library = [\"libpush.so\"]", "library = [\"libpush.so\"]", "acme") == "");
  CHECK(two("library = [\"libpush.so\"]", "symbol = [\"libpush.so\"]") == "");
  CHECK(lint_codes(lint_sdk("a", "library = [\"libpush.so\"]") +
                   "[[sdk]]\nid = \"b\"\nname = \"B\"\nname_zh = \"极光\"\nvendor = \"jiguang\"\ncontains = "
                   "[\"a\"]\n[sdk.patterns]\n"
                   "library = [\"libpush.so\"]\n") == "");
}

TEST_CASE("class patterns below another vendor's are told") {
  CHECK(two("class = [\"com.acme\"]", "class = [\"com.acme.push.core\"]") == "SP203 14:10 b");
  CHECK(two("class = [\"com.acme\"]", "class = [\"com.acme.push.core\"]", "acme") == "");
  CHECK(two("class = [\"com.acme\"]", "class = [\"com.acmepush\"]") == "");
}

TEST_CASE("a star right after a package's name goes beyond the package") {
  CHECK(one("class = [{ glob = \"com.acme*\" }]") == "SP206 6:19 a");
  CHECK(one("manifest = [\"service:com.acme.push*\"]") == "SP206 6:13 a");
  CHECK(one("class = [{ glob = \"com.acme.*\" }]") == "");
  CHECK(one("class = [{ glob = \"com.acme.Push*\" }]") == "");
  CHECK(one("manifest = [\"meta-data:com.acme.push*\"]") == "");
}

TEST_CASE("slow regular expressions are told") {
  CHECK(one("string = [{ regex = '.*acme-push' }]") == "SP207 6:21 a");
  CHECK(one("string = [{ regex = '^(?:\\w+)acme-push' }]") == "SP207 6:21 a");
  CHECK(one("string = [{ regex = '^\\w+acme-push' }]") == "SP207 6:21 a");
  CHECK(one("string = [{ regex = '[^ ]{2,}acme-push' }]") == "SP207 6:21 a");
  CHECK(one("string = [{ regex = 'acme-push.{1,900}end-of-it\\d{1,900}x' }]") == "SP207 6:21 a");
  CHECK(one("string = [{ regex = '^acme-push/\\d+\\.\\d+$' }]") == "");
  CHECK(lint_codes(lint_sdk("a", "class = [\"com.acme\"]", "[[sdk.version]]\nstring = '.*acme-(\\d+)'")) ==
        "SP207 7:1 a");
}
