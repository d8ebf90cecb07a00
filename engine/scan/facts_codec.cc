#include "scan/facts_codec.h"

#include "result/report_fields.h"

namespace sdkprint {

template <>
inline constexpr std::size_t kEnumCount<EntryKind> = static_cast<std::size_t>(EntryKind::container) + 1;
template <>
inline constexpr std::size_t kEnumCount<ContainerKind> = static_cast<std::size_t>(ContainerKind::zip) + 1;
template <>
inline constexpr std::size_t kEnumCount<ManifestComponent::Kind> =
    static_cast<std::size_t>(ManifestComponent::Kind::provider) + 1;

void fields(auto& io, Is<PatternRef> auto& value) {
  auto& [sdk, index, is_version_rule] = value;
  io(sdk, index, is_version_rule);
}

void fields(auto& io, Is<PatternHit> auto& value) {
  auto& [ref, surface, item, offset, used_by, count, behind] = value;
  io(ref, surface, item, offset, used_by, count, behind);
}

void fields(auto& io, Is<OwnedClasses> auto& value) {
  auto& [owner, fallback, within, classes, code_bytes, packages] = value;
  io(owner, fallback, within, classes, code_bytes, packages);
}

void fields(auto& io, Is<VersionCandidate> auto& value) {
  auto& [sdk, rule, version, item, entry] = value;
  io(sdk, rule, version, item, entry);
}

void fields(auto& io, Is<HostString> auto& value) {
  auto& [host, cleartext, text, class_name, used_by] = value;
  io(host, cleartext, text, class_name, used_by);
}

void fields(auto& io, Is<EntryFacts> auto& value) {
  auto& [path, kind, size, hits, owned, unclaimed, versions, problems, classes, code_bytes, class_hashes,
         surfaces, loaders, code, native_uses, hosts] = value;
  io(path, kind, size, hits, owned, unclaimed, versions, problems, classes, code_bytes, loaders, native_uses,
     hosts);
  io.fixed(class_hashes);
}

void fields(auto& io, Is<ManifestIntentFilter> auto& value) {
  auto& [actions, categories, schemes, hosts] = value;
  io(actions, categories, schemes, hosts);
}

void fields(auto& io, Is<ManifestMetaData> auto& value) {
  auto& [name, text] = value;
  io(name, text);
}

void fields(auto& io, Is<ManifestComponent> auto& value) {
  auto& [kind, class_name, target, process, permission, authorities, exported, enabled, init_order, filters,
         meta_data] = value;
  io(kind, class_name, target, process, permission, authorities, exported, enabled, init_order, filters,
     meta_data);
}

void fields(auto& io, Is<Manifest> auto& value) {
  auto& [package, split, version_name, label, label_zh, application_class, app_component_factory,
         version_code, min_sdk, target_sdk, has_code, debuggable, uses_cleartext, enabled, permissions,
         permission_max_sdk, declared_permissions, instrumentations, uses_libraries, uses_native_libraries,
         uses_features, query_packages, components, meta_data] = value;
  io(package, split, version_name, label, label_zh, application_class, app_component_factory, version_code,
     min_sdk, target_sdk, has_code, debuggable, uses_cleartext, enabled, permissions, permission_max_sdk,
     declared_permissions, instrumentations, uses_libraries, uses_native_libraries, uses_features,
     query_packages, components, meta_data);
}

void fields(auto& io, Is<Certificate> auto& value) {
  auto& [sha256, subject, schemes] = value;
  io(sha256, subject, schemes);
}

void fields(auto& io, Is<Payload> auto& value) {
  auto& [path, size] = value;
  io(path, size);
}

void fields(auto& io, Is<ContainerPart> auto& value) {
  auto& [path, file_name, kind, size, key, same_as, was_read, problems] = value;
  io(path, file_name, kind, size, key, same_as, was_read, problems);
}

void fields(auto& io, Is<EntryName> auto& value) {
  auto& [name, offset, size] = value;
  io(name, offset, size);
}

void fields(auto& io, Is<EntryText> auto& value) {
  auto& [name, text, problem] = value;
  io(name, text, problem);
}

void fields(auto& io, Is<ManifestEntry> auto& value) {
  auto& [path, size, problems] = value;
  io(path, size, problems);
}

/// The entries' facts are not part of it.
void fields(auto& io, Is<ContainerFacts> auto& value) {
  auto& [kind, path, problems, names, texts, manifest_entry, manifest, certificates, payloads, unreadable_dex,
         parts, nested, entries] = value;
  io(kind, path, problems, names, texts, manifest_entry, manifest, certificates, payloads, unreadable_dex,
     parts, nested);
}

void fields(auto& io, Is<SingleFacts> auto& value) {
  auto& [part, facts] = value;
  io(part);
}

void fields(auto& io, Is<LinkedCaller> auto& value) {
  auto& [depth, method, pc, kind, calls, reach, way] = value;
  io(depth, method, pc, kind, calls, reach, way);
}

void fields(auto& io, Is<CallWays::Method> auto& value) {
  auto& [class_name, text, is_short] = value;
  io(class_name, text, is_short);
}

void fields(auto& io, Is<CallWays::Step> auto& value) {
  auto& [method, from, kind] = value;
  io(method, from, kind);
}

void fields(auto& io, Is<CallWays> auto& value) {
  auto& [methods, steps] = value;
  io(methods, steps);
}

void fields(auto& io, Is<LinkedUse> auto& value) {
  auto& [file, use, method, reach, way, callers] = value;
  io(file, use, method, reach, way, callers);
}

void fields(auto& io, Is<AppUses> auto& value) {
  auto& [uses, ways, is_reach_known, problems] = value;
  io(uses, ways, is_reach_known, problems);
}

/// Paths are not part of it: they are the reader's word, not the content's.
void fields(auto& io, Is<AppFacts> auto& value) {
  auto& [app, problems, containers, singles, uses] = value;
  io(app.sha256, app.size, app.kind, problems, containers, singles, uses);
}

namespace {

/// Patterns and SDKs that facts name must be there: they are used as indexes.
class ReferenceCheck {
 public:
  ReferenceCheck(const SignatureSet& signatures, const BehaviourSet& behaviours)
      : sdks_(signatures.sdks), behaviours_(behaviours.behaviours.size()) {}

