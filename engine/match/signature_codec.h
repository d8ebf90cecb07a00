#pragma once
// SignatureSet ↔ bytes: the SDK table of a compiled database (docs/database-format.md). Places in source
// files and samples are left out, so that neither moving a line nor adding a test changes the fingerprint.
#include "base/byte_writer.h"
#include "base/reader.h"
#include "signature/sdk.h"

namespace sdkprint {

void encode(const SignatureSet& set, ByteWriter& out);
/// Throws InputError on bytes that encode() did not write.
SignatureSet decode_signatures(Reader& in);

}  // namespace sdkprint
