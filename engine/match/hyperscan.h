#pragma once
// RAII and error translation for Hyperscan (hs.h is included in match/ only).
#include <hs/hs.h>

#include <memory>
#include <string>
#include <utility>

#include "base/error.h"

namespace sdkprint::hyperscan {

/// Turns a Hyperscan code into Error; `what` is the call's name.
inline void check(hs_error_t code, const char* what) {
  if (code == HS_SUCCESS) return;
  throw Error(std::string("Hyperscan: ") + what + " failed with code " + std::to_string(code) +
              (code == HS_ARCH_ERROR ? " (this processor lacks SSSE3)" : ""));
}

struct FreeDatabase {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};
using Database = std::unique_ptr<hs_database_t, FreeDatabase>;

struct FreeScratch {
  void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }
};
using Scratch = std::unique_ptr<hs_scratch_t, FreeScratch>;

}  // namespace sdkprint::hyperscan
