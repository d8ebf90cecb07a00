// A file of behaviours: TOML, members in dex notation, validation. No text may throw, recurse without end or
// take long.
#include "base/bytes.h"
#include "behaviour_text.h"
#include "fuzz_target.h"
#include "signature/behaviour_reader.h"

using namespace sdkprint;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(as_text(Bytes(data, size)));
  for (const char* shared : {"permissions.toml", "benign.toml"}) {
    std::vector<SignatureSource> sources = test::behaviours_with(test::behaviour("one"));
    sources.push_back({shared, "", text});
    std::vector<Diagnostic> said;
    parse_behaviours(sources, said);
  }
  std::vector<Diagnostic> diagnostics;
  const BehaviourSet set = parse_behaviours(test::behaviours_with(text), diagnostics);
  // A text is either complained of or yields what it says: never neither.
  if (set.behaviours.empty() && diagnostics.empty()) __builtin_trap();
  for (const Diagnostic& diagnostic : diagnostics) to_string(diagnostic);
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  const std::string texts[] = {
      test::complete_behaviour(),
      test::behaviour("one") + test::behaviour("one"),
      test::behaviour("one") +
          "methods = [\"Lcom/foo/Bar;-><init>([[ILa/b;)V\", \"Lcom//a;->b(\", \"com.foo->x\"]\n",
      test::permission("a.P") +
          test::permission_rule("void", "a.P", "device_api = 29\nbehaviours = [\"one\"]\n"),
      "[[benign]]\nclass = \"a.B\"\nbehaviours = [\"one\", \"two\"]\n",
      test::behaviour("one") + "context_groups = [\"shel\"]\nconstants = [-9223372036854775808, 1.5]\n"};
  std::vector<std::vector<std::uint8_t>> seeds;
  for (const std::string& text : texts) seeds.emplace_back(text.begin(), text.end());
  return seeds;
}
