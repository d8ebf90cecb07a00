#include "signature_text.h"

namespace sdkprint::test {

std::vector<SignatureSource> shared_sources() {
  return {{"vendors.toml", "",
           "[[vendor]]\nid = \"acme\"\nname = \"Acme\"\ncountry = \"US\"\n"
           "[[vendor]]\nid = \"jiguang\"\nname = \"Jiguang\"\nname_zh = \"极光\"\ncountry = \"CN\"\n"},
          {"categories.toml", "",
           "[[category]]\nid = \"push\"\nname = \"Push\"\nname_zh = \"推送\"\n"
           "[[category]]\nid = \"analytics\"\nname = \"Analytics\"\nname_zh = \"统计分析\"\n"}};
}

std::vector<SignatureSource> sources_with(std::string_view text) {
  std::vector<SignatureSource> sources = shared_sources();
  sources.push_back({"push/a.toml", "push", std::string(text)});
  return sources;
}

std::string sdk_with_patterns(std::string_view patterns) {
  return "[[sdk]]\nid = \"acme-push\"\nname = \"Acme Push\"\nvendor = \"acme\"\n[sdk.patterns]\n" +
         std::string(patterns) + "\n";
}

std::string sdk_with(std::string_view more) {
  return sdk_with_patterns("class = [\"com.acme.push\"]\n" + std::string(more));
}

std::string complete_sdk() {
  return R"(# every key
[[sdk]]
id = "jpush"
name = "JPush"
name_zh = "极光推送"
aliases = ["Jiguang Push"]
vendor = "jiguang"
category = "push"
kind = "sdk"
homepage = "https://www.jiguang.cn/push"
privacy_policy = "https://www.jiguang.cn/license/privacy"
contains = ["jcore"]
sources = ["libchecker", "artefact"]
declares = ["imei", "device-model"]
declares_source = "https://www.jiguang.cn/license/privacy"

[sdk.patterns]
class = ["cn.jpush.android", { exact = "com.foo.Bar" }, { glob = "cn.jiguang.*.Push" }]
reference = [{ prefix = "cn.jpush.reactnative", grade = "trace" }]
string = ["*jpush-sdk*", { regex = '(?i)^jpush-(core|sdk)\d+$' }]
library = ["libjpush*.so"]
symbol = ["Java_cn_jpush_*"]
native-string = [{ prefix = "JPUSH: " }]
entry = [{ glob = "assets/jpush_*.dat", grade = "defined" }]
manifest = ["meta-data:JPUSH_APPKEY", { glob = "action:cn.jpush.android.intent.*", weak = true }]
host = ["jpush.cn", { exact = "s.jpush.io" }]

[sdk.defined]
classes = 3
code_bytes = 0
any_class = ["cn.jpush.android.api.JPushInterface"]

[[sdk.version]]
field = "cn.jpush.android.BuildConfig.VERSION_NAME"
[[sdk.version]]
code = "cn.jpush.android.*.version"
regex = '^(\d+)\.(\d+)$'
format = "$1.$2"
[[sdk.version]]
string = 'jpush-sdk/([\d.]+)'
[[sdk.version]]
library = 'libjpush(\d)(\d)(\d)\.so'
format = "$1.$2.$3"
[[sdk.version]]
native-string = 'JPUSH ([\d.]+)'
in = "libjpush*.so"
[[sdk.version]]
entry = "META-INF/cn.jpush_*.version"
key = "version"
[[sdk.version]]
manifest = "JPUSH_VERSION"

[[sdk.sample]]
npm = "jpush-react-native@3.2.1"
integrity = "sha512-)" +
         std::string(86, 'A') + R"(=="
path = "android/libs/jpush-android-5.9.0.jar"
sha256 = ")" +
         std::string(64, 'a') + R"("
grade = "defined"
version = "5.9.0"
[[sdk.sample]]
npm = "@acme/other@1.0.0-rc.1"
integrity = "sha512-)" +
         std::string(86, 'B') + R"(=="
path = "other.aar"
sha256 = ")" +
         std::string(64, 'b') + R"("
absent = true

[[sdk]]
id = "jcore"
name = "JCore"
vendor = "jiguang"
kind = "library"
[sdk.patterns]
class = ["cn.jiguang"]
)";
}

std::vector<std::string> complaints(const std::vector<SignatureSource>& sources) {
  std::vector<Diagnostic> diagnostics;
  parse_signatures(sources, diagnostics);
  std::vector<std::string> result;
  for (const Diagnostic& diagnostic : diagnostics) result.push_back(to_string(diagnostic));
  return result;
}

std::string complaint(std::string_view text) {
  std::string result;
  for (const std::string& line : complaints(sources_with(text)))
    result += (result.empty() ? "" : "\n") + line;
  return result;
}

}  // namespace sdkprint::test
