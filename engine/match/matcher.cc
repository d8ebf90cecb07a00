#include "match/matcher.h"

#include <algorithm>

#include "match/pattern_database_impl.h"

namespace sdkprint {

/// Scratches not in use. A scratch serves every surface's database; threads borrow one for the length of a
/// scan.
struct Matcher::ScratchPool {
  std::mutex mutex;
  hyperscan::Scratch prototype;
  std::vector<hyperscan::Scratch> idle;

  hyperscan::Scratch borrow() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        hyperscan::Scratch scratch = std::move(idle.back());
        idle.pop_back();
        return scratch;
      }
    }
    hs_scratch_t* scratch = nullptr;
    hyperscan::check(hs_clone_scratch(prototype.get(), &scratch), "hs_clone_scratch");
    return hyperscan::Scratch(scratch);
  }

  void give_back(hyperscan::Scratch scratch) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(scratch));
  }
};

Matcher::Matcher(const PatternDatabase& database)
    : database_(database), pool_(std::make_unique<ScratchPool>()) {
  hs_scratch_t* scratch = nullptr;
  for (const hyperscan::Database& one : database.impl_->databases) {
    if (one == nullptr) continue;
    const hs_error_t code = hs_alloc_scratch(one.get(), &scratch);
    if (code != HS_SUCCESS) hs_free_scratch(scratch);
    hyperscan::check(code, "hs_alloc_scratch");
  }
  pool_->prototype.reset(scratch);
}

Matcher::~Matcher() = default;

namespace {

struct Collector {
  std::vector<Match>& out;
  std::size_t limit;
};

/// Only appends: a scratch is held while it runs, so it must not call anything that may schedule other work.
int collect(unsigned int id, unsigned long long, unsigned long long to, unsigned int,
            void* context) noexcept {
  Collector& collector = *static_cast<Collector*>(context);
  if (collector.out.size() >= collector.limit) return 1;
  collector.out.push_back({id, static_cast<std::uint32_t>(to)});
  return 0;
}

}  // namespace

bool Matcher::scan(Surface surface, Bytes text, std::vector<Match>& out, std::size_t limit) const {
  const hyperscan::Database& database = database_.impl_->databases[static_cast<std::size_t>(surface)];
  if (database == nullptr || text.empty()) return true;
  if (text.size() > UINT32_MAX) return false;
  const std::size_t first = out.size();
  Collector collector{out, first + limit};
  hyperscan::Scratch scratch = pool_->borrow();
  const hs_error_t code = hs_scan(database.get(), reinterpret_cast<const char*>(text.data()),
                                  static_cast<unsigned>(text.size()), 0, scratch.get(), collect, &collector);
  pool_->give_back(std::move(scratch));
  if (code != HS_SCAN_TERMINATED) hyperscan::check(code, "hs_scan");
  // Hyperscan orders matches by end only as far as one engine is concerned; reports must not depend on it.
  const auto before = [](const Match& a, const Match& b) {
    return a.end != b.end ? a.end < b.end : a.pattern < b.pattern;
  };
  const auto begin = out.begin() + static_cast<std::ptrdiff_t>(first);
  if (!std::is_sorted(begin, out.end(), before)) std::sort(begin, out.end(), before);
  const auto same = [](const Match& a, const Match& b) { return a.end == b.end && a.pattern == b.pattern; };
  out.erase(std::unique(begin, out.end(), same), out.end());
  return code == HS_SUCCESS;
}

}  // namespace sdkprint
