#include "scan/surface_capture.h"

#include "format/mutf8.h"
#include "scan/surface_text.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

EntrySurfaces& surfaces_of(EntryFacts& facts) {
  if (facts.surfaces == nullptr) facts.surfaces = std::make_shared<EntrySurfaces>();
  return *facts.surfaces;
}

}  // namespace

SurfaceCapture::SurfaceCapture(const PatternDatabase& database, EntryFacts& facts)
    : database_(database), surfaces_(surfaces_of(facts)) {}

void SurfaceCapture::add(Surface surface, std::string_view item) {
  if (!item.empty()) surfaces_.of(surface).push_back(mutf8_to_utf8(item));
}

void SurfaceCapture::add_class(std::string_view name, const ClassClaim& claim, std::uint64_t code_bytes) {
  const std::vector<PatternRef>& refs = database_.patterns(Surface::class_name);
  const std::string owner = claim.owner == kNoClaim ? "" : database_.sdk(refs[claim.owner]).id;
  surfaces_.classes.push_back({mutf8_to_utf8(name), code_bytes, owner});
}

void SurfaceCapture::add_reference(std::string_view descriptor) {
  const bool is_array_of_primitives = descriptor.starts_with('[') && !descriptor.ends_with(';');
  if (descriptor.size() > 1 && !is_array_of_primitives) add(Surface::reference, dotted_name(descriptor));
}

void SurfaceCapture::add_hosts(std::string_view text) {
  for (std::size_t at = text.find("//"); at != std::string_view::npos; at = text.find("//", at + 2)) {
    add(Surface::host, host_around(text, at + 2));
  }
}

void SurfaceCapture::add_string(std::string_view text) {
  add(Surface::string, text);
  add_hosts(text);
}

void SurfaceCapture::add_native_string(std::string_view text) {
  add(Surface::native_string, text);
  add_hosts(text);
}

}  // namespace sdkprint
