#include "store/corpus_check.h"

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/error.h"
#include "result/report_fields.h"
#include "scan/facts_codec.h"
#include "store/entry_store.h"

namespace sdkprint {
namespace {

class Check {
 public:
  Check(const Store& store, const std::function<void(const std::string&)>& complain)
      : view_(store), complain_(complain) {}

  CheckResult run() {
    check_apps();
    check_numbers();
    check_images();
    check_index();
    check_paths();
    result_.digest = to_hex(sha256(said_));
    return result_;
  }

 private:
  void complain(const std::string& what) {
    result_.complaints += 1;
    complain_(what);
  }
  template <typename T>
  void say(const T& value) {
    Encoder out;
    out(value);
    const Sha256 digest = sha256(out.bytes());
    said_.insert(said_.end(), digest.begin(), digest.end());
  }
  void check_app(AppNumber number, const AppHead& head);
  void check_apps();
  void check_archive(const std::string& app, AppNumber number);
  void note_entries(const ContainerFacts& container);
  void note_entry(const ContainerPart& part) {
    if (part.was_read) entries_.insert(part.key);
  }
  void check_numbers();
  void check_images();
  void check_index();
  void check_paths();

  const StoreView view_;
  const std::function<void(const std::string&)>& complain_;
  CheckResult result_;
  std::uint64_t expected_terms_ = 0;
  std::set<EntryKey> entries_;      // that archives speak of
  std::vector<std::uint8_t> said_;  // digests of everything that is said, in order
};

void Check::check_app(AppNumber number, const AppHead& head) {
  const std::string app = "app " + std::to_string(number) + " (" + head.path + ")";
  const AppReport report = view_.report(number);
  Encoder from_report, stored;
  AppHead expected = head_of(report);
  from_report(expected);
  stored(head);
  if (!std::ranges::equal(from_report.bytes(), stored.bytes()))
    complain(app + ": its head and its report disagree");
  const std::optional<Bytes> row = view_.tables().get(Table::reports, key_of(number));
  if (keys_of_report(*row) != index_keys(report)) complain(app + ": its keys and its report disagree");
  for (const IndexTerm& term : index_terms(report)) {
    ++expected_terms_;
    const std::vector<AppNumber> apps = view_.apps_of(term.index, term.text);
    if (!std::binary_search(apps.begin(), apps.end(), number))
      complain(app + ": missing in the index under \"" + term.text + "\"");
  }
}

void Check::note_entries(const ContainerFacts& container) {
  for (const ContainerPart& part : container.parts) note_entry(part);
  for (const ContainerFacts& nested : container.nested) note_entries(nested);
}

void Check::check_archive(const std::string& app, AppNumber number) {
  const std::optional<StoreView::Archive> archive = view_.archive(number);
  if (!archive) return;
  result_.archived += 1;
  if (archive->facts.app.sha256 != view_.head(number).sha256)
    complain(app + ": its archive is that of another app");
  for (const ContainerFacts& container : archive->facts.containers) note_entries(container);
  for (const SingleFacts& single : archive->facts.singles) note_entry(single.part);
}

/// Every entry that an archive speaks of has an image; those that none speaks of are of apps that were in
/// flight when a scan ended.
void Check::check_images() {
  std::uint64_t found = 0;
  view_.tables().for_each(Table::images, {}, [&](Bytes key, Bytes) {
    EntryKey entry{};
    std::copy_n(key.begin(), std::min(key.size(), entry.size()), entry.begin());
    try {
      const std::optional<EntryImage> image = read_image(view_.tables(), entry);
      result_.images += 1;
      if (!image || !entries_.contains(entry)) return true;
      found += 1;
      say(entry);
      say(sha256(image->content));
    } catch (const Error& error) {
      complain(error.what());
    }
    return true;
  });
  if (found != entries_.size())
    complain(std::to_string(entries_.size() - found) + " entries of archived apps have no sound image");
}

void Check::check_apps() {
  view_.for_each_app([&](AppNumber number, const AppHead& head) {
    ++result_.apps;
    try {
      if (view_.find_app(head.sha256) != number)
        complain("app " + std::to_string(number) + " (" + head.path + "): its SHA-256 leads to another app");
      check_app(number, head);
      check_archive("app " + std::to_string(number) + " (" + head.path + ")", number);
    } catch (const Error& error) {
      complain(error.what());
    }
    return true;
  });
}

/// Also what the store says of apps, in the order of their SHA-256.
void Check::check_numbers() {
  view_.tables().for_each(Table::app_numbers, {}, [&](Bytes key, Bytes) {
    const std::string sha256(as_text(key));
    try {
      const AppNumber number = *view_.find_app(sha256);
      const AppHead head = view_.head(number);
      if (head.sha256 != sha256) complain("SHA-256 " + sha256 + " leads to an app of another one");
      say(head);
      say(view_.report(number));
      if (const std::optional<StoreView::Archive> archive = view_.archive(number))
        say(encode_app_facts(archive->facts));
    } catch (const Error& error) {
      complain(error.what());
    }
    return true;
  });
  if (view_.tables().count(Table::app_numbers) != result_.apps)
    complain("not every app has a SHA-256 that leads to it");
  if (view_.tables().count(Table::reports) != result_.apps) complain("there are reports that no app has");
}

void Check::check_index() {
  view_.tables().for_each_key({}, [&](Bytes key, std::uint64_t values) {
    if (!term_of_key(key)) complain("an index has a key that no term has");
    result_.terms += values;
    return true;
  });
  if (result_.terms != expected_terms_) {
    complain("the indexes have " + std::to_string(result_.terms) + " rows, the reports ask for " +
             std::to_string(expected_terms_));
  }
}

void Check::check_paths() {
  view_.for_each_path([&](const PathRecord& path) {
    ++result_.paths;
    PathRecord said = path;
    for (FileStamp& stamp : said.files) stamp = {stamp.size, 0, 0, 0};
    said.app.reset();
    say(said);
    if (!path.app) {
      ++result_.unreadable_paths;
      return true;
    }
    try {
      const AppHead head = view_.head(*path.app);
      say(head.sha256);
      if (path.path < head.path && !head.depends_on_name)
        complain(path.path + ": smaller than the path that its app's record names");
    } catch (const Error& error) {
      complain(path.path + ": " + error.what());
    }
    return true;
  });
}

}  // namespace

CheckResult check_store(const Store& store, const std::function<void(const std::string&)>& complain) {
  return Check(store, complain).run();
}

}  // namespace sdkprint
