#include "store/entry_store.h"

#include <algorithm>

#include "base/byte_writer.h"
#include "base/codec.h"
#include "base/error.h"
#include "behaviour/code_facts_codec.h"
#include "scan/facts_codec.h"
#include "scan/redaction.h"
#include "store/compression.h"

namespace sdkprint {
namespace {

constexpr int kFactsLevel = 1, kImageLevel = 3;
constexpr std::uint64_t kMostRecordBytes = std::uint64_t{2} << 30;
constexpr std::uint64_t kGenerations = 16;
constexpr std::string_view kCacheKey = "content cache";
constexpr std::string_view kPolicyKey = "kept methods ";
constexpr std::size_t kPolicyBytes = 16;

/// The cache as a whole; in the table `meta`.
struct CacheState {
  std::uint64_t bytes = 0, generation = 0, generation_bytes = 0;
};
void fields(auto& io, Is<CacheState> auto& value) {
  auto& [bytes, generation, generation_bytes] = value;
  io(bytes, generation, generation_bytes);
}

struct CacheUse {
  std::uint64_t generation = 0, bytes = 0;
};
void fields(auto& io, Is<CacheUse> auto& value) {
  auto& [generation, bytes] = value;
  io(generation, bytes);
}

template <typename T>
std::vector<std::uint8_t> encoded(const T& value) {
  Encoder out;
  out(value);
  return out.take();
}

template <typename T>
T decoded(Bytes bytes, const char* what) {
  Decoder in(bytes, what);
  T value;
  in(value);
  in.finish();
  return value;
}

template <typename T>
T row(const ReadView& view, Table table, Bytes key) {
  const std::optional<Bytes> bytes = view.get(table, key);
  return bytes ? decoded<T>(*bytes, "cache row") : T{};
}

std::string policy_name(const std::vector<std::string>& kept_methods) {
  const std::string name = to_hex(digest(encoded(kept_methods)));
  return name.substr(0, kPolicyBytes);
}

/// Facts depend on the database, on the form of the record, and on the one limit that a scan of one entry
/// knows.
std::string domain_of(const std::string& database_fingerprint, const Limits& limits) {
  const std::string text =
      database_fingerprint + " " + std::to_string(kFactsFormat) + " " + std::to_string(limits.matches);
  return to_hex(digest(as_bytes(text))).substr(0, 16);
}

/// What the code does stands behind the rest: a rematch does not ask for it.
std::shared_ptr<const std::vector<std::uint8_t>> facts_row(const EntryFacts& facts) {
  Compressor& compressor = Compressor::of_thread();
  const std::vector<std::uint8_t> names = compressor.compress(encode_entry_facts(facts), kFactsLevel);
  std::vector<std::uint8_t> code;
  if (facts.code != nullptr) code = compressor.compress(encode(*facts.code), kFactsLevel);
  ByteWriter row;
  row.text(as_text(names));
  row.raw(code);
  return std::make_shared<const std::vector<std::uint8_t>>(row.take());
}

std::string key_text(const EntryKey& key) { return std::string(as_text(Bytes(key))); }

/// An image's row: what a rematch asks first, in front of the frame.
struct ImageRow {
  std::string_view policy;
  GramFilter filter;
  Bytes frame;
};

/// Throws InputError.
ImageRow split_image(Bytes row) {
  Reader in(row, "stored image");
  const std::string_view policy = as_text(in.bytes(kPolicyBytes));
  const GramFilter filter(in);
  return {policy, filter, in.bytes(in.remaining())};
}

[[noreturn]] void image_is_damaged(const EntryKey& key, const InputError& error) {
  throw Error("the store is damaged: image " + to_hex(key) + ": " + error.what());
}

std::vector<std::string> methods_of_policy(const ReadView& view, std::string_view policy) {
  const std::optional<Bytes> methods =
      view.get(Table::meta, as_bytes(std::string(kPolicyKey).append(policy)));
  if (!methods) throw InputError("stored image: which methods were kept in it is not known");
  return decoded<std::vector<std::string>>(*methods, "stored list of methods");
}

}  // namespace

std::optional<EntryImage> read_image(const ReadView& view, const EntryKey& key) {
  const std::optional<Bytes> bytes = view.get(Table::images, key);
  if (!bytes) return std::nullopt;
  try {
    const ImageRow row = split_image(*bytes);
    EntryImage image;
    image.kept_methods = methods_of_policy(view, row.policy);
    image.content = Compressor::of_thread().decompress(row.frame, kMostRecordBytes);
    return image;
  } catch (const InputError& error) {
    image_is_damaged(key, error);
  }
}

std::optional<GramFilter> image_filter(const ReadView& view, const EntryKey& key) {
  const std::optional<Bytes> bytes = view.get(Table::images, key);
  if (!bytes) return std::nullopt;
  try {
    return split_image(*bytes).filter;
  } catch (const InputError& error) {
    image_is_damaged(key, error);
  }
}

EntryStore::EntryStore(const Environment& environment, const Matcher& matcher, const Limits& limits,
                       const Options& options)
    : environment_(environment),
      matcher_(matcher),
      kept_methods_(constants_targets(matcher.database().set())),
      policy_(policy_name(kept_methods_)),
      domain_(domain_of(to_hex(matcher.database().fingerprint()), limits)),
      options_(options) {
  for (const auto& [fingerprint, change] :
       KnownDatabases::changes(ReadView(environment), matcher.database())) {
    older_.push_back({fingerprint, domain_of(fingerprint, limits), change});
  }
}

std::string EntryStore::facts_key(const EntryKey& key) const { return domain_ + key_text(key); }

std::shared_ptr<const std::vector<std::uint8_t>> EntryStore::waiting_facts(const EntryKey& key) {
  const std::lock_guard lock(mutex_);
  for (const Batch* batch : {&waiting_, &being_written_}) {
    const auto found = batch->find(key);
    if (found != batch->end() && found->second.facts != nullptr) return found->second.facts;
  }
  return nullptr;
}

/// A cache that cannot be read is no reason to stop: the entry is scanned, and its facts are written anew.
std::optional<EntryFacts> EntryStore::read_facts(Bytes row, const SignatureSet& signatures) const {
  try {
    Reader in(row, "stored facts");
    Compressor& compressor = Compressor::of_thread();
    EntryFacts facts = decode_entry_facts(compressor.decompress(in.bytes(in.u32()), kMostRecordBytes),
                                          signatures, matcher_.database().behaviours());
    if (!options_.needs_code || facts.kind != EntryKind::dex) return facts;
    if (in.at_end()) return std::nullopt;
    facts.code = std::make_shared<const CodeFacts>(decode_code_facts(
        matcher_.database().catalogue(), compressor.decompress(in.bytes(in.remaining()), kMostRecordBytes)));
    return facts;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

std::optional<EntryFacts> EntryStore::find_own(const ReadView& view, const EntryKey& key) {
  const std::shared_ptr<const std::vector<std::uint8_t>> waiting = waiting_facts(key);
  const std::optional<Bytes> row =
      waiting != nullptr ? std::optional<Bytes>(*waiting) : view.get(Table::facts, as_bytes(facts_key(key)));
  if (!row) return std::nullopt;
  std::optional<EntryFacts> facts = read_facts(*row, matcher_.database().set());
  const std::lock_guard lock(mutex_);
  if (facts && waiting == nullptr) used_.insert(key);
  return facts;
}

std::optional<EntryFacts> EntryStore::find_older(const ReadView& view, const EntryKey& key) {
  std::optional<GramFilter> filter;
  for (const Older& older : older_) {
    const std::optional<Bytes> row = view.get(Table::facts, as_bytes(older.domain + key_text(key)));
    if (!row) continue;
    if (!filter) filter = image_filter(view, key);
    if (!filter || older.change->may_touch_facts(*filter)) continue;
    std::optional<EntryFacts> facts = read_facts(*row, older.change->before());
    if (facts && older.change->translate(*facts)) return facts;
  }
  return std::nullopt;
}

std::optional<EntryFacts> EntryStore::find(const EntryKey& key) {
  std::optional<EntryFacts> facts;
  {
    const ReadView view(environment_);
    facts = find_own(view, key);
    if (!facts) {
      facts = find_older(view, key);
      // A scan will ask again; a rematch only once, and without what the code does.
      if (facts && options_.needs_code) keep_facts(key, *facts);
    }
  }
  const std::lock_guard lock(mutex_);
  (facts ? counts_.hits : counts_.misses) += 1;
  return facts;
}

bool EntryStore::has_image(const EntryKey& key) {
  {
    const std::lock_guard lock(mutex_);
    for (const Batch* batch : {&waiting_, &being_written_}) {
      const auto found = batch->find(key);
      if (found != batch->end() && found->second.image != nullptr) return true;
    }
  }
  const ReadView view(environment_);
  const std::optional<Bytes> bytes = view.get(Table::images, key);
  return bytes && as_text(*bytes).starts_with(policy_);
}

const SignatureChange* EntryStore::change_since(const std::string& database_fingerprint) const {
  const auto older = std::ranges::find(older_, database_fingerprint, &Older::fingerprint);
  return older == older_.end() ? nullptr : older->change.get();
}

std::vector<std::string> EntryStore::missing_methods(const ReadView& view, const EntryKey& key) const {
  const std::optional<Bytes> image = view.get(Table::images, key);
  if (!image || as_text(*image).starts_with(policy_)) return {};
  const std::vector<std::string> kept = methods_of_policy(view, as_text(*image).substr(0, kPolicyBytes));
  std::vector<std::string> missing;
  std::set_difference(kept_methods_.begin(), kept_methods_.end(), kept.begin(), kept.end(),
                      std::back_inserter(missing));
  return missing;
}

std::shared_ptr<const std::vector<std::uint8_t>> EntryStore::make_image(std::string_view file_name,
                                                                        const EntryFacts& facts,
                                                                        Bytes content) {
  std::vector<std::uint8_t> redacted;
  // What has problems is kept whole: a scan of the image must have the same ones.
  if (facts.kind == EntryKind::dex && facts.problems.empty()) redacted = redact_dex(content, kept_methods_);
  if (facts.kind == EntryKind::native) redacted = redact_native(content);
  const Bytes image = redacted.empty() ? content : Bytes(redacted);
  ByteWriter row;
  row.raw(as_bytes(policy_));
  const Bytes said[] = {image, as_bytes(file_name)};
  row.raw(make_gram_filter(said));
  row.raw(Compressor::of_thread().compress(image, kImageLevel));
  return std::make_shared<const std::vector<std::uint8_t>>(row.take());
}

void EntryStore::keep(const EntryKey& key, std::string_view file_name, const EntryFacts& facts, bool is_final,
                      Bytes content) {
  Kept kept;
  if (is_final) kept.facts = facts_row(facts);
  if (options_.keeps_images && !has_image(key)) kept.image = make_image(file_name, facts, content);
  add(key, std::move(kept));
}

void EntryStore::keep_facts(const EntryKey& key, const EntryFacts& facts) {
  add(key, {facts_row(facts), nullptr});
}

void EntryStore::add(const EntryKey& key, Kept kept) {
  const std::lock_guard lock(mutex_);
  Kept& place = waiting_[key];
  if (kept.facts != nullptr && place.facts == nullptr) {
    pending_bytes_ += kept.facts->size();
    place.facts = std::move(kept.facts);
  }
  if (kept.image != nullptr && place.image == nullptr) {
    pending_bytes_ += kept.image->size();
    counts_.images += 1;
    counts_.image_bytes += kept.image->size();
    place.image = std::move(kept.image);
  }
}

void EntryStore::take() {
  const std::lock_guard lock(mutex_);
  being_written_ = std::exchange(waiting_, {});
  used_being_written_ = std::exchange(used_, {});
  pending_bytes_ = 0;
}

void EntryStore::written() {
  const std::lock_guard lock(mutex_);
  being_written_.clear();
  used_being_written_.clear();
}

void EntryStore::write(WriteTransaction& transaction) const {
  CacheState state = row<CacheState>(transaction, Table::meta, as_bytes(kCacheKey));
  bool has_images = false;
  for (const auto& [key, kept] : being_written_) {
    if (kept.image != nullptr) {
      transaction.put(Table::images, key, *kept.image);
      has_images = true;
    }
    if (kept.facts == nullptr || kept.facts->size() > options_.most_bytes / kGenerations) continue;
    const std::string name = facts_key(key);
    state.bytes -= std::min(state.bytes, row<CacheUse>(transaction, Table::fact_uses, as_bytes(name)).bytes);
    state.bytes += kept.facts->size();
    state.generation_bytes += kept.facts->size();
    transaction.put(Table::facts, as_bytes(name), *kept.facts);
    transaction.put(Table::fact_uses, as_bytes(name),
                    encoded(CacheUse{state.generation, kept.facts->size()}));
  }
  for (const EntryKey& key : used_being_written_) {
    const std::string name = facts_key(key);
    CacheUse use = row<CacheUse>(transaction, Table::fact_uses, as_bytes(name));
    if (use.bytes == 0 || use.generation == state.generation) continue;
    use.generation = state.generation;
    transaction.put(Table::fact_uses, as_bytes(name), encoded(use));
  }
  if (has_images)
    transaction.put(Table::meta, as_bytes(std::string(kPolicyKey) + policy_), encoded(kept_methods_));
  if (state.generation_bytes > options_.most_bytes / kGenerations) {
    state.generation += 1;
    state.generation_bytes = 0;
  }
  if (state.bytes > options_.most_bytes) evict(transaction, state.bytes);
  transaction.put(Table::meta, as_bytes(kCacheKey), encoded(state));
}

/// The oldest generations go until a sixteenth of the bound is free.
void EntryStore::evict(WriteTransaction& transaction, std::uint64_t& bytes) const {
  std::map<std::uint64_t, std::uint64_t> by_generation;
  transaction.for_each(Table::fact_uses, {}, [&](Bytes, Bytes value) {
    const CacheUse use = decoded<CacheUse>(value, "cache row");
    by_generation[use.generation] += use.bytes;
    return true;
  });
  const std::uint64_t wanted = options_.most_bytes - options_.most_bytes / kGenerations;
  std::uint64_t oldest_kept = 0;
  for (const auto& [generation, size] : by_generation) {
    if (bytes <= wanted) break;
    bytes -= std::min(bytes, size);
    oldest_kept = generation + 1;
  }
  std::vector<std::string> gone;
  transaction.for_each(Table::fact_uses, {}, [&](Bytes key, Bytes value) {
    if (decoded<CacheUse>(value, "cache row").generation < oldest_kept) gone.emplace_back(as_text(key));
    return true;
  });
  for (const std::string& key : gone) {
    transaction.erase(Table::facts, as_bytes(key));
    transaction.erase(Table::fact_uses, as_bytes(key));
  }
}

EntryStore::Counts EntryStore::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace sdkprint
