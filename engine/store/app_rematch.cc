#include "store/app_rematch.h"

#include <algorithm>

#include "base/error.h"
#include "scan/container_match.h"
#include "scan/hit_collector.h"

namespace sdkprint {
namespace {

/// The names and texts that were kept of an archive.
class KeptNames : public NamedEntries {
 public:
  KeptNames(const ContainerFacts& container, std::set<std::string>& gaps)
      : container_(container), gaps_(gaps) {}

  std::size_t count() const override { return container_.names.size(); }
  std::string_view name(std::size_t index) const override { return container_.names[index].name; }
  std::uint64_t offset(std::size_t index) const override { return container_.names[index].offset; }
  std::uint64_t size(std::size_t index) const override { return container_.names[index].size; }
  EntryText text(std::size_t index) override {
    const auto place =
        std::lower_bound(container_.texts.begin(), container_.texts.end(), index,
                         [](const EntryText& one, std::size_t name) { return one.name < name; });
    if (place != container_.texts.end() && place->name == index) return *place;
    gaps_.insert("a version rule reads " + printable_item(name(index)) + ", of which the text was not kept");
    return {};
  }

 private:
  const ContainerFacts& container_;
  std::set<std::string>& gaps_;
};

}  // namespace

/// Version rules of source `constants` read code, of which only that was kept which the rules of then asked
/// for.
void AppRematch::check_methods(const ContainerPart& part, const EntryFacts& facts) {
  const std::vector<std::string> missing = entries_.missing_methods(ReadView(environment_), part.key);
  if (missing.empty()) return;
  for (const OwnedClasses& row : facts.owned) {
    const Sdk& sdk = context_.database().sdk(row.owner);
    for (const VersionRule& rule : sdk.versions) {
      const bool is_missing = rule.source == VersionRule::Source::constants &&
                              std::binary_search(missing.begin(), missing.end(), rule.target);
      if (is_missing)
        gaps_.insert("a version rule of " + sdk.id + " reads the code of " + rule.target +
                     ", which was not kept");
    }
  }
}

EntryFacts AppRematch::match(const ContainerPart& part) {
  const std::optional<EntryImage> image = read_image(ReadView(environment_), part.key);
  if (!image) {
    gaps_.insert("scanned without an archive");
    return {};
  }
  bool is_final = true;
  EntryFacts facts = scan_part(context_, part.kind, part.file_name, image->content, is_final);
  facts.code.reset();  // an image has no code: what it does was found by the scan, and is kept with the app
  matched_ += 1;
  if (is_final)
    entries_.keep_facts(part.key, facts);
  else
    gaps_.insert("the time limit was reached");
  return facts;
}

EntryFacts AppRematch::facts_of(const ContainerPart& part) {
  std::optional<EntryFacts> known = entries_.find(part.key);
  EntryFacts facts = known ? std::move(*known) : match(part);
  check_methods(part, facts);
  return facts;
}

void AppRematch::fill(ContainerFacts& container) {
  std::vector<EntryFacts> parts(container.parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ContainerPart& part = container.parts[i];
    if (part.same_as == i && part.was_read) parts[i] = facts_of(part);
  }
  KeptNames names(container, gaps_);
  match_container(context_, names, std::move(parts), container);
  for (ContainerFacts& nested : container.nested) fill(nested);
}

void AppRematch::run(AppFacts& facts) {
  for (ContainerFacts& container : facts.containers) fill(container);
  for (SingleFacts& single : facts.singles) {
    single.facts = facts_of(single.part);
    place_single(single);
  }
}

}  // namespace sdkprint
