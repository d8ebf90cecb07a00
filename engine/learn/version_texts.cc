#include "learn/version_texts.h"

#include <algorithm>

#include "scan/member_target.h"

namespace sdkprint {
namespace {

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void add_class(const OwnClass& one, VersionTexts& texts) {
  if (one.members == nullptr || one.is_relocated) return;
  for (const MemberText& field : one.members->fields)
    texts.fields[one.name + "." + field.member] = field.text;
  for (const MemberText& string : one.members->strings)
    texts.strings.push_back({one.name, string.member, string.text});
  for (const MemberText& text : one.members->constants)
    texts.constants.push_back({one.name, text.member, text.text});
}

class RuleReader {
 public:
  RuleReader(const VersionRule& rule, const VersionExtractor& extractor, const VersionTexts& texts)
      : rule_(rule), extractor_(extractor), texts_(texts) {}

  std::set<std::string> run();

 private:
  void add(std::string_view text) {
    if (std::optional<std::string> version = extractor_.extract(text)) versions_.insert(std::move(*version));
  }
  void read_code(const std::vector<CodeText>& code);

  const VersionRule& rule_;
  const VersionExtractor& extractor_;
  const VersionTexts& texts_;
  std::set<std::string> versions_;
};

void RuleReader::read_code(const std::vector<CodeText>& code) {
  const MemberTarget target(rule_.target);
  for (const CodeText& one : code) {
    if (target.names(one.class_name, one.method)) add(one.text);
  }
}

std::set<std::string> RuleReader::run() {
  using Source = VersionRule::Source;
  switch (rule_.source) {
    case Source::field:
      if (const auto field = texts_.fields.find(rule_.target); field != texts_.fields.end())
        add(field->second);
      break;
    case Source::code:
      read_code(texts_.strings);
      break;
    case Source::constants:
      read_code(texts_.constants);
      break;
    case Source::string:
      for (const CodeText& one : texts_.strings) add(one.text);
      break;
    case Source::library:
      for (const std::string_view library : texts_.libraries) add(library);
      break;
    case Source::native_string:
      for (const auto& [library, text] : texts_.natives) {
        if (rule_.target.empty() || glob_matches(rule_.target, library)) add(text);
      }
      break;
    case Source::entry:
      for (const auto& [entry, text] : texts_.entries) {
        if (glob_matches(rule_.target, entry)) add(text);
      }
      break;
    case Source::manifest:
      for (const auto& [key, value] : texts_.meta_data) {
        if (key == rule_.target) add(value);
      }
      break;
  }
  return std::move(versions_);
}

}  // namespace

std::string_view library_name(const InspectedEntry& entry) {
  const std::vector<std::string>& names = entry.surfaces->of(Surface::library);
  return names.empty() ? std::string_view() : std::string_view(names.front());
}

VersionTexts version_texts(const Release& release, const std::vector<OwnClass>& own,
                           const std::set<std::string>& libraries) {
  VersionTexts texts;
  for (const OwnClass& one : own) add_class(one, texts);
  for_each_entry(release, [&](const InspectedEntry& entry) {
    for (const VersionText& text : entry.surfaces->texts) texts.entries.emplace_back(text.entry, text.text);
    const std::string_view library = library_name(entry);
    if (library.empty() || !libraries.contains(std::string(library))) return;
    texts.libraries.insert(library);
    for (const std::string& run : entry.surfaces->of(Surface::native_string)) {
      if (has_digit(run)) texts.natives.emplace_back(library, run);
    }
  });
  for (const Inspection& part : release.parts) {
    if (!part.manifest) continue;
    for (const ManifestMetaData& data : part.manifest->meta_data)
      texts.meta_data.emplace_back(data.name, data.value);
    for (const ManifestComponent& component : part.manifest->components) {
      for (const ManifestMetaData& data : component.meta_data)
        texts.meta_data.emplace_back(data.name, data.value);
    }
  }
  return texts;
}

std::set<std::string> read_versions(const VersionRule& rule, const VersionExtractor& extractor,
                                    const VersionTexts& texts) {
  return RuleReader(rule, extractor, texts).run();
}

}  // namespace sdkprint
