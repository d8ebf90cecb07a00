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

/// Surfaces that were captured for `sdkprint inspect` are left out.
std::vector<std::uint8_t> encode_entry_facts(const EntryFacts& facts);
/// `signatures` are those that the facts were found with, `database` has the catalogue. Throws InputError
/// when the bytes are no whole record, or name what is not there. EntryFacts::code stays null unless it is
/// wanted.
EntryFacts decode_entry_facts(Bytes bytes, const SignatureSet& signatures, const PatternDatabase& database,
                              bool wants_code);

/// Without the facts of entries (ContainerFacts::entries, SingleFacts::facts), and without the app's paths.
std::vector<std::uint8_t> encode_app_facts(const AppFacts& facts);
/// Throws InputError.
AppFacts decode_app_facts(Bytes bytes);
/// Of the same only what stands in archives around the entries: names, manifests, texts. Every text of it is
/// there as it is, byte for byte.
std::vector<std::uint8_t> encode_archives(const AppFacts& facts);

}  // namespace sdkprint
