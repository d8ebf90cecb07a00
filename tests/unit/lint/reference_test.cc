#include "lint/reference.h"

#include <doctest/doctest.h>

#include "lint_text.h"
#include "pattern_set.h"

using namespace sdkprint;
using namespace sdkprint::test;
using Kind = Pattern::Kind;

namespace {

constexpr std::string_view kText =
    "# a comment\n"
    "owner\t0\talpha\nowner\t1\tbeta\nowner\t2\tgamma\nowner\t3\tdelta\n"
    "class\tcom.acme\t0 1\n"
    "class\tcom.widely\t0 1 2 3\n"
    "reference\tandroid.app\t0 1 2 3\n"
    "library\tlibcommon.so\t0 1 2 3\n"
    "library\tlibacme.so\t0 1\n"
    "manifest\tmeta-data:KEY\t1 2 3\n";

Reference reference(std::string_view text, std::vector<Diagnostic>& diagnostics) {
  return Reference("r.tsv", text, diagnostics);
}

std::string codes_with_reference(std::string_view text) {
  LintInput input = lint_input(text);
  input.reference = LintFile{"lint/reference.tsv", std::string(kText)};
  return lint_codes(input);
}

}  // namespace

TEST_CASE("owners of what a pattern matches") {
  std::vector<Diagnostic> diagnostics;
  const Reference made = reference(kText, diagnostics);
  CHECK(diagnostics.empty());
  CHECK(made.owners_of(pattern_of(Surface::library, Kind::glob, "lib*.so")).count() == 4);
  CHECK(made.owners_of(pattern_of(Surface::library, Kind::exact, "libacme.so")).to_ulong() == 0b11);
  CHECK(made.owners_of(pattern_of(Surface::library, Kind::exact, "libacm.so")).none());
  CHECK(made.owners_of(pattern_of(Surface::class_name, Kind::prefix, "com.acme")).to_ulong() == 0b11);
  CHECK(made.owners_of(pattern_of(Surface::class_name, Kind::prefix, "com.acm")).none());
  CHECK(made.names(made.owners_of(pattern_of(Surface::class_name, Kind::prefix, "com.widely")), 2) ==
        "alpha, beta and 2 more");
}

TEST_CASE("lines that are not of the form are told and left out") {
  for (const char* line : {"owner\t1\tx", "owner\t0\t", "klass\tcom.a\t0", "class\tcom.a\t",
                           "class\tcom.a\t7", "class\tcom.a\tx", "class\t\t0", "class"}) {
    std::vector<Diagnostic> diagnostics;
    const Reference made = reference(std::string(line) + "\n", diagnostics);
    CHECK_MESSAGE(diagnostics.size() == 1, line);
    CHECK(diagnostics.at(0).code == code::kLintFile);
    CHECK(made.empty());
  }
}

TEST_CASE("every prefix of a reference is read without harm") {
  for (std::size_t size = 0; size < kText.size(); ++size) {
    std::vector<Diagnostic> diagnostics;
    const Reference made = reference(kText.substr(0, size), diagnostics);
    CHECK(diagnostics.size() <= 1);
    made.owners_of(pattern_of(Surface::library, Kind::glob, "lib*"));
  }
}

TEST_CASE("a pattern that unrelated owners match without anything else of the SDK is too generic") {
  CHECK(codes_with_reference(lint_sdk("a", "class = [\"com.acme\"]\nlibrary = [\"libcommon.so\"]")) ==
        "");  // two owners show the classes
  CHECK(codes_with_reference(lint_sdk("a", "class = [\"com.nobody\"]\nlibrary = [\"libcommon.so\"]")) ==
        "SP204 7:12 a");
  CHECK(codes_with_reference(lint_sdk("a", "class = [\"com.nobody\"]\nmanifest = [\"meta-data:KEY\"]")) ==
        "SP204 7:13 a");
  CHECK(codes_with_reference(lint_sdk("a", "class = [\"com.widely\"]\nlibrary = [\"libcommon.so\"]")) == "");
  CHECK(codes_with_reference(lint_sdk(
            "a", "class = [\"com.nobody\"]\nlibrary = [{ glob = \"libcommon.so\", weak = true }]")) == "");
  CHECK(codes_with_reference(lint_sdk("a", "library = [\"libcommon.so\"]")) == "");  // known by nothing else
}

TEST_CASE("classes that unrelated owners bear are a building block's, or too generic") {
  CHECK(codes_with_reference(lint_sdk("a", "class = [\"com.widely\"]")) == "SP204 6:10 a");
  CHECK(codes_with_reference(lint_sdk("a", "class = [\"com.acme\"]")) == "");
  CHECK(codes_with_reference(
            "[[sdk]]\nid = \"a\"\nname = \"A\"\nvendor = \"acme\"\nkind = \"library\"\n[sdk.patterns]\n"
            "class = [\"com.widely\"]\n") == "");
}

TEST_CASE("a pattern that matches Android's own packages is told") {
  CHECK(codes_with_reference(lint_sdk("a", "class = [\"android.app\"]")) == "SP205 6:10 a");
  CHECK(codes_with_reference(lint_sdk("a", "class = [\"android.app.acme\"]")) == "");
  CHECK(codes_with_reference(
            "[[sdk]]\nid = \"a\"\nname = \"A\"\nvendor = \"acme\"\nin_platform = true\n[sdk.patterns]\n"
            "class = [\"android.app\"]\n") == "");
}
