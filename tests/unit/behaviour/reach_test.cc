// Which entry reaches a use, and by which way.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "app_code_fixture.h"

using namespace sdkprint;
using namespace sdkprint::test;

namespace {

using Lines = std::vector<std::string>;

/// A provider app.P whose onCreate has the code.
DexBuilder provider(Code code) {
  DexBuilder dex;
  dex.add_class("Lapp/P;")
      .superclass("Landroid/content/ContentProvider;")
      .method("onCreate", "()Z", std::move(code));
  return dex;
}

const std::vector<EntryPoint> kProvider = {{Reach::provider_start, "app.P"}};

}  // namespace

TEST_CASE("reach: no entry, nothing established") {
  DexBuilder dex;
  dex.add_class("Lapp/A;").flags(0).method("m", "()V", track());
  CHECK(ways({dex}, {}) == Lines{"Lapp/A;.m:()V not-established"});
}

TEST_CASE("reach: a provider's onCreate itself") {
  CHECK(ways({provider(track())}, kProvider) ==
        Lines{"Lapp/P;.onCreate:()Z provider-start: entry Lapp/P;.onCreate:()Z"});
}

TEST_CASE("reach: exact calls, over a second dex file") {
  DexBuilder second;
  second.add_class("Lapp/B;").method("s", "()V", kStatic | kPublic, track());
  CHECK(ways({provider(Code().invoke_static("Lapp/B;", "s", "()V").return_void()), second}, kProvider) ==
        Lines{"Lapp/B;.s:()V provider-start: entry Lapp/P;.onCreate:()Z, call Lapp/B;.s:()V"});
}

TEST_CASE("reach: an inherited static method is found up the classes") {
  DexBuilder dex = provider(Code().invoke_static("Lapp/C;", "s", "()V").return_void());
  dex.add_class("Lapp/C;").superclass("Lapp/B;");
  dex.add_class("Lapp/B;").method("s", "()V", kStatic | kPublic, track());
  CHECK(ways({dex}, kProvider) ==
        Lines{"Lapp/B;.s:()V provider-start: entry Lapp/P;.onCreate:()Z, call Lapp/B;.s:()V"});
}

TEST_CASE("reach: super") {
  DexBuilder dex = provider(Code().invoke(0x6f, method_ref("Lapp/Base;.onCreate:()Z"), {0}).return_void());
  DexBuilder derived;
  derived.add_class("Lapp/Q;")
      .superclass("Lapp/Base;")
      .method("onCreate", "()Z",
              Code().invoke(0x6f, method_ref("Lapp/Base;.onCreate:()Z"), {0}).return_void());
  derived.add_class("Lapp/Base;")
      .superclass("Landroid/content/ContentProvider;")
      .method("onCreate", "()Z", track());
  CHECK(ways({derived}, {{Reach::provider_start, "app.Q"}}) ==
        Lines{"Lapp/Base;.onCreate:()Z provider-start: entry Lapp/Q;.onCreate:()Z, call "
              "Lapp/Base;.onCreate:()Z"});
}

TEST_CASE("reach: a virtual call leads to overrides of classes that are made, and to no others") {
  DexBuilder dex = provider(
      Code().new_instance(0, "Lapp/Made;").invoke(0x6e, method_ref("Lapp/Base;.go:()V"), {0}).return_void());
  dex.add_class("Lapp/Base;").flags(kPublic | kAbstract).method("go", "()V");
  dex.add_class("Lapp/Made;").superclass("Lapp/Base;").method("go", "()V", track());
  dex.add_class("Lapp/Never;").superclass("Lapp/Base;").method("go", "()V", track());
  CHECK(ways({dex}, kProvider) ==
        Lines{"Lapp/Made;.go:()V provider-start: entry Lapp/P;.onCreate:()Z, dispatch Lapp/Made;.go:()V",
              "Lapp/Never;.go:()V not-established"});
}

