#include "class_builder.h"

namespace sdkprint::test {

ClassBuilder::ClassBuilder(std::string_view this_class, std::string_view super_class) {
  this_class_ = class_entry(this_class);
  if (!super_class.empty()) super_class_ = class_entry(super_class);
}

void ClassBuilder::append(ByteVector& out, std::uint64_t value, int width) {
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::uint16_t ClassBuilder::entry(std::uint8_t tag, const ByteVector& payload, int indices) {
  pool_.push_back(tag);
  pool_.insert(pool_.end(), payload.begin(), payload.end());
  const std::uint16_t index = next_index_;
  next_index_ = static_cast<std::uint16_t>(next_index_ + indices);
  return index;
}

std::uint16_t ClassBuilder::utf8(std::string_view text) {
  for (const auto& [known, index] : shared_) {
    if (known == text) return index;
  }
  ByteVector payload;
  append(payload, text.size(), 2);
  payload.insert(payload.end(), text.begin(), text.end());
  const std::uint16_t index = entry(1, payload);
  shared_.emplace_back(text, index);
  return index;
}

std::uint16_t ClassBuilder::class_entry(std::string_view name) { return entry(7, code(u2(utf8(name)))); }

std::uint16_t ClassBuilder::string(std::string_view text) { return entry(8, code(u2(utf8(text)))); }

std::uint16_t ClassBuilder::integer(std::int32_t value) {
  ByteVector payload;
  append(payload, static_cast<std::uint32_t>(value), 4);
  return entry(3, payload);
}

std::uint16_t ClassBuilder::long_integer(std::int64_t value) {
  ByteVector payload;
  append(payload, static_cast<std::uint64_t>(value), 8);
  return entry(5, payload, 2);
}

std::uint16_t ClassBuilder::field_ref(std::string_view class_name, std::string_view name,
                                      std::string_view descriptor) {
  const std::uint16_t owner = class_entry(class_name), name_index = utf8(name), type = utf8(descriptor);
  const std::uint16_t name_and_type = entry(12, code(u2(name_index), u2(type)));
  return entry(9, code(u2(owner), u2(name_and_type)));
}

ClassBuilder& ClassBuilder::field(std::uint16_t access, std::string_view name, std::string_view descriptor,
                                  std::uint16_t constant) {
  std::vector<Attribute> attributes;
  if (constant != 0) attributes.emplace_back("ConstantValue", code(u2(constant)));
  fields_.push_back({access, utf8(name), utf8(descriptor), std::move(attributes)});
  return *this;
}

ClassBuilder& ClassBuilder::method(std::uint16_t access, std::string_view name, std::string_view descriptor) {
  return method_with(access, name, descriptor, {});
}

ClassBuilder& ClassBuilder::method(std::uint16_t access, std::string_view name, std::string_view descriptor,
                                   const ByteVector& bytes) {
  return method_with(access, name, descriptor, {code_attribute(bytes)});
}

ClassBuilder& ClassBuilder::method_with(std::uint16_t access, std::string_view name,
                                        std::string_view descriptor, std::vector<Attribute> attributes) {
  methods_.push_back({access, utf8(name), utf8(descriptor), std::move(attributes)});
  return *this;
}

ClassBuilder::Attribute ClassBuilder::code_attribute(const ByteVector& bytes) {
  ByteVector out = code(u2(2), u2(2));
  append(out, bytes.size(), 4);
  out.insert(out.end(), bytes.begin(), bytes.end());
  append(out, 0, 2);  // exception_table_length
  append(out, 0, 2);  // attributes_count
  return {"Code", out};
}

void ClassBuilder::append_attributes(ByteVector& out, const std::vector<Attribute>& attributes) {
  append(out, attributes.size(), 2);
  for (const auto& [name, bytes] : attributes) {
    append(out, utf8(name), 2);
    append(out, bytes.size(), 4);
    out.insert(out.end(), bytes.begin(), bytes.end());
  }
}

void ClassBuilder::append_members(ByteVector& out, const std::vector<Member>& members) {
  append(out, members.size(), 2);
  for (const Member& member : members) {
    append(out, member.access, 2);
    append(out, member.name, 2);
    append(out, member.descriptor, 2);
    append_attributes(out, member.attributes);
  }
}

ByteVector ClassBuilder::build() {
  ByteVector rest = code(u2(access_), u2(this_class_), u2(super_class_));
  append(rest, interfaces_.size(), 2);
  for (const std::uint16_t index : interfaces_) append(rest, index, 2);
  append_members(rest, fields_);
  append_members(rest, methods_);
  append_attributes(rest, attributes_);

  // The attributes' names joined the pool above, so it is written last.
  ByteVector out;
  append(out, 0xcafebabe, 4);
  append(out, 0, 2);
  append(out, version_, 2);
  append(out, next_index_, 2);
  out.insert(out.end(), pool_.begin(), pool_.end());
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

}  // namespace sdkprint::test
