#include "base/mapped_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "base/error.h"

using namespace sdkprint;

namespace {

/// A directory that goes when the test does.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sdkprint-test-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  std::string path(const std::string& name) const { return path_ + "/" + name; }

  std::string file(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
  }

 private:
  std::string path_;
};

void check_unreadable(const std::string& path, std::string_view reason) {
  try {
    MappedFile mapped(path);
    FAIL("opened");
  } catch (const InputError& error) {
    CHECK(error.kind() == InputError::Kind::unreadable);
    CHECK(std::string_view(error.what()).starts_with(path + ": "));
    CHECK(std::string_view(error.what()).find(reason) != std::string_view::npos);
  }
}

}  // namespace

TEST_CASE("mapped_file: the whole content") {
  const TemporaryDirectory directory;
  const std::string content(10'000, 'x');
  const MappedFile mapped(directory.file("a", content + "end"));
  CHECK(as_text(mapped.bytes()) == content + "end");
}

TEST_CASE("mapped_file: an empty file is empty bytes") {
  const TemporaryDirectory directory;
  CHECK(MappedFile(directory.file("empty", "")).bytes().empty());
}

TEST_CASE("mapped_file: moving keeps the bytes where they are") {
  const TemporaryDirectory directory;
  MappedFile first(directory.file("a", "first"));
  const std::uint8_t* address = first.bytes().data();
  MappedFile moved(std::move(first));
  CHECK(moved.bytes().data() == address);
  MappedFile other(directory.file("b", "second"));
  other = std::move(moved);
  CHECK(as_text(other.bytes()) == "first");
}

TEST_CASE("mapped_file: a file may be removed while mapped") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("a", "content");
  const MappedFile mapped(path);
  std::filesystem::remove(path);
  CHECK(as_text(mapped.bytes()) == "content");
}

TEST_CASE("mapped_file: an absent file") {
  const TemporaryDirectory directory;
  check_unreadable(directory.path("absent"), "No such file");
  check_unreadable("", "No such file");
}

TEST_CASE("mapped_file: a directory, a FIFO and a device are not read") {
  const TemporaryDirectory directory;
  check_unreadable(directory.path(""), "not a regular file");
  check_unreadable("/dev/null", "not a regular file");
  const std::string fifo = directory.path("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  check_unreadable(fifo, "not a regular file");  // and returns: opening a FIFO without a writer may block
}

TEST_CASE("mapped_file: no right to read") {
  if (::geteuid() == 0) return;  // root may read everything
  const TemporaryDirectory directory;
  const std::string path = directory.file("secret", "x");
  REQUIRE(::chmod(path.c_str(), 0) == 0);
  check_unreadable(path, "Permission denied");
}
