// Behaviours as text: what arrives in the model, and every complaint with its place.
#include "signature/behaviour_reader.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "behaviour_text.h"
#include "hostile.h"
#include "signature/member_ref.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

using Lines = std::vector<std::string>;

BehaviourSet parsed(const std::vector<SignatureSource>& sources) {
  std::vector<Diagnostic> diagnostics;
  return parse_behaviours(sources, diagnostics);
}

Lines complaints_of(const std::vector<SignatureSource>& sources) {
  std::vector<Diagnostic> diagnostics;
  parse_behaviours(sources, diagnostics);
  Lines lines;
  for (const Diagnostic& diagnostic : diagnostics) lines.push_back(to_string(diagnostic));
  return lines;
}

/// What is said of a sound behaviour with `lines` from line 7 on.
Lines complaints_with(const std::string& lines) {
  return complaints_of(behaviours_with(behaviour("one") + lines));
}

/// The same when it is one complaint without its place, which must be line 7 and this column.
std::string complaint_at(std::uint32_t column, const std::string& lines) {
  const Lines said = complaints_with(lines);
  REQUIRE(said.size() == 1);
  const std::string place = "location.toml:7:" + std::to_string(column) + ": error: ";
  CHECK(said[0].substr(0, place.size()) == place);
  return said[0].substr(std::min(place.size(), said[0].size()));
}

/// A folder that is gone afterwards.
struct TemporaryFolder {
  std::filesystem::path path;
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "sdkprint-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  void write(const std::string& name, std::string_view text) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name) << text;
  }
};

Lines texts(const std::vector<MemberRef>& members) {
  Lines result;
  for (const MemberRef& member : members) result.push_back(to_string(member));
  return result;
}

}  // namespace

TEST_CASE("every key of the format arrives in the model") {
  std::vector<Diagnostic> diagnostics;
  const BehaviourSet set = parse_behaviours(behaviours_with(complete_behaviour()), diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) FAIL(to_string(diagnostic));
  REQUIRE(set.behaviours.size() == 1);
  const Behaviour& one = set.behaviours[0];
  CHECK(one.id == "cell-info");
  CHECK(one.name == "Cell tower identity");
  CHECK(one.name_zh == "基站信息");
  CHECK(one.category == "location");
  CHECK(one.data_type_zh == "粗略位置信息");
  CHECK(one.standard == "T/TAF 077.2");
  CHECK(one.severity == Severity::high);
  CHECK_FALSE(one.lead_only);
  CHECK(texts(one.methods) == Lines{"Landroid/telephony/TelephonyManager;->getAllCellInfo()Ljava/util/List;",
                                    "Lcom/amap/api/Client;->start"});
  CHECK(texts(one.weak_methods) == Lines{"Landroid/telephony/TelephonyManager;->listen(Landroid/telephony/"
                                         "PhoneStateListener;I)V"});
  CHECK(texts(one.context_methods) ==
        Lines{"Ljava/lang/Runtime;->exec(Ljava/lang/String;)Ljava/lang/Process;",
              "Landroid/telephony/TelephonyManager;->listen(Landroid/telephony/PhoneStateListener;I)V"});
  CHECK(texts(one.context_fields) ==
        Lines{"Landroid/provider/CallLog$Calls;->CONTENT_URI:Landroid/net/Uri;"});
  CHECK(texts(one.fields) == Lines{"Landroid/net/DhcpInfo;->gateway:I", "Lcom/foo/Bar;->cells"});
  CHECK(one.strings == Lines{"content://cells"});
  CHECK(one.constants == std::vector<std::int64_t>{0x10, 0x400, -1});
  CHECK(texts(one.overrides) == Lines{"Landroid/telephony/PhoneStateListener;->onCellInfoChanged",
                                      "Landroid/telephony/TelephonyCallback$CellInfoListener;"});
  CHECK(one.receiver_subtypes == Lines{"Landroid/telephony/TelephonyManager;"});
  CHECK(one.native_symbols == Lines{"__system_property_get"});
  CHECK(one.manifest == Lines{"action:android.intent.action.PHONE_STATE"});
  CHECK(one.permissions == Lines{"android.permission.ACCESS_FINE_LOCATION"});
  CHECK(one.notice_labels == Lines{"APP强制、频繁、过度索取权限"});
  CHECK(to_string(one.place) == "location.toml:1:1");
}

