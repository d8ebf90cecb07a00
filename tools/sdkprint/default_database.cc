#include "default_database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/byte_writer.h"
#include "base/error.h"
#include "console.h"
#include "signature/behaviour_reader.h"
#include "signature/declarations.h"
#include "signature/parser.h"

namespace sdkprint::cli {
namespace {

namespace fs = std::filesystem;

/// <prefix>/share/sdkprint beside <prefix>/bin/sdkprint.
fs::path data_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) throw Error("/proc/self/exe: " + error.message() + " (name a database with --db)");
  return program.parent_path().parent_path() / "share" / "sdkprint";
}

fs::path cache_folder() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache == '/') {
    return fs::path(cache) / "sdkprint";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    return fs::path(home) / ".cache" / "sdkprint";
  }
  return fs::temp_directory_path() / ("sdkprint-" + std::to_string(::getuid()));
}

/// Identity of a signature folder without reading it: names, sizes and times of its files.
std::string folder_key(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  ByteWriter key;
  key.raw(as_bytes(SDKPRINT_VERSION));
  for (const fs::path& file : files) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
      throw Error(file.string() + ": " + std::generic_category().message(errno));
    key.text(file.string());
    key.u64(static_cast<std::uint64_t>(status.st_size));
    key.u64(static_cast<std::uint64_t>(status.st_mtim.tv_sec));
    key.u64(static_cast<std::uint64_t>(status.st_mtim.tv_nsec));
  }
  return to_hex(digest(key.bytes()));
}

PatternDatabase compile_and_cache(const fs::path& signatures) {
  const fs::path cached = cache_folder() / ("signatures-" + folder_key(signatures) + ".sdkdb");
  if (fs::exists(cached)) {
    try {
      return PatternDatabase::open(cached.string());
    } catch (const Error&) {
      // Made on another machine that shares this home, or damaged: made anew below.
    }
  }
  complain("compiling the signatures of " + signatures.string() + " for this machine (kept in " +
           cached.string() + ")");
  const Catalogue catalogue = load_signatures(signatures.string());
  const std::vector<std::uint8_t> bytes = compile_database(catalogue.signatures, catalogue.behaviours);
  try {
    fs::create_directories(cached.parent_path());
    write_file(cached.string(), bytes);
  } catch (const std::exception& error) {
    complain(std::string("the compiled database cannot be kept: ") + error.what());
  }
  return PatternDatabase::from_bytes(bytes);
}

}  // namespace

PatternDatabase open_database(const std::optional<std::string>& path) {
  if (path) return PatternDatabase::open(*path);
  const fs::path data = data_folder();
  const fs::path installed = data / "signatures.sdkdb";
  std::string why = installed.string() + ": not there";
  if (fs::exists(installed)) {
    try {
      return PatternDatabase::open(installed.string());
    } catch (const Error& error) {
      why = error.what();
    }
  }
  if (!fs::is_directory(data / "signatures")) {
    throw Error("no usable signature database: " + why +
                "; name one with --db, or make one with: sdkprint compile");
  }
  return compile_and_cache(data / "signatures");
}

Catalogue load_signatures(const std::string& folder) {
  std::vector<Diagnostic> diagnostics;
  Catalogue catalogue;
  catalogue.behaviours = parse_behaviours(read_behaviour_folder(folder), diagnostics);
  const bool knows_behaviours = diagnostics.empty();
  catalogue.signatures = parse_signatures(read_signature_folder(folder), diagnostics);
  if (knows_behaviours) check_declarations(catalogue.signatures, catalogue.behaviours, diagnostics);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += to_string(diagnostic) + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
  if (!diagnostics.empty()) {
    throw Error(folder + ": " + std::to_string(diagnostics.size()) +
                " errors in the signatures (above); nothing was done");
  }
  return catalogue;
}

std::string signature_folder(const cxxopts::ParseResult& parsed) {
  if (parsed.count("signatures") != 0) {
    const std::vector<std::string> folders = parsed["signatures"].as<std::vector<std::string>>();
    if (folders.size() == 1) return folders.front();
    throw UsageError("name one folder of signatures");
  }
  const fs::path installed = data_folder() / "signatures";
  if (fs::is_directory(installed)) return installed.string();
  throw Error(installed.string() + ": not there (name a folder of signatures)");
}

PatternDatabase database_of(const Catalogue& catalogue) {
  const fs::path installed = data_folder() / "signatures.sdkdb";
  if (fs::exists(installed)) {
    try {
      PatternDatabase database = PatternDatabase::open(installed.string());
      if (database.fingerprint() == database_fingerprint(catalogue.signatures, catalogue.behaviours))
        return database;
    } catch (const Error&) {
      // Of another machine or program: compiled below.
    }
  }
  return PatternDatabase::from_bytes(compile_database(catalogue.signatures, catalogue.behaviours));
}

void write_file(const std::string& path, Bytes bytes) {
  const std::string temporary = path + ".tmp" + std::to_string(::getpid());
  const auto fail = [&](int error) {
    ::unlink(temporary.c_str());
    throw Error(path + ": cannot be written: " + std::generic_category().message(error));
  };
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) fail(errno);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t wrote = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) {
      const int error = errno;
      ::close(fd);
      fail(error);
    }
    done += static_cast<std::size_t>(wrote);
  }
  if (::fsync(fd) != 0 || ::close(fd) != 0) fail(errno);
  if (::rename(temporary.c_str(), path.c_str()) != 0) fail(errno);
}

}  // namespace sdkprint::cli
