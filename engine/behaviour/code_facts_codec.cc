#include "behaviour/code_facts_codec.h"

#include <cstring>
#include <string>
#include <type_traits>

#include "base/byte_writer.h"
#include "base/reader.h"
#include "behaviour/code_facts_check.h"

namespace sdkprint {
namespace {

constexpr std::string_view kMagic = "sdkcode\n";
constexpr const char* kWhat = "code facts";

/// Rows that are nothing but little-endian integers without gaps.
template <typename T>
concept Packed = std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>;
static_assert(Packed<DexFacts::Class> && Packed<DexFacts::Proto> && Packed<DexFacts::MethodId> &&
              Packed<DexFacts::Method> && Packed<DexFacts::PendingMethod> && Packed<DexFacts::OverrideRow>);

template <Packed T>
void write(ByteWriter& out, const std::vector<T>& rows) {
  out.u32(static_cast<std::uint32_t>(rows.size()));
  out.raw({reinterpret_cast<const std::uint8_t*>(rows.data()), rows.size() * sizeof(T)});
}

template <Packed T>
void read(Reader& in, std::vector<T>& rows) {
  const std::uint32_t count = in.u32();
  in.require_table(in.offset(), count, sizeof(T));
  rows.resize(count);
  const Bytes bytes = in.bytes(std::size_t{count} * sizeof(T));
  if (!bytes.empty()) std::memcpy(rows.data(), bytes.data(), bytes.size());
}

/// `size`: the least that a row takes, so that no count can make us allocate more than the bytes pay for.
template <typename T, typename ReadOne>
void read_each(Reader& in, std::vector<T>& rows, std::size_t size, ReadOne read_one) {
  const std::uint32_t count = in.u32();
  in.require_table(in.offset(), count, size);
  rows.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) rows.push_back(read_one());
}

template <typename T, typename WriteOne>
void write_each(ByteWriter& out, const std::vector<T>& rows, WriteOne write_one) {
  out.u32(static_cast<std::uint32_t>(rows.size()));
  for (const T& row : rows) write_one(row);
}

std::string read_text(Reader& in) {
  const std::uint32_t size = in.u32();
  return std::string(as_text(in.bytes(size)));
}

template <typename Enum>
Enum read_enum(Reader& in, std::size_t count) {
  const std::uint8_t value = in.u8();
  if (value >= count) in.malformed(in.offset() - 1, "enumeration value out of range");
  return static_cast<Enum>(value);
}

void write_sighting(ByteWriter& out, const Sighting& row) {
  out.u32(row.pc), out.u32(row.behaviour), out.u32(row.member);
  out.u8(static_cast<std::uint8_t>(row.strength)), out.u8(static_cast<std::uint8_t>(row.via));
  out.u8(static_cast<std::uint8_t>(row.item_kind));
  out.u64(static_cast<std::uint64_t>(row.item));
}

Sighting read_sighting(Reader& in) {
  Sighting row;
  row.pc = in.u32(), row.behaviour = in.u32(), row.member = in.u32();
  row.strength = read_enum<UseStrength>(in, 2);
  row.via = read_enum<UseVia>(in, static_cast<std::size_t>(UseVia::override));
  row.item_kind = read_enum<Sighting::Item>(in, Sighting::kItemCount);
  row.item = static_cast<std::int64_t>(in.u64());
  return row;
}
constexpr std::size_t kSightingSize = 23, kUseSize = 16 + kSightingSize, kEventSize = 26;

void write_event(ByteWriter& out, const UseEvent& row) {
  out.u32(row.pc), out.u32(row.id), out.u32(row.method_idx), out.u32(row.role);
  out.u8(static_cast<std::uint8_t>(row.kind));
  out.u8(static_cast<std::uint8_t>(row.through_subclass | row.is_candidate << 1 | row.has_constant << 2));
  out.u64(static_cast<std::uint64_t>(row.constant));
}

UseEvent read_event(Reader& in) {
  UseEvent row;
  row.pc = in.u32(), row.id = in.u32(), row.method_idx = in.u32();
  row.role = static_cast<std::uint16_t>(in.u32());
  row.kind = read_enum<UseEvent::Kind>(in, UseEvent::kKindCount);
  const std::uint8_t flags = in.u8();
  row.through_subclass = (flags & 1) != 0;
  row.is_candidate = (flags & 2) != 0;
  row.has_constant = (flags & 4) != 0;
  row.constant = static_cast<std::int64_t>(in.u64());
  return row;
}

void write_dex(ByteWriter& out, const DexFacts& dex) {
  out.text(dex.text);
  write(out, dex.type_ends), write(out, dex.name_ends);
  write(out, dex.protos), write(out, dex.parameters), write(out, dex.method_ids);
  write(out, dex.classes), write(out, dex.interfaces), write(out, dex.methods);
  write(out, dex.edge_targets), write(out, dex.edge_places), write(out, dex.reflected);
  write_each(out, dex.uses, [&](const DexFacts::UseRow& row) {
    out.u32(row.method), out.u32(row.line), out.u64(row.offset);
    write_sighting(out, row.sighting);
  });
  write(out, dex.pending_methods);
  write_each(out, dex.pending_calls, [&](const DexFacts::PendingCall& row) {
    out.u32(row.id), out.u32(row.type), out.u32(row.text), out.u64(row.proto);
  });
  write_each(out, dex.events, [&](const UseEvent& row) { write_event(out, row); });
  write(out, dex.event_lines), write(out, dex.overrides);
  out.u64(dex.call_sites);
}

/// Hashes are not kept: they are told by the texts.
void hash_texts(DexFacts& dex) {
  const auto add = [&](const std::vector<std::uint32_t>& ends, std::uint32_t begin,
                       std::vector<std::uint64_t>& hashes) {
    hashes.reserve(ends.size());
    for (const std::uint32_t end : ends) {
      hashes.push_back(end == begin ? 0
                                    : descriptor_hash(std::string_view(dex.text).substr(begin, end - begin)));
      begin = end;
    }
    return begin;
  };
  const std::uint32_t begin = add(dex.type_ends, 0, dex.type_hashes);
  add(dex.name_ends, begin, dex.name_hashes);
}

DexFacts read_dex(const CatalogueIndex& index, Reader& in) {
  DexFacts dex;
  dex.text = read_text(in);
  read(in, dex.type_ends), read(in, dex.name_ends);
  read(in, dex.protos), read(in, dex.parameters), read(in, dex.method_ids);
  read(in, dex.classes), read(in, dex.interfaces), read(in, dex.methods);
  read(in, dex.edge_targets), read(in, dex.edge_places), read(in, dex.reflected);
  read_each(in, dex.uses, kUseSize, [&] {
    DexFacts::UseRow row;
    row.method = in.u32(), row.line = in.u32(), row.offset = in.u64();
    row.sighting = read_sighting(in);
    return row;
  });
  read(in, dex.pending_methods);
  read_each(in, dex.pending_calls, 20, [&] {
    DexFacts::PendingCall row;
    row.id = in.u32(), row.type = in.u32(), row.text = in.u32(), row.proto = in.u64();
    return row;
  });
  read_each(in, dex.events, kEventSize, [&] { return read_event(in); });
  read(in, dex.event_lines), read(in, dex.overrides);
  dex.call_sites = in.u64();
  if (const char* what = find_fault(index, dex)) in.malformed(in.offset(), what);
  hash_texts(dex);
  return dex;
}

}  // namespace

