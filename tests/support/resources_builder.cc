#include "resources_builder.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sdkprint::test {
namespace {

void put_letters(ByteVector& config, std::size_t at, const std::string& letters, char base) {
  if (letters.size() == 3) {
    const int first = letters[0] - base, second = letters[1] - base, third = letters[2] - base;
    config.at(at) = static_cast<std::uint8_t>(0x80 | third << 2 | second >> 3);
    config.at(at + 1) = static_cast<std::uint8_t>(second << 5 | first);
  } else {
    std::copy(letters.begin(), letters.end(), config.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

ByteVector config_bytes(const TestConfiguration& configuration, std::uint32_t size) {
  ByteVector config(64);
  set32(config, 0, size);
  put_letters(config, 8, configuration.language, 'a');
  put_letters(config, 10, configuration.region, '0');
  set16(config, 14, configuration.density);
  std::copy(configuration.script.begin(), configuration.script.end(), config.begin() + 36);
  config.resize(size);
  return config;
}

using EntryMap = std::map<std::uint16_t, TestResource>;  // by entry number
using TypeKey = std::tuple<std::uint32_t, TestConfiguration>;

class ArscWriter {
 public:
  explicit ArscWriter(const ArscOptions& options) : options_(options) {}

  ByteVector write(const std::vector<TestResource>& resources) {
    std::map<std::uint32_t, std::map<TypeKey, EntryMap>> packages;
    for (const TestResource& resource : resources) {
      const TypeKey key{resource.id >> 16 & 0xff, resource.configuration};
      packages[resource.id >> 24][key][static_cast<std::uint16_t>(resource.id)] = resource;
    }
    ByteVector chunks;
    for (const auto& [id, types] : packages) put_package(chunks, id, types);

    ByteVector out;
    put16(out, options_.file_type);
    put16(out, 12);
    put32(out, 0);
    put32(out, static_cast<std::uint32_t>(packages.size()));
    append(out, pool_.build(options_.pool));
    append(out, chunks);
    set32(out, 4, static_cast<std::uint32_t>(out.size()));
    return out;
  }

 private:
  void put_package(ByteVector& out, std::uint32_t id, const std::map<TypeKey, EntryMap>& types) {
    const std::size_t start = out.size();
    put16(out, 0x0200);
    put16(out, 288);
    put32(out, 0);
    put32(out, id);
    out.resize(start + 284);
    put32(out, options_.type_offset);
    if (options_.unknown_chunks) put_unknown(out);
    for (const auto& [key, entries] : types) put_type(out, key, entries);
    set32(out, start + 4, static_cast<std::uint32_t>(out.size() - start));
  }

  static void put_unknown(ByteVector& out) {
    put16(out, 0x0204);
    put16(out, 8);
    put32(out, 12);
    put32(out, 0);
  }

  void put_type(ByteVector& out, const TypeKey& key, const EntryMap& entries) {
    ByteVector data;
    std::map<std::uint16_t, std::uint32_t> offsets;
    for (const auto& [number, resource] : entries) {
      offsets[number] = static_cast<std::uint32_t>(data.size());
      put_entry(data, resource);
    }
    const ByteVector table = offset_table(offsets);
    const bool sparse = options_.layout == EntryLayout::sparse;
    const std::uint32_t count =
        static_cast<std::uint32_t>(sparse ? offsets.size() : entries.rbegin()->first + std::size_t{1});
    const std::uint32_t header_size = 20 + options_.config_size;
    put16(out, 0x0201);
    put16(out, header_size);
    put32(out, static_cast<std::uint32_t>(header_size + table.size() + data.size()));
    put8(out, std::get<0>(key) - options_.type_offset);
    put8(out, sparse ? 1 : options_.layout == EntryLayout::offset16 ? 2 : 0);
    put16(out, 0);
    put32(out, count);
    put32(out, static_cast<std::uint32_t>(header_size + table.size()));
    append(out, config_bytes(std::get<1>(key), options_.config_size));
    append(out, table);
    append(out, data);
  }

  ByteVector offset_table(const std::map<std::uint16_t, std::uint32_t>& offsets) const {
    ByteVector table;
    if (options_.layout == EntryLayout::sparse) {
      for (const auto& [number, offset] : offsets) {
        put16(table, number);
        put16(table, offset / 4);
      }
      return table;
    }
    for (std::uint32_t number = 0; number <= offsets.rbegin()->first; ++number) {
      const auto found = offsets.find(static_cast<std::uint16_t>(number));
      const bool is_there = found != offsets.end();
      if (options_.layout == EntryLayout::offset16) {
        put16(table, is_there ? found->second / 4 : 0xffff);
      } else {
        put32(table, is_there ? found->second : 0xffffffff);
      }
    }
    align4(table);
    return table;
  }

  void put_entry(ByteVector& out, const TestResource& resource) {
    const std::uint32_t data = resource.type == 3 ? pool_.add(resource.text) : resource.data;
    if (options_.compact) {
      put16(out, 0);  // key
      put16(out, static_cast<std::uint32_t>(0x0008 | resource.type << 8));
      put32(out, data);
      return;
    }
    put16(out, resource.is_complex ? 16 : 8);
    put16(out, resource.is_complex ? 1 : 0);
    put32(out, 0);  // key
    if (resource.is_complex) {
      put32(out, 0);  // parent
      put32(out, 0);  // count
      return;
    }
    put16(out, 8);
    put8(out, 0);
    put8(out, resource.type);
    put32(out, data);
  }

  const ArscOptions& options_;
  StringPoolBuilder pool_;
};

}  // namespace

TestResource resource_reference(std::uint32_t id, std::uint32_t target,
                                const TestConfiguration& configuration) {
  TestResource resource;
  resource.id = id;
  resource.type = 1;
  resource.data = target;
  resource.configuration = configuration;
  return resource;
}

ByteVector arsc(const std::vector<TestResource>& resources, const ArscOptions& options) {
  return ArscWriter(options).write(resources);
}

}  // namespace sdkprint::test
