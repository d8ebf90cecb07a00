#include "scan/surface_capture.h"

#include "format/mutf8.h"
#include "scan/surface_text.h"
#include "signature/pattern.h"

namespace sdkprint {
namespace {

constexpr std::uint32_t kAccPublic = 0x1, kAccStatic = 0x8;  // the same in DEX and class files
constexpr std::size_t kMemberTextBytes = 4096;

EntrySurfaces& surfaces_of(EntryFacts& facts) {
  if (facts.surfaces == nullptr) facts.surfaces = std::make_shared<EntrySurfaces>();
  return *facts.surfaces;
}

}  // namespace

SurfaceCapture::SurfaceCapture(const PatternDatabase& database, EntryFacts& facts)
    : database_(database), surfaces_(surfaces_of(facts)) {}

MemberCapture::MemberCapture(EntrySurfaces& surfaces, std::string_view class_name, std::uint32_t access_flags,
                             std::uint64_t& bytes_left)
    : members_(surfaces.members.emplace_back()), bytes_left_(bytes_left) {
  members_.name = mutf8_to_utf8(class_name);
  members_.is_public = (access_flags & kAccPublic) != 0;
}

void MemberCapture::add(std::vector<MemberText>& texts, std::string_view member, std::string_view text) {
  text = text.substr(0, kMemberTextBytes);
  const std::uint64_t cost = member.size() + text.size() + sizeof(MemberText);
  if (text.empty() || cost > bytes_left_) return;
  bytes_left_ -= cost;
  texts.push_back({mutf8_to_utf8(member), mutf8_to_utf8(text)});
}

void MemberCapture::add_method(std::string_view method, std::uint32_t access_flags) {
  constexpr std::uint32_t kWanted = kAccPublic | kAccStatic;
  if ((access_flags & kWanted) != kWanted || method.size() > bytes_left_) return;
  bytes_left_ -= method.size();
  members_.public_statics.push_back(mutf8_to_utf8(method));
}

bool MemberCapture::may_hold_version(std::string_view method) const {
  const auto speaks = [](std::string_view name) { return name.find("ersion") != std::string_view::npos; };
  return speaks(members_.name) || speaks(method);
}

void SurfaceCapture::add_entry_text(std::string_view entry, std::string_view text) {
  surfaces_.texts.push_back({mutf8_to_utf8(entry), mutf8_to_utf8(text)});
}

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