TEST_CASE("categories and behaviours come sorted") {
  const BehaviourSet set = parsed(behaviours_with(behaviour("two") + behaviour("one")));
  REQUIRE(set.categories.size() == 2);
  CHECK(set.categories[0].id == "location");
  CHECK(set.categories[0].name_zh == "位置");
  CHECK(set.categories[1].id == "sms");
  REQUIRE(set.behaviours.size() == 2);
  CHECK(set.behaviours[0].id == "one");
}

TEST_CASE("no sources are an empty set without complaints") {
  CHECK(complaints_of({}).empty());
  CHECK(parsed({}).behaviours.empty());
}

TEST_CASE("unknown keys are named, with a guess") {
  const Lines said = complaints_with("method = []\n");
  REQUIRE(said.size() == 1);
  CHECK(said[0].starts_with(
      "location.toml:7:1: error: unknown key \"method\" in [[behaviour]]; expected one of id, "));
  CHECK(said[0].ends_with("hint: did you mean \"methods\"?"));
}

TEST_CASE("what is required is asked for") {
  CHECK(complaints_of(behaviours_with("[[behaviour]]\nid = \"one\"\nstrings = [\"x\"]\n")) ==
        Lines{"location.toml:1:1: error: expected the key \"name\" in [[behaviour]], found none",
              "location.toml:1:1: error: expected the key \"name_zh\" in [[behaviour]], found none",
              "location.toml:1:1: error: expected the key \"severity\" in [[behaviour]], found none"});
  CHECK(
      complaints_of(behaviours_with("")) ==
      Lines{"location.toml:1:1: error: expected the key \"behaviour\" in a file of behaviours, found none"});
}

TEST_CASE("something must show the behaviour") {
  CHECK(complaints_of(
            behaviours_with("[[behaviour]]\nid = \"one\"\nname = \"A\"\nname_zh = \"A\"\nseverity = \"low\"\n"
                            "permissions = [\"android.permission.X\"]\n")) ==
        Lines{"location.toml:1:1: error: expected something that shows the behaviour in [[behaviour]], found "
              "nothing\n"
              "  hint: methods, fields, strings, overrides, native_symbols or manifest"});
}

TEST_CASE("a severity is one of three words") {
  CHECK(
      complaints_of(
          behaviours_with("[[behaviour]]\nid = \"a\"\nname = \"A\"\nname_zh = \"A\"\nseverity = \"hihg\"\n"
                          "strings = [\"x\"]\n")) ==
      Lines{"location.toml:5:12: error: expected one of low, medium, high for \"severity\", found \"hihg\"\n"
            "  hint: did you mean \"high\"?"});
}

TEST_CASE("malformed methods are refused at their place") {
  const auto complaint = [](const std::string& text) {
    return complaint_at(12, "methods = [\"" + text + "\"]\n");
  };
  const std::string expected = "expected a method such as \"Lcom/foo/Bar;->name(I)V\", found ";
  CHECK(complaint("com.foo.Bar;->a()V") == expected +
                                               "\"com.foo.Bar;->a()V\": it does not begin with a class\n"
                                               "  hint: the class is written \"Lcom/foo/Bar;\"");
  CHECK(complaint("Lcom//foo;->a()V") == expected + "\"Lcom//foo;->a()V\": it does not begin with a class");
  CHECK(complaint("Lcom/foo") == expected + "\"Lcom/foo\": it does not begin with a class");
  CHECK(complaint("Lcom/foo;") == expected + "\"Lcom/foo;\": the name is missing");
  CHECK(complaint("Lcom/foo;.a()V") == expected + "\"Lcom/foo;.a()V\": \"->\" does not follow the class");
  CHECK(complaint("Lcom/foo;->()V") == expected + "\"Lcom/foo;->()V\": the name is missing");
  CHECK(complaint("Lcom/foo;-><new>()V") == expected + "\"Lcom/foo;-><new>()V\": \"<new>\" is no name");
  CHECK(complaint("Lcom/foo;->a:I") ==
        expected + "\"Lcom/foo;->a:I\": this is a field\n  hint: move it to the fields");
  CHECK(complaint("Landroid/os/Build;->getSerial") ==
        expected +
            "\"Landroid/os/Build;->getSerial\": its types are missing\n"
            "  hint: only members of third-party classes may lack them");
}

TEST_CASE("malformed types are refused at their place") {
  for (const std::string types :
       {"(", "()", "(I", "(V)V", "(X)V", "(Lfoo)V", "()[V", "([)V", "()VV", "()I;"}) {
    const std::string said = complaint_at(12, "methods = [\"Lcom/foo;->a" + types + "\"]\n");
    CHECK_MESSAGE(
        said.find("\"" + types + "\" are no types\n  hint: types are Z B S C I J F D") != std::string::npos,
        said);
  }
}

