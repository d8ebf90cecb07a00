#pragma once
// What a store keeps of entries, by content: facts, so that an entry that was met in any app is not inflated
// again (the content cache), and images, from which facts for a new database are made without any app (the
// archive).
//
// Images are kept for good, one for each content. The cache is bounded: it is divided into generations, a new
// one begins whenever a sixteenth of the bound has been added, an entry that is asked for moves into the
// present one, and when the bound is passed the oldest generations go. Facts of other databases grow old like
// all others.
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/limits.h"
#include "match/matcher.h"
#include "scan/entry_cache.h"
#include "store/environment.h"
#include "store/gram_filter.h"
#include "store/signature_change.h"

namespace sdkprint {

/// An entry's image, and which methods' code was kept in it for version rules of source `constants`.
struct EntryImage {
  std::vector<std::uint8_t> content;
  std::vector<std::string> kept_methods;
};

/// Throws Error when it is damaged.
std::optional<EntryImage> read_image(const ReadView& view, const EntryKey& key);
/// What texts the image has, without reading it; nullopt without an image. Borrows from the view.
std::optional<GramFilter> image_filter(const ReadView& view, const EntryKey& key);

class EntryStore : public EntryCache {
 public:
  struct Counts {
    std::uint64_t hits = 0, misses = 0;
    std::uint64_t images = 0, image_bytes = 0;  ///< made, compressed
  };

  struct Options {
    std::uint64_t most_bytes = std::uint64_t{4} << 30;  ///< of the cache
    bool keeps_images = true;
    /// Facts of a DEX file without what its code does (those made from an image) are of no use.
    bool needs_code = true;
  };
  /// `environment` and `matcher` must outlive it.
  EntryStore(const Environment& environment, const Matcher& matcher, const Limits& limits,
             const Options& options);

  // Safe to call from several threads; what is kept is found again at once, by this object.
  // Facts that were found with older signatures are found, too, where nothing that changed since can match.
  std::optional<EntryFacts> find(const EntryKey& key) override;
  void keep(const EntryKey& key, std::string_view file_name, const EntryFacts& facts, bool is_final,
            Bytes content) override;
  /// Facts that were made from an image that is there already.
  void keep_facts(const EntryKey& key, const EntryFacts& facts);

  /// From the signatures of a database that the store knows to those of this one; null when it does not.
  const SignatureChange* change_since(const std::string& database_fingerprint) const;

  /// Methods that version rules of this database read and that were not kept in an entry's image. Empty when
  /// there is no image: its facts are then those of a scan.
  std::vector<std::string> missing_methods(const ReadView& view, const EntryKey& key) const;

  /// Bytes that wait to be written.
  std::uint64_t pending_bytes() const { return pending_bytes_; }
  // A batch: take() what waits, write() it in a transaction (whose body may run more than once), then
  // written().
  void take();
  void write(WriteTransaction& transaction) const;
  void written();
  /// Instead of a batch: what waits is dropped, and made again when it is asked for.
  void drop() { take(), written(); }

  Counts counts() const;

 private:
  struct Kept {
    std::shared_ptr<const std::vector<std::uint8_t>> facts, image;
  };
  using Batch = std::map<EntryKey, Kept>;

  std::string facts_key(const EntryKey& key) const;
  std::shared_ptr<const std::vector<std::uint8_t>> waiting_facts(const EntryKey& key);
  std::optional<EntryFacts> find_own(const ReadView& view, const EntryKey& key);
  std::optional<EntryFacts> find_older(const ReadView& view, const EntryKey& key);
  std::optional<EntryFacts> read_facts(Bytes row, const SignatureSet& signatures) const;
  bool has_image(const EntryKey& key);
  std::shared_ptr<const std::vector<std::uint8_t>> make_image(std::string_view file_name,
                                                              const EntryFacts& facts, Bytes content);
  void add(const EntryKey& key, Kept kept);
  void evict(WriteTransaction& transaction, std::uint64_t& bytes) const;

  const Environment& environment_;
  const Matcher& matcher_;
  const std::vector<std::string> kept_methods_;
  const std::string policy_;  // names kept_methods_
  const std::string domain_;  // of the cache's keys: database and limits
  const Options options_;
  struct Older {
    std::string fingerprint, domain;
    std::shared_ptr<const SignatureChange> change;
  };
  std::vector<Older> older_;

  mutable std::mutex mutex_;  // of all below but the atomic
  Batch waiting_, being_written_;
  std::set<EntryKey> used_, used_being_written_;
  Counts counts_;
  std::atomic<std::uint64_t> pending_bytes_ = 0;
};

}  // namespace sdkprint
