// Signature files as a whole: TOML, records, validation. No text may throw, recurse without end or take long.
#include "base/bytes.h"
#include "fuzz_target.h"
#include "signature_text.h"

using namespace sdkprint;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<SignatureSource> sources = test::sources_with(as_text(Bytes(data, size)));
  std::vector<Diagnostic> diagnostics;
  const SignatureSet set = parse_signatures(sources, diagnostics);
  // A text is either complained of or yields what it says: never neither.
  if (set.sdks.empty() && diagnostics.empty()) __builtin_trap();
  for (const Diagnostic& diagnostic : diagnostics) to_string(diagnostic);
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  const std::string texts[] = {
      test::complete_sdk(), test::sdk_with("[[sdk.version]]\nstring = 'acme-(\\d+)'\nformat = \"$1.$2\""),
      test::sdk_with_patterns(
          "class = [\"com/acme\", \"com.\"]\nhost = [\"com.cn\"]\nstring = [{ regex = 'a(?=b)' }]"),
      "a.b.c = [[[[{x.y = 1}]]]]\n", "[[sdk]]\nid = \"\"\"\nx\"\"\"\"\"\n"};
  std::vector<std::vector<std::uint8_t>> seeds;
  for (const std::string& text : texts) seeds.emplace_back(text.begin(), text.end());
  return seeds;
}
