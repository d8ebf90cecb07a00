// Writes APKs: a ZIP archive (APPNOTE.TXT 4.3), entries that are stored aligned to 4 bytes, signed as a JAR is (v1).
// What is in many apps is compressed and hashed once.
'use strict'
const crypto = require('crypto')
const fs = require('fs')
const zlib = require('zlib')

const kCrcTable = new Uint32Array(256).map((_, byte) => {
  for (let bit = 0; bit < 8; ++bit) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1
  return byte
})
function crc32 (bytes) {
  let crc = 0xffffffff
  for (let i = 0; i < bytes.length; ++i) crc = kCrcTable[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** What stands under some name in an archive; its name is none of its own, so that archives can share it. */
class Content {
  constructor (bytes, { stored = false } = {}) {
    this.size = bytes.length
    this.method = stored ? 0 : 8
    this.crc = crc32(bytes)
    this.digest = crypto.createHash('sha256').update(bytes).digest('base64')
    this.data = stored ? bytes : zlib.deflateRawSync(bytes, { level: 6 })
  }
}

const kTime = 0, kDate = (28 << 9) | (1 << 5) | 1 // 2008-01-01

function header (entry, size) {
  const fields = Buffer.alloc(size)
  let at = size === 30 ? 4 : 6
  for (const value of [20, 0x800, entry.content.method, kTime, kDate]) at = fields.writeUInt16LE(value, at)
  for (const value of [entry.content.crc, entry.content.data.length, entry.content.size]) at = fields.writeUInt32LE(value, at)
  fields.writeUInt16LE(entry.name.length, at)
  return fields
}

function localHeader (entry, offset) {
  const fields = header(entry, 30)
  fields.writeUInt32LE(0x04034b50, 0)
  const padding = entry.content.method === 0 ? (4 - (offset + 30 + entry.name.length) % 4) % 4 : 0
  fields.writeUInt16LE(padding, 28)
  return [fields, entry.name, Buffer.alloc(padding)]
}

function directoryRow (entry, offset) {
  const fields = header(entry, 46)
  fields.writeUInt32LE(0x02014b50, 0)
  fields.writeUInt16LE(20, 4)
  fields.writeUInt32LE(offset, 42)
  return [fields, entry.name]
}

function writeArchive (path, entries) {
  const parts = [], rows = []
  let offset = 0
  const put = (...buffers) => { for (const buffer of buffers) { parts.push(buffer); offset += buffer.length } }
  for (const entry of entries) {
    rows.push(...directoryRow(entry, offset))
    put(...localHeader(entry, offset), entry.content.data)
  }
  const start = offset
  put(...rows)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(offset - start, 12)
  end.writeUInt32LE(start, 16)
  put(end)
  const file = fs.openSync(path, 'w')
  fs.writevSync(file, parts)
  fs.closeSync(file)
}

/** The JAR signature's three files (JAR File Specification, "Signed JAR File"). Lines are 70 bytes at most. */
function signatureFiles (contents, developer) {
  const line = text => (text.match(/^.{1,70}|.{1,69}/g) || []).join('\r\n ') + '\r\n'
  const digest = text => crypto.createHash('sha256').update(text).digest('base64')
  const sections = contents.map(([name, content]) => [name, `${line(`Name: ${name}`)}SHA-256-Digest: ${content.digest}\r\n\r\n`])
  const manifest = 'Manifest-Version: 1.0\r\n\r\n' + sections.map(([, text]) => text).join('')
  const signed = `Signature-Version: 1.0\r\nSHA-256-Digest-Manifest: ${digest(manifest)}\r\n\r\n` +
    sections.map(([name, text]) => `${line(`Name: ${name}`)}SHA-256-Digest: ${digest(text)}\r\n\r\n`).join('')
  return [['META-INF/MANIFEST.MF', Buffer.from(manifest)], ['META-INF/CERT.SF', Buffer.from(signed)],
    ['META-INF/CERT.RSA', developer.signature(Buffer.from(signed))]].map(([name, bytes]) => [name, new Content(bytes)])
}

/** `contents` and `unsigned` are lists of [name, Content]; what is unsigned must stand under META-INF/. */
function writeApk (path, contents, developer, unsigned = []) {
  const all = [...contents, ...signatureFiles(contents, developer), ...unsigned]
  writeArchive(path, all.map(([name, content]) => ({ name: Buffer.from(name), content })))
}

module.exports = { Content, writeApk }
