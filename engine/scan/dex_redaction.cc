// Which bytes of a DEX file a scan of names, strings and versions reads. Source of the layouts: dex-format,
// as in format/dex.h.
#include <algorithm>
#include <optional>

#include "format/bytecode.h"
#include "format/dex.h"
#include "scan/member_target.h"
#include "scan/redaction.h"
#include "scan/redaction_image.h"
#include "scan/surface_text.h"

namespace sdkprint {
namespace {

constexpr std::size_t kHeaderBytes = 0x70;
constexpr std::size_t kFirstTableField = 0x38;  // string_ids_size, then each table's size and offset
constexpr std::size_t kRowBytes[] = {4, 4, 12, 8, 8, 32};
constexpr int kContainerVersion = 41;
constexpr std::size_t kCodeHeaderBytes = 16;
constexpr std::size_t kDebugInfoField = 8;  // of a code_item
constexpr std::uint8_t kConstString = 0x1a;
constexpr int kMostValueDepth = 32;
// A gap in a method's code becomes the payload of a fill-array-data, which a walk steps over at once; shorter
// ones stay zeros, which are nops.
constexpr std::size_t kPayloadHeaderUnits = 4;
constexpr std::size_t kSmallestPayloadUnits = 48;

class DexRedaction {
 public:
  DexRedaction(const DexFile& dex, const std::vector<std::string>& kept_methods)
      : dex_(dex),
        kept_methods_(kept_methods),
        image_(dex.file()),
        left_(2 * std::uint64_t{dex.file().size()}) {}

  std::vector<std::uint8_t> run();

 private:
  void pay(std::uint64_t bytes) {
    if (bytes > left_)
      throw InputError(InputError::Kind::limit, "rows of this DEX share what they should not");
    left_ -= bytes;
  }
  void keep_tables();
  void keep_type_list(std::uint32_t offset);
  void keep_class(const DexClassDef& def);
  void keep_class_data(std::uint32_t offset);
  void keep_static_values(std::uint32_t offset);
  void skip_value(Reader& reader, int depth) const;
  /// Keeps a range that code must not overlap with.
  void keep(std::uint64_t offset, std::uint64_t size) {
    image_.keep(offset, size);
    ranges_.push_back({offset, offset + size, false});
  }
  void keep_code(std::uint32_t offset);
  void keep_strings_of(const DexCode& code);
  void fill_gap(const DexCode& code, std::size_t begin, std::size_t end);
  bool is_whole(std::string_view class_name, const DexMethod& method) const;
  void check_overlaps();

  struct Range {
    std::uint64_t begin, end;
    bool is_code;
    bool operator==(const Range&) const = default;
  };

