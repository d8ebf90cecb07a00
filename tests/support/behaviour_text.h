#pragma once
// Behaviour files as text, for the tests of their reader and of the database.
#include <string>
#include <vector>

#include "signature/behaviour.h"
#include "signature/parser.h"

namespace sdkprint::test {

/// categories.toml with "location" and "sms", groups.toml with "shell" (Runtime.exec), location.toml with
/// `text`.
std::vector<SignatureSource> behaviours_with(const std::string& text);

/// A sound behaviour of 6 lines, shown by a string; more keys may follow.
std::string behaviour(const std::string& id);

/// Every key of the format.
std::string complete_behaviour();

/// The set of one file location.toml, with permissions.toml and benign.toml unless they are empty. Throws
/// std::runtime_error with the parser's words when anything is wrong.
BehaviourSet behaviours(const std::string& toml, const std::string& permissions = "",
                        const std::string& benign = "");

/// A [[permission]] of the protection level "dangerous" or another.
std::string permission(const std::string& id, const std::string& protection = "dangerous");

/// A [[rule]] of a kind, with these further lines.
std::string permission_rule(const std::string& kind, const std::string& permission, const std::string& lines);

}  // namespace sdkprint::test