TEST_CASE("any type that dex files have is accepted") {
  for (const std::string types :
       {"()V", "(ZBSCIJFD)D", "([[I[Ljava/lang/String;)[B", "()Lcom/foo/Bar$1;", ""}) {
    CHECK(complaints_with("methods = [\"Lcom/foo/Bar;-><init>" + types + "\"]\n") == Lines{});
  }
}

TEST_CASE("malformed fields are refused at their place") {
  const auto complaint = [](const std::string& text) {
    return complaint_at(11, "fields = [\"" + text + "\"]\n");
  };
  const std::string expected = "expected a field such as \"Lcom/foo/Bar;->name:I\", found ";
  CHECK(complaint("Lcom/foo;->a()V") ==
        expected + "\"Lcom/foo;->a()V\": this is a method\n  hint: move it to the methods");
  CHECK(complaint("Lcom/foo;-><init>:I") == expected + "\"Lcom/foo;-><init>:I\": \"<init>\" is no name");
  CHECK(complaint("Lcom/foo;->a:V").starts_with(expected + "\"Lcom/foo;->a:V\": \":V\" is no type"));
  CHECK(complaint("Lcom/foo;->a:").starts_with(expected + "\"Lcom/foo;->a:\": \":\" is no type"));
  CHECK(complaint("Ljava/io/File;->a").starts_with(expected + "\"Ljava/io/File;->a\": its type is missing"));
}

TEST_CASE("overrides have no types") {
  CHECK(
      complaint_at(14, "overrides = [\"Lcom/foo;->a()V\"]\n") ==
      "expected a class or method such as \"Lcom/foo/Bar;->name\", found \"Lcom/foo;->a()V\": it has types\n"
      "  hint: overriding methods are found by name: leave the types out");
}

TEST_CASE("receiver subtypes are classes of the methods") {
  CHECK(complaint_at(22, "receiver_subtypes = [\"Lcom/foo;->a\"]\n") ==
        "expected a class such as \"Lcom/foo/Bar;\", found \"Lcom/foo;->a\": something follows the class\n"
        "  hint: leave it out");
  CHECK(complaint_at(22, "receiver_subtypes = [\"Lcom/foo;\"]\n") ==
        "expected the class of one of the methods in \"receiver_subtypes\", found \"Lcom/foo;\"\n"
        "  hint: a call on a subclass counts as a call of that class's method");
}

TEST_CASE("an item stands once in a list") {
  CHECK(
      complaints_with("methods = [\"Lcom/foo;->a\",\n  \"Lcom/foo;->a\"]\n") ==
      Lines{"location.toml:8:3: error: \"Lcom/foo;->a\" stands twice in \"methods\"\n  hint: leave one out"});
}

TEST_CASE("a method that is enough is no weak one and needs no context") {
  CHECK(complaints_with("methods = [\"Lcom/foo;->a\"]\nweak_methods = [\"Lcom/foo;->a\"]\n") ==
        Lines{"location.toml:8:17: error: \"Lcom/foo;->a\" stands in \"weak_methods\" and in \"methods\"\n"
              "  hint: one call is enough, or it is a lead"});
  CHECK(complaints_with("methods = [\"Lcom/foo;->a\"]\ncontext_methods = [\"Lcom/foo;->a\"]\n") ==
        Lines{"location.toml:8:20: error: \"Lcom/foo;->a\" stands in \"context_methods\" and in \"methods\"\n"
              "  hint: one call is enough, or it needs a context"});
  CHECK(complaints_with("weak_methods = [\"Lcom/foo;->a\"]\ncontext_methods = [\"Lcom/foo;->a\"]\n") ==
        Lines{});
}

TEST_CASE("a field is enough or a context") {
  CHECK(complaints_with("context_methods = [\"Lcom/foo;->a\"]\nfields = [\"Lcom/foo;->b\"]\n"
                        "context_fields = [\"Lcom/foo;->b\"]\n") ==
        Lines{"location.toml:9:19: error: \"Lcom/foo;->b\" stands in \"context_fields\" and in \"fields\"\n"
              "  hint: one read is enough, or it is a context"});
}

TEST_CASE("the same method may show several behaviours") {
  CHECK(complaints_of(behaviours_with(behaviour("one") + "methods = [\"Lcom/foo;->a\"]\n" + behaviour("two") +
                                      "methods = [\"Lcom/foo;->a\"]\n")) == Lines{});
}

