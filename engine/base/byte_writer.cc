#include "base/byte_writer.h"

namespace sdkprint {

// Not in the header: inlined, g++ 12 sees an overflow where there is none.
void ByteWriter::raw(Bytes value) { bytes_.insert(bytes_.end(), value.begin(), value.end()); }

}  // namespace sdkprint
