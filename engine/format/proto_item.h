#pragma once
// `Item` of aapt2's Resources.proto: one compiled value, the same in protobuf XML and in the protobuf
// resource table.
#include "base/bytes.h"
#include "format/res_value.h"

namespace sdkprint {

struct ProtoItem {
  ResValue value;  ///< type string: the text is in `text`; type null: nothing known
  Bytes text;      ///< borrowed, UTF-8, untrusted
};

/// Reads an Item message; an empty one yields type null. Throws InputError on a broken message.
ProtoItem read_proto_item(Bytes message);

}  // namespace sdkprint
