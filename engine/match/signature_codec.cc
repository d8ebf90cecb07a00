#include "match/signature_codec.h"

#include "match/codec_parts.h"

namespace sdkprint {
namespace {

void write_pattern(ByteWriter& out, const Pattern& pattern) {
  out.u8(static_cast<std::uint8_t>(pattern.surface));
  out.u8(static_cast<std::uint8_t>(pattern.kind));
  out.u8(static_cast<std::uint8_t>(pattern.grade));
  out.u8(pattern.weak ? 1 : 0);
  out.text(pattern.text);
}

Pattern read_pattern(Reader& in) {
  Pattern pattern;
  pattern.surface = read_enum<Surface>(in, kSurfaceCount);
  pattern.kind = read_enum<Pattern::Kind>(in, 5);
  pattern.grade = read_enum<Grade>(in, kGradeCount);
  pattern.weak = in.u8() != 0;
  pattern.text = read_text(in);
  return pattern;
}

void write_rule(ByteWriter& out, const VersionRule& rule) {
  out.u8(static_cast<std::uint8_t>(rule.source));
  for (const std::string* text : {&rule.target, &rule.key, &rule.regex, &rule.format}) out.text(*text);
}

VersionRule read_rule(Reader& in) {
  VersionRule rule;
  rule.source = read_enum<VersionRule::Source>(in, 8);
  for (std::string* text : {&rule.target, &rule.key, &rule.regex, &rule.format}) *text = read_text(in);
  return rule;
}

void write_sdk(ByteWriter& out, const Sdk& sdk) {
  for (const std::string* text :
       {&sdk.id, &sdk.name, &sdk.name_zh, &sdk.vendor, &sdk.category, &sdk.homepage, &sdk.privacy_policy}) {
    out.text(*text);
  }
  out.u8(static_cast<std::uint8_t>(sdk.kind));
  out.u8(sdk.in_platform ? 1 : 0);
  for (const std::vector<std::string>* texts : {&sdk.aliases, &sdk.contains, &sdk.sources})
    write_texts(out, *texts);
  write_list(out, sdk.patterns, [&](const Pattern& pattern) { write_pattern(out, pattern); });
  out.u32(sdk.defined.classes);
  out.u32(sdk.defined.code_bytes);
  write_texts(out, sdk.defined.any_class);
  write_list(out, sdk.versions, [&](const VersionRule& rule) { write_rule(out, rule); });
  write_texts(out, sdk.declares.behaviours);
  out.text(sdk.declares.source);
}

Sdk read_sdk(Reader& in) {
  Sdk sdk;
  for (std::string* text :
       {&sdk.id, &sdk.name, &sdk.name_zh, &sdk.vendor, &sdk.category, &sdk.homepage, &sdk.privacy_policy}) {
    *text = read_text(in);
  }
  sdk.kind = read_enum<Sdk::Kind>(in, 3);
  sdk.in_platform = in.u8() != 0;
  for (std::vector<std::string>* texts : {&sdk.aliases, &sdk.contains, &sdk.sources}) *texts = read_texts(in);
  sdk.patterns = read_list<Pattern>(in, [&] { return read_pattern(in); });
  sdk.defined.classes = in.u32();
  sdk.defined.code_bytes = in.u32();
  sdk.defined.any_class = read_texts(in);
  sdk.versions = read_list<VersionRule>(in, [&] { return read_rule(in); });
  sdk.declares.behaviours = read_texts(in);
  sdk.declares.source = read_text(in);
  return sdk;
}

}  // namespace

void encode(const SignatureSet& set, ByteWriter& out) {
  write_list(out, set.vendors, [&](const Vendor& vendor) {
    for (const std::string* text : {&vendor.id, &vendor.name, &vendor.name_zh, &vendor.country})
      out.text(*text);
  });
  write_list(out, set.categories, [&](const Category& category) {
    for (const std::string* text : {&category.id, &category.name, &category.name_zh}) out.text(*text);
  });
  write_list(out, set.sdks, [&](const Sdk& sdk) { write_sdk(out, sdk); });
}

SignatureSet decode_signatures(Reader& in) {
  SignatureSet set;
  set.vendors = read_list<Vendor>(in, [&] {
    Vendor vendor;
    for (std::string* text : {&vendor.id, &vendor.name, &vendor.name_zh, &vendor.country})
      *text = read_text(in);
    return vendor;
  });
  set.categories = read_list<Category>(in, [&] {
    Category category;
    for (std::string* text : {&category.id, &category.name, &category.name_zh}) *text = read_text(in);
    return category;
  });
  set.sdks = read_list<Sdk>(in, [&] { return read_sdk(in); });
  return set;
}

}  // namespace sdkprint