TEST_CASE("reach: the object may be made after the call was seen, and elsewhere") {
  DexBuilder dex = provider(Code()
                                .invoke(0x72, method_ref("Lapp/I;.go:()V"), {0})
                                .invoke_static("Lapp/F;", "make", "()V")
                                .return_void());
  dex.add_class("Lapp/I;").flags(kPublic | kInterface | kAbstract).method("go", "()V");
  dex.add_class("Lapp/F;").method("make", "()V", kStatic | kPublic,
                                  Code().new_instance(0, "Lapp/Impl;").return_void());
  dex.add_class("Lapp/Impl;").superclass("Lapp/Half;").interface("Lapp/I;");
  dex.add_class("Lapp/Half;").method("go", "()V", track());
  CHECK(ways({dex}, kProvider) ==
        Lines{"Lapp/Half;.go:()V provider-start: entry Lapp/P;.onCreate:()Z, dispatch Lapp/Half;.go:()V"});
}

TEST_CASE("reach: calls on types of the platform lead nowhere in the app") {
  DexBuilder dex =
      provider(Code()
                   .invoke(0x72, method_ref("Lx/Unknown;.run:()V"), {0})
                   .invoke(0x72, method_ref("Ljava/util/Iterator;.next:()Ljava/lang/Object;"), {0})
                   .new_instance(0, "Lapp/It;")
                   .return_void());
  dex.add_class("Lapp/It;")
      .flags(0)
      .interface("Ljava/util/Iterator;")
      .method("next", "()Ljava/lang/Object;", track());
  CHECK(ways({dex}, kProvider) == Lines{"Lapp/It;.next:()Ljava/lang/Object; not-established"});
}

TEST_CASE("reach: a class initialiser by a static field, an object, a static method") {
  for (const Code& code : {Code().field_op(0x62, 0, {"Lapp/K;", "F", "Lapp/K;"}).return_void(),
                           Code().new_instance(0, "Lapp/K;").return_void(),
                           Code().invoke_static("Lapp/K;", "s", "()V").return_void()}) {
    DexBuilder dex = provider(code);
    dex.add_class("Lapp/K;")
        .method("<clinit>", "()V", kStatic | kConstructor, track())
        .method("s", "()V", kStatic | kPublic, Code().return_void());
    CHECK(ways({dex}, kProvider) == Lines{"Lapp/K;.<clinit>:()V provider-start: entry Lapp/P;.onCreate:()Z, "
                                          "initializer Lapp/K;.<clinit>:()V"});
  }
}

TEST_CASE("reach: what the platform calls back by itself keeps the reach") {
  DexBuilder dex = provider(Code().new_instance(0, "Lapp/R;").return_void());
  dex.add_class("Lapp/R;").interface("Ljava/lang/Runnable;").method("run", "()V", track());
  CHECK(ways({dex}, kProvider) ==
        Lines{"Lapp/R;.run:()V provider-start: entry Lapp/P;.onCreate:()Z, callback Lapp/R;.run:()V"});
}

TEST_CASE("reach: an inherited callback") {
  DexBuilder dex = provider(Code().new_instance(0, "Lapp/Sub;").return_void());
  dex.add_class("Lapp/Sub;").superclass("Lapp/H;");
  dex.add_class("Lapp/H;")
      .superclass("Landroid/os/Handler;")
      .method("handleMessage", "(Landroid/os/Message;)V", track());
  CHECK(ways({dex}, kProvider) ==
        Lines{"Lapp/H;.handleMessage:(Landroid/os/Message;)V provider-start: entry Lapp/P;.onCreate:()Z, "
              "callback Lapp/H;.handleMessage:(Landroid/os/Message;)V"});
}

