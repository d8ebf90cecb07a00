// Writes the smali of one host app into a folder: code of no SDK, in a package whose name make.js replaces.
//
//   node host_template.js NUMBER FOLDER
//
// The templates differ in size and in every method. Only the texts that make.js replaces begin with "xyz", "Lxyz" or
// "build ", so that their order in the string table stays right.
'use strict'
const fs = require('fs')
const path = require('path')
const { Random } = require('./random')

const [number, folder] = [Number(process.argv[2]), process.argv[3]]
const random = new Random('host template', String(number))
const host = 'xyz/a0000000/app'
const words = ['account', 'banner', 'basket', 'chapter', 'coupon', 'detail', 'feed', 'gallery', 'history', 'invite', 'lesson',
  'message', 'order', 'player', 'profile', 'rank', 'search', 'setting', 'splash', 'video', 'wallet']

function write (name, superclass, body) {
  const constructor = `.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, ${superclass}-><init>()V
    return-void
.end method
`
  const file = path.join(folder, `${name.replace(/\W/g, '_')}.smali`)
  fs.writeFileSync(file, `.class public L${host}/${name};\n.super ${superclass}\n\n${constructor}\n${body}`)
}

const kOperations = ['add-int', 'sub-int', 'mul-int', 'xor-int', 'or-int', 'and-int']

function arithmetic (name, callee) {
  const lines = []
  for (let i = 6 + random.below(20); i > 0; --i) {
    const [to, from] = [random.below(3), random.below(3)]
    if (random.chance(0.2)) lines.push(`const/16 v${to}, 0x${random.below(0x7fff).toString(16)}`)
    else lines.push(`${random.pick(kOperations)} v${to}, v${from}, p${random.below(2)}`)
  }
  if (callee) lines.push(`invoke-static {p1, p0}, ${callee}`, 'move-result v0')
  return `.method public static ${name}(II)I
    .locals 3
    move v0, p0
    move v1, p1
    const/4 v2, 0x1
    ${lines.join('\n    ')}
    return v0
.end method
`
}

function label (name) {
  return `.method public static ${name}()Ljava/lang/String;
    .locals 1
    const-string v0, "${random.pick(words)} ${random.pick(words)} ${random.below(1000)}"
    return-object v0
.end method
`
}

let callee = ''
for (let count = 12 + number * 9 + random.below(9); count > 0; --count) {
  const name = `${random.pick(['ui', 'data', 'net'])}/${random.pick(words)}${count}`
  let body = ''
  for (let i = 3 + random.below(6); i > 0; --i) body += random.chance(0.3) ? label(`label${i}`) : arithmetic(`step${i}`, callee)
  body += arithmetic('run', callee)
  write(name, 'Ljava/lang/Object;', body)
  callee = `L${host}/${name};->run(II)I`
}
write('HostApplication', 'Landroid/app/Application;', `.method public onCreate()V
    .locals 2
    invoke-super {p0}, Landroid/app/Application;->onCreate()V
    const-string v0, "host"
    const-string v1, "build 00000000"
    invoke-static {v0, v1}, Landroid/util/Log;->i(Ljava/lang/String;Ljava/lang/String;)I
    return-void
.end method
`)
write('MainActivity', 'Landroid/app/Activity;', `.method protected onCreate(Landroid/os/Bundle;)V
    .locals 2
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V
    const/4 v0, 0x2
    const/4 v1, 0x3
    invoke-static {v0, v1}, ${callee}
    return-void
.end method
`)
