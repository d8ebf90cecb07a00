#include "learn/trace_learner.h"

#include <algorithm>
#include <array>

#include "learn/names.h"
#include "learn/version_texts.h"
#include "scan/manifest_scan.h"
#include "scan/surface_text.h"
#include "signature/pattern.h"
#include "signature/pattern_reader.h"
#include "signature/pattern_rules.h"

namespace sdkprint {
namespace {

constexpr std::size_t kStrongWord = 5;      // a word that long speaks of nobody else
constexpr std::size_t kTellingLibrary = 5;  // letters of a library's name besides lib and .so
constexpr std::size_t kManyActions = 3;     // more become one glob
constexpr std::size_t kMostCodeKeys = 6;
constexpr std::string_view kApplicationId = "${applicationId}";

/// Runtimes and codecs that anybody may ship.
constexpr std::array<std::string_view, 16> kCommonLibraries = {"libc++_shared.so",
                                                               "libgnustl_shared.so",
                                                               "libstlport_shared.so",
                                                               "libgabi++_shared.so",
                                                               "libcrypto.so",
                                                               "libssl.so",
                                                               "libcurl.so",
                                                               "libsqlite.so",
                                                               "libffmpeg.so",
                                                               "libijkffmpeg.so",
                                                               "libyuv.so",
                                                               "libopenssl.so",
                                                               "libz.so",
                                                               "liblog.so",
                                                               "libavcodec.so",
                                                               "libopencv_java3.so"};

constexpr std::array<std::string_view, 10> kKeyEndings = {"APPKEY",    "APP_KEY",    "APPID",   "APP_ID",
                                                          "APPSECRET", "APP_SECRET", "CHANNEL", "API_KEY",
                                                          "APPTOKEN",  "AccessKey"};

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

/// A library's name without the numbers at its end: "libjpush220.so" → "libjpush" and "220".
std::pair<std::string_view, std::string_view> split_at_number(std::string_view name) {
  const std::string_view stem = name.substr(0, name.rfind(".so"));
  const std::size_t end = stem.find_last_not_of("0123456789._-vV");
  if (end == std::string_view::npos) return {name, {}};
  return {stem.substr(0, end + 1), stem.substr(end + 1)};
}

class TraceLearner {
 public:
  TraceLearner(const PatternDatabase& database, const std::vector<Release>& releases, const OwnCode& own,
               const PackageChoice& packages, const SdkWords& words)
      : database_(database), releases_(releases), own_(own), packages_(packages), words_(words) {}

  LearnedTraces run();

 private:
  /// Letters of the longest word in a text that speaks of the SDK; 0 when none does.
  std::size_t longest_word_in(std::string_view text) const {
    return std::max(longest_of(words_.own, text), longest_of(words_.shared, text));
  }
  /// Empty when the words in a text are enough to speak of this SDK alone.
  std::string doubt_about(std::string_view text) const;
  static std::size_t longest_of(const std::set<std::string>& words, std::string_view text);
  bool is_below_own_package(std::string_view dotted) const;
  void add(std::size_t release, Surface surface, Pattern::Kind kind, std::string text, bool weak,
           std::string doubt);
  std::string owner_of_library(const std::string& name) const;
  void look_at_libraries(std::size_t release);
  std::string library_form(const std::string& name) const;
  void add_libraries();
  void look_at_symbols(std::size_t release);
  void look_at_manifest(std::size_t release);
  void add_manifest_item(std::size_t release, const std::string& item);
  void look_at_strings(std::size_t release);
  void add_hosts_of(std::size_t release, std::string_view text);
  void add_code_key(std::size_t release, const std::string& text);
  void merge_actions();

