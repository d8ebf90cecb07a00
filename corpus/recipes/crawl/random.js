// Chance that is the same on every run: a stream of numbers out of a name, by hashing the name and a counter.
'use strict'
const crypto = require('crypto')

class Random {
  constructor (...names) {
    this.name = names.join('/')
    this.count = 0
    this.bytes = Buffer.alloc(0)
  }

  take (size) {
    while (this.bytes.length < size) {
      const block = crypto.createHash('sha512').update(`${this.name}#${this.count++}`).digest()
      this.bytes = Buffer.concat([this.bytes, block])
    }
    const taken = this.bytes.subarray(0, size)
    this.bytes = this.bytes.subarray(size)
    return taken
  }

  /** Dense bytes, for what a picture would hold; cheaper than take() for many. */
  noise (size) {
    const key = crypto.createHash('sha256').update(`${this.name}#${this.count++}`).digest()
    return crypto.createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size))
  }

  /** In [0, 1). */
  fraction () { return this.take(4).readUInt32LE() / 2 ** 32 }
  below (limit) { return Math.floor(this.fraction() * limit) }
  chance (probability) { return this.fraction() < probability }
  pick (list) { return list[this.below(list.length)] }
  /** 1, 2, 3 …, each `again` times as likely as the one before it, at most `limit`. */
  few (again, limit) {
    let count = 1
    while (count < limit && this.chance(again)) ++count
    return count
  }
}

module.exports = { Random }
