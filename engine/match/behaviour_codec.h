#pragma once
// BehaviourSet ↔ bytes: the behaviour table of a compiled database (docs/database-format.md). Places in
// source files are left out, so that moving a line does not change the fingerprint.
#include "base/byte_writer.h"
#include "base/reader.h"
#include "signature/behaviour.h"

namespace sdkprint {

void encode(const BehaviourSet& set, ByteWriter& out);
/// Throws InputError on bytes that encode() did not write.
BehaviourSet decode_behaviours(Reader& in);

}  // namespace sdkprint
