// Many apps at once: order, threads, errors of the caller.
#include "scan/bulk_scan.h"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>

#include "app_fixture.h"
#include "elf_builder.h"

namespace sdkprint {
namespace {

using namespace test;

const Scanner& scanner() {
  static const Scanner made(
      sdk_toml("acme", "class = [\"com.acme\"]\nlibrary = [\"libacme.so\"]\nstring = [\"*acme*\"]",
               "[[sdk.version]]\nstring = 'acme/([\\d.]+)'") +
      sdk_toml("inner",
               "class = [\"com.acme.inner\", { prefix = \"com.weak\", weak = true }]\nhost = [\"acme.cn\"]"));
  return made;
}

/// Apps of many shapes, some broken; the number makes each different.
ByteVector app(int number) {
  std::vector<std::pair<std::string, ByteVector>> entries;
  for (int i = 0; i < 1 + number % 4; ++i) {
    DexBuilder dex;
    for (int j = 0; j < 3 + number % 5; ++j) {
      add_class(dex, "Lcom/" + std::string(j % 2 == 0 ? "acme/" : "weak/inner/") + "C" +
                         std::to_string(i * 10 + j) + ";");
    }
    dex.add_string("acme/" + std::to_string(i % 2) + ".1")
        .add_string("https://x.acme.cn/" + std::to_string(number));
    entries.emplace_back("classes" + std::to_string(i) + ".dex", dex.build());
  }
  entries.emplace_back("lib/x86/libacme.so", ElfBuilder().rodata("acme " + std::to_string(number)).build());
  entries.emplace_back("a.jar", zip_of({{"x.dex", dex_of({"Lcom/acme/inner/J;"})}}));
  ByteVector file = apk_of(entries);
  if (number % 7 == 3) file.resize(file.size() / 2);
  if (number % 7 == 5) file[file.size() / 3] ^= 0x55;
  return file;
}

const std::vector<std::string>& paths() {
  static const std::vector<std::string> made = [] {
    std::vector<std::string> result;
    for (int i = 0; i < 24; ++i)
      result.push_back(scanner().directory().write("bulk-" + std::to_string(i) + ".apk", app(i)));
    result.push_back("/nonexistent.apk");
    return result;
  }();
  return made;
}

std::string scan_all(unsigned threads, std::vector<std::string>* order = nullptr) {
  BulkOptions options;
  options.threads = threads;
  std::string out;
  std::size_t next = 0;
  scan_apps(
      scanner().matcher(), options,
      [&]() -> std::optional<AppInput> {
        if (next == paths().size()) return std::nullopt;
        return AppInput{{paths()[next++]}};
      },
      [&](AppReport report) {
        if (order != nullptr) order->push_back(report.app.path);
        out += ndjson(report);
      });
  return out;
}

TEST_CASE("reports come in the order of the inputs") {
  std::vector<std::string> order;
  scan_all(4, &order);
  CHECK(order == paths());
}

TEST_CASE("the reports do not depend on the number of threads") {
  const std::string one = scan_all(1);
  CHECK(std::count(one.begin(), one.end(), '\n') == static_cast<std::ptrdiff_t>(paths().size()));
  CHECK(scan_all(2) == one);
  CHECK(scan_all(8) == one);
  CHECK(scan_all(0) == one);
}

TEST_CASE("no input, no report") {
  int reports = 0;
  scan_apps(
      scanner().matcher(), {}, [] { return std::optional<AppInput>(); }, [&](AppReport) { ++reports; });
  CHECK(reports == 0);
}

TEST_CASE("at most two apps a thread are in flight") {
  std::atomic<int> taken = 0, given = 0, most = 0;
  BulkOptions options;
  options.threads = 2;
  scan_apps(
      scanner().matcher(), options,
      [&]() -> std::optional<AppInput> {
        if (taken == 20) return std::nullopt;
        ++taken;
        most = std::max(most.load(), taken - given);
        return AppInput{{paths()[0]}};
      },
      [&](AppReport) { ++given; });
  CHECK(given == 20);
  CHECK(most <= 4);
}

TEST_CASE("an exception of the source or of the sink ends the scan and comes out") {
  const auto failing_sink = [&] {
    scan_apps(
        scanner().matcher(), {}, [] { return std::optional<AppInput>(AppInput{{paths()[0]}}); },
        [](AppReport) { throw std::runtime_error("disk full"); });
  };
  CHECK_THROWS_WITH(failing_sink(), "disk full");
  const auto failing_source = [&] {
    scan_apps(
        scanner().matcher(), {}, []() -> std::optional<AppInput> { throw std::runtime_error("list gone"); },
        [](AppReport) {});
  };
  CHECK_THROWS_WITH(failing_source(), "list gone");
}

}  // namespace
}  // namespace sdkprint
