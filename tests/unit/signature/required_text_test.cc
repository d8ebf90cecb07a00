#include "signature/required_text.h"

#include <doctest/doctest.h>

#include "base/error.h"

namespace sdkprint {
namespace {

using Texts = std::vector<std::string>;

RequiredText required(Pattern::Kind kind, const std::string& text, std::size_t shortest = 5) {
  Pattern pattern;
  pattern.kind = kind;
  pattern.text = text;
  return RequiredText(pattern, shortest);
}

/// Whether a text could match in which these occur.
bool may_match(const RequiredText& required, const Texts& there) {
  return required.may_match([&](std::size_t text) {
    return std::find(there.begin(), there.end(), required.texts()[text]) != there.end();
  });
}

TEST_CASE("required text: plain patterns need all of theirs, in lower case") {
  for (const auto kind : {Pattern::Kind::prefix, Pattern::Kind::exact, Pattern::Kind::domain}) {
    const RequiredText one = required(kind, "com.Acme.Push*");
    CHECK(one.texts() == Texts{"com.acme.push*"});
    CHECK(may_match(one, {"com.acme.push*"}));
    CHECK_FALSE(may_match(one, {}));
  }
}

TEST_CASE("required text: a glob needs the runs between its wildcards, short ones are not asked for") {
  const RequiredText glob = required(Pattern::Kind::glob, "*first?2nd*third");
  CHECK(glob.texts() == Texts{"first", "third"});
  CHECK(may_match(glob, {"first", "third"}));
  CHECK_FALSE(may_match(glob, {"first"}));
  const RequiredText any = required(Pattern::Kind::glob, "a*b?c");
  CHECK(any.texts().empty());
  CHECK(may_match(any, {}));
}

TEST_CASE("required text: of a regular expression's alternatives one is enough") {
  const RequiredText regex = required(Pattern::Kind::regex, "^(Alpha1|beta22)-[0-9]+-common$");
  CHECK(may_match(regex, regex.texts()));
  CHECK_FALSE(may_match(regex, {}));
  std::size_t enough = 0;
  for (std::size_t left_out = 0; left_out < regex.texts().size(); ++left_out) {
    Texts others = regex.texts();
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
    enough += may_match(regex, others) ? 1 : 0;
  }
  CHECK(enough == 2);  // without one alternative, or without the other; not without "-common"
  CHECK(may_match(required(Pattern::Kind::regex, "a[0-9]*"), {}));
  CHECK_THROWS_AS(required(Pattern::Kind::regex, "(unclosed"), InputError);
}

}  // namespace
}  // namespace sdkprint
