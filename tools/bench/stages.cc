#include "stages.h"

#include <algorithm>

#include "base/digest.h"
#include "behaviour/code_facts.h"
#include "format/dex.h"
#include "format/elf.h"
#include "format/manifest.h"
#include "format/resources.h"
#include "format/signing.h"
#include "format/xml.h"
#include "measure.h"
#include "scan/app_uses.h"
#include "scan/attribution.h"
#include "scan/bulk_scan.h"
#include "scan/container_scan.h"
#include "scan/coverage.h"
#include "scan/dex_scan.h"
#include "scan/native_scan.h"
#include "scan/surface_text.h"

namespace sdkprint::bench {
namespace {

constexpr std::size_t kMatchLimit = 200'000;

Bytes content(const ZipArchive& zip, const ZipEntry& entry, Inflater& inflater, Buffer& buffer) {
  const Bytes data = zip.data(entry);
  if (entry.is_stored()) return data;
  buffer.reset(entry.uncompressed_size);
  inflater.inflate(data, buffer.writable());
  return buffer.bytes();
}

/// The names of a dex file as the scan lays them out.
struct DexNames {
  SurfaceText classes, references;
};

/// Reads every class as the scan does: its methods, the sizes of their code.
void read_dex(const DexFile& dex, DexNames& names) {
  std::vector<bool> is_defined(dex.type_count());
  DexClassData data;
  std::uint64_t code_bytes = 0;
  for (std::uint32_t i = 0; i < dex.class_count(); ++i) {
    const DexClassDef def = dex.class_def(i);
    is_defined[def.class_idx] = true;
    names.classes.add_type(dex.type(def.class_idx));
    dex.class_data(def.class_data_off, data);
    for (const std::vector<DexMethod>* methods : {&data.direct_methods, &data.virtual_methods}) {
      for (const DexMethod& method : *methods)
        code_bytes += method.code_off == 0 ? 0 : dex.code_size(method.code_off);
    }
  }
  for (std::uint32_t i = 0; i < dex.type_count(); ++i) {
    if (!is_defined[i] && dex.type(i).ends_with(';')) names.references.add_type(dex.type(i));
  }
}

/// One app taken apart: everything that a stage needs from the stages before it is made up front.
class Parts {
 public:
  Parts(const Matcher& matcher, const AppContents& app)
      : matcher_(matcher),
        app_(app),
        context_{matcher, limits_, std::chrono::steady_clock::now() + std::chrono::hours(24)} {
    for (const Piece& piece : app.pieces()) {
      Buffer& buffer = buffers_.emplace_back();
      const Bytes bytes = content(app.zip(), *piece.entry, inflater_, buffer);
      if (piece.kind == FileKind::elf) {
        libraries_.push_back({piece.entry, bytes});
        continue;
      }
      dex_bytes_.push_back(bytes);
      for (const DexFile& dex : DexFile::open(bytes)) {
        dex_.push_back(dex);
        read_dex(dex, names_.emplace_back());
      }
    }
    Budget budget{limits_.app_bytes, limits_.containers};
    containers_.push_back(scan_container(context_, app.file(), {}, budget));
  }

  void digest_file() const { sha256(MappedFile(app_.path(), MappedFile::Extent::whole).bytes()); }

  void read_directory() {
    const ZipArchive zip(app_.file(), limits_);
    classify(zip);
    for (const ZipEntry& entry : zip.entries()) kind_of(zip, entry, inflater_);
  }

  void match_entry_names() {
    SurfaceText names;
    for (const ZipEntry& entry : app_.zip().entries()) names.add(entry.name);
    match(Surface::entry, names.bytes());
  }

  void read_manifest_entry() {
    const ZipEntry* manifest = app_.zip().find("AndroidManifest.xml");
    if (manifest == nullptr) return;
    std::vector<std::string> warnings;
    Buffer manifest_buffer, table_buffer;
    const XmlElement root = parse_xml(content(app_.zip(), *manifest, inflater_, manifest_buffer), warnings);
    const ZipEntry* table = app_.zip().find("resources.arsc");
    std::optional<ResourceTable> resources;
    if (table != nullptr) resources.emplace(content(app_.zip(), *table, inflater_, table_buffer));
    read_manifest(root, resources ? &*resources : nullptr);
  }

  void read_certificates() {
    std::vector<std::string> warnings;
    signing_certificates(app_.zip(), inflater_, warnings);
  }

  void inflate() { app_.inflate_all(inflater_, warm_); }

  void read_all_dex() const {
    for (const Bytes bytes : dex_bytes_) {
      for (const DexFile& dex : DexFile::open(bytes)) {
        DexNames names;
        read_dex(dex, names);
      }
    }
  }

  void match_names() {
    for (const DexNames& names : names_) {
      match(Surface::class_name, names.classes.bytes());
      match(Surface::reference, names.references.bytes());
    }
  }

