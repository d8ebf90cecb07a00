#pragma once
// Keeps every item of an entry's surfaces, for signature authors (sdkprint inspect).
#include <string_view>

#include "scan/entry_facts.h"
#include "scan/ownership.h"

namespace sdkprint {

class SurfaceCapture {
 public:
  SurfaceCapture(const PatternDatabase& database, EntryFacts& facts);

  void add_class(std::string_view name, const ClassClaim& claim, std::uint64_t code_bytes);
  /// A type descriptor or internal name; primitives and arrays of them are left out.
  void add_reference(std::string_view descriptor);
  /// A string of code, and the hosts of URLs in it.
  void add_string(std::string_view text);
  void add_native_string(std::string_view text);
  void add(Surface surface, std::string_view item);

 private:
  void add_hosts(std::string_view text);

  const PatternDatabase& database_;
  EntrySurfaces& surfaces_;
};

}  // namespace sdkprint
