// Opens the archive and reads all there is to read of every entry.
#include <array>

#include "base/error.h"
#include "format/file_kind.h"
#include "format/inflate.h"
#include "format/zip.h"
#include "fuzz_target.h"
#include "zip_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

void expect(bool holds) {
  if (!holds) __builtin_trap();
}

void read_entry(const ZipArchive& zip, const ZipEntry& entry, Bytes file) {
  const ZipEntry* found = zip.find(entry.name);
  expect(found != nullptr && found <= &entry && found->name == entry.name);
  zip.local_header_mismatch(entry);
  const Bytes data = zip.data(entry);
  expect(data.size() == entry.data_size());
  expect(data.empty() ||
         (data.data() >= file.data() && data.data() + data.size() <= file.data() + file.size()));
  std::array<std::uint8_t, kSniffBytes> head;
  static Inflater inflater;
  if (!entry.is_stored()) inflater.inflate_prefix(data, head);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes file(data, size);
  const bool looks = ZipArchive::looks_like_zip(file);
  try {
    const ZipArchive zip(file);
    expect(looks);
    expect(zip.signing_block().size() <= zip.directory_offset());
    classify(zip);
    for (const ZipEntry& entry : zip.entries()) {
      try {
        read_entry(zip, entry, file);
      } catch (const InputError&) {
        continue;
      }
    }
  } catch (const InputError&) {
    return 0;
  }
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  const std::string text(300, 'x');
  const std::string manifest("\3\0\x08\0\x40\0\0\0\1\0\x1c\0", 12);
  const auto base = [&] {
    return ZipBuilder().deflated("AndroidManifest.xml", manifest).stored("classes.dex", text);
  };
  const auto saturate = [](ZipHeader& header) {
    header.uncompressed_size = header.compressed_size = 0xffffffff;
  };
  const auto far = [](ZipHeader& header) { header.offset = 0xfffffffffffffff0; };
  return {
      ZipBuilder().build(),
      base().build(),
      base().data_descriptor().comment("comment").build(),
      base().aligned(64).signing_block({{0x7109871a, {1, 2, 3}}}).build(),
      base().zip64().zip64_end().build(),
      base().zip64().central(far).build(),
      base().central(saturate).build(),
      base().stored("classes.dex", "again").stored("../evil", "").sharing_data_of(0).build(),
      base().prepended(as_bytes("stub"), OffsetsFrom::end_of_prepended).build(),
      base().zip64_end().prepended(as_bytes("stub"), OffsetsFrom::end_of_prepended).build(),
      base().prepended(as_bytes("stub")).appended(as_bytes("more")).build(),
      base().claimed_entries(1).method(99).flags(1).build(),
      base().without_directory().build(),
  };
}
