#include "store/report_rematch.h"

#include <algorithm>

#include "base/digest.h"
#include "base/error.h"
#include "store/app_rematch.h"

namespace sdkprint {

ReportRematch::ReportRematch(const Store& store, const Matcher& matcher, const Limits& limits,
                             EntryStore& entries)
    : store_(store),
      matcher_(matcher),
      limits_(limits),
      entries_(entries),
      fingerprint_(to_hex(matcher.database().fingerprint())),
      catalogue_(catalogue_name(matcher.database())) {}

bool ReportRematch::is_touched(const StoreView& view, AppNumber app, const SignatureChange& change) const {
  const std::optional<StoreView::Scope> scope = view.scope(app);
  if (!scope || change.may_touch(scope->names)) return true;
  return std::ranges::any_of(scope->entries, [&](const EntryKey& entry) {
    const std::optional<GramFilter> filter = image_filter(view.tables(), entry);
    return !filter || change.may_touch(*filter);
  });
}

/// They are used as indexes.
void ReportRematch::check_uses(AppNumber app, const AppFacts& facts) const {
  const std::size_t behaviours = matcher_.database().behaviours().behaviours.size();
  for (const LinkedUse& use : facts.uses.uses) {
    if (use.use.behaviour < behaviours) continue;
    throw Error(store_.directory() + ": the store is damaged: the archive of app " + std::to_string(app) +
                " names a behaviour that the database does not have");
  }
}

RematchedReport ReportRematch::report_of(AppNumber app) const {
  RematchedReport result;
  std::optional<StoreView::Archive> archive;
  {
    const StoreView view(store_);
    const std::string before = view.head(app).database_fingerprint;
    if (before == fingerprint_) {
      result.is_current = true;
      return result;
    }
    const SignatureChange* const change = entries_.change_since(before);
    if (change != nullptr && !is_touched(view, app, *change)) {
      result.is_untouched = true;
      return result;
    }
    archive = view.archive(app);
  }
  if (!archive) {
    result.gaps.insert("scanned without an archive");
    return result;
  }
  if (archive->catalogue != catalogue_) {
    result.gaps.insert("the catalogue of behaviours has changed since the scan");
    return result;
  }
  check_uses(app, archive->facts);
  const ScanContext context{matcher_, limits_, std::chrono::steady_clock::now() + limits_.time};
  AppRematch rematch(context, store_.environment(), entries_);
  rematch.run(archive->facts);
  result.matched = rematch.matched();
  result.gaps = rematch.gaps();
  if (result.gaps.empty()) result.report = conclude_app(matcher_, archive->facts, limits_);
  return result;
}

}  // namespace sdkprint
