#pragma once
// ELF 32/64, both byte orders, as Android's linker sees it: program headers and PT_DYNAMIC are the truth,
// since section headers may be stripped or lie. Sources: System V gABI; "ELF: symbol hash tables" (SysV
// DT_HASH); GNU hash section (binutils, glibc); AOSP bionic linker.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace sdkprint {

struct ElfSymbol {
  std::string_view name;  ///< borrowed from the file; empty when the name lies outside the string table
  std::uint64_t value = 0, size = 0;
  std::uint32_t name_offset = 0;  ///< file offset of the name
  bool defined = false;           ///< st_shndx != SHN_UNDEF
  std::uint8_t type = 0, binding = 0;
};

/// A range of the file that holds constant data (strings, tables).
struct ElfRange {
  std::uint64_t offset, size;
};

/// Parsed eagerly; borrowed bytes must outlive it. Immutable, so safe to share between threads.
class ElfFile {
 public:
  /// Throws InputError when the header or the program headers are unusable, and for anything that does not
  /// start with the ELF magic (data files are shipped as lib*.so too). A broken dynamic section leaves the
  /// rest readable and is said in warnings(). Time and memory are linear in the file's size, whatever it
  /// contains.
  explicit ElfFile(Bytes file);

  bool is_64() const { return is_64_; }
  bool is_big_endian() const { return is_big_endian_; }
  std::uint16_t machine() const { return machine_; }
  /// Android's ABI name ("arm64-v8a", "armeabi-v7a", "x86", "x86_64", "riscv64", "mips" …) or "em-<n>".
  /// armeabi and armeabi-v7a share one e_machine, and both are called "armeabi-v7a" here.
  std::string abi() const;
  const std::optional<std::string>& soname() const { return soname_; }
  const std::vector<std::string>& needed() const { return needed_; }
  /// The GNU build id (NT_GNU_BUILD_ID) as lower-case hexadecimal.
  const std::optional<std::string>& build_id() const { return build_id_; }
  /// Indexed as in the file: entry 0 is the null symbol, a symbol with an unusable name keeps its slot.
  const std::vector<ElfSymbol>& dynamic_symbols() const { return symbols_; }
  /// Where constant strings may lie, ascending, without overlap: the file-backed loadable bytes, less what
  /// the section headers, when they are there and consistent, mark as instructions. The dynamic string table
  /// stays in: symbol version names stand nowhere else.
  const std::vector<ElfRange>& constant_ranges() const { return constant_ranges_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  class Parser;

  bool is_64_ = false, is_big_endian_ = false;
  std::uint16_t machine_ = 0;
  std::optional<std::string> soname_;
  std::vector<std::string> needed_;
  std::optional<std::string> build_id_;
  std::vector<ElfSymbol> symbols_;
  std::vector<ElfRange> constant_ranges_;
  std::vector<std::string> warnings_;
};

}  // namespace sdkprint