TEST_CASE("reach: what needs the user counts as a screen, so does what we do not know") {
  DexBuilder dex = provider(Code().new_instance(0, "Lapp/L;").new_instance(0, "Lapp/U;").return_void());
  dex.add_class("Lapp/L;")
      .interface("Landroid/view/View$OnClickListener;")
      .method("onClick", "(Landroid/view/View;)V", track());
  dex.add_class("Lapp/U;")
      .interface("Landroid/new/Thing;")
      .method("onThing", "()V", track())
      .method("thing", "()V", track());
  CHECK(ways({dex}, kProvider) ==
        Lines{"Lapp/L;.onClick:(Landroid/view/View;)V screen: entry Lapp/P;.onCreate:()Z, user-callback "
              "Lapp/L;.onClick:(Landroid/view/View;)V",
              "Lapp/U;.onThing:()V screen: entry Lapp/P;.onCreate:()Z, user-callback Lapp/U;.onThing:()V",
              "Lapp/U;.thing:()V host-call: entry Lapp/U;.thing:()V"});
}

TEST_CASE("reach: a receiver that code registers counts as background") {
  DexBuilder dex = provider(Code().new_instance(0, "Lapp/Rec;").return_void());
  dex.add_class("Lapp/Rec;")
      .superclass("Landroid/content/BroadcastReceiver;")
      .method("onReceive", "(Landroid/content/Context;)V", track());
  CHECK(
      ways({dex}, kProvider) ==
      Lines{
          "Lapp/Rec;.onReceive:(Landroid/content/Context;)V background: entry Lapp/P;.onCreate:()Z, callback "
          "Lapp/Rec;.onReceive:(Landroid/content/Context;)V"});
}

TEST_CASE("reach: the strongest kind of entry wins, whatever the way's length") {
  DexBuilder dex = provider(Code().invoke_static("Lapp/X;", "a", "()V").return_void());
  dex.add_class("Lapp/X;").method("a", "()V", kStatic | kPublic,
                                  Code().invoke_static("Lapp/T;", "t", "()V").return_void());
  dex.add_class("Lapp/App;")
      .superclass("Landroid/app/Application;")
      .method("onCreate", "()V", Code().invoke_static("Lapp/T;", "t", "()V").return_void());
  dex.add_class("Lapp/T;").method("t", "()V", kStatic | kPublic, track());
  const std::vector<EntryPoint> both = {{Reach::application_start, "app.App"},
                                        {Reach::provider_start, "app.P"}};
  CHECK(ways({dex}, both) == Lines{"Lapp/T;.t:()V provider-start: entry Lapp/P;.onCreate:()Z, call "
                                   "Lapp/X;.a:()V, call Lapp/T;.t:()V"});
  CHECK(ways({dex}, {both[0]}) ==
        Lines{"Lapp/T;.t:()V application-start: entry Lapp/App;.onCreate:()V, call Lapp/T;.t:()V"});
}

TEST_CASE("reach: an application's superclass in the app is run") {
  DexBuilder dex;
  dex.add_class("Lapp/App;").superclass("Lapp/BaseApp;");
  dex.add_class("Lapp/BaseApp;")
      .superclass("Landroid/app/Application;")
      .method("attachBaseContext", "(Landroid/content/Context;)V", track());
  CHECK(ways({dex}, {{Reach::application_start, "app.App"}}) ==
        Lines{"Lapp/BaseApp;.attachBaseContext:(Landroid/content/Context;)V application-start: entry "
              "Lapp/BaseApp;.attachBaseContext:(Landroid/content/Context;)V"});
}

TEST_CASE("reach: an initializer of a library's provider is created, a provider's query is not run") {
  DexBuilder dex;
  dex.add_class("Lapp/Init;")
      .interface("Landroidx/startup/Initializer;")
      .method("create", "(Landroid/content/Context;)Ljava/lang/Object;", track());
  dex.add_class("Lapp/P;").superclass("Landroid/content/ContentProvider;").method("query", "()V", track());
  CHECK(ways({dex}, {{Reach::provider_start, "app.Init"}, {Reach::provider_start, "app.P"}}) ==
        Lines{"Lapp/Init;.create:(Landroid/content/Context;)Ljava/lang/Object; provider-start: entry "
              "Lapp/Init;.create:(Landroid/content/Context;)Ljava/lang/Object;",
              "Lapp/P;.query:()V host-call: entry Lapp/P;.query:()V"});
}

