// Reading a database file. It is our own file, yet read through Reader: a half-written or foreign file must
// give a clear Error, not a crash.
#include "match/pattern_database.h"

#include "base/reader.h"
#include "match/behaviour_codec.h"
#include "match/expression.h"
#include "match/pattern_database_impl.h"
#include "match/signature_codec.h"

namespace sdkprint {
namespace {

constexpr const char* kRebuild = "; rebuild it with: sdkprint compile SIGNATURES -o FILE";

Digest read_digest(Reader& in) {
  Digest value;
  value.high = in.u64();
  value.low = in.u64();
  return value;
}

std::string hex(std::uint64_t value) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
  return text;
}

void check_machine(const DatabaseHeader& header, const std::string& name) {
  const DatabaseHeader local = local_header();
  if (header.hyperscan_version != local.hyperscan_version) {
    throw Error(name + ": made by Hyperscan " + header.hyperscan_version + ", this is " +
                local.hyperscan_version + kRebuild);
  }
  if (header.tune != local.tune || header.cpu_features != local.cpu_features) {
    throw Error(name + ": made for a processor with features " + hex(header.cpu_features) + " and tuning " +
                std::to_string(header.tune) + ", this one has " + hex(local.cpu_features) + " and " +
                std::to_string(local.tune) + kRebuild);
  }
}

void read_sections(Reader& in, std::vector<DatabaseSection>& sections) {
  const std::uint32_t count = in.u32();
  in.skip(4);
  in.require_table(in.offset(), count, 40);
  for (std::uint32_t i = 0; i < count; ++i) {
    DatabaseSection section;
    section.kind = in.u32();
    section.expressions = in.u32();
    section.offset = in.u64();
    section.size = in.u64();
    section.inputs = read_digest(in);
    in.slice(section.offset, section.size);
    sections.push_back(section);
  }
}

DatabaseHeader read_header_fields(Reader& in) {
  DatabaseHeader header;
  in.seek(sizeof kDatabaseMagic);
  header.version = in.u32();
  header.tune = in.u32();
  header.cpu_features = in.u64();
  const std::string_view version = as_text(in.bytes(kHyperscanVersionSize));
  header.hyperscan_version = version.substr(0, version.find('\0'));
  header.fingerprint = read_digest(in);
  header.payload = read_digest(in);
  in.seek(kDatabaseHeaderSize);
  return header;
}

}  // namespace

DatabaseHeader local_header() {
  static const DatabaseHeader header = [] {
    DatabaseHeader made;
    made.hyperscan_version = std::string(hs_version()).substr(0, kHyperscanVersionSize - 1);
    hs_platform_info_t platform{};
    hyperscan::check(hs_populate_platform(&platform), "hs_populate_platform");
    made.tune = platform.tune;
    made.cpu_features = platform.cpu_features;
    return made;
  }();
  return header;
}

DatabaseHeader read_header(Bytes file, const std::string& name, std::vector<DatabaseSection>& sections) {
  if (file.size() < sizeof kDatabaseMagic ||
      std::memcmp(file.data(), kDatabaseMagic, sizeof kDatabaseMagic) != 0) {
    throw Error(name + ": not a compiled signature database (expected a file made by: sdkprint compile)");
  }
  try {
    Reader in(file, "database header");
    const DatabaseHeader header = read_header_fields(in);
    if (header.version != kDatabaseVersion) {
      throw Error(name + ": database format " + std::to_string(header.version) + ", this program reads " +
                  std::to_string(kDatabaseVersion) + kRebuild);
    }
    if (digest(file.subspan(kDatabaseHeaderSize)) != header.payload) {
      throw Error(name + ": damaged (its digest does not match its content)" + std::string(kRebuild));
    }
    read_sections(in, sections);
    return header;
  } catch (const InputError& error) {
    throw Error(name + ": damaged: " + error.what() + kRebuild);
  }
}

std::optional<Surface> surface_of(VersionRule::Source source) {
  switch (source) {
    case VersionRule::Source::string:
      return Surface::string;
    case VersionRule::Source::library:
      return Surface::library;
    case VersionRule::Source::native_string:
      return Surface::native_string;
    case VersionRule::Source::entry:
      return Surface::entry;
    case VersionRule::Source::field:
    case VersionRule::Source::code:
    case VersionRule::Source::constants:
    case VersionRule::Source::manifest:
      return std::nullopt;
  }
  return std::nullopt;
}

Pattern filter_of(const VersionRule& rule) {
  Pattern pattern;
  pattern.surface = surface_of(rule.source).value();
  const bool is_glob = rule.source == VersionRule::Source::entry;
  pattern.kind = is_glob ? Pattern::Kind::glob : Pattern::Kind::regex;
  pattern.text = is_glob ? rule.target : rule.regex;
  pattern.place = rule.place;
  return pattern;
}

std::vector<PatternRef> patterns_of(const SignatureSet& set, Surface surface) {
  std::vector<PatternRef> refs;
  for (std::uint32_t sdk = 0; sdk < set.sdks.size(); ++sdk) {
    const std::vector<Pattern>& patterns = set.sdks[sdk].patterns;
    for (std::uint32_t i = 0; i < patterns.size(); ++i) {
      const bool is_platform_name = surface == Surface::reference && set.sdks[sdk].in_platform &&
                                    patterns[i].surface == Surface::class_name;
      if (applies_to(patterns[i], surface) && !is_platform_name) refs.push_back({sdk, i, false});
    }
    const std::vector<VersionRule>& rules = set.sdks[sdk].versions;
    for (std::uint32_t i = 0; i < rules.size(); ++i) {
      if (surface_of(rules[i].source) == surface) refs.push_back({sdk, i, true});
    }
  }
  return refs;
}

