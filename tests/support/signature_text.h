#pragma once
// Signature files as text, for the tests of the parser and the seeds of its fuzz target.
#include <string>
#include <string_view>
#include <vector>

#include "signature/parser.h"

namespace sdkprint::test {

/// vendors.toml with "acme" and "jiguang", categories.toml with "push" and "analytics".
std::vector<SignatureSource> shared_sources();

/// push/a.toml with `text`, next to the shared files.
std::vector<SignatureSource> sources_with(std::string_view text);

/// A sound SDK "acme-push" whose table [sdk.patterns] stands in line 5; `patterns` begins in line 6.
std::string sdk_with_patterns(std::string_view patterns);

/// The same with the pattern com.acme.push; `more` begins in line 7.
std::string sdk_with(std::string_view more);

/// Every key of the format, in one file.
std::string complete_sdk();

/// What the parser says, one string a diagnostic.
std::vector<std::string> complaints(const std::vector<SignatureSource>& sources);

/// What it says of push/a.toml with `text`; all of them joined by line feeds.
std::string complaint(std::string_view text);

}  // namespace sdkprint::test
