// Hosts in strings: what counts as one, and where they are found.
#include "scan/host_strings.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "app_fixture.h"

namespace sdkprint {
namespace {

using namespace test;

std::string brief(std::string_view text) {
  const std::optional<HostText> host = host_of(text);
  return !host ? "-" : host->cleartext ? host->host + " http" : host->host;
}

TEST_CASE("hosts of URLs") {
  CHECK(brief("https://Stats.Jpush.CN/v3/report") == "stats.jpush.cn");
  CHECK(brief("http://a.b.com:8080") == "a.b.com http");
  CHECK(brief("wss://a.b.io/x") == "a.b.io");
  CHECK(brief("https://user:password@a.b.com/x") == "a.b.com");
  CHECK(brief("see http://a.b.com/x for more") == "a.b.com http");
  CHECK(brief("http://113.31.17.107/x") == "113.31.17.107 http");
}

TEST_CASE("what is no host that anybody connects to") {
  for (const char* text :
       {"http://schemas.android.com/apk/res/android", "http://www.w3.org/1999/xhtml",
        "http://localhost:8081/x", "http://127.0.0.1/", "https://%s/x", "https://", "://",
        "content://a.b.com/x", "file://a.b.com", "http://host", "http://1.2.3", "https://a.b.c1"}) {
    CHECK_MESSAGE(brief(text) == "-", text);
  }
}

TEST_CASE("a text without a scheme must be a host throughout") {
  CHECK(brief("s.jpush.cn") == "s.jpush.cn");
  CHECK(brief("update.sdk.jiguang.cn") == "update.sdk.jiguang.cn");
  for (const char* text :
       {"com.foo.net", "cn.foo.com", "org.a.com", "mail to me@a.com", "a b.com", "x.y", ".com"}) {
    CHECK_MESSAGE(brief(text) == "-", text);
  }
}

TEST_CASE("candidates are found among a file's strings, each once") {
  DexBuilder dex;
  for (const char* text : {"https://a.b.com/x://y", "c.d.cn", "e.f.net", "plain", "http://", "com.foo.cn"})
    dex.add_string(text);
  const ByteVector bytes = dex.build();
  const DexFile file(bytes);
  std::vector<std::string> found;
  const DexStringIndex strings(file);
  for (const std::uint32_t index : host_candidates(file, strings, 100))
    found.emplace_back(file.string(index));
  CHECK(found == std::vector<std::string>{"c.d.cn", "e.f.net", "https://a.b.com/x://y"});
  CHECK(host_candidates(file, strings, 1).size() == 1);
}

TEST_CASE("candidates are found wherever they lie among others") {
  DexBuilder dex;
  std::vector<std::string> wanted;
  for (int i = 0; i < 200; ++i) {
    const std::string number = std::to_string(1000 + i), filler(static_cast<std::size_t>(i), 'x');
    dex.add_string("a" + number + filler);
    const char* const forms[] = {"http://%.org", "%.com", "%.cn", "%.net"};
    std::string text = forms[i % 4];
    text.replace(text.find('%'), 1, "h" + number + ".a");
    wanted.push_back(text);
    dex.add_string(text);
  }
  const ByteVector bytes = dex.build();
  const DexFile file(bytes);
  const DexStringIndex strings(file);
  std::vector<std::string> found;
  for (const std::uint32_t index : host_candidates(file, strings, 1000))
    found.emplace_back(file.string(index));
  std::sort(wanted.begin(), wanted.end());
  CHECK(found == wanted);
}

}  // namespace
}  // namespace sdkprint
