#include <doctest/doctest.h>

#include <cstring>
#include <map>

#include "app_fixture.h"
#include "base/reader.h"
#include "behaviour_text.h"
#include "hostile.h"
#include "match/pattern_database.h"
#include "signature_text.h"

namespace sdkprint {
namespace {

using namespace test;

// docs/database-format.md.
constexpr std::size_t kVersionAt = 8, kTuneAt = 12, kFeaturesAt = 16, kHyperscanAt = 24, kFingerprintAt = 56,
                      kPayloadAt = 72, kHeaderSize = 128, kRowSize = 40;

std::uint64_t u64_at(const ByteVector& file, std::size_t at) {
  return Reader(file, "test").at<std::uint64_t>(at);
}
std::uint32_t u32_at(const ByteVector& file, std::size_t at) {
  return Reader(file, "test").at<std::uint32_t>(at);
}

void put_u64(ByteVector& file, std::size_t at, std::uint64_t value) { std::memcpy(&file[at], &value, 8); }

/// Makes the digest of the header fit what follows it, as a forger would.
ByteVector resealed(ByteVector file) {
  const Digest payload = digest(Bytes(file).subspan(kHeaderSize));
  put_u64(file, kPayloadAt, payload.high);
  put_u64(file, kPayloadAt + 8, payload.low);
  return file;
}

struct Section {
  std::size_t row = 0;
  std::uint64_t offset = 0, size = 0;
};

/// By kind: 0 the SDK table, 1 + n the Hyperscan database of surface n, 32 the behaviour table.
std::map<std::uint32_t, Section> sections(const ByteVector& file) {
  std::map<std::uint32_t, Section> result;
  for (std::uint32_t i = 0; i < u32_at(file, kHeaderSize); ++i) {
    const std::size_t row = kHeaderSize + 8 + i * kRowSize;
    result[u32_at(file, row)] = {row, u64_at(file, row + 8), u64_at(file, row + 16)};
  }
  return result;
}

constexpr std::uint32_t kind_of(Surface surface) { return 1 + static_cast<std::uint32_t>(surface); }

constexpr std::uint32_t kBehaviours = 32;

ByteVector database() {
  return compile_database(signatures(complete_sdk()), behaviours(complete_behaviour()));
}

/// What opening says, or "" when it opens.
std::string complaint_about(Bytes file) {
  try {
    PatternDatabase::from_bytes(file, "x.db");
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

bool says(const std::string& message, const std::string& part) {
  return message.find(part) != std::string::npos;
}

TEST_CASE("a database comes back with everything that was compiled") {
  const SignatureSet set = signatures(complete_sdk());
  const PatternDatabase opened = PatternDatabase::from_bytes(compile_database(set));
  REQUIRE(opened.set().sdks.size() == set.sdks.size());
  CHECK(opened.set().sdks[1].id == set.sdks[1].id);
  CHECK(opened.fingerprint() == database_fingerprint(set));
  CHECK_FALSE(opened.hyperscan_version().empty());
  std::size_t patterns = 0;
  for (const Surface surface : kSurfaces) {
    for (const PatternRef ref : opened.patterns(surface)) {
      CHECK((ref.is_version_rule || surface == Surface::reference || opened.pattern(ref).surface == surface));
      ++patterns;
    }
  }
  CHECK(patterns > 20);
}

TEST_CASE("a database file is opened by its path, and needs it no longer") {
  const TemporaryDirectory directory;
  const std::string path = directory.write("a.db", database());
  const PatternDatabase opened = PatternDatabase::open(path);
  directory.write("a.db", bytes_of("gone"));
  CHECK(opened.set().sdks.size() == 2);
}

TEST_CASE("an absent file is an Error that names it") {
  CHECK_THROWS_AS(PatternDatabase::open("/nonexistent/a.db"), Error);
}

TEST_CASE("the same signatures give the same bytes") { CHECK(database() == database()); }

TEST_CASE("what is no database says what it should be") {
  for (const char* text : {"", "SDKPRIN", "PK\3\4 something else, longer than a header"}) {
    CHECK(says(complaint_about(as_bytes(text)), "x.db: not a compiled signature database"));
  }
}

TEST_CASE("another format version is told from damage") {
  ByteVector file = database();
  file[kVersionAt] = 99;
  const std::string message = complaint_about(file);
  CHECK(says(message, "x.db: database format 99, this program reads "));
  CHECK(says(message, "sdkprint compile"));
}

TEST_CASE("another Hyperscan is named, with the one that is here") {
  ByteVector file = database();
  const std::string here = PatternDatabase::from_bytes(file).hyperscan_version();
  std::memcpy(&file[kHyperscanAt], "4.7.0 2018", 11);
  const std::string message = complaint_about(file);
  CHECK(says(message, "x.db: made by Hyperscan 4.7.0 2018, this is " + here));
  CHECK(says(message, "rebuild it with"));
}

TEST_CASE("another processor family is named") {
  ByteVector features = database(), tune = database();
  features[kFeaturesAt + 7] ^= 1;
  tune[kTuneAt] ^= 0xff;
  CHECK(says(complaint_about(features), "made for a processor with features 0x1"));
  CHECK(says(complaint_about(tune), "and tuning"));
  CHECK(says(complaint_about(tune), "rebuild it with"));
}

TEST_CASE("a changed byte anywhere behind the header is damage") {
  const ByteVector good = database();
  for (std::size_t at = kHeaderSize; at < good.size(); at += good.size() / 97) {
    ByteVector file = good;
    file[at] ^= 0x10;
    CHECK(says(complaint_about(file), "x.db: damaged (its digest does not match its content)"));
  }
}

TEST_CASE("a changed fingerprint is damage") {
  ByteVector file = database();
  file[kFingerprintAt + 3] ^= 1;
  CHECK(says(complaint_about(file), "x.db: damaged"));
}

TEST_CASE("bytes behind the end are damage") {
  ByteVector file = database();
  file.push_back(0);
  CHECK(says(complaint_about(file), "damaged"));
}

TEST_CASE("every truncation and any change of bytes is refused or harmless") {
  const SignatureSet set =
      signatures(sdk_with_patterns("class = [\"com.acme.push\"]\nlibrary = [\"libacme.so\"]"));
  const ByteVector file = compile_database(set);
  const auto open = [](Bytes bytes) {
    const std::string message = complaint_about(bytes);
    if (!message.empty()) throw InputError(message);
  };
  CHECK(truncation_sweep(file, open) == file.size());
  byte_flips(file, open, 1000);
}

TEST_CASE("a forged digest does not get a broken section past the reader") {
  const ByteVector good = database();
  const std::map<std::uint32_t, Section> all = sections(good);
  REQUIRE(all.size() == 2 + kSurfaceCount);
  ByteVector outside = good;
  put_u64(outside, all.at(0).row + 8, good.size());
  CHECK(says(complaint_about(resealed(outside)), "x.db: damaged"));
  ByteVector wrapping = good;
  put_u64(wrapping, all.at(0).row + 16, ~std::uint64_t{0});
  CHECK(says(complaint_about(resealed(wrapping)), "x.db: damaged"));
  ByteVector many = good;
  std::memset(&many[kHeaderSize], 0xff, 4);
  CHECK(says(complaint_about(resealed(many)), "x.db: damaged"));
  ByteVector short_table = good;
  put_u64(short_table, all.at(0).row + 16, all.at(0).size / 2);
  CHECK(says(complaint_about(resealed(short_table)), "x.db: damaged"));
  ByteVector short_behaviours = good;
  put_u64(short_behaviours, all.at(kBehaviours).row + 16, all.at(kBehaviours).size / 2);
  CHECK(says(complaint_about(resealed(short_behaviours)), "x.db: damaged"));
  ByteVector short_database = good;
  put_u64(short_database, all.at(kind_of(Surface::entry)).row + 16, 16);
  CHECK(says(complaint_about(resealed(short_database)), "x.db: damaged"));
}

TEST_CASE("a database that Hyperscan itself finds broken is named") {
  ByteVector file = database();
  const Section section = sections(file).at(kind_of(Surface::class_name));
  file[section.offset + section.size / 2] ^= 0x40;
  CHECK(says(complaint_about(resealed(file)), "x.db: damaged"));
}

/// The bytes of a section, for comparing two files.
ByteVector section_bytes(const ByteVector& file, std::uint32_t kind) {
  const Section section = sections(file).at(kind);
  return to_vector(Bytes(file).subspan(section.offset, section.size));
}

/// The file with a mark in each Hyperscan section: where it turns up again, the section was taken over.
ByteVector marked(ByteVector file) {
  for (const auto& [kind, section] : sections(file)) {
    if (kind != 0 && kind != kBehaviours) file[section.offset + section.size - 1] ^= 0xff;
  }
  return resealed(std::move(file));
}

TEST_CASE("compiling on top of a previous database gives the same bytes as compiling anew") {
  const SignatureSet before = signatures(complete_sdk());
  SignatureSet after = before;
  after.sdks[0].patterns.push_back(after.sdks[0].patterns.front());
  after.sdks[0].patterns.back().text = "com.acme.more";
  CHECK(compile_database(after, {}, compile_database(before)) == compile_database(after));
  CHECK(compile_database(before, {}, compile_database(before)) == compile_database(before));
}

TEST_CASE("surfaces that did not change are taken over, changed ones are not") {
  const SignatureSet before = signatures(complete_sdk());
  SignatureSet after = before;
  Pattern more;
  more.surface = Surface::library;
  more.kind = Pattern::Kind::exact;
  more.text = "libmore.so";
  after.sdks[0].patterns.push_back(more);
  const ByteVector previous = marked(compile_database(before)), fresh = compile_database(after);
  const ByteVector incremental = compile_database(after, {}, previous);
  for (const Surface surface : kSurfaces) {
    const ByteVector bytes = section_bytes(incremental, kind_of(surface));
    if (surface == Surface::library)
      CHECK(bytes == section_bytes(fresh, kind_of(surface)));
    else
      CHECK(bytes == section_bytes(previous, kind_of(surface)));
  }
}

TEST_CASE("a change of words around the patterns compiles nothing") {
  SignatureSet set = signatures(complete_sdk());
  const ByteVector previous = marked(compile_database(set));
  set.sdks[0].name = "Another name";
  const ByteVector incremental = compile_database(set, {}, previous);
  for (const Surface surface : kSurfaces) {
    CHECK(section_bytes(incremental, kind_of(surface)) == section_bytes(previous, kind_of(surface)));
  }
  CHECK(Bytes(incremental).subspan(kFingerprintAt, 16)[0] != previous[kFingerprintAt]);
}

TEST_CASE("a previous database that cannot serve is left alone") {
  const SignatureSet set = signatures(complete_sdk());
  const ByteVector fresh = compile_database(set);
  ByteVector other_machine = marked(fresh), other_hyperscan = marked(fresh), damaged = marked(fresh);
  other_machine[kFeaturesAt] ^= 1;
  other_hyperscan[kHyperscanAt] ^= 1;
  damaged.back() ^= 1;
  for (const ByteVector& previous : {other_machine, other_hyperscan, damaged, bytes_of("nonsense")}) {
    CHECK(compile_database(set, {}, previous) == fresh);
  }
}

TEST_CASE("the fingerprint changes with every input") {
  const SignatureSet set = signatures(complete_sdk());
  SignatureSet renamed = set, weakened = set;
  renamed.sdks[0].name += "!";
  weakened.sdks[0].patterns[0].weak = !weakened.sdks[0].patterns[0].weak;
  CHECK(database_fingerprint(set) == database_fingerprint(signatures(complete_sdk())));
  CHECK(database_fingerprint(set) != database_fingerprint(renamed));
  CHECK(database_fingerprint(set) != database_fingerprint(weakened));
}

TEST_CASE("the behaviours come back, and are part of the fingerprint") {
  const SignatureSet set = signatures(complete_sdk());
  const BehaviourSet some = behaviours(complete_behaviour());
  const PatternDatabase opened = PatternDatabase::from_bytes(compile_database(set, some));
  REQUIRE(opened.behaviours().behaviours.size() == 1);
  CHECK(opened.behaviours().behaviours[0].id == "cell-info");
  CHECK(opened.behaviours().categories.size() == 2);
  CHECK(opened.fingerprint() == database_fingerprint(set, some));
  BehaviourSet changed = some;
  changed.behaviours[0].strings.push_back("content://more");
  CHECK(database_fingerprint(set, changed) != database_fingerprint(set, some));
  CHECK(database_fingerprint(set) != database_fingerprint(set, some));
}

TEST_CASE("a change of behaviours compiles nothing") {
  const SignatureSet set = signatures(complete_sdk());
  const ByteVector previous = marked(compile_database(set, behaviours(complete_behaviour())));
  const ByteVector incremental = compile_database(set, behaviours(behaviour("other")), previous);
  for (const Surface surface : kSurfaces) {
    CHECK(section_bytes(incremental, kind_of(surface)) == section_bytes(previous, kind_of(surface)));
  }
  CHECK(section_bytes(incremental, kBehaviours) != section_bytes(previous, kBehaviours));
}

TEST_CASE("a database without its table of behaviours is damaged") {
  ByteVector file = database();
  file[sections(file).at(kBehaviours).row] = 77;
  CHECK(says(complaint_about(resealed(file)), "x.db: damaged"));
}

TEST_CASE("a section of a kind that is not known is skipped") {
  // A later program may add kinds without changing the version.
  ByteVector file = database();
  const Section entry = sections(file).at(kind_of(Surface::entry));
  file[entry.row] = 77;
  CHECK(complaint_about(resealed(file)).empty());
}

}  // namespace
}  // namespace sdkprint
