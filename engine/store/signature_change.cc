#include "store/signature_change.h"

#include <algorithm>

#include "base/codec.h"
#include "base/digest.h"
#include "base/error.h"
#include "match/behaviour_codec.h"
#include "match/signature_codec.h"
#include "store/compression.h"

namespace sdkprint {
namespace {

constexpr std::string_view kKey = "database ";
constexpr std::uint64_t kMostKept = 8;
constexpr int kLevel = 3;
constexpr std::uint64_t kMostTableBytes = std::uint64_t{1} << 30;

struct KnownDatabase {
  std::uint64_t sequence = 0;            ///< which came first
  std::string behaviours;                ///< a digest of all that is no signature
  std::vector<std::uint8_t> signatures;  ///< packed
};
void fields(auto& io, Is<KnownDatabase> auto& value) {
  auto& [sequence, behaviours, signatures] = value;
  io(sequence, behaviours, signatures);
}

std::string digest_of(const BehaviourSet& behaviours) {
  ByteWriter out;
  encode(behaviours, out);
  return to_hex(digest(out.bytes()));
}

std::string key_of_database(const PatternDatabase& database) {
  return std::string(kKey) + to_hex(database.fingerprint());
}

/// Everything that a report may say of an SDK.
class SdkDescriptions {
 public:
  explicit SdkDescriptions(const SignatureSet& set) : set_(set) {
    for (const Vendor& vendor : set.vendors) vendors_.emplace(vendor.id, &vendor);
    for (const Category& category : set.categories) categories_.emplace(category.id, &category);
  }
  std::vector<std::uint8_t> of(const Sdk& sdk) const {
    SignatureSet one;
    one.sdks = {sdk};
    if (const auto vendor = vendors_.find(sdk.vendor); vendor != vendors_.end())
      one.vendors = {*vendor->second};
    if (const auto category = categories_.find(sdk.category); category != categories_.end())
      one.categories = {*category->second};
    ByteWriter out;
    encode(one, out);
    return out.take();
  }
  const SignatureSet& set() const { return set_; }

 private:
  const SignatureSet& set_;
  std::map<std::string, const Vendor*> vendors_;
  std::map<std::string, const Category*> categories_;
};

/// What facts of entries depend on.
std::vector<std::uint8_t> matching_of(Sdk sdk) {
  for (std::string* text :
       {&sdk.name, &sdk.name_zh, &sdk.vendor, &sdk.category, &sdk.homepage, &sdk.privacy_policy}) {
    text->clear();
  }
  for (std::vector<std::string>* texts : {&sdk.aliases, &sdk.contains, &sdk.sources}) texts->clear();
  sdk.declares = {};
  SignatureSet one;
  one.sdks = {std::move(sdk)};
  ByteWriter out;
  encode(one, out);
  return out.take();
}

/// `manifest` items begin with a word and a colon that the archive does not hold in front of the value.
std::vector<std::string_view> pieces(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t colon = text.find(':');
    parts.push_back(text.substr(0, colon));
    if (colon == std::string_view::npos) return parts;
    text.remove_prefix(colon + 1);
  }
}

/// The rows of all databases that are kept. Throws InputError.
std::map<std::string, KnownDatabase> known_databases(const ReadView& view) {
  std::map<std::string, KnownDatabase> known;
  view.for_each(Table::meta, as_bytes(kKey), [&](Bytes key, Bytes value) {
    if (!as_text(key).starts_with(kKey)) return false;
    Decoder in(value, "stored database");
    in(known[std::string(as_text(key))]);
    in.finish();
    return true;
  });
  return known;
}

/// Puts one more, and lets the oldest go.
void put(WriteTransaction& transaction, const std::string& key, KnownDatabase database) {
  const std::map<std::string, KnownDatabase> known = known_databases(transaction);
  if (known.contains(key)) return;
  for (const auto& [_, row] : known) database.sequence = std::max(database.sequence, row.sequence + 1);
  for (const auto& [name, row] : known) {
    if (row.sequence + kMostKept <= database.sequence) transaction.erase(Table::meta, as_bytes(name));
  }
  Encoder out;
  out(database);
  transaction.put(Table::meta, as_bytes(key), out.bytes());
}

}  // namespace

std::string catalogue_name(const PatternDatabase& database) {
  BehaviourSet behaviours;
  behaviours.behaviours = database.behaviours().behaviours;
  return digest_of(behaviours);
}

