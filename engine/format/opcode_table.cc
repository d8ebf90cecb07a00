// Source: AOSP "Dalvik bytecode", the summary of the instruction set. Opcodes that only the runtime's own
// rewritten code contains (0x73, 0xe3 to 0xf9) count as unused: no dex file of an app may hold them.
#include "format/opcode_table.h"

namespace sdkprint::bytecode {

// clang-format off
constexpr Opcode kOpcodes[256] = {
    // 0x00
    {"nop", Format::k10x, IndexKind::none},
    {"move", Format::k12x, IndexKind::none},
    {"move/from16", Format::k22x, IndexKind::none},
    {"move/16", Format::k32x, IndexKind::none},
    {"move-wide", Format::k12x, IndexKind::none},
    {"move-wide/from16", Format::k22x, IndexKind::none},
    {"move-wide/16", Format::k32x, IndexKind::none},
    {"move-object", Format::k12x, IndexKind::none},
    {"move-object/from16", Format::k22x, IndexKind::none},
    {"move-object/16", Format::k32x, IndexKind::none},
    {"move-result", Format::k11x, IndexKind::none},
    {"move-result-wide", Format::k11x, IndexKind::none},
    {"move-result-object", Format::k11x, IndexKind::none},
    {"move-exception", Format::k11x, IndexKind::none},
    {"return-void", Format::k10x, IndexKind::none},
    {"return", Format::k11x, IndexKind::none},
    // 0x10
    {"return-wide", Format::k11x, IndexKind::none},
    {"return-object", Format::k11x, IndexKind::none},
    {"const/4", Format::k11n, IndexKind::none},
    {"const/16", Format::k21s, IndexKind::none},
    {"const", Format::k31i, IndexKind::none},
    {"const/high16", Format::k21h, IndexKind::none},
    {"const-wide/16", Format::k21s, IndexKind::none},
    {"const-wide/32", Format::k31i, IndexKind::none},
    {"const-wide", Format::k51l, IndexKind::none},
    {"const-wide/high16", Format::k21h, IndexKind::none},
    {"const-string", Format::k21c, IndexKind::string},
    {"const-string/jumbo", Format::k31c, IndexKind::string},
    {"const-class", Format::k21c, IndexKind::type},
    {"monitor-enter", Format::k11x, IndexKind::none},
    {"monitor-exit", Format::k11x, IndexKind::none},
    {"check-cast", Format::k21c, IndexKind::type},
    // 0x20
    {"instance-of", Format::k22c, IndexKind::type},
    {"array-length", Format::k12x, IndexKind::none},
    {"new-instance", Format::k21c, IndexKind::type},
    {"new-array", Format::k22c, IndexKind::type},
    {"filled-new-array", Format::k35c, IndexKind::type},
    {"filled-new-array/range", Format::k3rc, IndexKind::type},
    {"fill-array-data", Format::k31t, IndexKind::none},
    {"throw", Format::k11x, IndexKind::none},
    {"goto", Format::k10t, IndexKind::none},
    {"goto/16", Format::k20t, IndexKind::none},
    {"goto/32", Format::k30t, IndexKind::none},
    {"packed-switch", Format::k31t, IndexKind::none},
    {"sparse-switch", Format::k31t, IndexKind::none},
    {"cmpl-float", Format::k23x, IndexKind::none},
    {"cmpg-float", Format::k23x, IndexKind::none},
    {"cmpl-double", Format::k23x, IndexKind::none},
    // 0x30
    {"cmpg-double", Format::k23x, IndexKind::none},
    {"cmp-long", Format::k23x, IndexKind::none},
    {"if-eq", Format::k22t, IndexKind::none},
    {"if-ne", Format::k22t, IndexKind::none},
    {"if-lt", Format::k22t, IndexKind::none},
    {"if-ge", Format::k22t, IndexKind::none},
    {"if-gt", Format::k22t, IndexKind::none},
    {"if-le", Format::k22t, IndexKind::none},
    {"if-eqz", Format::k21t, IndexKind::none},
    {"if-nez", Format::k21t, IndexKind::none},
    {"if-ltz", Format::k21t, IndexKind::none},
    {"if-gez", Format::k21t, IndexKind::none},
    {"if-gtz", Format::k21t, IndexKind::none},
    {"if-lez", Format::k21t, IndexKind::none},
    {"unused-3e", Format::unused, IndexKind::none},
    {"unused-3f", Format::unused, IndexKind::none},
    // 0x40
    {"unused-40", Format::unused, IndexKind::none},
    {"unused-41", Format::unused, IndexKind::none},
    {"unused-42", Format::unused, IndexKind::none},
    {"unused-43", Format::unused, IndexKind::none},
    {"aget", Format::k23x, IndexKind::none},
    {"aget-wide", Format::k23x, IndexKind::none},
    {"aget-object", Format::k23x, IndexKind::none},
    {"aget-boolean", Format::k23x, IndexKind::none},
    {"aget-byte", Format::k23x, IndexKind::none},
    {"aget-char", Format::k23x, IndexKind::none},
    {"aget-short", Format::k23x, IndexKind::none},
    {"aput", Format::k23x, IndexKind::none},
    {"aput-wide", Format::k23x, IndexKind::none},
    {"aput-object", Format::k23x, IndexKind::none},
    {"aput-boolean", Format::k23x, IndexKind::none},
    {"aput-byte", Format::k23x, IndexKind::none},
    // 0x50
    {"aput-char", Format::k23x, IndexKind::none},
    {"aput-short", Format::k23x, IndexKind::none},
    {"iget", Format::k22c, IndexKind::field},
    {"iget-wide", Format::k22c, IndexKind::field},
    {"iget-object", Format::k22c, IndexKind::field},
    {"iget-boolean", Format::k22c, IndexKind::field},
    {"iget-byte", Format::k22c, IndexKind::field},
    {"iget-char", Format::k22c, IndexKind::field},
    {"iget-short", Format::k22c, IndexKind::field},
    {"iput", Format::k22c, IndexKind::field},
    {"iput-wide", Format::k22c, IndexKind::field},
    {"iput-object", Format::k22c, IndexKind::field},
    {"iput-boolean", Format::k22c, IndexKind::field},
    {"iput-byte", Format::k22c, IndexKind::field},
    {"iput-char", Format::k22c, IndexKind::field},
    {"iput-short", Format::k22c, IndexKind::field},
    // 0x60
    {"sget", Format::k21c, IndexKind::field},
    {"sget-wide", Format::k21c, IndexKind::field},
    {"sget-object", Format::k21c, IndexKind::field},
    {"sget-boolean", Format::k21c, IndexKind::field},
    {"sget-byte", Format::k21c, IndexKind::field},
    {"sget-char", Format::k21c, IndexKind::field},
    {"sget-short", Format::k21c, IndexKind::field},
    {"sput", Format::k21c, IndexKind::field},
    {"sput-wide", Format::k21c, IndexKind::field},
    {"sput-object", Format::k21c, IndexKind::field},
    {"sput-boolean", Format::k21c, IndexKind::field},
    {"sput-byte", Format::k21c, IndexKind::field},
    {"sput-char", Format::k21c, IndexKind::field},
    {"sput-short", Format::k21c, IndexKind::field},
    {"invoke-virtual", Format::k35c, IndexKind::method},
    {"invoke-super", Format::k35c, IndexKind::method},
    // 0x70
    {"invoke-direct", Format::k35c, IndexKind::method},
    {"invoke-static", Format::k35c, IndexKind::method},
    {"invoke-interface", Format::k35c, IndexKind::method},
    {"unused-73", Format::unused, IndexKind::none},
    {"invoke-virtual/range", Format::k3rc, IndexKind::method},
    {"invoke-super/range", Format::k3rc, IndexKind::method},
    {"invoke-direct/range", Format::k3rc, IndexKind::method},
    {"invoke-static/range", Format::k3rc, IndexKind::method},
    {"invoke-interface/range", Format::k3rc, IndexKind::method},
    {"unused-79", Format::unused, IndexKind::none},
    {"unused-7a", Format::unused, IndexKind::none},
    {"neg-int", Format::k12x, IndexKind::none},
    {"not-int", Format::k12x, IndexKind::none},
    {"neg-long", Format::k12x, IndexKind::none},
    {"not-long", Format::k12x, IndexKind::none},
    {"neg-float", Format::k12x, IndexKind::none},
    // 0x80
    {"neg-double", Format::k12x, IndexKind::none},
    {"int-to-long", Format::k12x, IndexKind::none},
    {"int-to-float", Format::k12x, IndexKind::none},
    {"int-to-double", Format::k12x, IndexKind::none},
    {"long-to-int", Format::k12x, IndexKind::none},
    {"long-to-float", Format::k12x, IndexKind::none},
    {"long-to-double", Format::k12x, IndexKind::none},
    {"float-to-int", Format::k12x, IndexKind::none},
    {"float-to-long", Format::k12x, IndexKind::none},
    {"float-to-double", Format::k12x, IndexKind::none},
    {"double-to-int", Format::k12x, IndexKind::none},
    {"double-to-long", Format::k12x, IndexKind::none},
    {"double-to-float", Format::k12x, IndexKind::none},
    {"int-to-byte", Format::k12x, IndexKind::none},
    {"int-to-char", Format::k12x, IndexKind::none},
    {"int-to-short", Format::k12x, IndexKind::none},
    // 0x90
    {"add-int", Format::k23x, IndexKind::none},
    {"sub-int", Format::k23x, IndexKind::none},
    {"mul-int", Format::k23x, IndexKind::none},
    {"div-int", Format::k23x, IndexKind::none},
    {"rem-int", Format::k23x, IndexKind::none},
    {"and-int", Format::k23x, IndexKind::none},
    {"or-int", Format::k23x, IndexKind::none},
    {"xor-int", Format::k23x, IndexKind::none},
    {"shl-int", Format::k23x, IndexKind::none},
    {"shr-int", Format::k23x, IndexKind::none},
    {"ushr-int", Format::k23x, IndexKind::none},
    {"add-long", Format::k23x, IndexKind::none},
    {"sub-long", Format::k23x, IndexKind::none},
    {"mul-long", Format::k23x, IndexKind::none},
    {"div-long", Format::k23x, IndexKind::none},
    {"rem-long", Format::k23x, IndexKind::none},
    // 0xa0
    {"and-long", Format::k23x, IndexKind::none},
    {"or-long", Format::k23x, IndexKind::none},
    {"xor-long", Format::k23x, IndexKind::none},
    {"shl-long", Format::k23x, IndexKind::none},
    {"shr-long", Format::k23x, IndexKind::none},
    {"ushr-long", Format::k23x, IndexKind::none},
    {"add-float", Format::k23x, IndexKind::none},
    {"sub-float", Format::k23x, IndexKind::none},
    {"mul-float", Format::k23x, IndexKind::none},
    {"div-float", Format::k23x, IndexKind::none},
    {"rem-float", Format::k23x, IndexKind::none},
    {"add-double", Format::k23x, IndexKind::none},
    {"sub-double", Format::k23x, IndexKind::none},
    {"mul-double", Format::k23x, IndexKind::none},
    {"div-double", Format::k23x, IndexKind::none},
    {"rem-double", Format::k23x, IndexKind::none},
    // 0xb0
    {"add-int/2addr", Format::k12x, IndexKind::none},
    {"sub-int/2addr", Format::k12x, IndexKind::none},
    {"mul-int/2addr", Format::k12x, IndexKind::none},
    {"div-int/2addr", Format::k12x, IndexKind::none},
    {"rem-int/2addr", Format::k12x, IndexKind::none},
    {"and-int/2addr", Format::k12x, IndexKind::none},
    {"or-int/2addr", Format::k12x, IndexKind::none},
    {"xor-int/2addr", Format::k12x, IndexKind::none},
    {"shl-int/2addr", Format::k12x, IndexKind::none},
    {"shr-int/2addr", Format::k12x, IndexKind::none},
    {"ushr-int/2addr", Format::k12x, IndexKind::none},
    {"add-long/2addr", Format::k12x, IndexKind::none},
    {"sub-long/2addr", Format::k12x, IndexKind::none},
    {"mul-long/2addr", Format::k12x, IndexKind::none},
    {"div-long/2addr", Format::k12x, IndexKind::none},
    {"rem-long/2addr", Format::k12x, IndexKind::none},
    // 0xc0
    {"and-long/2addr", Format::k12x, IndexKind::none},
    {"or-long/2addr", Format::k12x, IndexKind::none},
    {"xor-long/2addr", Format::k12x, IndexKind::none},
    {"shl-long/2addr", Format::k12x, IndexKind::none},
    {"shr-long/2addr", Format::k12x, IndexKind::none},
    {"ushr-long/2addr", Format::k12x, IndexKind::none},
    {"add-float/2addr", Format::k12x, IndexKind::none},
    {"sub-float/2addr", Format::k12x, IndexKind::none},
    {"mul-float/2addr", Format::k12x, IndexKind::none},
    {"div-float/2addr", Format::k12x, IndexKind::none},
    {"rem-float/2addr", Format::k12x, IndexKind::none},
    {"add-double/2addr", Format::k12x, IndexKind::none},
    {"sub-double/2addr", Format::k12x, IndexKind::none},
    {"mul-double/2addr", Format::k12x, IndexKind::none},
    {"div-double/2addr", Format::k12x, IndexKind::none},
    {"rem-double/2addr", Format::k12x, IndexKind::none},
    // 0xd0
    {"add-int/lit16", Format::k22s, IndexKind::none},
    {"rsub-int", Format::k22s, IndexKind::none},
    {"mul-int/lit16", Format::k22s, IndexKind::none},
    {"div-int/lit16", Format::k22s, IndexKind::none},
    {"rem-int/lit16", Format::k22s, IndexKind::none},
    {"and-int/lit16", Format::k22s, IndexKind::none},
    {"or-int/lit16", Format::k22s, IndexKind::none},
    {"xor-int/lit16", Format::k22s, IndexKind::none},
    {"add-int/lit8", Format::k22b, IndexKind::none},
    {"rsub-int/lit8", Format::k22b, IndexKind::none},
    {"mul-int/lit8", Format::k22b, IndexKind::none},
    {"div-int/lit8", Format::k22b, IndexKind::none},
    {"rem-int/lit8", Format::k22b, IndexKind::none},
    {"and-int/lit8", Format::k22b, IndexKind::none},
    {"or-int/lit8", Format::k22b, IndexKind::none},
    {"xor-int/lit8", Format::k22b, IndexKind::none},
    // 0xe0
    {"shl-int/lit8", Format::k22b, IndexKind::none},
    {"shr-int/lit8", Format::k22b, IndexKind::none},
    {"ushr-int/lit8", Format::k22b, IndexKind::none},
    {"unused-e3", Format::unused, IndexKind::none},
    {"unused-e4", Format::unused, IndexKind::none},
    {"unused-e5", Format::unused, IndexKind::none},
    {"unused-e6", Format::unused, IndexKind::none},
    {"unused-e7", Format::unused, IndexKind::none},
    {"unused-e8", Format::unused, IndexKind::none},
    {"unused-e9", Format::unused, IndexKind::none},
    {"unused-ea", Format::unused, IndexKind::none},
    {"unused-eb", Format::unused, IndexKind::none},
    {"unused-ec", Format::unused, IndexKind::none},
    {"unused-ed", Format::unused, IndexKind::none},
    {"unused-ee", Format::unused, IndexKind::none},
    {"unused-ef", Format::unused, IndexKind::none},
    // 0xf0
    {"unused-f0", Format::unused, IndexKind::none},
    {"unused-f1", Format::unused, IndexKind::none},
    {"unused-f2", Format::unused, IndexKind::none},
    {"unused-f3", Format::unused, IndexKind::none},
    {"unused-f4", Format::unused, IndexKind::none},
    {"unused-f5", Format::unused, IndexKind::none},
    {"unused-f6", Format::unused, IndexKind::none},
    {"unused-f7", Format::unused, IndexKind::none},
    {"unused-f8", Format::unused, IndexKind::none},
    {"unused-f9", Format::unused, IndexKind::none},
    {"invoke-polymorphic", Format::k45cc, IndexKind::method_and_proto},
    {"invoke-polymorphic/range", Format::k4rcc, IndexKind::method_and_proto},
    {"invoke-custom", Format::k35c, IndexKind::call_site},
    {"invoke-custom/range", Format::k3rc, IndexKind::call_site},
    {"const-method-handle", Format::k21c, IndexKind::method_handle},
    {"const-method-type", Format::k21c, IndexKind::proto},
};
// clang-format on

namespace {

constexpr std::uint8_t width_of(Format format) {
  switch (format) {
    case Format::unused:
      return 0;
    case Format::k10x:
    case Format::k12x:
    case Format::k11n:
    case Format::k11x:
    case Format::k10t:
      return 1;
    case Format::k20t:
    case Format::k22x:
    case Format::k21t:
    case Format::k21s:
    case Format::k21h:
    case Format::k21c:
    case Format::k23x:
    case Format::k22b:
    case Format::k22t:
    case Format::k22s:
    case Format::k22c:
      return 2;
    case Format::k30t:
    case Format::k32x:
    case Format::k31i:
    case Format::k31t:
    case Format::k31c:
    case Format::k35c:
    case Format::k3rc:
      return 3;
    case Format::k45cc:
    case Format::k4rcc:
      return 4;
    case Format::k51l:
      return 5;
  }
  return 0;
}

constexpr std::array<Brief, 256> make_briefs() {
  std::array<Brief, 256> briefs{};
  for (std::size_t opcode = 1; opcode < briefs.size(); ++opcode) {  // nop stays 0 units wide
    const Opcode& row = kOpcodes[opcode];
    const bool has_index = row.index_kind != IndexKind::none;
    briefs[opcode] = {width_of(row.format), row.index_kind,
                      static_cast<std::uint16_t>(has_index ? 0xffff : 0)};
  }
  return briefs;
}

}  // namespace

constexpr std::array<Brief, 256> kBriefs = make_briefs();

}  // namespace sdkprint::bytecode