TEST_CASE("constants are integers, each once") {
  const std::string with = "context_methods = [\"Lcom/foo;->a\"]\n";
  CHECK(complaints_with(with + "constants = 3\n") ==
        Lines{"location.toml:8:13: error: expected an array of integers for \"constants\" in [[behaviour]], "
              "found the "
              "integer 3"});
  CHECK(complaints_with(with + "constants = [1, \"2\"]\n") ==
        Lines{"location.toml:8:17: error: expected an integer for \"constants\" in [[behaviour]], found the "
              "string "
              "\"2\""});
  CHECK(complaints_with(with + "constants = [16, 0x10]\n") ==
        Lines{"location.toml:8:18: error: 16 stands twice in \"constants\"\n  hint: leave one out"});
}

TEST_CASE("a context and its methods need each other") {
  CHECK(complaint_at(1, "constants = [1]\n") ==
        "expected \"context_methods\" or \"context_groups\" beside \"constants\", found neither\n"
        "  hint: they count only in the same method as one of those");
  CHECK(complaint_at(1, "context_fields = [\"Lcom/foo;->b\"]\n")
            .starts_with("expected \"context_methods\" or \"context_groups\" beside \"context_fields\""));
  const std::string no_strings =
      "[[behaviour]]\nid = \"a\"\nname = \"A\"\nname_zh = \"A\"\nseverity = \"low\"\ncontext_groups = "
      "[\"shell\"]\n";
  CHECK(complaints_of(behaviours_with(no_strings)) ==
        Lines{"location.toml:6:1: error: expected \"strings\", \"context_fields\" or \"constants\" beside "
              "\"context_groups\", found none\n  hint: what is enough alone belongs in \"methods\""});
}

TEST_CASE("weak methods mean nothing where all are leads") {
  CHECK(complaints_with("lead_only = true\nweak_methods = [\"Lcom/foo;->a\"]\n") ==
        Lines{"location.toml:8:1: error: expected no \"weak_methods\" where lead_only is true\n"
              "  hint: move them to \"methods\": all of them are leads"});
}

TEST_CASE("native symbols, manifest items and permissions have their forms") {
  CHECK(complaint_at(19, "native_symbols = [\"open*\"]\n") ==
        "expected the name of an imported symbol, found \"open*\"\n  hint: without wildcards");
  CHECK(
      complaint_at(13, "manifest = [\"acton:android.intent.action.X\"]\n").find("did you mean \"action\"?") !=
      std::string::npos);
  CHECK(complaint_at(16, "permissions = [\"android permission\"]\n").starts_with("expected "));
}

TEST_CASE("an id taken twice points to both places") {
  CHECK(complaints_of(behaviours_with(behaviour("one") + behaviour("one"))) ==
        Lines{"location.toml:8:6: error: expected an id of its own, found \"one\", which the behaviour at "
              "location.toml:2:6 has\n  hint: rename or merge them"});
  std::vector<SignatureSource> sources = behaviours_with(behaviour("one"));
  sources.push_back({"sms.toml", "sms", behaviour("one")});
  CHECK(complaints_of(sources).size() == 1);
  CHECK(complaints_of(sources)[0].starts_with("sms.toml:2:6: error: expected an id of its own"));
  CHECK(parsed(sources).behaviours.size() == 1);
}

TEST_CASE("categories and groups have ids of their own too") {
  std::vector<SignatureSource> sources = behaviours_with(behaviour("one"));
  sources[0].text += "[[category]]\nid = \"sms\"\nname = \"A\"\nname_zh = \"A\"\n";
  sources[1].text += "[[group]]\nid = \"shell\"\nmethods = [\"Lcom/foo;->a\"]\n";
  CHECK(complaints_of(sources) ==
        Lines{"categories.toml:10:6: error: expected an id of its own, found \"sms\", which the category at "
              "categories.toml:6:6 has\n  hint: rename or merge them",
              "groups.toml:5:6: error: expected an id of its own, found \"shell\", which the group at "
              "groups.toml:2:6 has\n  hint: rename or merge them"});
}

TEST_CASE("a file bears the id of a category") {
  std::vector<SignatureSource> sources = behaviours_with("");
  sources.back() = {"loction.toml", "loction", behaviour("one") + behaviour("two")};
  CHECK(complaints_of(sources) == Lines{"loction.toml:1:1: error: expected the id of a category as the "
                                        "file's name, found \"loction\", which "
                                        "none has\n  hint: did you mean \"location\"?"});
  CHECK(parsed(sources).behaviours.empty());
}

