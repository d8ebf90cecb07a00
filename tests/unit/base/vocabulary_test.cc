#include "base/vocabulary.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace sdkprint {
namespace {

TEST_CASE("every surface has a name of its own, and is found by it") {
  std::set<std::string_view> names;
  for (const Surface surface : kSurfaces) {
    CHECK(surface_from_name(name(surface)) == surface);
    names.insert(name(surface));
  }
  CHECK(names.size() == kSurfaceCount);
}

TEST_CASE("surfaces are listed in the order of their numbers, which index tables") {
  for (std::size_t i = 0; i < kSurfaceCount; ++i) CHECK(static_cast<std::size_t>(kSurfaces[i]) == i);
}

TEST_CASE("the names of surfaces are those of signature files") {
  CHECK(name(Surface::class_name) == "class");
  CHECK(name(Surface::native_string) == "native-string");
  CHECK(name(Surface::host) == "host");
}

TEST_CASE("every grade has a name of its own, and is found by it") {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kGradeCount; ++i) {
    const Grade grade = static_cast<Grade>(i);
    CHECK(grade_from_name(name(grade)) == grade);
    names.insert(name(grade));
  }
  CHECK(names.size() == kGradeCount);
}

TEST_CASE("grades are ordered by what they claim") {
  CHECK(Grade::trace < Grade::referenced);
  CHECK(Grade::referenced < Grade::stub);
  CHECK(Grade::stub < Grade::structural);
  CHECK(Grade::structural < Grade::defined);
}

TEST_CASE("what is no name is absent") {
  for (const char* text : {"", "Class", "classes", "native_string", "defined "}) {
    CHECK_FALSE(surface_from_name(text));
    CHECK_FALSE(grade_from_name(text));
  }
}

}  // namespace
}  // namespace sdkprint
