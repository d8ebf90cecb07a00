#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/error.h"

namespace sdkprint {
namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw InputError(InputError::Kind::unreadable, path + ": " + std::generic_category().message(error));
}

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

}  // namespace

MappedFile::MappedFile(const std::string& path, Extent extent) {
  // O_NONBLOCK: opening a FIFO without a writer must not hang the scan.
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (file.fd < 0) fail(path, errno);
  struct stat status;
  if (::fstat(file.fd, &status) != 0) fail(path, errno);
  if (!S_ISREG(status.st_mode)) {
    throw InputError(InputError::Kind::unreadable,
                     path + ": not a regular file (expected an app or a library)");
  }
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ == 0) return;
  const int flags = MAP_PRIVATE | (extent == Extent::whole ? MAP_POPULATE : 0);
  void* address = ::mmap(nullptr, size_, PROT_READ, flags, file.fd, 0);
  if (address == MAP_FAILED) fail(path, errno);
  data_ = static_cast<const std::uint8_t*>(address);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::uint8_t*>(data_), size_);
}

}  // namespace sdkprint
