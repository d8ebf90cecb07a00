#pragma once
// What the code of one physical dex file says, read in one linear walk: its classes, who calls what, which
// objects are made, where it does what the catalogue knows. Depends on the file's bytes and the catalogue
// only, so that it can be kept by content; link_code() (app_code.h) joins the files of an app.
//
// Plain data that borrows nothing: arrays of integers whose rows refer to each other by index. Rows of one
// list that belong to a row of another are consecutive; `…_end` says where they end, and they begin where
// those of the row before end.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "behaviour/catalogue_index.h"
#include "behaviour/use_event.h"
#include "format/dex.h"
#include "result/report.h"
#include "result/use.h"

namespace sdkprint {

/// What one instruction of a method leads to.
enum class EdgeKind : std::uint8_t {
  direct,        ///< invoke-direct; target: method
  static_call,   ///< invoke-static; target: method
  super,         ///< invoke-super; target: method
  dispatch,      ///< invoke-virtual, invoke-interface; target: method
  make,          ///< new-instance; target: type
  initialize,    ///< reads or writes a static field; target: type
  reflect,       ///< names the class in a string, and looks classes up by name; target: of `reflected`
  reflect_make,  ///< the same, and makes objects of classes it looked up
};
inline constexpr std::size_t kEdgeKindCount = 8;

/// One dex file (of an 041 container there are several). Type and proto numbers are the file's own.
struct DexFacts {
  static constexpr std::uint32_t kNone = CatalogueIndex::kNone;
  static constexpr std::uint32_t kPcBits = 28;  ///< of `places`; a pc that does not fit is all ones

  struct Class {
    std::uint32_t type;
    std::uint32_t superclass;  ///< type, or kNone
    std::uint32_t access_flags;
    std::uint32_t descriptor_off;  ///< of its descriptor in the file
    std::uint32_t interfaces_end, methods_end;
  };
  struct Proto {
    std::uint32_t return_type;  ///< kNone: unreadable
    std::uint32_t parameters_end;
  };
  /// A row of method_ids. `name` is kNone for methods of the platform, which lead nowhere.
  struct MethodId {
    std::uint16_t type, proto;
    std::uint32_t name;
  };
  /// A method that a class defines.
  struct Method {
    std::uint32_t id;     ///< row of method_ids
    std::uint32_t flags;  ///< access flags, and the two below
    std::uint32_t edges_end;
  };
  static constexpr std::uint32_t kHasCode = 0x01000000;
  static constexpr std::uint32_t kIsShort = 0x02000000;  ///< no more code than a wrapper has
  static constexpr std::uint32_t kIsDirect =
      0x04000000;  ///< static, private or a constructor: not overridden

  /// A use, before it is put into words.
  struct UseRow {
    std::uint32_t method;  ///< of `methods`
    std::uint32_t line;    ///< or kNone
    std::uint64_t offset;  ///< of the instruction in the file
    Sighting sighting;
  };
  /// A method in which a call's receiver is a class whose superclasses are not all in this file: what its
  /// references mean together is decided when they are known.
  struct PendingMethod {
    std::uint32_t method, insns_off;
    std::uint32_t events_end;
  };
  /// A call of a method that `climbs` past the last class that is known here.
  struct PendingCall {
    std::uint32_t id;     ///< row of method_ids
    std::uint32_t type;   ///< the first class that another file may define
    std::uint32_t text;   ///< the method's name
    std::uint64_t proto;  ///< descriptor_hash of the method's types
  };
  /// A method with the name of an override target of the catalogue.
  struct OverrideRow {
    std::uint32_t method;     ///< of `methods`
    std::uint32_t text;       ///< its name
    std::uint32_t line;       ///< or kNone
    std::uint32_t insns_off;  ///< 0: no code
    std::uint64_t proto;      ///< descriptor_hash of its types
  };

  std::string text;  ///< MUTF-8 of types, then of names, back to back; each cut at 2048 bytes
  std::vector<std::uint32_t> type_ends, name_ends;      ///< in `text`
  std::vector<std::uint64_t> type_hashes, name_hashes;  ///< descriptor_hash of the text
  std::vector<Proto> protos;
  std::vector<std::uint16_t> parameters;  ///< types
  std::vector<MethodId> method_ids;
  std::vector<Class> classes;
  std::vector<std::uint32_t> interfaces;  ///< types
  std::vector<Method> methods;
  std::vector<std::uint16_t> edge_targets;
  std::vector<std::uint32_t> edge_places;  ///< kind << kPcBits | pc; of one target in a method the first
  std::vector<std::uint64_t> reflected;    ///< descriptor_hash of classes named in strings
  std::vector<UseRow> uses;                ///< by method, then pc, then behaviour
  std::vector<PendingMethod> pending_methods;
  std::vector<PendingCall> pending_calls;
  std::vector<UseEvent> events;            ///< of the pending methods
  std::vector<std::uint32_t> event_lines;  ///< beside them; kNone: unknown
  std::vector<OverrideRow> overrides;
  std::uint64_t call_sites = 0;  ///< invoke-custom and invoke-polymorphic, which are not followed

  /// Of a row of `methods`.
  std::uint32_t edges_begin(std::uint32_t method) const {
    return method == 0 ? 0 : methods[method - 1].edges_end;
  }
  std::string_view type_text(std::uint32_t type) const;
  std::string_view name_text(std::uint32_t name) const;
  /// dexdump's notation in MUTF-8. A name that is not kept is "?".
  std::string method_text(std::uint32_t id) const;
};

struct CodeFacts {
  std::vector<DexFacts> dexes;
  std::vector<Problem> problems;  ///< `entry` is left empty
  std::uint64_t memory() const;   ///< bytes that the rows take
};

/// A const-string that loads a string somebody asked for.
struct StringUser {
  std::uint32_t string;      ///< string_ids index
  std::uint32_t method_idx;  ///< row of method_ids
  std::uint32_t pc;
};

/// Strings whose users the caller of read_code() wants to know, so that one walk serves him too.
struct StringWatch {
  std::vector<std::vector<std::uint32_t>> strings;  ///< by dex file: string_ids indexes, ascending
  std::vector<std::vector<StringUser>> users;  ///< by dex file, in the order of the code; at most a million
};

/// `dexes` are all dex files of one physical file (DexFile::open). Never throws InputError: what cannot be
/// read is a Problem, and the rest is read. At most `limit` uses are kept. Time and memory are linear in the
/// file's size whatever it contains. Safe to call from several threads with one index. `methods`, by dex
/// file, spares decoding them again; none: nobody did.
CodeFacts read_code(const CatalogueIndex& index, std::span<const DexFile> dexes, std::size_t limit = 200'000,
                    StringWatch* watch = nullptr, std::span<const DexMethods* const> methods = {});

}  // namespace sdkprint
