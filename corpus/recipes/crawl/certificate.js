// Developers' keys and certificates, and the signature of a v1-signed APK. The keys come out of the developer's name,
// so that a crawl can be made again byte by byte: they are worth nothing, on purpose. RSA with 1024 bits, as old apps
// have, because its signatures have no chance in them (RFC 8017, RSASSA-PKCS1-v1_5).
'use strict'
const crypto = require('crypto')
const { Random } = require('./random')

// ---- DER (X.690): a tag, a length, a content -----------------------------------------------------------------------

function der (tag, ...parts) {
  const content = Buffer.concat(parts)
  const size = content.length
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
const sequence = (...parts) => der(0x30, ...parts)
const set = (...parts) => der(0x31, ...parts)
const explicit = (number, ...parts) => der(0xa0 + number, ...parts)
const nothing = der(0x05)

function integer (value) {
  let hex = value.toString(16)
  if (hex.length % 2 === 1) hex = '0' + hex
  if (parseInt(hex.slice(0, 2), 16) >= 0x80) hex = '00' + hex
  return der(0x02, Buffer.from(hex, 'hex'))
}

function identifier (dotted) { // an OBJECT IDENTIFIER
  const numbers = dotted.split('.').map(Number)
  const bytes = [numbers[0] * 40 + numbers[1]]
  for (const number of numbers.slice(2)) {
    const groups = [number & 0x7f]
    for (let rest = number >>> 7; rest > 0; rest >>>= 7) groups.unshift((rest & 0x7f) | 0x80)
    bytes.push(...groups)
  }
  return der(0x06, Buffer.from(bytes))
}
const kRsa = sequence(identifier('1.2.840.113549.1.1.1'), nothing)
const kSha256 = sequence(identifier('2.16.840.1.101.3.4.2.1'), nothing)
const kSha256WithRsa = sequence(identifier('1.2.840.113549.1.1.11'), nothing)
const kData = identifier('1.2.840.113549.1.7.1')
const kSignedData = identifier('1.2.840.113549.1.7.2')

function name (organisation) {
  const part = (oid, text) => set(sequence(identifier(oid), der(0x0c, Buffer.from(text))))
  return sequence(part('2.5.4.10', organisation), part('2.5.4.3', organisation))
}

// ---- RSA -----------------------------------------------------------------------------------------------------------

function prime (random, bits) {
  for (;;) {
    let number = BigInt('0x' + random.take(bits / 8).toString('hex'))
    number |= (3n << BigInt(bits - 2)) | 1n
    for (let tries = 0; tries < 1000; ++tries, number += 2n) {
      if (number % 65537n !== 1n && crypto.checkPrimeSync(number)) return number
    }
  }
}

function inverse (value, modulus) { // extended Euclid
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (a > 1n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x]
  return ((x % modulus) + modulus) % modulus
}

function rsaKey (random) {
  const [p, q] = [prime(random, 512), prime(random, 512)]
  const [n, e] = [p * q, 65537n]
  const d = inverse(e, (p - 1n) * (q - 1n))
  const base64 = value => {
    const hex = value.toString(16)
    return Buffer.from(hex.length % 2 ? '0' + hex : hex, 'hex').toString('base64url')
  }
  const jwk = { kty: 'RSA', n, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  for (const part of Object.keys(jwk)) if (part !== 'kty') jwk[part] = base64(jwk[part])
  return { n, e, key: crypto.createPrivateKey({ key: jwk, format: 'jwk' }) }
}

// ---- what a developer has -------------------------------------------------------------------------------------------

class Developer {
  constructor (name) {
    this.name = name
    const random = new Random('developer', name)
    this.rsa = rsaKey(random)
    this.serial = BigInt('0x' + random.take(4).toString('hex')) | 1n
    this.certificate = this.#selfSigned()
    this.digest = crypto.createHash('sha256').update(this.certificate).digest('hex')
  }

  #sign (bytes) { return crypto.sign('sha256', bytes, this.rsa.key) }

  #selfSigned () { // RFC 5280
    const subject = name(this.name)
    const date = text => der(0x17, Buffer.from(text))
    const key = sequence(kRsa, der(0x03, Buffer.from([0]), sequence(integer(this.rsa.n), integer(this.rsa.e))))
    const body = sequence(explicit(0, integer(2n)), integer(this.serial), kSha256WithRsa, subject,
      sequence(date('120101000000Z'), date('420101000000Z')), subject, key)
    return sequence(body, kSha256WithRsa, der(0x03, Buffer.from([0]), this.#sign(body)))
  }

  /** META-INF/CERT.RSA: a detached PKCS #7 signature (RFC 2315) of the bytes of META-INF/CERT.SF. */
  signature (bytes) {
    const signer = sequence(integer(1n), sequence(name(this.name), integer(this.serial)), kSha256, kRsa,
      der(0x04, this.#sign(bytes)))
    const signed = sequence(integer(1n), set(kSha256), sequence(kData), explicit(0, this.certificate), set(signer))
    return sequence(kSignedData, explicit(0, signed))
  }
}

module.exports = { Developer }
