// Binary XML (AOSP frameworks/base/libs/androidfw ResourceTypes.h, ResXMLTree): chunks in a row, each with a
// type, a header size and a size. A string pool, a map from string index to resource id for the first
// strings, then start and end tags. Android reads it leniently (the file's own chunk type is never looked at,
// unknown chunks are passed over, attributes are found by resource id), and obfuscators live on parsers that
// are stricter than Android.
#include <algorithm>

#include "base/reader.h"
#include "format/android_attributes.h"
#include "format/string_pool.h"
#include "format/xml_parsers.h"

namespace sdkprint {
namespace {

enum ChunkType : std::uint16_t {
  kStringPool = 0x0001,
  kXmlFile = 0x0003,
  kStartNamespace = 0x0100,
  kEndNamespace = 0x0101,
  kStartElement = 0x0102,
  kEndElement = 0x0103,
  kText = 0x0104,
  kResourceMap = 0x0180,
};

constexpr std::uint32_t kNoString = 0xffffffff;
constexpr std::size_t kNodeHeaderSize = 16;
constexpr std::size_t kAttributeSize = 20;

struct Chunk {
  std::uint16_t type;
  std::uint16_t header_size;
  Bytes bytes;
};

class BinaryXmlParser {
 public:
  BinaryXmlParser(Bytes file, Oddities& oddities)
      : file_(file, "binary XML"), oddities_(oddities), budget_(oddities) {}

  XmlElement parse();

 private:
  void read_file_header();
  void read_chunks();
  Chunk next_chunk();
  void read_chunk(const Chunk& chunk);
  void start_element(const Chunk& chunk);
  void end_element();
  void read_attributes(const Chunk& chunk, XmlElement& element);
  XmlAttribute read_attribute(const Reader& chunk, std::size_t offset);
  void read_name(std::uint32_t index, XmlAttribute& attribute);
  void read_value(const Reader& chunk, std::size_t offset, XmlAttribute& attribute);
  void check_namespace(std::uint32_t index);
  void check_duplicates(const XmlElement& element);
  std::string string(std::uint32_t index);

