#pragma once
// Facts as compact records, and back: of one entry, for a content cache; of an app without its entries'
// facts, for a rematch. Records of one kFactsFormat only can be read. Numbers of patterns and SDKs in an
// entry's facts are those of one database: whoever keeps them keeps its fingerprint beside.
#include <cstdint>
#include <vector>

#include "scan/app_scanner.h"

namespace sdkprint {

/// Changes whenever the members of either do, or what a scan puts into them.
inline constexpr std::uint32_t kFactsFormat = 2;

/// Without what the code does (EntryFacts::code, which has a codec of its own) and without surfaces that were
/// captured for `sdkprint inspect`.
std::vector<std::uint8_t> encode_entry_facts(const EntryFacts& facts);
/// The sets are those that the facts were found with. Throws InputError when the bytes are no whole record,
/// or name what is not in them.
EntryFacts decode_entry_facts(Bytes bytes, const SignatureSet& signatures, const BehaviourSet& behaviours);

/// Without the facts of entries (ContainerFacts::entries, SingleFacts::facts), and without the app's paths.
std::vector<std::uint8_t> encode_app_facts(const AppFacts& facts);
/// Throws InputError.
AppFacts decode_app_facts(Bytes bytes);
/// Of the same only what stands in archives around the entries: names, manifests, texts. Every text of it is
/// there as it is, byte for byte.
std::vector<std::uint8_t> encode_archives(const AppFacts& facts);

}  // namespace sdkprint
