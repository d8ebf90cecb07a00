#include "signature/validator.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace sdkprint {
namespace {

/// Guessing costs a comparison with every id: enough is enough.
constexpr std::size_t kMaxGuesses = 200;

class Validator {
 public:
  Validator(Records& records, std::vector<Diagnostic>& diagnostics)
      : records_(records), diagnostics_(diagnostics) {}

  void run() {
    index(
        "vendor", records_.vendors, [](VendorRecord& r) -> std::string& { return r.vendor.id; }, vendors_);
    index(
        "category", records_.categories, [](CategoryRecord& r) -> std::string& { return r.category.id; },
        categories_);
    index(
        "SDK", records_.sdks, [](SdkRecord& r) -> std::string& { return r.sdk.id; }, sdks_);
    for (SdkRecord& record : records_.sdks) check_references(record);
    for (SdkRecord& record : records_.sdks) check_claims(record);
    for (SdkRecord& record : records_.sdks) check_samples(record);
    check_containment();
  }

  SignatureSet take() {
    SignatureSet set;
    for (VendorRecord& r : records_.vendors) {
      if (r.sound) set.vendors.push_back(std::move(r.vendor));
    }
    for (CategoryRecord& r : records_.categories) {
      if (r.sound) set.categories.push_back(std::move(r.category));
    }
    for (SdkRecord& r : records_.sdks) {
      if (!r.sound) continue;
      std::erase_if(r.sdk.contains, [&](const std::string& id) {
        const SdkRecord* part = find(sdks_, id);
        return part == nullptr || !part->sound;
      });
    }
    for (SdkRecord& r : records_.sdks) {
      if (r.sound) set.sdks.push_back(r.sdk);  // a copy: sdks_ still refers to the ids
    }
    const auto by_id = [](const auto& a, const auto& b) { return a.id < b.id; };
    std::sort(set.vendors.begin(), set.vendors.end(), by_id);
    std::sort(set.categories.begin(), set.categories.end(), by_id);
    std::sort(set.sdks.begin(), set.sdks.end(), by_id);
    return set;
  }

 private:
  template <typename Record>
  using Index = std::map<std::string_view, Record*>;

  template <typename Record>
  static Record* find(const Index<Record>& index, std::string_view id) {
    const auto found = index.find(id);
    return found == index.end() ? nullptr : found->second;
  }

  void complain(const SourcePlace& place, std::string message, std::string hint, std::string_view code) {
    diagnostics_.push_back({place, std::move(message), std::move(hint), code});
  }

  template <typename Record, typename IdOf>
  void index(std::string_view what, std::vector<Record>& records, const IdOf& id_of, Index<Record>& index) {
    for (Record& record : records) {
      const std::string& id = id_of(record);
      if (id.empty()) continue;
      const auto [first, is_new] = index.try_emplace(id, &record);
      if (is_new) continue;
      record.sound = false;
      complain(record.id_place,
               "expected an id of its own, found " + in_quotes(id) + ", which the " + std::string(what) +
                   " at " + to_string(first->second->id_place) + " has",
               "rename or merge them", code::kIdentity);
    }
  }

  template <typename Record>
  void complain_of_unknown(const SourcePlace& place, std::string_view what, std::string_view id,
                           const Index<Record>& index, std::string otherwise) {
    std::string hint;
    if (++guesses_ <= kMaxGuesses) {
      std::vector<std::string_view> ids;
      for (const auto& [known, record] : index) ids.push_back(known);
      hint = did_you_mean(id, ids);
    }
    complain(place,
             "expected the id of " + std::string(what) + ", found " + in_quotes(id) + ", which none has",
             hint.empty() ? std::move(otherwise) : hint, code::kUnknownId);
  }

  void check_references(SdkRecord& record) {
    Sdk& sdk = record.sdk;
    const VendorRecord* vendor = find(vendors_, sdk.vendor);
    if (!sdk.vendor.empty() && vendor == nullptr && records_.vendors_complete) {
      complain_of_unknown(record.vendor_place, "a vendor", sdk.vendor, vendors_, "add it to vendors.toml");
    }
    const CategoryRecord* category = find(categories_, sdk.category);
    if (category == nullptr && records_.categories_complete) {
      complain_of_unknown(record.category_place, "a category (the folder's name)", sdk.category, categories_,
                          "add it to categories.toml");
    }
    if (vendor == nullptr || !vendor->sound || category == nullptr || !category->sound) record.sound = false;
    for (std::size_t i = 0; i < sdk.contains.size(); ++i) {
      check_part(record, sdk.contains[i], record.contains_places[i]);
    }
  }