  void match_strings() {
    for (const DexFile& dex : dex_) {
      const DexFile::Range range = dex.string_data_range();
      const Bytes text = dex.file().subspan(range.begin, range.end - range.begin);
      match(Surface::string, text);
      match(Surface::host, text);
    }
  }

  void scan_all_dex() const {
    for (const Bytes bytes : dex_bytes_) {
      EntryFacts facts;
      scan_dex(context_, bytes, facts);
    }
  }

  void read_all_code() const {
    for (const Bytes bytes : dex_bytes_) read_code(matcher_.database().catalogue(), DexFile::open(bytes));
  }

  void link() const { find_app_uses(matcher_.database(), containers_, {}, &facts(), context_.deadline); }

  void read_libraries() const {
    for (const Library& library : libraries_) parses(library.bytes);
  }

  void scan_libraries() const {
    for (const Library& library : libraries_) {
      EntryFacts facts;
      if (parses(library.bytes)) scan_native(context_, library.bytes, base_name(library.entry->name), facts);
    }
  }

  void conclude() const {
    const std::vector<const EntryFacts*> entries = all_entries(facts());
    const Attribution attribution = attribute(matcher_.database(), entries, {});
    assess_coverage({&facts()}, entries, facts().manifest ? &*facts().manifest : nullptr,
                    attribution.findings, {});
  }

 private:
  struct Library {
    const ZipEntry* entry;
    Bytes bytes;
  };

  static bool parses(Bytes bytes) {
    try {
      const ElfFile elf(bytes);
      return true;
    } catch (const InputError&) {
      return false;
    }
  }

  const ContainerFacts& facts() const { return containers_.front(); }

  void match(Surface surface, Bytes text) {
    matches_.clear();
    matcher_.scan(surface, text, matches_, kMatchLimit);
  }

  const Matcher& matcher_;
  const AppContents& app_;
  const Limits limits_;
  const ScanContext context_;
  Inflater inflater_;
  Buffer warm_;
  std::vector<Buffer> buffers_;
  std::vector<Bytes> dex_bytes_;
  std::vector<DexFile> dex_;
  std::vector<DexNames> names_;
  std::vector<Library> libraries_;
  std::vector<Match> matches_;
  std::vector<ContainerFacts> containers_;  // one
};

}  // namespace

void scan_whole(const Matcher& matcher, const std::vector<std::string>& paths, unsigned threads) {
  std::size_t next = 0;
  BulkOptions options;
  options.threads = threads;
  scan_apps(
      matcher, options,
      [&]() -> std::optional<AppInput> {
        if (next == paths.size()) return std::nullopt;
        return AppInput{{paths[next++]}};
      },
      [](AppReport) {});
}

std::vector<StageTime> stage_times(const Matcher& matcher, const AppContents& app, int rounds) {
  Parts parts(matcher, app);
  const std::vector<Timing> times = measure(
      {[&] { parts.digest_file(); }, [&] { parts.read_directory(); }, [&] { parts.match_entry_names(); },
       [&] { parts.read_manifest_entry(); }, [&] { parts.read_certificates(); }, [&] { parts.inflate(); },
       [&] { parts.read_all_dex(); }, [&] { parts.match_names(); }, [&] { parts.match_strings(); },
       [&] { parts.scan_all_dex(); }, [&] { parts.read_libraries(); }, [&] { parts.scan_libraries(); },
       [&] { parts.conclude(); }, [&] { parts.read_all_code(); }, [&] { parts.link(); },
       [&] { scan_whole(matcher, {app.path()}, 1); }},
      rounds);
  const double dex_read = times[6].best, dex_names = times[7].best, dex_strings = times[8].best;
  const double dex_code = times[13].best, whole = times[15].best;
  const double dex_all = times[9].best, elf_read = times[10].best, elf_all = times[11].best;
  std::vector<StageTime> stages = {
      {"file: map, SHA-256", times[0].best},
      {"archive: directory, kinds of entries", times[1].best},
      {"entry names: match", times[2].best},
      {"manifest, resource table", times[3].best},
      {"signing certificates", times[4].best},
      {"inflate dex and native (the floor)", times[5].best},
      {"dex: tables, classes, methods", dex_read},
      {"dex: match class and reference names", dex_names},
      {"dex: match strings and hosts", dex_strings},
      {"dex: what code does, who loads a string", dex_code},
      {"dex: owners, hits, versions", dex_all - dex_read - dex_names - dex_strings - dex_code},
      {"native: parse", elf_read},
      {"native: match, hits", elf_all - 2 * elf_read},
      {"link code: reach, callers", times[14].best},
      {"attribution, coverage", times[12].best},
  };
  double sum = 0;
  for (const StageTime& stage : stages) sum += stage.seconds;
  stages.push_back({"what is left", whole - sum});
  stages.push_back({"whole scan", whole});
  return stages;
}

}  // namespace sdkprint::bench