TEST_CASE("reach: services and activities run their callbacks, not their other methods") {
  for (const auto& [kind, name] :
       {std::pair(Reach::background, "background"), std::pair(Reach::screen, "screen")}) {
    DexBuilder dex;
    dex.add_class("Lapp/S;")
        .superclass("Landroid/app/Service;")
        .method("onBind", "()V", track())
        .method("help", "()V", kPrivate, track());
    CHECK(ways({dex}, {{kind, "app.S"}}) ==
          Lines{"Lapp/S;.help:()V not-established",
                "Lapp/S;.onBind:()V " + std::string(name) + ": entry Lapp/S;.onBind:()V"});
  }
}

TEST_CASE("reach: a class named in a string and loaded") {
  const auto load = [](Code code) {
    return code.const_string(0, "app.Hidden")
        .invoke_static("Ljava/lang/Class;", "forName", "(Ljava/lang/String;)Ljava/lang/Class;", {0});
  };
  DexBuilder hidden;
  hidden.add_class("Lapp/Hidden;")
      .method("<clinit>", "()V", kStatic | kConstructor, track())
      .method("<init>", "()V", kPublic | kConstructor, track());
  const std::string loaded =
      "Lapp/Hidden;.<clinit>:()V provider-start: entry Lapp/P;.onCreate:()Z, reflection "
      "Lapp/Hidden;.<clinit>:()V";
  CHECK(ways({provider(load(Code()).return_void()), hidden}, kProvider) ==
        Lines{loaded, "Lapp/Hidden;.<init>:()V host-call: entry Lapp/Hidden;.<init>:()V"});
  const Code made =
      load(Code()).invoke_virtual("Ljava/lang/Class;", "newInstance", "()Ljava/lang/Object;").return_void();
  CHECK(ways({provider(made), hidden}, kProvider) ==
        Lines{loaded,
              "Lapp/Hidden;.<init>:()V provider-start: entry Lapp/P;.onCreate:()Z, reflection "
              "Lapp/Hidden;.<init>:()V"});
}

TEST_CASE("reach: only from a public method that nothing in the app calls") {
  DexBuilder dex;
  dex.add_class("Lsdk/Api;")
      .method("start", "()V", kStatic | kPublic, Code().new_instance(0, "Lsdk/T;").return_void());
  dex.add_class("Lsdk/T;")
      .flags(0)
      .superclass("Ljava/lang/Thread;")
      .method("run", "()V", Code().invoke_static("Lsdk/W;", "w", "()V").return_void());
  dex.add_class("Lsdk/W;").flags(0).method("w", "()V", kStatic, track());
  CHECK(ways({dex}, {}) == Lines{"Lsdk/W;.w:()V host-call: entry Lsdk/Api;.start:()V, callback "
                                 "Lsdk/T;.run:()V, call Lsdk/W;.w:()V"});
}

namespace {

/// Static methods that call each other at random; `uses` of them hold the behaviour.
struct CallsAtRandom {
  static constexpr std::uint32_t kFar = 1000;
  std::vector<std::vector<std::uint32_t>> calls;
  std::vector<bool> is_public, has_use;
  std::vector<std::uint32_t> distance;  // from the nearest public method that nothing else calls