std::vector<std::uint8_t> encode(const CodeFacts& facts) {
  ByteWriter out;
  out.raw(as_bytes(kMagic));
  out.u32(kCodeFactsVersion);
  write_each(out, facts.dexes, [&](const DexFacts& dex) { write_dex(out, dex); });
  write_each(out, facts.problems, [&](const Problem& problem) {
    out.text(problem.kind), out.text(problem.message);
    out.u8(problem.loss ? 1 : 0);
  });
  return out.take();
}

CodeFacts decode_code_facts(const CatalogueIndex& index, Bytes bytes) {
  Reader in(bytes, kWhat);
  if (as_text(in.bytes(kMagic.size())) != kMagic) in.malformed(0, "not code facts");
  if (in.u32() != kCodeFactsVersion) in.malformed(kMagic.size(), "of another version");
  CodeFacts facts;
  constexpr std::size_t kSmallestDex = 4 * 19;
  read_each(in, facts.dexes, kSmallestDex, [&] { return read_dex(index, in); });
  read_each(in, facts.problems, 9, [&] {
    Problem problem;
    problem.kind = read_text(in), problem.message = read_text(in);
    problem.loss = in.u8() != 0;
    return problem;
  });
  if (!in.at_end()) in.malformed(in.offset(), "something follows the last row");
  return facts;
}

}  // namespace sdkprint
