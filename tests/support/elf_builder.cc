#include "elf_builder.h"

#include <algorithm>

namespace sdkprint::test {
namespace {

constexpr std::uint32_t kBuckets = 3;

std::uint32_t gnu_hash(const std::string& name) {
  std::uint32_t hash = 5381;
  for (const char c : name) hash = hash * 33 + static_cast<std::uint8_t>(c);
  return hash;
}

}  // namespace

void ElfBuilder::put(ByteVector& file, std::size_t offset, std::uint64_t value, int width) const {
  for (int i = 0; i < width; ++i) {
    const int shift = 8 * (endian_ == Endian::little ? i : width - 1 - i);
    file.at(offset + static_cast<std::size_t>(i)) = static_cast<std::uint8_t>(value >> shift);
  }
}

void ElfBuilder::append(ByteVector& out, std::uint64_t value, int width) const {
  out.resize(out.size() + static_cast<std::size_t>(width));
  put(out, out.size() - static_cast<std::size_t>(width), value, width);
}

std::uint32_t ElfBuilder::intern(const std::string& name) {
  const std::size_t offset = strings_.size();
  strings_ += name;
  strings_ += '\0';
  return static_cast<std::uint32_t>(offset);
}

void ElfBuilder::place(ByteVector& file, const std::string& part, const ByteVector& bytes) {
  file.resize((file.size() + 7) & ~std::size_t{7});
  offsets_[part] = file.size();
  sizes_[part] = bytes.size();
  file.insert(file.end(), bytes.begin(), bytes.end());
}

/// A GNU hash table wants the symbols of a bucket next to each other, buckets ascending.
void ElfBuilder::sort_exports_by_bucket() {
  std::stable_sort(exports_.begin(), exports_.end(), [](const std::string& a, const std::string& b) {
    return gnu_hash(a) % kBuckets < gnu_hash(b) % kBuckets;
  });
}

ByteVector ElfBuilder::note_bytes() const {
  ByteVector out;
  if (build_id_.empty()) return out;
  append(out, 4, 4);  // a note of another owner in front
  append(out, 4, 4);
  append(out, 3, 4);
  for (const char c : std::string_view("Xyz\0abcd", 8)) append(out, static_cast<std::uint8_t>(c), 1);
  append(out, 4, 4);
  append(out, build_id_.size(), 4);
  append(out, 3, 4);  // NT_GNU_BUILD_ID
  for (const char c : std::string_view("GNU\0", 4)) append(out, static_cast<std::uint8_t>(c), 1);
  out.insert(out.end(), build_id_.begin(), build_id_.end());
  out.resize((out.size() + 3) & ~std::size_t{3});
  return out;
}

ByteVector ElfBuilder::symbol_bytes() {
  ByteVector out(is_64_ ? 24 : 16);  // the null symbol
  const auto add = [&](const std::string& name, bool defined) {
    append(out, intern(name), 4);
    const std::uint64_t value = defined ? 0x1234 : 0, size = defined ? 16 : 0;
    if (!is_64_) append(out, value, 4), append(out, size, 4);
    append(out, 0x12, 1);  // STB_GLOBAL, STT_FUNC
    append(out, 0, 1);
    append(out, defined ? static_cast<std::uint64_t>(kText) : 0, 2);
    if (is_64_) append(out, value, 8), append(out, size, 8);
  };
  for (const std::string& name : imports_) add(name, false);
  for (const std::string& name : exports_) add(name, true);
  return out;
}

/// One bucket, all symbols in its chain.
ByteVector ElfBuilder::hash_bytes() const {
  ByteVector out;
  if (hash_ == Hash::gnu || hash_ == Hash::none) return out;
  const std::size_t count = 1 + imports_.size() + exports_.size();
  append(out, 1, 4);
  append(out, count, 4);
  append(out, count > 1 ? 1 : 0, 4);
  for (std::size_t i = 0; i < count; ++i) append(out, i == 0 || i + 1 == count ? 0 : i + 1, 4);
  return out;
}

ByteVector ElfBuilder::gnu_hash_bytes() const {
  ByteVector out;
  if (hash_ == Hash::sysv || hash_ == Hash::none) return out;
  // GNU ld counts from 1 when nothing is exported, whatever is imported.
  const std::size_t first = exports_.empty() ? 1 : 1 + imports_.size();
  append(out, kBuckets, 4);
  append(out, first, 4);
  append(out, 1, 4);  // bloom filter of one word that admits everything
  append(out, 0, 4);
  append_word(out, ~std::uint64_t{0});
  for (std::uint32_t bucket = 0; bucket < kBuckets; ++bucket) {
    const auto in_bucket = [=](const std::string& name) { return gnu_hash(name) % kBuckets == bucket; };
    const auto found = std::find_if(exports_.begin(), exports_.end(), in_bucket);
    append(out, found == exports_.end() ? 0 : first + static_cast<std::size_t>(found - exports_.begin()), 4);
  }
  for (std::size_t i = 0; i < exports_.size(); ++i) {
    const std::uint32_t hash = gnu_hash(exports_[i]);
    const bool last = i + 1 == exports_.size() || gnu_hash(exports_[i + 1]) % kBuckets != hash % kBuckets;
    append(out, (hash & ~1u) | (last ? 1 : 0), 4);
  }
  return out;
}

/// DT_STRTAB is entry 0, DT_STRSZ 1, DT_SYMTAB 2; then hash tables, names, extras, DT_NULL.
ByteVector ElfBuilder::dynamic_bytes() {
  ByteVector out;
  const auto add = [&](std::uint64_t tag, std::uint64_t value) {
    append_word(out, tag), append_word(out, value);
  };
  add(5, offset_of("dynstr") + kCodeBias);
  add(10, sizes_["dynstr"]);
  add(6, offset_of("dynsym") + kCodeBias);
  if (sizes_["hash"] > 0) add(4, offset_of("hash") + kCodeBias);
  if (sizes_["gnu_hash"] > 0) add(0x6ffffef5, offset_of("gnu_hash") + kCodeBias);
  if (!soname_.empty()) add(14, strings_.find(soname_ + '\0'));
  for (const std::string& name : needed_) add(1, strings_.find(name + '\0'));
  for (const auto& [tag, value] : extra_dynamic_) add(tag, value);
  add(0, 0);
  return out;
}

ByteVector ElfBuilder::header_bytes() const {
  ByteVector out = {0x7f,
                    'E',
                    'L',
                    'F',
                    static_cast<std::uint8_t>(is_64_ ? 2 : 1),
                    static_cast<std::uint8_t>(endian_ == Endian::little ? 1 : 2),
                    1};
  out.resize(16);
  append(out, 3, 2);  // ET_DYN
  append(out, machine_, 2);
  append(out, 1, 4);
  append_word(out, 0);  // e_entry
  append_word(out, offset_of("program headers"));
  append_word(out, section_headers_ ? offset_of("section headers") : 0);
  append(out, 0, 4);  // e_flags
  append(out, is_64_ ? 64 : 52, 2);
  append(out, is_64_ ? 56 : 32, 2);
  append(out, dynamic_segment_ ? 4 : 3, 2);
  append(out, is_64_ ? 64 : 40, 2);
  append(out, section_headers_ ? kDynamic + 1 : 0, 2);
  append(out, 0, 2);
  return out;
}

ByteVector ElfBuilder::program_header_bytes(std::size_t code_end, std::size_t data_end) const {
  ByteVector out;
  const auto add = [&](std::uint32_t type, std::uint32_t flags, std::uint64_t offset, std::uint64_t bias,
                       std::uint64_t size, std::uint64_t align) {
    append(out, type, 4);
    if (is_64_) append(out, flags, 4);
    append_word(out, offset);
    append_word(out, offset + bias);
    append_word(out, offset + bias);
    append_word(out, size);
    append_word(out, size);
    if (!is_64_) append(out, flags, 4);
    append_word(out, align);
  };
  const std::size_t data = sizes_.contains("dynamic") ? offset_of("dynamic") : 0;
  add(1, 5, 0, kCodeBias, code_end, 0x1000);
  add(1, 6, data, kDataBias, data_end - data, 0x1000);
  add(4, 4, offset_of("note"), kCodeBias, sizes_.at("note"), 4);
  if (dynamic_segment_) add(2, 6, data, kDataBias, data_end - data, 8);
  return out;
}

ByteVector ElfBuilder::section_header_bytes() const {
  ByteVector out;
  const auto add = [&](std::uint32_t type, std::uint64_t flags, const char* part, std::uint64_t bias,
                       std::uint32_t link, std::uint64_t entry_size) {
    append(out, 0, 4);
    append(out, type, 4);
    append_word(out, flags);
    append_word(out, type == 0 ? 0 : offset_of(part) + bias);
    append_word(out, type == 0 ? 0 : offset_of(part));
    append_word(out, type == 0 ? 0 : sizes_.at(part));
    append(out, link, 4);
    append(out, type == 11 ? 1 : 0, 4);  // a symbol table's first symbol that is not local
    append_word(out, type == 7 ? 4 : 8);
    append_word(out, entry_size);
  };
  add(0, 0, "", 0, 0, 0);
  add(7, 2, "note", kCodeBias, 0, 0);
  add(1, 2, "rodata", kCodeBias, 0, 0);
  add(11, 2, "dynsym", kCodeBias, kDynstr, is_64_ ? 24 : 16);
  add(3, 2, "dynstr", kCodeBias, 0, 0);
  add(5, 2, "hash", kCodeBias, kDynsym, 4);
  add(0x6ffffff6, 2, "gnu_hash", kCodeBias, kDynsym, 0);
  add(1, 6, "text", kCodeBias, 0, 0);
  add(6, 3, "dynamic", kDataBias, kDynstr, is_64_ ? 16 : 8);
  return out;
}

ByteVector ElfBuilder::build() {
  strings_.assign(1, '\0');
  offsets_.clear();
  sizes_.clear();
  sort_exports_by_bucket();
  const ByteVector symbols = symbol_bytes();
  if (!soname_.empty()) intern(soname_);
  for (const std::string& name : needed_) intern(name);

  ByteVector file(is_64_ ? 64 : 52);
  place(file, "program headers", ByteVector((is_64_ ? 56u : 32u) * (dynamic_segment_ ? 4u : 3u)));
  place(file, "note", note_bytes());
  place(file, "rodata", ByteVector(rodata_.begin(), rodata_.end()));
  place(file, "dynsym", symbols);
  place(file, "dynstr", ByteVector(strings_.begin(), strings_.end()));
  place(file, "hash", hash_bytes());
  place(file, "gnu_hash", gnu_hash_bytes());
  place(file, "text", ByteVector(code_.begin(), code_.end()));
  const std::size_t code_end = file.size();
  place(file, "dynamic", dynamic_bytes());
  const std::size_t data_end = file.size();
  place(file, "section headers", section_headers_ ? section_header_bytes() : ByteVector());

  const ByteVector header = header_bytes(), programs = program_header_bytes(code_end, data_end);
  std::copy(header.begin(), header.end(), file.begin());
  std::copy(programs.begin(), programs.end(),
            file.begin() + static_cast<std::ptrdiff_t>(offset_of("program headers")));
  return file;
}

}  // namespace sdkprint::test