  CallsAtRandom(std::mt19937& random, std::uint32_t count) : calls(count), distance(count, kFar) {
    const auto below = [&](std::uint32_t end) { return static_cast<std::uint32_t>(random() % end); };
    for (std::uint32_t i = 0; i < count; ++i) {
      for (std::uint32_t j = below(4); j > 0; --j) calls[i].push_back(below(count));
      is_public.push_back(below(3) == 0), has_use.push_back(below(3) == 0);
    }
    std::vector<std::uint32_t> queue;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (is_public[i] && !is_called_by_others(i)) distance[i] = 0, queue.push_back(i);
    }
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (const std::uint32_t to : calls[queue[i]]) {
        if (distance[to] == kFar) distance[to] = distance[queue[i]] + 1, queue.push_back(to);
      }
    }
  }

  bool is_called_by_others(std::uint32_t method) const {
    for (std::uint32_t from = 0; from < calls.size(); ++from) {
      if (from != method && leads(from, method)) return true;
    }
    return false;
  }
  bool leads(std::uint32_t from, std::uint32_t to) const {
    return std::find(calls[from].begin(), calls[from].end(), to) != calls[from].end();
  }
  static std::string text(std::uint32_t method) { return "Lsdk/C" + std::to_string(method) + ";.m:()V"; }
  std::uint32_t method_of(const std::string& text) const {
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
      if (this->text(i) == text) return i;
    }
    FAIL("no such method: " << text);
    return 0;
  }
  DexBuilder dex() const {
    DexBuilder made;
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
      Code code;
      for (const std::uint32_t to : calls[i])
        code.invoke_static("Lsdk/C" + std::to_string(to) + ";", "m", "()V");
      if (has_use[i]) code.invoke_static("Lx/Platform;", "track", "()V");
      made.add_class("Lsdk/C" + std::to_string(i) + ";")
          .flags(is_public[i] ? kPublic : 0)
          .method("m", "()V", kStatic | kPublic, code.return_void());
    }
    return made;
  }
};

}  // namespace

TEST_CASE("reach: from public methods by a shortest way, whoever was asked for before") {
  std::mt19937 random(11);
  std::size_t told = 0, not_told = 0, longest = 0;
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    const CallsAtRandom expected(random, 4 + static_cast<std::uint32_t>(round));
    const AppCode code = link({expected.dex()}, {});
    for (const LinkedUse& use : code.uses) {
      const std::uint32_t method = expected.method_of(use.use.method);
      if (expected.distance[method] == CallsAtRandom::kFar) {
        CHECK(use.reach == Reach::not_established);
        ++not_told;
        continue;
      }
      REQUIRE(use.reach == Reach::host_call);
      ++told;
      const std::vector<PathStep> path = code.ways.path(use.way);
      REQUIRE(path.size() == expected.distance[method] + 1);
      longest = std::max(longest, path.size());
      CHECK(path.back().method == use.use.method);
      CHECK(path.front().kind == StepKind::entry);
      CHECK(expected.distance[expected.method_of(path.front().method)] == 0);
      for (std::size_t i = 1; i < path.size(); ++i) {
        CHECK(path[i].kind == StepKind::call);
        CHECK(expected.leads(expected.method_of(path[i - 1].method), expected.method_of(path[i].method)));
      }
    }
  }
  CHECK(told > 200);
  CHECK(not_told > 50);
  CHECK(longest > 4);
}

TEST_CASE("reach: circles of calls, of superclasses and a class that extends itself end") {
  DexBuilder dex =
      provider(Code().invoke_static("Lapp/A;", "a", "()V").new_instance(0, "Lapp/S;").return_void());
  dex.add_class("Lapp/A;").superclass("Lapp/B;").method(
      "a", "()V", kStatic | kPublic, Code().invoke_static("Lapp/B;", "b", "()V").return_void());
  dex.add_class("Lapp/B;").superclass("Lapp/A;").interface("Lapp/B;").method(
      "b", "()V", kStatic | kPublic,
      Code()
          .invoke_static("Lapp/A;", "a", "()V")
          .invoke_static("Lapp/S;", "s", "()V")
          .invoke_static("Lapp/S;", "none", "()V")
          .return_void());
  dex.add_class("Lapp/S;").superclass("Lapp/S;").interface("Lapp/S;").method("s", "()V", kStatic | kPublic,
                                                                             track());
  CHECK(ways({dex}, kProvider) == Lines{"Lapp/S;.s:()V provider-start: entry Lapp/P;.onCreate:()Z, call "
                                        "Lapp/A;.a:()V, call Lapp/B;.b:()V, call Lapp/S;.s:()V"});
}