TEST_CASE("groups exist") {
  CHECK(complaint_at(19, "context_groups = [\"shel\"]\n") ==
        "expected the id of a group, found \"shel\", which none has\n  hint: did you mean \"shell\"?");
  CHECK(complaint_at(19, "context_groups = [\"content-read\"]\n") ==
        "expected the id of a group, found \"content-read\", which none has\n  hint: add it to groups.toml");
}

TEST_CASE("a group's methods are not repeated") {
  const std::string exec = "\"Ljava/lang/Runtime;->exec(Ljava/lang/String;)Ljava/lang/Process;\"";
  CHECK(complaints_with("context_groups = [\"shell\"]\ncontext_methods = [" + exec + "]\n") ==
        Lines{"location.toml:8:20: error: " + in_quotes(exec.substr(1, exec.size() - 2)) +
              " stands in \"context_methods\" and in the group \"shell\"\n  hint: leave it out"});
  CHECK(complaints_with("context_groups = [\"shell\"]\nmethods = [" + exec + "]\n") ==
        Lines{"location.toml:7:19: error: " + in_quotes(exec.substr(1, exec.size() - 2)) +
              " stands in \"methods\" and in the group \"shell\"\n"
              "  hint: one call is enough, or it needs a context"});
}

TEST_CASE("groups are checked as behaviours are") {
  std::vector<SignatureSource> sources = behaviours_with(behaviour("one"));
  sources[1].text = "[[group]]\nid = \"Shell\"\nmethod = []\n";
  CHECK(complaints_of(sources).size() == 3);
  sources[1].text = "[[group]]\nid = \"shell\"\nmethods = [\"exec\"]\n";
  CHECK(complaints_of(sources) ==
        Lines{"groups.toml:3:12: error: expected a method such as "
              "\"Lcom/foo/Bar;->name(I)V\", found \"exec\": it does not begin with a class"});
}

TEST_CASE("a shared file that is broken or absent is complained of once") {
  std::vector<SignatureSource> sources =
      behaviours_with(behaviour("one") + "context_groups = [\"shell\"]\n" + behaviour("two"));
  sources[0].text = "[[category\n";
  sources[1].text = "[[group\n";
  CHECK(complaints_of(sources).size() == 2);
  sources.erase(sources.begin(), sources.begin() + 2);
  sources[0].text = behaviour("one");
  CHECK(
      complaints_of(sources) ==
      Lines{"categories.toml:1:1: error: expected the file categories.toml among the behaviours, found none\n"
            "  hint: it stands beside the files of behaviours"});
}

TEST_CASE("the order of the sources does not matter, and the sound ones remain") {
  std::vector<SignatureSource> sources = behaviours_with(behaviour("one") + "x = 1\n" + behaviour("two"));
  sources.push_back({"sms.toml", "sms", behaviour("two") + behaviour("three")});
  const Lines expected = complaints_of(sources);
  std::reverse(sources.begin(), sources.end());
  CHECK(complaints_of(sources) == expected);
  const BehaviourSet set = parsed(sources);
  REQUIRE(set.behaviours.size() == 2);
  CHECK(set.behaviours[0].id == "three");
  CHECK(set.behaviours[1].category == "location");
}

TEST_CASE("a flood of errors is cut off") {
  std::string text;
  for (int i = 0; i < 1'000; ++i) text += "k" + std::to_string(i) + " = 1\n";
  CHECK(complaints_of(behaviours_with(text)).size() == 201);
}

TEST_CASE("the folder of behaviours is read beside the signatures") {
  const TemporaryFolder folder;
  folder.write("push/a.toml", "x");
  CHECK(read_behaviour_folder(folder.path.string()).empty());
  folder.write("behaviours/sms.toml", "s");
  folder.write("behaviours/groups.toml", "g");
  folder.write("behaviours/FORMAT.md", "m");
  folder.write("behaviours/.hidden.toml", "h");
  const std::vector<SignatureSource> sources = read_behaviour_folder(folder.path.string() + "/");
  REQUIRE(sources.size() == 2);
  CHECK(sources[0].category == "");
  CHECK(sources[1].path == (folder.path / "behaviours/sms.toml").string());
  CHECK(sources[1].category == "sms");
  CHECK(sources[1].text == "s");
}

TEST_CASE("truncated and damaged behaviours never throw") {
  const std::string text = complete_behaviour();
  const auto parse = [](Bytes bytes) { complaints_of(behaviours_with(std::string(as_text(bytes)))); };
  const ByteVector valid(text.begin(), text.end());
  CHECK_NOTHROW(truncation_sweep(valid, parse));
  CHECK_NOTHROW(byte_flips(valid, parse, 300));
}
