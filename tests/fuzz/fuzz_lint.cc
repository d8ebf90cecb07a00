// The lint over any signature file, reference and allow list: no text may throw or make it say something of
// no rule. The three texts are separated by the byte 0xFF, which no UTF-8 has.
#include <algorithm>

#include "base/bytes.h"
#include "fuzz_target.h"
#include "lint_text.h"

using namespace sdkprint;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = as_text(Bytes(data, size));
  const auto next = [&] {
    const std::size_t end = std::min(rest.find('\xFF'), rest.size());
    const std::string text(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return text;
  };
  LintInput input = test::lint_input(next());
  input.reference = LintFile{"lint/reference.tsv", next()};
  input.allow = LintFile{"lint/allow.toml", next()};
  input.ids = LintFile{"lint/ids.txt", next()};
  for (const LintFinding& one : lint(input))
    if (find_rule(one.diagnostic.code) == nullptr) __builtin_trap();
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  const std::string reference =
      "owner\t0\ta\nowner\t1\tb\nowner\t2\tc\nclass\tcom.acme\t0 1\nlibrary\tlibx.so\t0 1 2\n";
  const std::string allow = "[[allow]]\ncode = \"SP201\"\nsdk = \"a\"\nreason = \"r\"\n";
  const std::string texts[] = {
      test::lint_sdk(
          "a", "class = [\"com.acme\", \"com.acme.push\"]\nlibrary = [\"libx.so\"]\nhost = [\"acme.com\"]",
          "[[sdk.version]]\nlibrary = 'libx(\\d+)\\.so'") +
          "\xFF" + reference + "\xFF" + allow + "\xFF" + "a\nb\n",
      test::lint_sdk("a", "string = [{ regex = '.*acme-push\\d{1,40}' }]") + "\xFF" + "owner\t0\t\nclass\n" +
          "\xFF" + "[[allow",
      "[[sdk]]\n\xFF\xFF\xFF"};
  std::vector<std::vector<std::uint8_t>> seeds;
  for (const std::string& text : texts) seeds.emplace_back(text.begin(), text.end());
  return seeds;
}