TEST_CASE("reach: of two classes with one name the first runs") {
  DexBuilder first = provider(Code().invoke_static("Lapp/D;", "d", "()V").return_void());
  first.add_class("Lapp/D;").method("d", "()V", kStatic | kPublic, Code().return_void());
  DexBuilder second;
  second.add_class("Lapp/D;").method("d", "()V", kStatic | kPublic, track());
  CHECK(ways({first, second}, kProvider) == Lines{"Lapp/D;.d:()V not-established"});
}

TEST_CASE("reach: over budget nothing is said to be reached") {
  DexBuilder dex = provider(track());
  LinkBudget budget = link_budget();
  budget.edges = 0;
  AppCode code = link({dex}, kProvider, budget);
  CHECK_FALSE(code.is_reach_known);
  REQUIRE(code.problems.size() == 1);
  CHECK(code.problems[0].kind == "limit");
  REQUIRE(code.uses.size() == 1);
  CHECK(code.uses[0].reach == Reach::not_established);
  budget = link_budget();
  budget.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  code = link({dex}, kProvider, budget);
  CHECK_FALSE(code.is_reach_known);
}

TEST_CASE("callers: of a short method, a few steps up, with the place of the call") {
  DexBuilder dex;
  dex.add_class("Lhook/W;").method("get", "()V", kStatic | kPublic, track());
  dex.add_class("Lsdk/A;").method(
      "a", "()V", Code().const_int(0, 1).invoke_static("Lhook/W;", "get", "()V").return_void());
  dex.add_class("Lsdk/B;").method("b", "()V",
                                  Code().invoke(0x6e, method_ref("Lsdk/A;.a:()V"), {0}).return_void());
  const AppCode code = link({dex}, {});
  REQUIRE(code.uses.size() == 1);
  std::vector<CallerFrame> callers;
  for (const LinkedCaller& caller : code.uses[0].callers) callers.push_back(code.ways.frame(caller));
  REQUIRE(callers.size() == 2);
  CHECK(callers[0].class_name == "sdk.A");
  CHECK(callers[0].method == "Lsdk/A;.a:()V");
  CHECK(callers[0].calls == "Lhook/W;.get:()V");
  CHECK(callers[0].depth == 1);
  CHECK(callers[0].pc == 1);
  CHECK(callers[0].reach == Reach::host_call);
  CHECK(callers[1].depth == 2);
  CHECK(callers[1].class_name == "sdk.B");
  CHECK(callers[1].calls == "Lsdk/A;.a:()V");
}

TEST_CASE("callers: no more than sixteen") {
  DexBuilder dex;
  dex.add_class("Lhook/W;").method("get", "()V", kStatic | kPublic, track());
  for (int i = 0; i < 100; ++i) {
    dex.add_class("Lsdk/C" + std::to_string(i) + ";")
        .method("c", "()V", Code().invoke_static("Lhook/W;", "get", "()V").return_void());
  }
  CHECK(link({dex}, {}).uses.at(0).callers.size() == 16);
}

TEST_CASE("reach: a hundred thousand ways through one interface stay within the budget") {
  DexBuilder dex = provider(Code().invoke_static("Lapp/All;", "make", "()V").return_void());
  Code make;
  constexpr int kClasses = 400;
  for (int i = 0; i < kClasses; ++i) make.new_instance(0, "Lapp/C" + std::to_string(i) + ";");
  for (int i = 0; i < kClasses; ++i)
    make.invoke(0x72, method_ref("Lapp/I;.m" + std::to_string(i) + ":()V"), {0});
  dex.add_class("Lapp/All;").method("make", "()V", kStatic | kPublic, make.return_void());
  dex.add_class("Lapp/I;").flags(kPublic | kInterface | kAbstract);
  for (int i = 0; i < kClasses; ++i) {
    dex.add_class("Lapp/C" + std::to_string(i) + ";")
        .interface("Lapp/I;")
        .method("m" + std::to_string(i), "()V", track());
  }
  LinkBudget budget = link_budget();
  CHECK(link({dex}, kProvider, budget).is_reach_known);
  budget.edges = 10'000;
  CHECK_FALSE(link({dex}, kProvider, budget).is_reach_known);
}