  const DexFile& dex_;
  const std::vector<std::string>& kept_methods_;
  RedactionImage image_;
  std::uint64_t left_;  // rows that share their data on purpose could make this quadratic
  DexClassData data_;
  std::vector<std::string_view> candidates_;  // of kept_methods_, in the class at hand
  std::vector<std::uint32_t> whole_;          // code_items that are kept as they are
  std::vector<Range> ranges_;
};

void DexRedaction::keep_tables() {
  image_.keep(0, std::min(kHeaderBytes, dex_.file().size()));
  for (std::size_t i = 0; i < std::size(kRowBytes); ++i) {
    const std::uint32_t size = image_.file().at<std::uint32_t>(kFirstTableField + 8 * i);
    const std::uint32_t offset = image_.file().at<std::uint32_t>(kFirstTableField + 8 * i + 4);
    if (size != 0) keep(offset, std::size_t{size} * kRowBytes[i]);
  }
  const DexFile::Range strings = dex_.string_data_range();
  const std::uint64_t end = std::min<std::uint64_t>(std::uint64_t{strings.end} + 1, dex_.file().size());
  if (dex_.string_count() != 0) keep(strings.begin, end - strings.begin);
  for (std::uint32_t i = 0; i < dex_.proto_count(); ++i) keep_type_list(dex_.proto(i).parameters_off);
}

void DexRedaction::keep_type_list(std::uint32_t offset) {
  if (offset == 0) return;
  const std::uint64_t size = 4 + 2 * std::uint64_t{image_.file().at<std::uint32_t>(offset)};
  pay(size);
  keep(offset, size);
}

/// Skips one encoded_value (dex-format, "encoded_value encoding").
void DexRedaction::skip_value(Reader& reader, int depth) const {
  if (depth > kMostValueDepth) reader.malformed(reader.offset(), "values nested too deep");
  const std::uint8_t head = reader.u8();
  const unsigned type = head & 0x1f, argument = head >> 5;
  switch (type) {
    case 0x1c:  // array
      for (std::uint32_t left = reader.uleb128(); left > 0; --left) skip_value(reader, depth + 1);
      return;
    case 0x1d:  // annotation
      reader.uleb128();
      for (std::uint32_t left = reader.uleb128(); left > 0; --left) {
        reader.uleb128();
        skip_value(reader, depth + 1);
      }
      return;
    case 0x1e:  // null
    case 0x1f:  // boolean
      return;
    default:
      reader.skip(argument + 1);
  }
}

void DexRedaction::keep_static_values(std::uint32_t offset) {
  Reader reader = image_.file();
  reader.seek(offset);
  for (std::uint32_t left = reader.uleb128(); left > 0; --left) skip_value(reader, 0);
  pay(reader.offset() - offset);
  keep(offset, reader.offset() - offset);
}

void DexRedaction::keep_class_data(std::uint32_t offset) {
  Reader reader = image_.file();
  reader.seek(offset);
  std::uint64_t fields = 0, methods = 0;
  for (int i = 0; i < 2; ++i) fields += reader.uleb128();
  for (int i = 0; i < 2; ++i) methods += reader.uleb128();
  for (std::uint64_t left = 2 * fields + 3 * methods; left > 0; --left) reader.uleb128();
  pay(reader.offset() - offset);
  keep(offset, reader.offset() - offset);
}

bool DexRedaction::is_whole(std::string_view class_name, const DexMethod& method) const {
  const std::string_view name = dex_.string(dex_.method(method.method_idx).name_idx);
  if (name == "<clinit>") return true;
  return std::any_of(candidates_.begin(), candidates_.end(),
                     [&](std::string_view target) { return MemberTarget(target).names(class_name, name); });
}

void DexRedaction::fill_gap(const DexCode& code, std::size_t begin, std::size_t end) {
  if (end - begin < kSmallestPayloadUnits) return;
  begin += begin % 2;  // payloads are aligned to four bytes, as far as methods are
  const std::uint32_t bytes = static_cast<std::uint32_t>((end - begin - kPayloadHeaderUnits) * 2);
  std::uint8_t header[2 * kPayloadHeaderUnits] = {0x00, 0x03, 0x01, 0x00};
  std::memcpy(header + 4, &bytes, sizeof bytes);
  image_.overwrite(code.insns_off + begin * 2, header);
}

/// Throws InputError when the code cannot be walked to its end.
void DexRedaction::keep_strings_of(const DexCode& code) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> kept;
  InstructionWalker walker(code.insns);
  Instruction instruction;
  while (walker.next(instruction)) {
    const bool loads_string = !instruction.is_payload && (instruction.opcode == kConstString ||
                                                          instruction.opcode == bytecode::kConstStringJumbo);
    if (loads_string) kept.emplace_back(instruction.pc, instruction.width);
  }
  std::size_t end_of_last = 0;
  for (const auto& [pc, width] : kept) {
    fill_gap(code, end_of_last, pc);
    image_.keep(code.insns_off + std::size_t{pc} * 2, std::size_t{width} * 2);
    end_of_last = pc + width;
  }
  fill_gap(code, end_of_last, code.insns.size() / 2);
}

void DexRedaction::keep_code(std::uint32_t offset) {
  const DexCode code = dex_.code(offset);
  pay(kCodeHeaderBytes + code.insns.size());
  ranges_.push_back({offset, code.insns_off + code.insns.size(), true});
  image_.keep(offset, kCodeHeaderBytes);
  constexpr std::uint8_t kNone[4] = {};
  image_.overwrite(offset + kDebugInfoField, kNone);
  try {
    keep_strings_of(code);
  } catch (const InputError&) {
    whole_.push_back(offset);  // a walk over broken code must break in the same way
  }
}

void DexRedaction::keep_class(const DexClassDef& def) {
  keep_type_list(def.interfaces_off);
  if (def.static_values_off != 0) keep_static_values(def.static_values_off);
  if (def.class_data_off == 0) return;
  keep_class_data(def.class_data_off);
  dex_.class_data(def.class_data_off, data_);
  const std::string class_name = dotted_name(dex_.type(def.class_idx));
  candidates_.clear();
  for (const std::string& target : kept_methods_) {
    if (MemberTarget(target).may_name(class_name)) candidates_.push_back(target);
  }
  for (const std::vector<DexMethod>* methods : {&data_.direct_methods, &data_.virtual_methods}) {
    for (const DexMethod& method : *methods) {
      if (method.code_off == 0) continue;
      keep_code(method.code_off);
      if (is_whole(class_name, method)) whole_.push_back(method.code_off);
    }
  }
}

/// Methods may share code as a whole; anything else that overlaps with code would be changed by filling its
/// gaps.
void DexRedaction::check_overlaps() {
  std::sort(ranges_.begin(), ranges_.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
  const Range* last = nullptr;  // that ends last
  for (const Range& range : ranges_) {
    const bool overlaps = last != nullptr && range.begin < last->end && range != *last;
    if (overlaps && (range.is_code || last->is_code))
      throw InputError("code of this DEX overlaps with something else");
    if (last == nullptr || range.end > last->end) last = &range;
  }
}

std::vector<std::uint8_t> DexRedaction::run() {
  keep_tables();
  for (std::uint32_t i = 0; i < dex_.class_count(); ++i) keep_class(dex_.class_def(i));
  check_overlaps();
  for (const std::uint32_t offset : whole_) {
    const DexCode code = dex_.code(offset);
    image_.keep(code.insns_off, code.insns.size());
  }
  return image_.take();
}

}  // namespace

std::vector<std::uint8_t> redact_dex(Bytes file, const std::vector<std::string>& kept_methods) {
  try {
    const DexFile dex(file);
    if (dex.version() < kContainerVersion) return DexRedaction(dex, kept_methods).run();
  } catch (const InputError&) {
    // Whatever is wrong with it, a scan of the image must find as well.
  }
  return {file.begin(), file.end()};
}

}  // namespace sdkprint
