#include "scan/entry_reader.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/mapped_file.h"
#include "format/inflate.h"
#include "format/zip.h"
#include "scan/hit_collector.h"
#include "scan/native_scan.h"

namespace sdkprint {
namespace {

[[noreturn]] void no_such_entry(std::string_view entry) {
  throw InputError(InputError::Kind::unreadable,
                   std::string(entry) + ": the app has no such entry (was the file changed meanwhile?)");
}

/// Walks down the path. `steps` gets each entry's name as the archive has it.
class Descent {
 public:
  Descent(const Limits& limits, std::vector<std::string>& steps) : limits_(limits), steps_(steps) {}

  std::vector<std::uint8_t> open(Bytes file, std::string_view path) {
    if (path.empty() || steps_.size() > limits_.depth + 1) return {file.begin(), file.end()};
    const ZipArchive zip(file, limits_);
    for (const ZipEntry& entry : zip.entries()) {
      const std::string name = printable_item(entry.name);
      if (!path.starts_with(name)) continue;
      const std::string_view rest = path.substr(name.size());
      if (!rest.empty() && rest.front() != '!') continue;
      steps_.emplace_back(entry.name);
      const Buffer content = inflated(zip, entry);
      return open(content.bytes(), rest.empty() ? rest : rest.substr(1));
    }
    no_such_entry(path);
  }

 private:
  Buffer inflated(const ZipArchive& zip, const ZipEntry& entry) const {
    const Bytes data = zip.data(entry);
    if (!entry.is_stored() && entry.uncompressed_size > limits_.entry_bytes) {
      throw InputError(InputError::Kind::limit, std::string(entry.name) + ": larger than the limit of " +
                                                    std::to_string(limits_.entry_bytes) + " bytes an entry");
    }
    Buffer content(entry.is_stored() ? data.size() : entry.uncompressed_size);
    if (entry.is_stored())
      std::copy(data.begin(), data.end(), content.writable().begin());
    else
      Inflater().inflate(data, content.writable());
    return content;
  }

  const Limits& limits_;
  std::vector<std::string>& steps_;
};

/// The file that an entry lies in; takes its name off the path when there are several.
const std::string& part_of(const AppInput& input, std::string_view& entry) {
  if (input.paths.size() == 1) return input.paths.front();
  for (const std::string& path : input.paths) {
    const std::string name = printable_item(base_name(path));
    if (!entry.starts_with(name)) continue;
    const std::string_view rest = entry.substr(name.size());
    if (!rest.empty() && rest.front() != '!') continue;
    entry = rest.empty() ? rest : rest.substr(1);
    return path;
  }
  no_such_entry(entry);
}

std::vector<std::uint8_t> read(const AppInput& input, std::string_view entry, const Limits& limits,
                               std::vector<std::string>& steps) {
  const std::string& path = part_of(input, entry);
  const MappedFile file(path, MappedFile::Extent::whole);
  steps.push_back(path);
  return Descent(limits, steps).open(file.bytes(), entry);
}

}  // namespace

std::vector<std::uint8_t> read_entry(const AppInput& input, std::string_view entry, const Limits& limits) {
  std::vector<std::string> steps;
  return read(input, entry, limits, steps);
}

std::vector<std::string> entry_steps(const AppInput& input, std::string_view entry, const Limits& limits) {
  std::vector<std::string> steps;
  read(input, entry, limits, steps);
  return steps;
}

}  // namespace sdkprint
