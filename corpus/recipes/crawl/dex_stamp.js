// Makes one DEX file into many: valid ones, with right digest and checksum, that differ in their bytes.
'use strict'
const crypto = require('crypto')

// Offsets in the header (Dalvik executable format, header_item).
const kChecksum = 8, kSignature = 12, kSigned = 32, kFileSize = 32, kDataSize = 104

function adler32 (bytes) {
  let a = 1, b = 0
  for (let i = 0; i < bytes.length;) {
    const end = Math.min(i + 3800, bytes.length) // as many as cannot overflow 32 bits (zlib's NMAX is 5552)
    for (; i < end; ++i) { a += bytes[i]; b += a }
    a %= 65521
    b %= 65521
  }
  return ((b << 16) | a) >>> 0
}

function seal (dex) {
  crypto.createHash('sha1').update(dex.subarray(kSigned)).digest().copy(dex, kSignature)
  dex.writeUInt32LE(adler32(dex.subarray(kSignature)), kChecksum)
  return dex
}

/** Replaces each text by another of the same length. The order of the string table must not change by it. */
function replaceTexts (dex, replacements) {
  const copy = Buffer.from(dex)
  for (const [from, to] of replacements) {
    if (from.length !== to.length) throw new Error(`"${from}" and "${to}" differ in length`)
    let count = 0
    for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + from.length), ++count) copy.write(to, at, 'latin1')
    if (count === 0) throw new Error(`the template does not hold "${from}"`)
  }
  return seal(copy)
}

/** The same code with 16 bytes more at its end that nothing refers to: what a build of one's own does to a digest. */
function ownBuild (dex, mark) {
  const copy = Buffer.concat([dex, Buffer.alloc((4 - dex.length % 4) % 4),
    crypto.createHash('md5').update(mark).digest()])
  const growth = copy.length - dex.length
  copy.writeUInt32LE(copy.length, kFileSize)
  copy.writeUInt32LE(copy.readUInt32LE(kDataSize) + growth, kDataSize)
  return seal(copy)
}

module.exports = { replaceTexts, ownBuild }
