#pragma once
// One complaint of the lint: a diagnostic with what allow lists need to speak about it.
#include <string>
#include <vector>

#include "lint/rules.h"
#include "signature/diagnostic.h"

namespace sdkprint {

struct LintFinding {
  Diagnostic diagnostic;
  LintSeverity severity = LintSeverity::error;
  std::string sdk;      ///< id of the SDK (or vendor) that is spoken of; empty when the file is no TOML
  std::string pattern;  ///< text of the pattern that is spoken of, or empty
};

}  // namespace sdkprint
