#include "behaviour/class_hierarchy.h"

#include <doctest/doctest.h>

#include "use_fixture.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

/// A hierarchy of dex files, looked at by class name.
class Classes {
 public:
  Classes(const UseFixture& fixture, std::vector<DexBuilder> app) : index_(fixture.set()) {
    for (DexBuilder& dex : app) {
      const ByteVector bytes = dex.build();
      files_.push_back(read_classes(index_, DexFile::open(bytes)));
    }
    std::vector<const DexClasses*> all;
    for (const DexClasses& file : files_) all.push_back(&file);
    hierarchy_ = ClassHierarchy(index_, all);
  }

  std::uint32_t find(std::string_view descriptor) const {
    return hierarchy_.find(descriptor_hash(descriptor));
  }
  bool declares(std::string_view descriptor, std::string_view name, std::string_view types) const {
    for (std::uint32_t i = 0; i < index_.texts().size(); ++i) {
      if (index_.texts()[i].text != name) continue;
      return hierarchy_.declares(hierarchy_.node(find(descriptor)), i, descriptor_hash(types));
    }
    return false;
  }
  bool overrides(std::string_view descriptor) const {
    const std::optional<std::uint32_t> row = hierarchy_.overriding(descriptor_hash(descriptor));
    return row && hierarchy_.reaches(*row, 0);
  }
  const ClassHierarchy& operator*() const { return hierarchy_; }

 private:
  CatalogueIndex index_;
  std::vector<DexClasses> files_;
  ClassHierarchy hierarchy_;
};

}  // namespace

TEST_CASE("class hierarchy: superclasses across dex files") {
  DexBuilder first, second;
  first.add_class("Lapp/B;").superclass("Lapp/A;");
  second.add_class("Lapp/A;").superclass("Landroid/x/P;");
  const Classes classes({}, {first, second});
  const ClassHierarchy::Node& b = (*classes).node(classes.find("Lapp/B;"));
  CHECK(b.superclass == classes.find("Lapp/A;"));
  const ClassHierarchy::Node& a = (*classes).node(b.superclass);
  CHECK(a.superclass == ClassHierarchy::kNone);
  CHECK(a.superclass_hash == descriptor_hash("Landroid/x/P;"));
}

TEST_CASE("class hierarchy: classes that inherit nothing are left out") {
  DexBuilder dex;
  dex.add_class("Lapp/A;");
  CHECK(Classes({}, {dex}).find("Lapp/A;") == ClassHierarchy::kNone);
}

TEST_CASE("class hierarchy: of two classes with one name the first counts") {
  DexBuilder first, second;
  first.add_class("Lapp/A;").superclass("Lx/First;");
  second.add_class("Lapp/A;").superclass("Lx/Second;");
  const Classes classes({}, {first, second});
  CHECK((*classes).node(classes.find("Lapp/A;")).superclass_hash == descriptor_hash("Lx/First;"));
}

TEST_CASE("class hierarchy: methods that a class defines itself, by name and types") {
  UseFixture fixture;
  fixture.behaviour("a").methods = {member("Lx/P;.get:()V")};
  DexBuilder dex;
  dex.add_class("Lapp/A;")
      .superclass("Lx/P;")
      .method("get", "(I)V", Code().return_void())
      .method("other", "()V", Code().return_void());
  const Classes classes(fixture, {dex});
  CHECK(classes.declares("Lapp/A;", "get", "(I)V"));
  CHECK_FALSE(classes.declares("Lapp/A;", "get", "()V"));
}

TEST_CASE("class hierarchy: override classes are reached through superclasses and interfaces") {
  UseFixture fixture;
  fixture.behaviour("a").overrides = {member("Lx/Listener;")};
  DexBuilder dex;
  dex.add_class("Lapp/Sub;").interface("Lx/Listener;").flags(kInterface | kAbstract);
  dex.add_class("Lapp/Impl;").interface("Lapp/Sub;");
  dex.add_class("Lapp/Child;").superclass("Lapp/Impl;");
  dex.add_class("Lapp/Other;").interface("Lx/Else;");
  const Classes classes(fixture, {dex});
  CHECK(classes.overrides("Lapp/Sub;"));
  CHECK(classes.overrides("Lapp/Impl;"));
  CHECK(classes.overrides("Lapp/Child;"));
  CHECK_FALSE(classes.overrides("Lapp/Other;"));
}

TEST_CASE("class hierarchy: circles end") {
  UseFixture fixture;
  fixture.behaviour("a").overrides = {member("Lapp/A;")};
  DexBuilder dex;
  dex.add_class("Lapp/A;").superclass("Lapp/B;");
  dex.add_class("Lapp/B;").superclass("Lapp/A;").interface("Lapp/B;");
  const Classes classes(fixture, {dex});
  CHECK(classes.overrides("Lapp/A;"));
  CHECK(classes.overrides("Lapp/B;"));
}

TEST_CASE("class hierarchy: classes that share one long interface list run into the budget") {
  constexpr int kClasses = 3000;
  DexBuilder dex;
  for (int i = 0; i < kClasses; ++i) dex.add_class("Lapp/C" + std::to_string(i) + ";").interface("Lx/I;");
  ByteVector bytes = dex.build();
  // A type_list may be any stretch of the file: count, then indexes. The strings' data is long and its bytes,
  // taken for a count, are bounded by what is left of the file.
  const std::uint32_t list = dex.layout().string_ids;
  const std::uint32_t entries = kClasses;
  std::copy_n(reinterpret_cast<const std::uint8_t*>(&entries), 4, bytes.begin() + list);
  for (int i = 0; i < kClasses; ++i) {
    std::copy_n(reinterpret_cast<const std::uint8_t*>(&list), 4,
                bytes.begin() + dex.layout().class_defs + 32 * i + 12);
  }
  const CatalogueIndex index(UseFixture{}.set());
  const DexClasses classes = read_classes(index, DexFile::open(bytes));
  CHECK(classes.over_limit);
  CHECK(classes.interfaces.size() < bytes.size());
}
