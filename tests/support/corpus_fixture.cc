#include "corpus_fixture.h"

#include <doctest/doctest.h>

#include "elf_builder.h"
#include "store/corpus_check.h"

namespace sdkprint::test {

Corpus::Corpus() {
  for (int i = 0; i < 12; ++i) {
    const std::string number = std::to_string(i);
    DexBuilder dex;
    for (const char* name : {"Lcom/acme/A;", "Lcom/acme/B;"}) add_class(dex, name);
    add_class(dex, "Lcom/app" + std::to_string(i % 5) + "/C;")
        .method("m", "()V", Code().const_string(0, "acme " + std::to_string(i % 4)).return_void());
    ByteVector app =
        apk_of({{"classes.dex", dex.build()},
                {"lib/x86/libacme.so", ElfBuilder().rodata("acme " + std::to_string(i % 3)).build()},
                {"assets/plugin.jar", zip_of({{"classes.dex", dex_of({"Lcom/acme/P;"})}})},
                {"META-INF/acme.version", bytes_of("1." + std::to_string(i % 2))},
                {"assets/noise" + number, noise(200, 1)}});
    if (i % 5 == 3) app.resize(app.size() / 2);
    add("app" + number + ".apk", app);
  }
  add("copy.apk", apk_of({{"classes.dex", dex_of({"Lcom/acme/A;"})}}));
  add("again.apk", apk_of({{"classes.dex", dex_of({"Lcom/acme/A;"})}}));
  add("twice.apk",
      apk_of({{"classes.dex", dex_of({"Lcom/acme/A;"})}, {"classes2.dex", dex_of({"Lcom/acme/A;"})}}));
  add("libacme.so", ElfBuilder().rodata("acme").build());
  add("aaa.so", ElfBuilder().rodata("acme").build());
  add("bare.dex", dex_of({"Lcom/acme/A;"}));
  add("text.apk", bytes_of("this is no app"));
  add("empty.apk", {});
  paths.push_back("/nonexistent/x.apk");
}

void Corpus::add(const std::string& name, const ByteVector& content) {
  paths.push_back(scanner.directory().write(name, content));
}

CorpusTotals Corpus::scan(Store& store, const CorpusOptions& options, std::size_t first,
                          std::size_t end) const {
  return scan_paths(store,
                    {paths.begin() + static_cast<std::ptrdiff_t>(first),
                     paths.begin() + static_cast<std::ptrdiff_t>(std::min(end, paths.size()))},
                    options);
}

CorpusTotals Corpus::scan_paths(Store& store, const std::vector<std::string>& which,
                                const CorpusOptions& options) const {
  return test::scan_paths(store, scanner.matcher(), which, options);
}

CorpusTotals scan_paths(Store& store, const Matcher& matcher, const std::vector<std::string>& which,
                        const CorpusOptions& options) {
  std::size_t next = 0;
  return scan_corpus(
      store, matcher, options,
      [&]() -> std::optional<AppInput> {
        if (next == which.size()) return std::nullopt;
        return AppInput{{which[next++]}};
      },
      [](const CorpusTotals&, const std::string&) {});
}

void TestStore::reopen() {
  store = nullptr;
  store = Store::open_for_writing(directory.path() + "/s");
}

std::string TestStore::complaints() const {
  std::string text;
  check_store(*store, [&](const std::string& one) { text += one + "\n"; });
  return text;
}

std::string TestStore::digest() const {
  CHECK(complaints() == "");
  return check_store(*store, [](const std::string&) {}).digest;
}

std::string TestStore::reports() const {
  std::string text;
  const StoreView view(*store);
  view.tables().for_each(Table::app_numbers, {}, [&](Bytes key, Bytes) {
    text += ndjson(view.report(*view.find_app(as_text(key))));
    return true;
  });
  return text;
}

}  // namespace sdkprint::test
