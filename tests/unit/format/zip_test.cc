#include "format/zip.h"

#include <doctest/doctest.h>

#include <string>

#include "base/error.h"
#include "format/inflate.h"
#include "hostile.h"
#include "processor_time.h"
#include "zip_builder.h"

using namespace sdkprint;
using namespace sdkprint::test;
using namespace std::string_literals;

namespace {

const std::string kText(3000, 'x');

/// The archive most tests start from.
ZipBuilder two_entries() { return ZipBuilder().deflated("classes.dex", kText).stored("assets/a", "hello"); }

/// An archive and the bytes it borrows.
struct Opened {
  explicit Opened(ByteVector file, const Limits& limits = {}) : bytes(std::move(file)), zip(bytes, limits) {}
  explicit Opened(const ZipBuilder& builder) : Opened(builder.build()) {}

  ByteVector bytes;
  ZipArchive zip;
};

std::string content(const ZipArchive& zip, const ZipEntry& entry) {
  if (entry.is_stored()) return std::string(as_text(zip.data(entry)));
  std::string out(entry.uncompressed_size, '\0');
  Inflater().inflate(zip.data(entry), {reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
  return out;
}

std::string content(const ZipArchive& zip, std::string_view name) {
  const ZipEntry* entry = zip.find(name);
  REQUIRE(entry != nullptr);
  return content(zip, *entry);
}

/// The two entries of two_entries() are listed and readable.
void check_both(const ZipArchive& zip) {
  REQUIRE(zip.entries().size() == 2);
  CHECK(content(zip, "classes.dex") == kText);
  CHECK(content(zip, "assets/a") == "hello");
}

bool warns(const ZipArchive& zip, std::string_view text) {
  for (const ZipWarning& warning : zip.warnings()) {
    if (warning.message.find(text) != std::string::npos) return true;
  }
  return false;
}

bool warns_of(const ZipArchive& zip, std::string_view entry, std::string_view text) {
  for (const ZipWarning& warning : zip.warnings()) {
    if (warning.entry == entry && warning.message.find(text) != std::string::npos) return true;
  }
  return false;
}

InputError failure(const ByteVector& file, const Limits& limits = {}) {
  try {
    ZipArchive zip(file, limits);
  } catch (const InputError& error) {
    return error;
  }
  FAIL("accepted");
  return InputError("unreachable");
}

bool says(const InputError& error, std::string_view text) {
  return std::string_view(error.what()).find(text) != std::string_view::npos;
}

/// Opens it and reads all there is to read.
void read_all(Bytes file) {
  const ZipArchive zip(file);
  Inflater inflater;
  std::uint8_t head[16];
  for (const ZipEntry& entry : zip.entries()) {
    zip.find(entry.name);
    zip.local_header_mismatch(entry);
    inflater.inflate_prefix(zip.data(entry), head);
  }
}

}  // namespace

// ---- well-formed archives

TEST_CASE("zip: lists the central directory in its order") {
  const Opened opened(two_entries().directory_order({1, 0}));
  REQUIRE(opened.zip.entries().size() == 2);
  CHECK(opened.zip.entries()[0].name == "assets/a");
  CHECK(opened.zip.entries()[1].name == "classes.dex");
  check_both(opened.zip);
  CHECK(opened.zip.warnings().empty());
}

TEST_CASE("zip: a row's fields are read") {
  const Opened opened(ZipBuilder().deflated("a", kText).flags(0x0802));
  const ZipEntry& entry = opened.zip.entries().front();
  CHECK(entry.method == 8);
  CHECK(entry.flags == 0x0802);
  CHECK(entry.crc32 == crc32_of(as_bytes(kText)));
  CHECK(entry.uncompressed_size == kText.size());
  CHECK(entry.compressed_size == deflate(as_bytes(kText)).size());
  CHECK(entry.local_header_offset == 0);
}

TEST_CASE("zip: an empty archive has no entries") {
  const Opened opened{ZipBuilder()};
  CHECK(opened.zip.entries().empty());
  CHECK(opened.zip.warnings().empty());
  CHECK(opened.zip.find("") == nullptr);
}

TEST_CASE("zip: find misses what is not there") {
  const Opened opened(two_entries());
  CHECK(opened.zip.find("classes2.dex") == nullptr);
  CHECK(opened.zip.find("classes.de") == nullptr);
  CHECK(opened.zip.find("") == nullptr);
}

TEST_CASE("zip: find finds every one of many") {
  ZipBuilder builder;
  for (int i = 0; i < 2000; ++i) builder.stored("res/" + std::to_string(i), "");
  const Opened opened(builder);
  for (const ZipEntry& entry : opened.zip.entries()) CHECK(opened.zip.find(entry.name) == &entry);
}

TEST_CASE("zip: a stored entry is given straight from the bytes, aligned as it lies") {
  const Opened opened(ZipBuilder().stored("odd", "123").stored("lib/libx.so", kText).aligned(4096));
  const Bytes data = opened.zip.data(*opened.zip.find("lib/libx.so"));
  CHECK(data.data() >= opened.bytes.data());
  CHECK((data.data() - opened.bytes.data()) % 4096 == 0);
  CHECK(as_text(data) == kText);
}

TEST_CASE("zip: an archive comment does not hide the end record") {
  check_both(Opened(two_entries().comment("made by a test")).zip);
  check_both(Opened(two_entries().comment(std::string(0xffff, 'P'))).zip);
}

TEST_CASE("zip: an end record's signature within the comment is passed over") {
  const Opened opened(two_entries().comment("PK\5\6 and 18 more bytes of comment"));
  check_both(opened.zip);
  CHECK(opened.zip.warnings().empty());
}

TEST_CASE("zip: an end record within the comment that is not the file's end is passed over") {
  // The decoy is the archive's own end record but for its count: it points to the true directory.
  const ByteVector plain = two_entries().claimed_entries(1).build();
  const std::string decoy(as_text(Bytes(plain).last(22)));
  const Opened opened(two_entries().comment(decoy + "tail"));
  CHECK(opened.zip.entries().size() == 2);
  CHECK(opened.zip.warnings().empty());
}

TEST_CASE("zip: sizes come from the central directory when a data descriptor follows") {
  const Opened opened(ZipBuilder()
                          .deflated("classes.dex", kText)
                          .data_descriptor()
                          .stored("assets/a", "hello")
                          .data_descriptor(false));
  check_both(opened.zip);
  CHECK(opened.zip.warnings().empty());
}

TEST_CASE("zip: row comments and extra fields are passed over") {
  const Opened opened(ZipBuilder()
                          .deflated("classes.dex", kText)
                          .central([](ZipHeader& header) {
                            header.comment = "a comment";
                            header.extra = {0x55, 0x54, 1, 0, 7};
                          })
                          .stored("assets/a", "hello"));
  check_both(opened.zip);
}

TEST_CASE("zip: directories are told by their slash") {
  const Opened opened(ZipBuilder().stored("res/", "").stored("res/a", "x"));
  CHECK(opened.zip.entries()[0].is_directory());
  CHECK_FALSE(opened.zip.entries()[1].is_directory());
}

// ---- zip64

TEST_CASE("zip64: sizes and offset of an entry from the extra field") {
  const Opened opened(
      ZipBuilder().deflated("classes.dex", kText).zip64().stored("assets/a", "hello").zip64());
  check_both(opened.zip);
  CHECK(opened.zip.warnings().empty());
}

TEST_CASE("zip64: an extra field that gives all three though only one is saturated") {
  ByteVector file = ZipBuilder().stored("a", "hello").zip64().build();
  const std::size_t row = file.size() - 22 - (46 + 1 + 28);
  REQUIRE(file[row + 2] == 1);
  file[row + 20] = 5, file[row + 21] = file[row + 22] = file[row + 23] = 0;  // the compressed size itself
  CHECK(content(Opened(file).zip, "a") == "hello");
}

TEST_CASE("zip64: other extra fields before it are passed over") {
  const auto with_extra = [](ZipHeader& header) { header.extra = {0x55, 0x54, 2, 0, 7, 7}; };
  CHECK(content(Opened(ZipBuilder().stored("a", "hello").zip64().central(with_extra)).zip, "a") == "hello");
}

TEST_CASE("zip64: saturated sizes without an extra field are a warning, and the entry is unreadable") {
  const auto saturate = [](ZipHeader& header) {
    header.uncompressed_size = header.compressed_size = 0xffffffff;
  };
  const Opened opened(two_entries().central(saturate));
  CHECK(opened.zip.entries().size() == 2);
  CHECK(warns_of(opened.zip, "assets/a", "zip64"));
  CHECK_THROWS_AS(opened.zip.data(*opened.zip.find("assets/a")), InputError);
  CHECK(content(opened.zip, "classes.dex") == kText);
}

TEST_CASE("zip64: an extra field cut short is a warning") {
  const auto cut = [](ZipHeader& header) {
    header.uncompressed_size = header.compressed_size = 0xffffffff;
    header.extra = {1, 0, 8, 0, 5, 0, 0, 0, 0, 0, 0, 0};
  };
  CHECK(warns_of(Opened(two_entries().central(cut)).zip, "assets/a", "zip64"));
}

TEST_CASE("zip64: an extra field longer than its row's is a warning") {
  const auto too_long = [](ZipHeader& header) {
    header.uncompressed_size = header.compressed_size = 0xffffffff;
    header.extra = {1, 0, 24, 0, 5, 0, 0, 0};
  };
  CHECK(warns_of(Opened(two_entries().central(too_long)).zip, "assets/a", "zip64"));
}

TEST_CASE("zip64: the end record's fields") {
  const Opened opened(two_entries().zip64_end().comment("with a comment"));
  check_both(opened.zip);
  CHECK(opened.zip.warnings().empty());
}

TEST_CASE("zip64: the record before the locator when bytes were put before the archive") {
  const Opened opened(
      two_entries().zip64_end().prepended(as_bytes("#!/bin/sh\n"), OffsetsFrom::end_of_prepended));
  check_both(opened.zip);
}

TEST_CASE("zip64: a plain end record may hold 65,535 entries") {
  ZipBuilder builder;
  for (int i = 0; i < 0xffff; ++i) builder.stored(std::to_string(i), "");
  const Opened opened(builder);
  CHECK(opened.zip.entries().size() == 0xffff);
  CHECK(opened.zip.warnings().empty());
}

TEST_CASE("zip64: offsets near 2^64 do not wrap") {
  const auto far = [](ZipHeader& header) { header.offset = 0xfffffffffffffff0; };
  const Opened opened(two_entries().zip64().central(far));
  CHECK(warns_of(opened.zip, "assets/a", "does not lie before"));
  CHECK_THROWS_AS(opened.zip.data(*opened.zip.find("assets/a")), InputError);
}

// ---- as Android reads it

TEST_CASE("zip: encryption bits and other bogus flags are ignored") {
  const Opened opened(
      ZipBuilder().deflated("classes.dex", kText).flags(0xffff & ~8).stored("assets/a", "hello").flags(1));
  check_both(opened.zip);
}

TEST_CASE("zip: an unknown method is read as stored") {
  const Opened opened(ZipBuilder().raw("AndroidManifest.xml", 0x2345, as_bytes("manifest"), 8));
  const ZipEntry& entry = opened.zip.entries().front();
  CHECK(entry.is_stored());
  CHECK(as_text(opened.zip.data(entry)) == "manifest");
}

TEST_CASE("zip: a stored entry has its uncompressed size, whatever the compressed size says") {
  const auto lie = [](ZipHeader& header) { header.compressed_size = 1; };
  const Opened opened(two_entries().central(lie));
  CHECK(content(opened.zip, "assets/a") == "hello");
  CHECK(warns_of(opened.zip, "assets/a", "1 and 5"));
}

TEST_CASE("zip: the local header's name and extra field lengths say where the data starts") {
  const Opened opened(ZipBuilder().stored("a", "hello").local([](ZipHeader& header) {
    header.name = "another, longer name";
    header.extra = {1, 2, 3, 4, 5};
  }));
  CHECK(content(opened.zip, "a") == "hello");
}

TEST_CASE("zip: the local header's method and sizes are not believed") {
  const Opened opened(two_entries().local([](ZipHeader& header) {
    header.method = 8;
    header.compressed_size = header.uncompressed_size = 77777;
  }));
  check_both(opened.zip);
}

TEST_CASE("zip: of duplicate names the first is found, all are listed, and a warning says so") {
  const Opened opened(
      ZipBuilder().stored("classes.dex", "first").stored("b", "").stored("classes.dex", "second"));
  CHECK(opened.zip.entries().size() == 3);
  CHECK(content(opened.zip, "classes.dex") == "first");
  CHECK(content(opened.zip, opened.zip.entries()[2]) == "second");
  CHECK(opened.zip.warnings().size() == 1);
  CHECK(warns_of(opened.zip, "classes.dex", "occurs before"));
}

TEST_CASE("zip: warnings of one kind are capped and then counted") {
  ZipBuilder builder;
  for (int i = 0; i < 101; ++i) builder.stored("same", "");
  const Opened opened(builder);
  REQUIRE(opened.zip.warnings().size() == ZipArchive::kWarningsOfAKind + 1);
  CHECK(opened.zip.warnings().back().entry.empty());
  CHECK(opened.zip.warnings().back().message.find("80 more") == 0);
}

TEST_CASE("zip: hostile names are kept as they are, with a warning each") {
  for (const std::string& name :
       {"../evil"s, "a/../b"s, "a\\..\\b"s, ".."s, "/etc/passwd"s, "a\\b"s, "a\0b"s, "a\xff"s, "\xc0\xaf"s,
        "\xed\xa0\x80"s, "\xe2\x82"s, "\xf0\x80\x80\x80"s, ""s}) {
    const Opened opened(ZipBuilder().stored(name, "x"));
    CAPTURE(name);
    CHECK(opened.zip.entries().front().name == name);
    CHECK(opened.zip.find(name) == &opened.zip.entries().front());
    CHECK(warns_of(opened.zip, name, "unusual entry name"));
  }
}

TEST_CASE("zip: usual names give no warning") {
  for (const std::string& name :
       {"META-INF/a..b"s, "res/.../x"s, "a b"s, "\xc3\xa9.txt"s, "\xe2\x82\xac"s, "\xf0\x9f\x98\x80"s}) {
    CAPTURE(name);
    CHECK(Opened(ZipBuilder().stored(name, "x")).zip.warnings().empty());
  }
}

// ---- what surrounds the archive

TEST_CASE("zip: prepended bytes that the offsets count") {
  const Opened opened(two_entries().prepended(as_bytes("#!/bin/sh\n")));
  check_both(opened.zip);
  CHECK(warns(opened.zip, "does not start with a local header"));
}

TEST_CASE("zip: prepended bytes that the offsets do not count") {
  const Opened opened(two_entries().prepended(as_bytes("#!/bin/sh\n"), OffsetsFrom::end_of_prepended));
  check_both(opened.zip);
  CHECK(opened.zip.entries().front().local_header_offset == 10);
  CHECK(warns(opened.zip, "10 bytes stand before the archive"));
}

TEST_CASE("zip: where the end record points to a row, that is the directory, as for Android") {
  // A second archive appended to the first, whose offsets count from its own start: read from the file's
  // start they point to the first archive's row, of the same size. Android sees the first archive's entry.
  const ByteVector first = ZipBuilder().stored("a", "hello").build();
  ByteVector both = first;
  const ByteVector second = ZipBuilder().stored("b", "world").build();
  both.insert(both.end(), second.begin(), second.end());
  const Opened opened(both);
  REQUIRE_FALSE(opened.zip.entries().empty());
  CHECK(content(opened.zip, opened.zip.entries().front()) == "hello");
  CHECK(opened.zip.find("b") == nullptr);
}

TEST_CASE("zip: bytes after the archive") {
  const Opened opened(two_entries().appended(as_bytes("trailing bytes")));
  check_both(opened.zip);
  CHECK(warns(opened.zip, "14 bytes follow the end record"));
}

TEST_CASE("zip: a comment cut off") {
  const Opened opened(two_entries().comment("abc").claimed_comment_size(5));
  check_both(opened.zip);
  CHECK(warns(opened.zip, "comment is cut off"));
}

TEST_CASE("zip: the signing block before the central directory") {
  const Opened opened(two_entries().signing_block({{0x7109871a, {1, 2, 3}}}));
  const Bytes block = opened.zip.signing_block();
  REQUIRE(block.size() == 8 + 8 + 4 + 3 + 8 + 16);
  CHECK(block.front() == block.size() - 8);
  CHECK(as_text(block).ends_with("APK Sig Block 42"));
  check_both(opened.zip);
  CHECK(opened.zip.warnings().empty());
}

TEST_CASE("zip: the signing block of an archive with bytes before it") {
  const Opened opened(two_entries()
                          .signing_block({{0x7109871a, {1, 2, 3}}})
                          .prepended(as_bytes("stub"), OffsetsFrom::end_of_prepended));
  CHECK(opened.zip.signing_block().size() == 47);
}

TEST_CASE("zip: no signing block") { CHECK(Opened(two_entries()).zip.signing_block().empty()); }

TEST_CASE("zip: a signing block whose sizes are wrong is not given, and a warning says so") {
  const std::string magic = "APK Sig Block 42";
  for (const std::string& size : {"\xff\xff\xff\xff\xff\xff\xff\xff"s, "\xff\xff\0\0\0\0\0\0"s,
                                  "\0\0\0\0\0\0\0\0"s, "\x10\0\0\0\0\0\0\0"s, "\x20\0\0\0\0\0\0\0"s}) {
    const Opened opened(two_entries().before_directory(as_bytes(std::string(20, 'z') + size + magic)));
    CHECK(opened.zip.signing_block().empty());
    CHECK(warns(opened.zip, "APK Signing Block"));
    check_both(opened.zip);
  }
}

// ---- lies

TEST_CASE("zip: more rows than the end record claims are listed, with a warning") {
  const Opened opened(two_entries().claimed_entries(1));
  check_both(opened.zip);
  CHECK(warns(opened.zip, "claims 1 entries, the central directory holds 2; Android sees only the first"));
}

TEST_CASE("zip: fewer rows than the end record claims, with nothing else in their place, are a warning") {
  const Opened opened(two_entries().claimed_entries(60'000));
  check_both(opened.zip);
  CHECK(warns(opened.zip, "claims 60000 entries, the central directory holds 2"));
}

TEST_CASE("zip: a broken row where another is claimed is an error, not a shorter list") {
  ByteVector file = two_entries().build();
  const std::size_t second_row = file.size() - 22 - 46 - 8;
  REQUIRE(file[second_row] == 'P');
  file[second_row] = 'Q';
  const InputError error = failure(file);
  CHECK(says(error, "expected row 2 of 2"));
}

TEST_CASE("zip: a row that runs into the end record is an error") {
  ByteVector file = two_entries().build();
  file[file.size() - 22 - 46 - 8 + 28] = 0xff;  // its name's length
  CHECK(failure(file).kind() == InputError::Kind::truncated);
}

TEST_CASE("zip: beyond the claimed count a broken row is left alone") {
  const ByteVector remains = [] {
    ByteVector row(60, 0xff);
    row[0] = 'P', row[1] = 'K', row[2] = 1, row[3] = 2;
    return row;
  }();
  check_both(Opened(two_entries().after_directory(remains)).zip);
}

TEST_CASE("zip: a wrong directory size is a warning") {
  const Opened opened(two_entries().claimed_directory_size(50));
  check_both(opened.zip);
  CHECK(warns(opened.zip, "claims a central directory of 50 bytes"));
}

TEST_CASE("zip: an end record that points nowhere is an error that says where it is") {
  const ByteVector file = two_entries().claimed_directory_offset(3).claimed_directory_size(7).build();
  CHECK(says(failure(file), "end record at 0x"));
}

TEST_CASE("zip: an archive that lacks its first bytes is an error") {
  ByteVector file = two_entries().build();
  file.erase(file.begin(), file.begin() + 5);
  CHECK(says(failure(file), "no central directory is where it says"));
}

TEST_CASE("zip: an entry whose data run into the central directory is unreadable, and a warning says so") {
  const auto lie = [](ZipHeader& header) { header.compressed_size = header.uncompressed_size = 50; };
  const Opened opened(two_entries().central(lie));
  CHECK(warns_of(opened.zip, "assets/a", "does not lie before the central directory"));
  CHECK_THROWS_AS(opened.zip.data(*opened.zip.find("assets/a")), InputError);
}

TEST_CASE("zip: an entry without a local header is unreadable") {
  const auto lie = [](ZipHeader& header) { header.offset = 1; };
  const Opened opened(two_entries().central(lie));
  CHECK_THROWS_WITH_AS(opened.zip.data(*opened.zip.find("assets/a")),
                       "ZIP local header at 0x1: no signature of a local header there", InputError);
}

TEST_CASE("zip: a local header at the very end is unreadable") {
  const ByteVector file = two_entries().build();
  for (std::uint32_t back = 0; back < 40; ++back) {
    const auto lie = [&](ZipHeader& header) { header.offset = Opened(file).zip.directory_offset() - back; };
    const Opened opened(two_entries().central(lie));
    CHECK_THROWS_AS(opened.zip.data(*opened.zip.find("assets/a")), InputError);
  }
}

TEST_CASE("zip: entries that share their data are a warning each") {
  ZipBuilder builder;
  builder.deflated("kernel", kText);
  for (int i = 0; i < 5; ++i) builder.deflated("copy" + std::to_string(i), kText).sharing_data_of(0);
  const Opened opened(builder);
  CHECK(opened.zip.warnings().size() == 5);
  CHECK(warns_of(opened.zip, "copy4", "shares bytes with another: kernel"));
  CHECK(content(opened.zip, "copy4") == kText);
}

TEST_CASE("zip: overlap is found whatever the order of the rows") {
  const Opened opened(ZipBuilder()
                          .deflated("a", kText)
                          .stored("b", "hello")
                          .stored("c", "hello")
                          .sharing_data_of(1)
                          .directory_order({2, 0, 1}));
  CHECK(opened.zip.warnings().size() == 1);
}

TEST_CASE("zip: an entry within another's data is an overlap") {
  // "outer" quotes a whole archive; a row of the outer directory points into the quotation.
  const ByteVector inner = ZipBuilder().stored("inner", "hello").build();
  const Opened opened(
      ZipBuilder().stored("outer", inner).stored("inner", "hello").central([](ZipHeader& header) {
        header.offset = 30 + 5;
      }));
  CHECK(content(opened.zip, "inner") == "hello");
  CHECK(warns_of(opened.zip, "inner", "shares bytes with another: outer"));
}

TEST_CASE("zip: disagreement of the local header is told when asked") {
  const Opened agreed(two_entries().data_descriptor());
  for (const ZipEntry& entry : agreed.zip.entries()) CHECK_FALSE(agreed.zip.local_header_mismatch(entry));

  const auto mismatch = [](const std::function<void(ZipHeader&)>& change) {
    const Opened opened(two_entries().local(change));
    return opened.zip.local_header_mismatch(opened.zip.entries().back()).value_or("none");
  };
  CHECK(mismatch([](ZipHeader& header) { header.name = "assets/b"; }).find("names another") !=
        std::string::npos);
  CHECK(mismatch([](ZipHeader& header) { header.method = 8; }) == "method 0, but 8 in the local header");
  CHECK(mismatch([](ZipHeader& header) { header.crc32 ^= 1; }).find("CRC or size") != std::string::npos);
  CHECK(mismatch([](ZipHeader& header) { header.uncompressed_size = 9; }).find("CRC or size") !=
        std::string::npos);
  CHECK(mismatch([](ZipHeader&) {}) == "none");
}

// ---- not an archive

TEST_CASE("zip: a file cut off before its directory is told as such") {
  const InputError error = failure(two_entries().without_directory().build());
  CHECK(error.kind() == InputError::Kind::truncated);
  CHECK(says(error, "starts with a local header"));
  CHECK(says(error, "cut off"));
}

TEST_CASE("zip: something else is told as such") {
  for (const ByteVector& file : {ByteVector{}, ByteVector(10, 0), ByteVector(100'000, 'P')}) {
    const InputError error = failure(file);
    CHECK(error.kind() == InputError::Kind::malformed);
    CHECK(says(error, "not a ZIP archive"));
  }
}

TEST_CASE("zip: more entries than the limit are refused as too much, not as broken") {
  ZipBuilder builder;
  for (int i = 0; i < 11; ++i) builder.stored(std::to_string(i), "");
  Limits limits;
  limits.entries = 10;
  const InputError error = failure(builder.build(), limits);
  CHECK(error.kind() == InputError::Kind::limit);
  CHECK(says(error, "limit of 10"));
  limits.entries = 11;
  CHECK(Opened(builder.build(), limits).zip.entries().size() == 11);
}

TEST_CASE("zip: a claimed count alone allocates nothing") {
  CHECK_NOTHROW(Opened(two_entries().zip64_end().claimed_entries(std::uint64_t{1} << 60)));
}

TEST_CASE("zip: looks_like_zip") {
  CHECK(ZipArchive::looks_like_zip(two_entries().build()));
  CHECK(ZipArchive::looks_like_zip(two_entries().without_directory().build()));
  CHECK(ZipArchive::looks_like_zip(two_entries().prepended(as_bytes("stub")).build()));
  CHECK(ZipArchive::looks_like_zip(
      two_entries().prepended(as_bytes("stub"), OffsetsFrom::end_of_prepended).build()));
  CHECK(ZipArchive::looks_like_zip(ZipBuilder().build()));
  CHECK_FALSE(ZipArchive::looks_like_zip(as_bytes("dex\nPK\5\6"s + std::string(18, '\0') + "more")));
  CHECK_FALSE(ZipArchive::looks_like_zip({}));
  CHECK_FALSE(ZipArchive::looks_like_zip(as_bytes("PK")));
  CHECK_FALSE(ZipArchive::looks_like_zip(as_bytes("dex\n035 and no end record, long enough for one")));
  CHECK_FALSE(ZipArchive::looks_like_zip(as_bytes("a signature PK\5\6 in the midst of some other text....")));
}

// ---- any input

TEST_CASE("zip: every proper prefix of an archive is refused") {
  const ByteVector file = two_entries().signing_block({{1, {2}}}).build();
  CHECK(truncation_sweep(file, read_all) == file.size());
}

TEST_CASE("zip: every proper prefix of a zip64 archive ends in entries or InputError") {
  truncation_sweep(two_entries().zip64().zip64_end().comment("c").build(), read_all);
}

TEST_CASE("zip: flipped bytes end in entries or InputError") {
  byte_flips(two_entries().data_descriptor().signing_block({{1, {2}}}).comment("c").build(), read_all);
  byte_flips(ZipBuilder().stored("a", "b").zip64().stored("c", "d").zip64_end().build(), read_all, 2000, 2);
}

TEST_CASE("zip: hostile archives take time in proportion to their size") {
  // 20,000 rows with one long name, all over the same data, all outside: every path that keeps a list.
  ZipBuilder builder;
  const std::string name(1000, 'n');
  for (int i = 0; i < 20'000; ++i) {
    builder.stored(name, "").central([](ZipHeader& header) { header.uncompressed_size = 0xfffffff0; });
    if (i > 0) builder.sharing_data_of(0);
  }
  const ByteVector file = builder.build();
  const ProcessorTime taken;
  const Opened opened(file);
  CHECK(taken.seconds() < 2.0);
  CHECK(opened.zip.entries().size() == 20'000);
  CHECK(opened.zip.warnings().size() < 5 * (ZipArchive::kWarningsOfAKind + 1));
}

TEST_CASE("zip: a comment full of end records does not slow the search") {
  std::string comment;
  while (comment.size() < 0xfff0) comment += "PK\5\6";
  const ByteVector file = two_entries().comment(comment).appended(as_bytes("x")).build();
  const ProcessorTime taken;
  check_both(Opened(file).zip);
  CHECK(taken.seconds() < 0.5);
}
