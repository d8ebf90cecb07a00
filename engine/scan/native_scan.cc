#include "scan/native_scan.h"

#include "behaviour/native_uses.h"
#include "format/elf.h"
#include "scan/hit_collector.h"
#include "scan/surface_capture.h"
#include "scan/surface_text.h"

namespace sdkprint {
namespace {

constexpr std::size_t kMaxRunSide = 4096;  // how far a run is followed to either side of a match

/// The printable run around a position.
std::optional<RawItem> run_around(Bytes text, std::size_t position) {
  if (!is_printable(text[position])) return std::nullopt;
  std::size_t begin = position, end = position + 1;
  while (begin > 0 && position - begin < kMaxRunSide && is_printable(text[begin - 1])) --begin;
  while (end < text.size() && end - position < kMaxRunSide && is_printable(text[end])) ++end;
  if (end - begin < kSmallestRun) return std::nullopt;
  return RawItem{as_text(text.subspan(begin, end - begin)), begin, position - begin, 0};
}

void scan_names(HitCollector& hits, const ElfFile& elf, std::string_view file_name) {
  SurfaceText names;
  names.add(file_name);
  if (elf.soname() && *elf.soname() != file_name) names.add(*elf.soname());
  hits.scan_joined(Surface::library, names, nullptr);
}

void scan_symbols(HitCollector& hits, const ElfFile& elf) {
  SurfaceText symbols;
  std::vector<std::uint32_t> offsets;
  for (const ElfSymbol& symbol : elf.dynamic_symbols()) {
    if (!symbol.defined || symbol.name.empty()) continue;
    symbols.add(symbol.name);
    offsets.push_back(symbol.name_offset);
  }
  hits.scan_joined(Surface::symbol, symbols,
                   [&](std::size_t item) { return std::optional<std::uint64_t>(offsets[item]); });
}

void scan_constants(HitCollector& hits, const ElfFile& elf, Bytes file) {
  for (const ElfRange& range : elf.constant_ranges()) {
    const Bytes text = file.subspan(range.offset, range.size);
    const auto item_at = [&](std::uint32_t position) {
      std::optional<RawItem> item = run_around(text, position);
      if (item) item->offset += range.offset;
      return item;
    };
    hits.scan_raw(Surface::native_string, text, item_at);
    hits.scan_raw(Surface::host, text, item_at);
  }
}

void capture(const ScanContext& context, const ElfFile& elf, Bytes file, std::string_view file_name,
             EntryFacts& facts) {
  SurfaceCapture capture(context.database(), facts);
  capture.add(Surface::library, file_name);
  if (elf.soname()) capture.add(Surface::library, *elf.soname());
  for (const ElfSymbol& symbol : elf.dynamic_symbols()) {
    if (symbol.defined) capture.add(Surface::symbol, symbol.name);
  }
  for (const ElfRange& range : elf.constant_ranges()) {
    const Bytes text = file.subspan(range.offset, range.size);
    for (std::size_t at = 0; at < text.size(); ++at) {
      const std::size_t begin = at;
      while (at < text.size() && is_printable(text[at])) ++at;
      if (at - begin >= kSmallestRun) capture.add_native_string(as_text(text.subspan(begin, at - begin)));
    }
  }
}

}  // namespace

std::string_view base_name(std::string_view path) { return path.substr(path.find_last_of("/!") + 1); }

void scan_native(const ScanContext& context, Bytes file, std::string_view file_name, EntryFacts& facts) {
  facts.kind = EntryKind::native;
  const ElfFile elf(file);
  HitCollector hits(context.matcher, context.limits.matches, facts);
  hits.in_library(file_name);
  scan_names(hits, elf, file_name);
  scan_symbols(hits, elf);
  scan_constants(hits, elf, file);
  facts.native_uses = native_uses(context.database().catalogue(), elf);
  if (context.captures_surfaces()) capture(context, elf, file, file_name, facts);
  for (const std::string& warning : elf.warnings())
    facts.problems.push_back({facts.path, "odd", warning, false});
}

}  // namespace sdkprint
