// Two files of one app, linked: the first byte is where the first file ends, in 1/256 of the rest. What is
// found must point into its file, and every way begins at an entry or a public method.
#include "app_code_fixture.h"
#include "base/error.h"
#include "fuzz_target.h"

namespace {

using namespace sdkprint;
using namespace sdkprint::test;

const std::vector<EntryPoint> kEntries = {{Reach::provider_start, "app.P"},
                                          {Reach::application_start, "app.A"},
                                          {Reach::background, "app.S"},
                                          {Reach::screen, "app.V"}};

std::vector<std::uint8_t> seed(DexBuilder& first, DexBuilder& second) {
  const ByteVector a = first.build(), b = second.build();
  // Both padded, so that the parting lies on a boundary of 1/256.
  const std::size_t size = std::max(a.size(), b.size());
  const std::size_t half = (size + 127) / 128 * 128;
  std::vector<std::uint8_t> result(1 + 2 * half);
  result[0] = 128;
  std::copy(a.begin(), a.end(), result.begin() + 1);
  std::copy(b.begin(), b.end(), result.begin() + 1 + static_cast<std::ptrdiff_t>(half));
  return result;
}

void check(const AppCode& code, const std::vector<Bytes>& files) {
  for (const LinkedUse& use : code.uses) {
    if (use.file >= files.size()) __builtin_trap();
    if (use.use.offset && *use.use.offset >= files[use.file].size()) __builtin_trap();
    const std::vector<PathStep> path = code.ways.path(use.way);
    if ((use.reach == Reach::not_established) != path.empty()) __builtin_trap();
    if (!path.empty() && path.front().kind != StepKind::entry && path.front().kind != StepKind::callback &&
        path.front().kind != StepKind::user_callback) {
      __builtin_trap();
    }
    for (const LinkedCaller& caller : use.callers) code.ways.frame(caller);
    if (use.callers.size() > 16) __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const CatalogueIndex index(track_set());
  const Bytes all(data + 1, size - 1);
  const std::size_t parting = all.size() * data[0] / 256;
  std::vector<Bytes> files;
  std::vector<CodeFacts> facts;
  for (const Bytes file : {all.first(parting), all.subspan(parting)}) {
    try {
      facts.push_back(read_code(index, DexFile::open(file), 1000));
      files.push_back(file);
    } catch (const InputError&) {
    }
  }
  std::vector<const CodeFacts*> rows;
  for (const CodeFacts& row : facts) rows.push_back(&row);
  LinkBudget budget = link_budget();
  budget.edges = 1'000'000;
  check(link_code(index, rows, kEntries, budget), files);
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz_seeds() {
  DexBuilder first, second;
  first.add_class("Lapp/P;")
      .superclass("Landroid/content/ContentProvider;")
      .method("onCreate", "()Z",
              Code()
                  .new_instance(0, "Lapp/R;")
                  .invoke_virtual("Lapp/B;", "go", "()V")
                  .invoke_static("Lapp/B;", "s", "()V")
                  .return_void());
  first.add_class("Lapp/V;").superclass("Landroid/app/Activity;").method("onResume", "()V", track());
  second.add_class("Lapp/B;")
      .superclass("Lapp/B;")
      .method("go", "()V", track())
      .method("s", "()V", kStatic | kPublic, Code().new_instance(0, "Lapp/B;").return_void());
  second.add_class("Lapp/R;").interface("Ljava/lang/Runnable;").method("run", "()V", track());
  return {seed(first, second)};
}
