#include "behaviour/catalogue_index.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "use_fixture.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

std::uint32_t text_id(const CatalogueIndex& index, std::string_view text) {
  for (std::uint32_t i = 0; i < index.texts().size(); ++i) {
    if (index.texts()[i].text == text) return i;
  }
  return CatalogueIndex::kNone;
}

std::vector<std::string> displays(const CatalogueIndex& index, CatalogueIndex::Range range) {
  std::vector<std::string> result;
  for (std::uint32_t i = range.first; i < range.second; ++i) result.push_back(index.member(i).display);
  return result;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("catalogue index: MUTF-8 is ordered by UTF-16 units") {
  CHECK(compare_mutf8("abc", "abd") < 0);
  CHECK(compare_mutf8("ab", "abc") < 0);
  CHECK(compare_mutf8("abc", "abc") == 0);
  CHECK(compare_mutf8("z", "\xe6\x91\x87") < 0);
  // U+0000 is spelt C0 80, and comes first all the same.
  CHECK(compare_mutf8("a\xc0\x80z", "ab") < 0);
  CHECK(compare_mutf8("a", "a\xc0\x80") < 0);
}

TEST_CASE("catalogue index: texts are sorted, each once") {
  UseFixture fixture;
  fixture.behaviour("a").methods = {member("La/B;.get:()V"), member("La/C;.get:()V")};
  fixture.behaviour("b").strings = {"get", "zz", "AA"};
  const CatalogueIndex index(fixture.set());
  for (std::size_t i = 1; i < index.texts().size(); ++i) {
    CHECK(compare_mutf8(index.texts()[i - 1].text, index.texts()[i].text) < 0);
  }
  const CatalogueIndex::Text& get = index.texts()[text_id(index, "get")];
  CHECK(get.names_method);
  CHECK(get.behaviours == std::vector<std::uint32_t>{1});
}

TEST_CASE("catalogue index: members by name, then class") {
  UseFixture fixture;
  fixture.behaviour("a").methods = {member("La/C;.get:(I)V"), member("La/B;.get:()V"),
                                    member("La/B;.set:()V"), member("La/B;.get:(I)V")};
  const CatalogueIndex index(fixture.set());
  const CatalogueIndex::Range named = index.methods_named(text_id(index, "get"));
  CHECK(displays(index, named) == Names{"La/B;.get:()V", "La/B;.get:(I)V", "La/C;.get:(I)V"});
  const std::uint32_t b = index.class_by_hash(descriptor_hash("La/B;"));
  CHECK(displays(index, index.of_class(named, b)) == Names{"La/B;.get:()V", "La/B;.get:(I)V"});
  const std::uint32_t lookups = index.class_by_hash(descriptor_hash("Ljava/lang/Class;"));
  CHECK(displays(index, index.of_class(named, lookups)).empty());
}

TEST_CASE("catalogue index: methods and fields of one name are apart") {
  UseFixture fixture;
  Behaviour& a = fixture.behaviour("a");
  a.methods = {member("La/B;.level:()I")};
  a.fields = {member("La/B;.level:I")};
  const CatalogueIndex index(fixture.set());
  const std::uint32_t level = text_id(index, "level");
  CHECK(displays(index, index.methods_named(level)) == Names{"La/B;.level:()I"});
  CHECK(displays(index, index.fields_named(level)) == Names{"La/B;.level:I"});
}

TEST_CASE("catalogue index: one member, several behaviours") {
  UseFixture fixture;
  fixture.behaviour("a").methods = {member("La/B;.get:()V")};
  fixture.behaviour("b").context_methods = {member("La/B;.get:()V")};
  const CatalogueIndex index(fixture.set());
  const CatalogueIndex::Member& get = index.member(index.methods_named(text_id(index, "get")).first);
  REQUIRE(get.roles.size() == 2);
  CHECK(get.roles[0].role == MemberRole::method);
  CHECK(get.roles[1].role == MemberRole::context_method);
}

TEST_CASE("catalogue index: a class is known by its descriptor and by its dotted name") {
  UseFixture fixture;
  fixture.behaviour("a").methods = {member("La/b/C$D;.get:()V")};
  const CatalogueIndex index(fixture.set());
  const std::uint32_t id = index.class_by_hash(descriptor_hash("La/b/C$D;"));
  CHECK(id != CatalogueIndex::kNone);
  CHECK(index.texts()[text_id(index, "La/b/C$D;")].class_descriptor == id);
  CHECK(index.texts()[text_id(index, "a.b.C$D")].class_name == id);
  CHECK(index.class_by_hash(descriptor_hash("La/b/C;")) == CatalogueIndex::kNone);
}

TEST_CASE("catalogue index: which argument registers hold integers") {
  UseFixture fixture;
  fixture.behaviour("a").context_methods = {member("La/B;.m:(Z[ILa/B;JDI)V")};
  const CatalogueIndex index(fixture.set());
  const CatalogueIndex::Member& m = index.member(index.methods_named(text_id(index, "m")).first);
  CHECK(m.integer_arguments == std::vector<bool>{false, false, false, true, false, false, false, true});
}

TEST_CASE("catalogue index: superclasses of the platform") {
  const CatalogueIndex index(UseFixture{}.set());
  const auto superclass = [&](std::string_view descriptor) {
    const std::uint32_t node = index.platform_by_hash(descriptor_hash(descriptor));
    REQUIRE(node != CatalogueIndex::kNone);
    return index.platform(node).superclass;
  };
  CHECK(superclass("Landroid/app/Activity;") ==
        index.platform_by_hash(descriptor_hash("Landroid/view/ContextThemeWrapper;")));
  CHECK(superclass("Landroid/content/Context;") == CatalogueIndex::kNone);
  CHECK(index.platform_by_hash(descriptor_hash("Lapp/A;")) == CatalogueIndex::kNone);
}

TEST_CASE("catalogue index: an empty catalogue knows nothing but the ways of reflection") {
  const CatalogueIndex index(UseFixture{}.set());
  CHECK(index.rules().empty());
  CHECK(index.override_targets().empty());
  CHECK(index.native_symbol("open").empty());
  CHECK(index.member_count() == 8);
}

TEST_CASE("catalogue index: native symbols") {
  UseFixture fixture;
  fixture.behaviour("a").native_symbols = {"open", "ioctl"};
  fixture.behaviour("b").native_symbols = {"open"};
  const CatalogueIndex index(fixture.set());
  CHECK(index.native_symbol("open").size() == 2);
  CHECK(index.native_symbol("ioctl").size() == 1);
  CHECK(index.native_symbol("ope").empty());
  CHECK(index.native_symbol("openat").empty());
}