SignatureChange::SignatureChange(SignatureSet before, const PatternDatabase& after, bool touches_all)
    : before_(std::move(before)), touches_all_(touches_all) {
  const SdkDescriptions old_texts(before_), new_texts(after.set());
  const std::vector<Sdk>&old_sdks = before_.sdks, &new_sdks = after.set().sdks;
  numbers_.resize(old_sdks.size());
  // Both are sorted by id.
  std::size_t i = 0, k = 0;
  while (i < old_sdks.size() || k < new_sdks.size()) {
    const bool is_old = i < old_sdks.size() && (k == new_sdks.size() || old_sdks[i].id <= new_sdks[k].id);
    const bool is_new = k < new_sdks.size() && (i == old_sdks.size() || new_sdks[k].id <= old_sdks[i].id);
    const bool matches_alike = is_old && is_new && matching_of(old_sdks[i]) == matching_of(new_sdks[k]);
    if (matches_alike) numbers_[i] = static_cast<std::uint32_t>(k);
    if (!matches_alike || old_texts.of(old_sdks[i]) != new_texts.of(new_sdks[k])) {
      if (is_old && !matches_alike) add_probes(old_sdks[i], true);
      if (is_new) add_probes(new_sdks[k], !matches_alike);
    }
    i += is_old ? 1 : 0;
    k += is_new ? 1 : 0;
  }
}

void SignatureChange::add_probes(const Sdk& sdk, bool changes_facts) {
  for (const Pattern& pattern : sdk.patterns) {
    Probe probe{RequiredText(pattern, Grams::kBytes), {}, changes_facts};
    for (const std::string& text : probe.required.texts()) {
      std::vector<Grams>& grams = probe.grams.emplace_back();
      if (pattern.surface != Surface::manifest) {
        grams.emplace_back(text);
      } else {
        for (const std::string_view piece : pieces(text)) grams.emplace_back(piece);
      }
    }
    probes_.push_back(std::move(probe));
  }
}

bool SignatureChange::may_match(const Probe& probe, const GramFilter& filter) const {
  return probe.required.may_match([&](std::size_t text) {
    return std::ranges::all_of(probe.grams[text],
                               [&](const Grams& grams) { return filter.may_contain(grams); });
  });
}

bool SignatureChange::may_touch(const GramFilter& filter) const {
  return touches_all_ ||
         std::ranges::any_of(probes_, [&](const Probe& probe) { return may_match(probe, filter); });
}

bool SignatureChange::may_touch_facts(const GramFilter& filter) const {
  return touches_all_ || std::ranges::any_of(probes_, [&](const Probe& probe) {
           return probe.changes_facts && may_match(probe, filter);
         });
}

bool SignatureChange::translate(EntryFacts& facts) const {
  bool is_complete = true;
  const auto move = [&](std::uint32_t& sdk) {
    if (sdk < numbers_.size() && numbers_[sdk])
      sdk = *numbers_[sdk];
    else
      is_complete = false;
  };
  for (PatternHit& hit : facts.hits) {
    move(hit.ref.sdk);
    if (hit.behind) move(*hit.behind);
  }
  for (OwnedClasses& row : facts.owned) {
    move(row.owner.sdk);
    if (row.fallback) move(row.fallback->sdk);
    if (row.within) move(*row.within);
  }
  for (VersionCandidate& version : facts.versions) move(version.sdk);
  return is_complete;
}

void KnownDatabases::keep(Environment& environment, const PatternDatabase& database) {
  const std::string key = key_of_database(database);
  if (ReadView(environment).get(Table::meta, as_bytes(key))) return;
  ByteWriter table;
  encode(database.set(), table);
  const KnownDatabase row{0, digest_of(database.behaviours()),
                          Compressor::of_thread().compress(table.bytes(), kLevel)};
  environment.write([&](WriteTransaction& transaction) { put(transaction, key, row); });
}

void KnownDatabases::copy(const ReadView& from, Environment& into) {
  const std::map<std::string, KnownDatabase> theirs = known_databases(from);
  into.write([&](WriteTransaction& transaction) {
    for (const auto& [key, row] : theirs) put(transaction, key, row);
  });
}

std::map<std::string, std::shared_ptr<const SignatureChange>> KnownDatabases::changes(
    const ReadView& view, const PatternDatabase& after) {
  std::map<std::string, std::shared_ptr<const SignatureChange>> changes;
  try {
    for (const auto& [key, row] : known_databases(view)) {
      if (key == key_of_database(after)) continue;
      const std::vector<std::uint8_t> table =
          Compressor::of_thread().decompress(row.signatures, kMostTableBytes);
      Reader in(table, "stored signatures");
      changes[key.substr(kKey.size())] = std::make_shared<const SignatureChange>(
          decode_signatures(in), after, row.behaviours != digest_of(after.behaviours()));
    }
  } catch (const InputError& error) {
    throw Error(std::string("the store is damaged: ") + error.what());
  }
  return changes;
}

}  // namespace sdkprint
