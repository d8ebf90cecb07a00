// SignatureSet and BehaviourSet → database file.
#include <algorithm>
#include <cstring>

#include "base/byte_writer.h"
#include "match/behaviour_codec.h"
#include "match/expression.h"
#include "match/pattern_database_impl.h"
#include "match/signature_codec.h"

namespace sdkprint {
namespace {

/// The expressions of one surface, as Hyperscan takes them.
struct Expressions {
  std::vector<std::string> texts;
  std::vector<unsigned> flags, ids;
};

Pattern pattern_of(const SignatureSet& set, PatternRef ref) {
  const Sdk& sdk = set.sdks[ref.sdk];
  return ref.is_version_rule ? filter_of(sdk.versions[ref.index]) : sdk.patterns[ref.index];
}

Expressions expressions_of(const SignatureSet& set, Surface surface, const std::vector<PatternRef>& refs) {
  Expressions result;
  for (const PatternRef ref : refs) {
    const Pattern pattern = pattern_of(set, ref);
    result.texts.push_back(expression(pattern, surface));
    result.flags.push_back(is_caseless(pattern) ? HS_FLAG_CASELESS : 0);
    result.ids.push_back(static_cast<unsigned>(result.ids.size()));
  }
  return result;
}

Digest digest_of(const Expressions& expressions) {
  ByteWriter text;
  for (std::size_t i = 0; i < expressions.texts.size(); ++i) {
    text.text(expressions.texts[i]);
    text.u32(expressions.flags[i]);
  }
  return digest(text.bytes());
}

std::string describe(const Sdk& sdk, const Pattern& pattern, Surface surface) {
  const SourcePlace& place = pattern.place;
  std::string text = place.file.empty() ? ""
                                        : place.file + ":" + std::to_string(place.line) + ":" +
                                              std::to_string(place.column) + ": ";
  return text + "SDK " + sdk.id + ", " + std::string(name(surface)) + " pattern \"" + pattern.text + "\"";
}

[[noreturn]] void fail_compile(const SignatureSet& set, Surface surface, const std::vector<PatternRef>& refs,
                               hs_compile_error_t* error) {
  std::string message = "Hyperscan refused ";
  if (error->expression >= 0) {
    const PatternRef ref = refs[static_cast<std::size_t>(error->expression)];
    message = describe(set.sdks[ref.sdk], pattern_of(set, ref), surface) + ": refused by Hyperscan: ";
  } else {
    message += "the " + std::string(name(surface)) + " patterns: ";
  }
  message += error->message;
  hs_free_compile_error(error);
  throw Error(message);
}

std::vector<std::uint8_t> compile_surface(const SignatureSet& set, Surface surface,
                                          const std::vector<PatternRef>& refs,
                                          const Expressions& expressions) {
  std::vector<const char*> pointers;
  for (const std::string& text : expressions.texts) pointers.push_back(text.c_str());
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  const hs_error_t code =
      hs_compile_multi(pointers.data(), expressions.flags.data(), expressions.ids.data(),
                       static_cast<unsigned>(pointers.size()), HS_MODE_BLOCK, nullptr, &database, &error);
  if (code == HS_COMPILER_ERROR) fail_compile(set, surface, refs, error);
  hyperscan::check(code, "hs_compile_multi");
  const hyperscan::Database owner(database);
  char* bytes = nullptr;
  std::size_t size = 0;
  hyperscan::check(hs_serialize_database(database, &bytes, &size), "hs_serialize_database");
  std::vector<std::uint8_t> result(bytes, bytes + size);
  std::free(bytes);
  return result;
}

/// The sections of an earlier database of this very Hyperscan and processor; empty when it cannot serve.
std::vector<DatabaseSection> reusable_sections(Bytes previous) {
  std::vector<DatabaseSection> sections;
  if (previous.empty()) return sections;
  try {
    const DatabaseHeader header = read_header(previous, "previous database", sections);
    const DatabaseHeader local = local_header();
    if (header.hyperscan_version == local.hyperscan_version && header.tune == local.tune &&
        header.cpu_features == local.cpu_features) {
      return sections;
    }
  } catch (const Error&) {
    // A damaged or foreign previous database only means that everything is compiled anew.
  }
  return {};
}

void write_digest(ByteWriter& out, const Digest& value) {
  out.u64(value.high);
  out.u64(value.low);
}

/// A file's head: everything but magic and digests of the payload is known up front.
void write_header(ByteWriter& out, const DatabaseHeader& header) {
  out.raw(as_bytes({kDatabaseMagic, sizeof kDatabaseMagic}));
  out.u32(header.version);
  out.u32(header.tune);
  out.u64(header.cpu_features);
  std::string version = header.hyperscan_version;
  version.resize(kHyperscanVersionSize, '\0');
  out.raw(as_bytes(version));
  write_digest(out, header.fingerprint);
  write_digest(out, header.payload);
  while (out.size() < kDatabaseHeaderSize) out.u8(0);
}

struct Section {
  std::uint32_t kind, expressions;
  Digest inputs;
  std::vector<std::uint8_t> bytes;
};

std::vector<std::uint8_t> assemble(DatabaseHeader header, const std::vector<Section>& sections) {
  // The table: count, then kind, number of expressions, offset, size, digest of the inputs; offsets from the
  // file's start.
  constexpr std::size_t kRow = 4 + 4 + 8 + 8 + 16;
  const auto aligned = [](std::size_t offset) { return (offset + 63) / 64 * 64; };
  ByteWriter payload;
  payload.u32(static_cast<std::uint32_t>(sections.size()));
  payload.u32(0);
  std::size_t offset = aligned(kDatabaseHeaderSize + 8 + sections.size() * kRow);
  for (const Section& section : sections) {
    payload.u32(section.kind);
    payload.u32(section.expressions);
    payload.u64(offset);
    payload.u64(section.bytes.size());
    write_digest(payload, section.inputs);
    offset = aligned(offset + section.bytes.size());
  }
  for (const Section& section : sections) {
    payload.align(64);
    payload.raw(section.bytes);
  }
  header.payload = digest(payload.bytes());
  ByteWriter file;
  write_header(file, header);
  file.raw(payload.bytes());
  return file.take();
}

template <typename Set>
std::vector<std::uint8_t> encoded(const Set& set) {
  ByteWriter table;
  encode(set, table);
  return table.take();
}

}  // namespace

Digest fingerprint_of(Bytes sdk_table, Bytes behaviour_table, const DatabaseHeader& header) {
  ByteWriter inputs;
  inputs.u32(header.version);
  inputs.text(header.hyperscan_version);
  inputs.u32(header.tune);
  inputs.u64(header.cpu_features);
  inputs.u64(sdk_table.size());
  inputs.raw(sdk_table);
  inputs.raw(behaviour_table);
  return digest(inputs.bytes());
}

Digest database_fingerprint(const SignatureSet& set, const BehaviourSet& behaviours) {
  return fingerprint_of(encoded(set), encoded(behaviours), local_header());
}

std::vector<std::uint8_t> compile_database(const SignatureSet& set, const BehaviourSet& behaviours,
                                           Bytes previous) {
  const std::vector<DatabaseSection> old = reusable_sections(previous);
  std::vector<std::uint8_t> sdk_table = encoded(set), behaviour_table = encoded(behaviours);
  DatabaseHeader header = local_header();
  header.fingerprint = fingerprint_of(sdk_table, behaviour_table, header);
  std::vector<Section> sections;
  sections.push_back({kSdkSection, 0, digest(sdk_table), std::move(sdk_table)});
  for (const Surface surface : kSurfaces) {
    const std::vector<PatternRef> refs = patterns_of(set, surface);
    if (refs.empty()) continue;
    const Expressions expressions = expressions_of(set, surface, refs);
    const Digest inputs = digest_of(expressions);
    const std::uint32_t kind = 1 + static_cast<std::uint32_t>(surface);
    const std::uint32_t count = static_cast<std::uint32_t>(refs.size());
    const auto same = std::find_if(old.begin(), old.end(), [&](const DatabaseSection& section) {
      return section.kind == kind && section.inputs == inputs;
    });
    if (same != old.end()) {
      const Bytes kept = previous.subspan(same->offset, same->size);
      sections.push_back({kind, count, inputs, {kept.begin(), kept.end()}});
    } else {
      sections.push_back({kind, count, inputs, compile_surface(set, surface, refs, expressions)});
    }
  }
  sections.push_back({kBehaviourSection, 0, digest(behaviour_table), std::move(behaviour_table)});
  return assemble(header, sections);
}

}  // namespace sdkprint