  Reader file_;
  Oddities& oddities_;
  XmlBudget budget_;
  StringPool pool_;
  Bytes resource_map_;
  std::size_t end_ = 0;           // of the file's chunks
  std::vector<XmlElement> open_;  // from the root to the element being read
  std::size_t too_deep_ = 0;      // open elements that were left out
  std::optional<XmlElement> root_;
  std::optional<std::uint32_t> android_namespace_;  // string index known to be the android: URI
  std::vector<std::uint32_t> ids_;                  // reused by check_duplicates
};

XmlElement BinaryXmlParser::parse() {
  read_file_header();
  try {
    read_chunks();
  } catch (const InputError&) {
    if (open_.empty() && !root_) throw;
    oddities_.say("binary XML: broken or cut off, read up to there");
  }
  if (!open_.empty()) {
    if (!budget_.exhausted()) oddities_.say("binary XML: elements are not closed");
    too_deep_ = 0;
    while (!open_.empty()) end_element();
  }
  if (!root_) throw InputError("binary XML: no element");
  return std::move(*root_);
}

void BinaryXmlParser::read_file_header() {
  const std::uint16_t type = file_.at<std::uint16_t>(0);
  std::size_t header_size = file_.at<std::uint16_t>(2);
  const std::size_t size = file_.at<std::uint32_t>(4);
  if (type != kXmlFile) oddities_.say("binary XML: wrong file type");
  if (header_size != 8) oddities_.say("binary XML: odd file header size");
  if (header_size < 8 || header_size > file_.size()) header_size = 8;
  end_ = size;
  if (size > file_.size()) oddities_.say("binary XML: file size larger than the file");
  if (size < file_.size()) oddities_.say("binary XML: bytes after the end");
  if (size > file_.size() || size < header_size + kNodeHeaderSize) end_ = file_.size();
  file_.seek(header_size);
}

void BinaryXmlParser::read_chunks() {
  while (file_.offset() + 8 <= end_ && !budget_.exhausted()) {
    if (root_ && open_.empty()) {
      oddities_.say("binary XML: more after the root element");
      return;
    }
    // Zeros are no chunk to Android either; they are passed over because packers pad with them.
    if (file_.at<std::uint32_t>(file_.offset()) == 0) {
      oddities_.say("binary XML: padding between chunks");
      file_.skip(4);
      continue;
    }
    read_chunk(next_chunk());
    // After the root only the end of its namespaces may follow.
    while (root_ && open_.empty() && file_.offset() + 8 <= end_ &&
           file_.at<std::uint16_t>(file_.offset()) == kEndNamespace) {
      next_chunk();
    }
  }
}

Chunk BinaryXmlParser::next_chunk() {
  const std::size_t start = file_.offset();
  const std::uint16_t type = file_.at<std::uint16_t>(start);
  const std::uint16_t header_size = file_.at<std::uint16_t>(start + 2);
  std::size_t size = file_.at<std::uint32_t>(start + 4);
  if (size < 8 || header_size > size) file_.malformed(start, "chunk smaller than its header");
  if (size > end_ - start) {
    oddities_.say("binary XML: chunk longer than the file");
    size = end_ - start;
  }
  return {type, header_size, file_.bytes(size)};
}

void BinaryXmlParser::read_chunk(const Chunk& chunk) {
  switch (chunk.type) {
    case kStringPool:
      // Android takes the last pool before the first node, and no later one.
      if (open_.empty()) pool_ = StringPool(chunk.bytes, &oddities_);
      break;
    case kResourceMap: {
      const std::size_t header_size = std::max<std::size_t>(chunk.header_size, 8);
      if (open_.empty() && header_size <= chunk.bytes.size())
        resource_map_ = chunk.bytes.subspan(header_size);
      break;
    }
    case kStartElement:
      start_element(chunk);
      break;
    case kEndElement:
      if (open_.empty()) oddities_.say("binary XML: end tag without start tag");
      end_element();
      break;
    case kStartNamespace:
    case kEndNamespace:
    case kText:
      break;
    default:
      oddities_.say("binary XML: unknown chunk");
  }
}

void BinaryXmlParser::start_element(const Chunk& chunk) {
  if (too_deep_ > 0 || open_.size() == kMaxXmlDepth) {
    oddities_.say("XML: nested deeper than 128 elements, the inner ones are left out");
    ++too_deep_;
    return;
  }
  if (chunk.header_size != kNodeHeaderSize) oddities_.say("binary XML: odd element header size");
  const Reader reader(chunk.bytes, "XML element");
  XmlElement element;
  const std::uint32_t name = reader.at<std::uint32_t>(std::size_t{chunk.header_size} + 4);
  if (!budget_.element()) return;
  element.name = string(name);
  try {
    read_attributes(chunk, element);
  } catch (const InputError&) {
    oddities_.say("binary XML: attributes outside their element");
  }
  check_duplicates(element);
  open_.push_back(std::move(element));
}

void BinaryXmlParser::end_element() {
  if (too_deep_ > 0) {
    --too_deep_;
    return;
  }
  if (open_.empty()) return;
  XmlElement element = std::move(open_.back());
  open_.pop_back();
  if (open_.empty()) {
    root_ = std::move(element);
  } else {
    open_.back().children.push_back(std::move(element));
  }
}

void BinaryXmlParser::read_attributes(const Chunk& chunk, XmlElement& element) {
  const Reader reader(chunk.bytes, "XML attributes");
  const std::size_t extension = chunk.header_size;
  const std::size_t start = reader.at<std::uint16_t>(extension + 8);
  const std::size_t size = reader.at<std::uint16_t>(extension + 10);
  const std::size_t count = reader.at<std::uint16_t>(extension + 12);
  if (count > 0 && start != 20) oddities_.say("binary XML: odd attribute start");
  if (count > 0 && size != kAttributeSize) oddities_.say("binary XML: odd attribute size");
  if (count > kMaxXmlAttributes)
    oddities_.say("binary XML: an element of more than 1024 attributes, the others are left out");
  for (std::size_t i = 0; i < std::min(count, kMaxXmlAttributes) && budget_.attribute(); ++i) {
    element.attributes.push_back(read_attribute(reader, extension + start + i * size));
  }
}

XmlAttribute BinaryXmlParser::read_attribute(const Reader& chunk, std::size_t offset) {
  chunk.slice(offset, kAttributeSize);
  XmlAttribute attribute;
  read_name(chunk.at<std::uint32_t>(offset + 4), attribute);
  if (attribute.resource_id >> 24 == 0x01) check_namespace(chunk.at<std::uint32_t>(offset));
  read_value(chunk, offset, attribute);
  return attribute;
}

void BinaryXmlParser::read_name(std::uint32_t index, XmlAttribute& attribute) {
  const Reader map(resource_map_, "resource map");
  if (index < map.size() / 4) attribute.resource_id = map.at<std::uint32_t>(std::size_t{4} * index);
  attribute.name = string(index);
  const std::string_view true_name = android_attribute_name(attribute.resource_id);
  if (true_name.empty() || true_name == attribute.name) return;
  oddities_.say(attribute.name.empty()
                    ? "binary XML: attribute names are blank, restored from resource ids"
                    : "binary XML: attribute names contradict their resource ids, which count");
  attribute.name = true_name;
}

void BinaryXmlParser::read_value(const Reader& chunk, std::size_t offset, XmlAttribute& attribute) {
  const std::uint32_t raw = chunk.at<std::uint32_t>(offset + 8);
  const ResValue value{chunk.at<std::uint8_t>(offset + 15), chunk.at<std::uint32_t>(offset + 16)};
  // Android asks attributes that have an id for the typed value, the others (package, split) for the raw
  // string.
  const bool has_raw = attribute.resource_id == 0 && raw < pool_.size();
  if (value.type != ResValue::string) {
    set_typed_value(attribute, value);
    if (has_raw) attribute.value = string(raw);
    return;
  }
  set_text_value(attribute, string(has_raw ? raw : value.data));
}

void BinaryXmlParser::check_namespace(std::uint32_t index) {
  if (android_namespace_ == index) return;
  if (index == kNoString) return oddities_.say("binary XML: android attributes without namespace");
  if (string(index) != kAndroidUri)
    return oddities_.say("binary XML: android attributes in a bogus namespace");
  android_namespace_ = index;
}

void BinaryXmlParser::check_duplicates(const XmlElement& element) {
  ids_.clear();
  for (const XmlAttribute& attribute : element.attributes) {
    if (attribute.resource_id != 0) ids_.push_back(attribute.resource_id);
  }
  std::sort(ids_.begin(), ids_.end());
  if (std::adjacent_find(ids_.begin(), ids_.end()) != ids_.end()) {
    oddities_.say("binary XML: an element has the same attribute twice, the first counts");
  }
}

std::string BinaryXmlParser::string(std::uint32_t index) {
  if (index == kNoString) return {};
  std::string text = pool_.text(index, budget_.text_room(), &oddities_);
  budget_.take_text(text.size());
  return text;
}

}  // namespace

XmlElement parse_binary_xml(Bytes file, Oddities& oddities) {
  return BinaryXmlParser(file, oddities).parse();
}

}  // namespace sdkprint