void PatternDatabase::read_tables(Bytes file, const std::vector<DatabaseSection>& sections,
                                  const std::string& name, Impl& impl) {
  Bytes sdk_table, behaviour_table;
  for (const DatabaseSection& section : sections) {
    const Bytes content = file.subspan(section.offset, section.size);
    if (section.kind == kSdkSection) sdk_table = content;
    if (section.kind == kBehaviourSection) behaviour_table = content;
  }
  if (fingerprint_of(sdk_table, behaviour_table, impl.header) != impl.header.fingerprint) {
    throw Error(name + ": damaged: its fingerprint is not that of its content" + kRebuild);
  }
  Reader sdks(sdk_table, "SDK table"), behaviours(behaviour_table, "behaviour table");
  impl.set = decode_signatures(sdks);
  impl.behaviours = decode_behaviours(behaviours);
  impl.catalogue = std::make_unique<CatalogueIndex>(impl.behaviours);
}

PatternDatabase::PatternDatabase(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PatternDatabase::PatternDatabase(PatternDatabase&&) noexcept = default;
PatternDatabase& PatternDatabase::operator=(PatternDatabase&&) noexcept = default;
PatternDatabase::~PatternDatabase() = default;

PatternDatabase PatternDatabase::open(const std::string& path) {
  std::unique_ptr<MappedFile> file;
  try {
    file = std::make_unique<MappedFile>(path, MappedFile::Extent::whole);
  } catch (const InputError& error) {
    throw Error(error.what());
  }
  return from_bytes(file->bytes(), path);  // everything is copied out of the mapping
}

PatternDatabase PatternDatabase::from_bytes(Bytes bytes, const std::string& name) {
  auto impl = std::make_unique<Impl>();
  std::vector<DatabaseSection> sections;
  impl->header = read_header(bytes, name, sections);
  check_machine(impl->header, name);
  try {
    read_tables(bytes, sections, name, *impl);
    for (const DatabaseSection& section : sections) {
      const Bytes content = bytes.subspan(section.offset, section.size);
      if (section.kind != kSdkSection && section.kind <= kSurfaceCount) {
        hs_database_t* database = nullptr;
        const hs_error_t code =
            hs_deserialize_database(reinterpret_cast<const char*>(content.data()), content.size(), &database);
        if (code == HS_INVALID)
          throw Error(name + ": damaged: Hyperscan does not accept a section" + kRebuild);
        hyperscan::check(code, "hs_deserialize_database");
        impl->databases[section.kind - 1].reset(database);
      }
    }
  } catch (const InputError& error) {
    throw Error(name + ": damaged: " + error.what() + kRebuild);
  }
  for (const Surface surface : kSurfaces) {
    impl->patterns[static_cast<std::size_t>(surface)] = patterns_of(impl->set, surface);
  }
  // Ids of matches index the list of patterns: a table and a database that do not belong together must not
  // run.
  for (const DatabaseSection& section : sections) {
    if (section.kind == kSdkSection || section.kind > kSurfaceCount) continue;
    if (section.expressions != impl->patterns[section.kind - 1].size()) {
      throw Error(name + ": damaged: its SDK table and its patterns do not agree" + kRebuild);
    }
  }
  std::uint32_t patterns = 0, rules = 0;
  for (const Sdk& sdk : impl->set.sdks) {
    impl->first_pattern.push_back(patterns);
    impl->first_rule.push_back(rules);
    patterns += static_cast<std::uint32_t>(sdk.patterns.size());
    rules += static_cast<std::uint32_t>(sdk.versions.size());
  }
  impl->matchers.resize(patterns);
  impl->extractors.resize(rules);
  return PatternDatabase(std::move(impl));
}

const SignatureSet& PatternDatabase::set() const { return impl_->set; }
const BehaviourSet& PatternDatabase::behaviours() const { return impl_->behaviours; }
const CatalogueIndex& PatternDatabase::catalogue() const { return *impl_->catalogue; }
const Digest& PatternDatabase::fingerprint() const { return impl_->header.fingerprint; }
const std::string& PatternDatabase::hyperscan_version() const { return impl_->header.hyperscan_version; }

const std::vector<PatternRef>& PatternDatabase::patterns(Surface surface) const {
  return impl_->patterns[static_cast<std::size_t>(surface)];
}

const PatternMatcher& PatternDatabase::matcher(PatternRef ref) const {
  Lazy<PatternMatcher>& lazy = impl_->matchers[impl_->first_pattern[ref.sdk] + ref.index];
  std::call_once(lazy.once, [&] { lazy.value = std::make_unique<PatternMatcher>(pattern(ref)); });
  return *lazy.value;
}

const VersionExtractor& PatternDatabase::extractor(std::uint32_t sdk, std::uint32_t rule) const {
  Lazy<VersionExtractor>& lazy = impl_->extractors[impl_->first_rule[sdk] + rule];
  std::call_once(lazy.once,
                 [&] { lazy.value = std::make_unique<VersionExtractor>(set().sdks[sdk].versions[rule]); });
  return *lazy.value;
}

}  // namespace sdkprint