  const PatternDatabase& database_;
  const std::vector<Release>& releases_;
  const OwnCode& own_;
  const PackageChoice& packages_;
  const SdkWords& words_;
  std::map<std::string, std::set<std::size_t>> libraries_;
  std::map<std::tuple<Surface, std::string>, LearnedPattern> patterns_;
  std::set<std::string> code_keys_;
  LearnedTraces result_;
};

std::size_t TraceLearner::longest_of(const std::set<std::string>& words, std::string_view text) {
  const std::string small = lower(text);
  std::size_t longest = 0;
  for (const std::string& word : words) {
    if (small.find(word) != std::string::npos) longest = std::max(longest, word.size());
  }
  return longest;
}

std::string TraceLearner::doubt_about(std::string_view text) const {
  if (longest_of(words_.own, text) >= kStrongWord) return {};
  return longest_of(words_.shared, text) > 0 ? "the vendor's: its other SDKs have it too" : "a short word";
}

bool TraceLearner::is_below_own_package(std::string_view dotted) const {
  return std::any_of(packages_.packages.begin(), packages_.packages.end(), [&](const ChosenPackage& one) {
    return !one.pattern.weak && package_prefix_matches(one.pattern.text, dotted);
  });
}

void TraceLearner::add(std::size_t release, Surface surface, Pattern::Kind kind, std::string text, bool weak,
                       std::string doubt) {
  Pattern pattern;
  pattern.surface = surface, pattern.kind = kind, pattern.text = std::move(text), pattern.weak = weak;
  pattern.grade = default_grade(surface);
  if (object_to_pattern(pattern)) return;
  LearnedPattern& learned = patterns_[{surface, pattern.text}];
  learned.pattern = std::move(pattern), learned.doubt = std::move(doubt);
  learned.releases.insert(release);
}

/// Another SDK of the database bears a library of that name; "" when none does.
std::string TraceLearner::owner_of_library(const std::string& name) const {
  if (std::find(kCommonLibraries.begin(), kCommonLibraries.end(), name) != kCommonLibraries.end())
    return "everybody";
  for (const PatternRef ref : database_.patterns(Surface::library)) {
    if (ref.is_version_rule || (own_.known != nullptr && database_.sdk(ref).id == own_.known->id)) continue;
    if (database_.pattern(ref).weak || !database_.matcher(ref).matches(name)) continue;
    return database_.sdk(ref).id;
  }
  return {};
}

void TraceLearner::look_at_libraries(std::size_t release) {
  for_each_entry(releases_[release], [&](const InspectedEntry& entry) {
    const std::string name(library_name(entry));
    if (name.find(".so") == std::string::npos) return;
    const std::string owner = owner_of_library(name);
    if (owner.empty()) {
      libraries_[name].insert(release);
      result_.own_libraries.insert(name);
    } else {
      result_.others_libraries[name] = owner;
    }
  });
}

/// The name with * for its numbers, when these are the version: it is the release's, or they differ between
/// names. Else the name itself.
std::string TraceLearner::library_form(const std::string& name) const {
  const auto [stem, number] = split_at_number(name);
  const std::string digits = digits_of(number);
  if (digits.empty()) return name;
  bool is_version = false;
  for (const auto& [other, releases] : libraries_) {
    const auto [other_stem, other_number] = split_at_number(other);
    is_version = is_version || (other_stem == stem && digits_of(other_number) != digits);
  }
  for (const std::size_t release : libraries_.at(name))
    is_version = is_version || (digits.size() > 1 && digits_of(releases_[release].version) == digits);
  return is_version ? std::string(stem) + "*.so" : name;
}

void TraceLearner::add_libraries() {
  for (const auto& [name, releases] : libraries_) {
    const std::string form = library_form(name);
    const std::string_view stem = std::string_view(form).substr(form.starts_with("lib") ? 3 : 0);
    const std::size_t letters = std::min(stem.find_first_of("*."), stem.size());
    const bool is_telling_name = letters >= kTellingLibrary || longest_word_in(stem) > 0;
    for (const std::size_t release : releases) {
      add(release, Surface::library, Pattern::Kind::glob, form, !is_telling_name,
          is_telling_name ? "" : "a short name: other software may bear it");
    }
  }
}

void TraceLearner::look_at_symbols(std::size_t release) {
  for_each_entry(releases_[release], [&](const InspectedEntry& entry) {
    const std::string library(library_name(entry));
    if (!result_.own_libraries.contains(library)) return;
    for (const std::string& symbol : entry.surfaces->of(Surface::symbol)) {
      const std::string class_name = class_of_jni_symbol(symbol);
      if (class_name.empty()) continue;
      for (const ChosenPackage& one : packages_.packages) {
        if (!one.pattern.weak && package_prefix_matches(one.pattern.text, class_name))
          add(release, Surface::symbol, Pattern::Kind::glob, jni_prefix(one.pattern.text) + "*", false, "");
      }
    }
  });
}

void TraceLearner::add_manifest_item(std::size_t release, const std::string& item) {
  const std::size_t colon = item.find(':');
  const std::string kind = item.substr(0, colon), value = item.substr(colon + 1);
  const std::size_t word = longest_word_in(value);
  if (kind == "permission" && word == 0) return void(result_.permissions.insert(value));
  if (word == 0 || kind == "uses-library") return;
  const bool is_component = kind == "activity" || kind == "service" || kind == "receiver" ||
                            kind == "provider" || kind == "activity-alias" || kind == "application";
  if (is_component) return;  // a class below a claimed package is a trace already
  const std::string doubt = is_below_own_package(value) ? "" : doubt_about(value);
  if (const std::size_t at = value.find(kApplicationId); at != std::string::npos) {
    const std::string tail = value.substr(at + kApplicationId.size());
    if (longest_word_in(tail) > 0)
      add(release, Surface::manifest, Pattern::Kind::glob, kind + ":*" + tail, true, "");
    return;
  }
  add(release, Surface::manifest, Pattern::Kind::exact, item, !doubt.empty(), doubt);
}

void TraceLearner::look_at_manifest(std::size_t release) {
  for (const Inspection& part : releases_[release].parts) {
    if (!part.manifest) continue;
    for (const std::string& item : manifest_items(*part.manifest)) add_manifest_item(release, item);
  }
}

void TraceLearner::add_hosts_of(std::size_t release, std::string_view text) {
  for (std::size_t at = text.find("//"); at != std::string_view::npos; at = text.find("//", at + 2)) {
    const std::string_view scheme = text.substr(0, at);
    if (scheme.ends_with("content:") || scheme.ends_with('/')) continue;  // a provider's authority, a path
    const std::string host = lower(host_around(text, at + 2));
    const std::string domain(registered_domain(host));
    if (domain.empty()) continue;
    const std::string_view name = std::string_view(domain).substr(0, domain.find('.'));
    if (longest_word_in(name) == 0) {
      if (scheme.ends_with("http:") || scheme.ends_with("https:")) result_.other_hosts.insert(host);
      continue;
    }
    const std::string doubt = doubt_about(name);
    add(release, Surface::host, Pattern::Kind::domain, domain, !doubt.empty(), doubt);
  }
}

/// "JPUSH_APPKEY": the jar has no manifest, but its code asks the app's for this key.
void TraceLearner::add_code_key(std::size_t release, const std::string& text) {
  const bool is_key = std::any_of(kKeyEndings.begin(), kKeyEndings.end(),
                                  [&](std::string_view ending) { return text.ends_with(ending); });
  const bool is_dotted_key =
      text.ends_with("Key") && text.find('.') != std::string::npos;  // io.branch.sdk.BranchKey
  const bool is_word = std::all_of(text.begin(), text.end(), [](char c) {
    return c == '_' || c == '.' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
  if (!(is_key || is_dotted_key) || !is_word || text.size() > 60 || longest_word_in(text) == 0) return;
  if (!code_keys_.contains(text) && code_keys_.size() >= kMostCodeKeys) return;
  code_keys_.insert(text);
  add(release, Surface::manifest, Pattern::Kind::exact, "meta-data:" + text, true,
      "a string of its code: is it a meta-data key?");
}

void TraceLearner::look_at_strings(std::size_t release) {
  for (const OwnClass& one : own_.releases[release]) {
    if (one.members == nullptr || one.is_relocated) continue;
    for (const std::vector<MemberText>* texts : {&one.members->fields, &one.members->strings}) {
      for (const MemberText& text : *texts)
        add_hosts_of(release, text.text), add_code_key(release, text.text);
    }
  }
  for_each_entry(releases_[release], [&](const InspectedEntry& entry) {
    if (!result_.own_libraries.contains(std::string(library_name(entry)))) return;
    for (const std::string& host : entry.surfaces->of(Surface::host)) add_hosts_of(release, "//" + host);
  });
}

/// Many actions of one package are one glob.
void TraceLearner::merge_actions() {
  for (const ChosenPackage& one : packages_.packages) {
    if (one.pattern.weak) continue;
    const std::string prefix = "action:" + one.pattern.text + ".";
    std::vector<std::tuple<Surface, std::string>> below;
    std::set<std::size_t> releases;
    for (const auto& [key, learned] : patterns_) {
      if (!learned.pattern.text.starts_with(prefix)) continue;
      below.push_back(key);
      releases.insert(learned.releases.begin(), learned.releases.end());
    }
    if (below.size() <= kManyActions) continue;
    for (const auto& key : below) patterns_.erase(key);
    for (const std::size_t release : releases)
      add(release, Surface::manifest, Pattern::Kind::glob, prefix + "*", false, "");
  }
}

LearnedTraces TraceLearner::run() {
  for (std::size_t i = 0; i < releases_.size(); ++i) look_at_libraries(i);
  add_libraries();
  for (std::size_t i = 0; i < releases_.size(); ++i) {
    look_at_symbols(i);
    look_at_manifest(i);
    look_at_strings(i);
  }
  merge_actions();
  for (auto& [key, learned] : patterns_) result_.patterns.push_back(std::move(learned));
  return std::move(result_);
}

}  // namespace

/// JNI specification, "Resolving native method names": "_1" is an underscore, "__" begins a signature.
std::string class_of_jni_symbol(std::string_view symbol) {
  constexpr std::string_view kPrefix = "Java_";
  if (!symbol.starts_with(kPrefix)) return {};
  symbol = symbol.substr(kPrefix.size());
  symbol = symbol.substr(0, symbol.find("__"));
  std::string name;
  std::size_t last_dot = std::string::npos;
  for (std::size_t i = 0; i < symbol.size(); ++i) {
    if (symbol[i] != '_') {
      name += symbol[i];
    } else if (i + 1 < symbol.size() && symbol[i + 1] == '1') {
      name += '_', ++i;
    } else {
      last_dot = name.size();
      name += '.';
    }
  }
  return last_dot == std::string::npos ? std::string() : name.substr(0, last_dot);
}

std::string jni_prefix(std::string_view package) {
  std::string prefix = "Java_";
  for (const char c : package) {
    if (c == '_')
      prefix += "_1";
    else
      prefix += c == '.' ? '_' : c;
  }
  return prefix + "_";
}

LearnedTraces learn_traces(const PatternDatabase& database, const std::vector<Release>& releases,
                           const OwnCode& own, const PackageChoice& packages, const SdkWords& words) {
  return TraceLearner(database, releases, own, packages, words).run();
}

}  // namespace sdkprint