  void check_part(SdkRecord& record, const std::string& id, const SourcePlace& place) {
    if (id == record.sdk.id) {
      complain(place, "expected the id of another SDK in \"contains\", found the SDK's own", "leave it out",
               code::kContainment);
      record.sound = false;
    } else if (find(sdks_, id) == nullptr && records_.sdks_complete) {
      complain_of_unknown(place, "an SDK", id, sdks_, "describe that SDK first");
      record.sound = false;
    }
  }

  /// A class has one owner: the same class pattern in two SDKs leaves it to chance.
  void check_claims(SdkRecord& record) {
    for (const Pattern& pattern : record.sdk.patterns) {
      if (pattern.surface != Surface::class_name || pattern.weak) continue;
      const auto [first, is_new] =
          claims_.try_emplace({pattern.kind, pattern.text}, std::pair(&record, &pattern));
      if (is_new || first->second.first == &record) continue;
      record.sound = false;
      complain(pattern.place,
               "expected a class pattern of its own, found " + in_quotes(pattern.text) + ", which " +
                   in_quotes(first->second.first->sdk.id) + " claims at " +
                   to_string(first->second.second->place),
               "make one of them longer, or weak", code::kClaim);
    }
  }

  /// An artefact is tested once in an SDK, and a tarball has one integrity in all of them.
  void check_samples(SdkRecord& record) {
    std::map<std::string_view, const Sample*> artefacts;
    for (const Sample& sample : record.sdk.samples) {
      if (const auto [first, is_new] = artefacts.try_emplace(sample.sha256, &sample); !is_new) {
        record.sound = false;
        complain(sample.place,
                 "expected an artefact of its own, found the one of the sample at " +
                     to_string(first->second->place),
                 "one expectation for one artefact", code::kSchema);
      }
      const auto [first, is_new] = tarballs_.try_emplace({sample.package, sample.package_version}, &sample);
      if (is_new || first->second->integrity == sample.integrity) continue;
      record.sound = false;
      complain(sample.place,
               "expected the integrity that " + sample.package + "@" + sample.package_version + " has at " +
                   to_string(first->second->place) + ", found another",
               "npm never publishes a version twice: one of them is wrong", code::kSchema);
    }
  }

  /// Containment is a tree-like order: an SDK does not ship what ships it. Depth first, with a stack of our
  /// own.
  void check_containment() {
    std::map<const SdkRecord*, bool> finished;  // absent = not seen, false = on the stack
    for (SdkRecord& root : records_.sdks) {
      if (finished.contains(&root)) continue;
      std::vector<std::pair<SdkRecord*, std::size_t>> stack = {{&root, 0}};
      finished[&root] = false;
      while (!stack.empty()) {
        SdkRecord* record = stack.back().first;
        const std::size_t next = stack.back().second++;
        if (next >= record->sdk.contains.size()) {
          finished[record] = true;
          stack.pop_back();
          continue;
        }
        SdkRecord* part = find(sdks_, record->sdk.contains[next]);
        if (part == nullptr || part == record) continue;
        const auto [state, is_new] = finished.try_emplace(part, false);
        if (is_new) {
          stack.emplace_back(part, 0);
        } else if (!state->second) {
          record->sound = false;
          complain(record->contains_places[next],
                   "expected an SDK that does not contain this one, found " + in_quotes(part->sdk.id) +
                       ", which contains " + in_quotes(record->sdk.id) + " (see " +
                       to_string(part->id_place) + ")",
                   "keep the direction in which the releases ship", code::kContainment);
        }
      }
    }
  }

  Records& records_;
  std::vector<Diagnostic>& diagnostics_;
  Index<VendorRecord> vendors_;
  Index<CategoryRecord> categories_;
  Index<SdkRecord> sdks_;
  std::map<std::pair<Pattern::Kind, std::string_view>, std::pair<const SdkRecord*, const Pattern*>> claims_;
  std::map<std::pair<std::string_view, std::string_view>, const Sample*> tarballs_;
  std::size_t guesses_ = 0;
};

}  // namespace

SignatureSet validate(Records records, std::vector<Diagnostic>& diagnostics) {
  Validator validator(records, diagnostics);
  validator.run();
  return validator.take();
}

}  // namespace sdkprint