  void check(const EntryFacts& facts) const {
    for (const PatternHit& hit : facts.hits) {
      pattern(hit.ref);
      if (hit.behind) sdk(*hit.behind);
    }
    for (const OwnedClasses& row : facts.owned) {
      pattern(row.owner);
      if (row.fallback) pattern(*row.fallback);
      if (row.within) sdk(*row.within);
    }
    for (const VersionCandidate& version : facts.versions) {
      sdk(version.sdk);
      require(version.rule < sdks_[version.sdk].versions.size());
    }
    for (const Use& use : facts.native_uses) require(use.behaviour < behaviours_);
  }

 private:
  static void require(bool is_there) {
    if (!is_there) throw InputError("stored facts name what the database does not have");
  }
  void sdk(std::uint32_t index) const { require(index < sdks_.size()); }
  void pattern(PatternRef ref) const {
    sdk(ref.sdk);
    require(!ref.is_version_rule && ref.index < sdks_[ref.sdk].patterns.size());
  }

  const std::vector<Sdk>& sdks_;
  const std::size_t behaviours_;
};

void check_parts(const ContainerFacts& container) {
  for (std::size_t i = 0; i < container.parts.size(); ++i) {
    const std::uint32_t same_as = container.parts[i].same_as;
    if (same_as > i || container.parts[same_as].same_as != same_as)
      throw InputError("stored app: a part is the copy of none");
  }
  for (std::size_t i = 0; i < container.texts.size(); ++i) {
    const bool is_ascending = i == 0 || container.texts[i - 1].name < container.texts[i].name;
    if (!is_ascending || container.texts[i].name >= container.names.size())
      throw InputError("stored app: a text without a name");
  }
  for (const ContainerFacts& nested : container.nested) check_parts(nested);
}

/// Numbers of methods and steps are used as indexes, and a way must end.
void check_ways(const AppUses& uses) {
  const auto require = [](bool is_sound) {
    if (!is_sound) throw InputError("stored app: a way that leads nowhere");
  };
  const std::size_t methods = uses.ways.methods.size(), steps = uses.ways.steps.size();
  for (std::size_t i = 0; i < steps; ++i) {
    const CallWays::Step& step = uses.ways.steps[i];
    require(step.method < methods && (step.from == CallWays::kNone || step.from < i));
  }
  const auto check_way = [&](std::uint32_t way) { require(way == CallWays::kNone || way < steps); };
  for (const LinkedUse& use : uses.uses) {
    require(use.method == CallWays::kNone || use.method < methods);
    check_way(use.way);
    for (const LinkedCaller& caller : use.callers) {
      require(caller.method < methods && caller.calls < methods);
      check_way(caller.way);
    }
  }
}

}  // namespace

std::vector<std::uint8_t> encode_entry_facts(const EntryFacts& facts) {
  Encoder out;
  out(facts);
  return out.take();
}

EntryFacts decode_entry_facts(Bytes bytes, const SignatureSet& signatures, const BehaviourSet& behaviours) {
  Decoder in(bytes, "stored facts");
  EntryFacts facts;
  in(facts);
  in.finish();
  ReferenceCheck(signatures, behaviours).check(facts);
  return facts;
}

std::vector<std::uint8_t> encode_app_facts(const AppFacts& facts) {
  Encoder out;
  out(facts);
  return out.take();
}

std::vector<std::uint8_t> encode_archives(const AppFacts& facts) {
  Encoder out;
  out(facts.containers, facts.singles);
  return out.take();
}

AppFacts decode_app_facts(Bytes bytes) {
  Decoder in(bytes, "stored app");
  AppFacts facts;
  in(facts);
  in.finish();
  for (const ContainerFacts& container : facts.containers) check_parts(container);
  check_ways(facts.uses);
  return facts;
}

}  // namespace sdkprint
