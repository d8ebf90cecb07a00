#include "behaviour/code_facts.h"

#include "behaviour/code_reader.h"

namespace sdkprint {
namespace {

std::string_view slice(std::string_view text, const std::vector<std::uint32_t>& ends, std::uint32_t row,
                       std::size_t first) {
  const std::size_t begin = row == 0 ? first : ends[row - 1];
  return text.substr(begin, ends[row] - begin);
}

template <typename T>
std::uint64_t bytes(const std::vector<T>& rows) {
  return rows.size() * sizeof(T);
}

std::uint64_t memory_of(const DexFacts& dex) {
  return dex.text.size() + bytes(dex.type_ends) + bytes(dex.name_ends) + bytes(dex.type_hashes) +
         bytes(dex.name_hashes) + bytes(dex.protos) + bytes(dex.parameters) + bytes(dex.method_ids) +
         bytes(dex.classes) + bytes(dex.interfaces) + bytes(dex.methods) + bytes(dex.edge_targets) +
         bytes(dex.edge_places) + bytes(dex.reflected) + bytes(dex.uses) + bytes(dex.pending_methods) +
         bytes(dex.pending_calls) + bytes(dex.events) + bytes(dex.event_lines) + bytes(dex.overrides);
}

}  // namespace

std::string_view DexFacts::type_text(std::uint32_t type) const { return slice(text, type_ends, type, 0); }

std::string_view DexFacts::name_text(std::uint32_t name) const {
  return slice(text, name_ends, name, type_ends.empty() ? 0 : type_ends.back());
}

std::string DexFacts::method_text(std::uint32_t id) const {
  const MethodId& row = method_ids[id];
  std::string result(row.type < type_ends.size() ? type_text(row.type) : "?");
  result += '.';
  result += row.name == kNone ? "?" : name_text(row.name);
  result += ":(";
  if (row.proto >= protos.size() || protos[row.proto].return_type == kNone) return result + "?)?";
  const std::uint32_t begin = row.proto == 0 ? 0 : protos[row.proto - 1].parameters_end;
  for (std::uint32_t i = begin; i < protos[row.proto].parameters_end; ++i) result += type_text(parameters[i]);
  result += ')';
  result += type_text(protos[row.proto].return_type);
  return result;
}

std::uint64_t CodeFacts::memory() const {
  std::uint64_t sum = 0;
  for (const DexFacts& dex : dexes) sum += memory_of(dex);
  return sum;
}

CodeFacts read_code(const CatalogueIndex& index, std::span<const DexFile> dexes, std::size_t limit,
                    StringWatch* watch, std::span<const DexMethods* const> methods) {
  CodeFacts result;
  ReadBudget budget(dexes.empty() ? 0 : dexes.front().file().size());
  ReadLog log;
  if (watch != nullptr) watch->users.resize(dexes.size());
  for (const DexFile& dex : dexes) {
    const std::size_t number = result.dexes.size();
    DexFacts& facts = result.dexes.emplace_back();
    try {
      const DexMethods* const known = methods.empty() ? nullptr : methods[number];
      CodeReader reader(index, dex, known, limit, budget, log, facts);
      if (watch != nullptr) reader.watch(watch->strings[number], watch->users[number]);
      reader.run();
    } catch (const InputError& error) {
      log.broken_part(error, "tables");
      facts = {};
    }
  }
  for (const DexFacts& dex : result.dexes) {
    if (dex.call_sites == 0) continue;
    log.note(std::to_string(dex.call_sites) +
             " instructions call through method handles (invoke-custom, invoke-polymorphic): where they lead "
             "was not followed");
  }
  result.problems = log.take();
  return result;
}

}  // namespace sdkprint
