// Writes the apps of the crawl and prints a row of its manifest for each. ../make_crawl prepares what it needs.
//
//   node make.js OUT APPS PART PARTS PREPARED CORPUS
//
// PREPARED has host-N.dex and, for each artefact, NAME@VERSION.dex. Of PARTS processes this one writes the apps of
// number PART, so that developers' apps stay together.
'use strict'
const fs = require('fs')
const os = require('os')
const path = require('path')
const { execFileSync } = require('child_process')
const { Content, writeApk } = require('./apk')
const { Developer } = require('./certificate')
const { replaceTexts, ownBuild } = require('./dex_stamp')
const { plan } = require('./plan')
const { Random } = require('./random')

const [out, files, part, parts, prepared, corpus] = process.argv.slice(2)
const framework = process.env.ANDROID_FRAMEWORK || '/usr/share/android-framework-res/framework-res.apk'

/** Remembers what `make` made of a key. */
function once (make) {
  const made = new Map()
  return key => {
    if (!made.has(key)) made.set(key, make(key))
    return made.get(key)
  }
}

// ---- what is in the apps --------------------------------------------------------------------------------------------

function readRows () {
  const lines = fs.readFileSync(path.join(__dirname, 'sdks.tsv'), 'utf8').split('\n').filter(line => line && line[0] !== '#')
  const columns = lines.shift().split('\t')
  return lines.map(line => Object.fromEntries(line.split('\t').map((cell, i) => [columns[i], cell === '-' ? '' : cell])))
}

const dexOf = once(name => fs.readFileSync(path.join(prepared, `${name}.dex`)))
const sharedDex = once(name => new Content(dexOf(name)))
const sharedFile = once(file => new Content(fs.readFileSync(file)))
const developerOf = once(name => new Developer(name))
const templates = fs.readdirSync(prepared).filter(name => /^host-\d+\.dex$/.test(name)).length

function hostDex (app, release) {
  const stamp = String(release.code).padStart(8, '0')
  const template = dexOf(`host-${Math.floor(app.template * templates)}`)
  return new Content(replaceTexts(template, [['xyz/a0000000', app.package.split('.').slice(0, 2).join('/')], ['build 00000000', `build ${stamp}`]]))
}

function dexFiles (app, release) {
  const dexes = [hostDex(app, release)]
  for (const { name, version } of release.sdks) {
    const id = `${name}@${version}`
    dexes.push(app.ownBuild ? new Content(ownBuild(dexOf(id), `${app.package} ${release.code}`)) : sharedDex(id))
  }
  return dexes.map((content, i) => [`classes${i ? i + 1 : ''}.dex`, content])
}

function libraries (app, release) {
  const found = []
  for (const { natives } of release.sdks.filter(row => row.natives)) {
    for (const abi of app.abis) {
      const folder = path.join(corpus, natives, abi)
      if (!fs.existsSync(folder)) continue
      for (const name of fs.readdirSync(folder).sort()) found.push([`lib/${abi}/${name}`, sharedFile(path.join(folder, name))])
    }
  }
  return found
}

/** Pictures of the app and texts of the release: dense and compressible bytes that no other app has. */
const pictures = once(name => {
  const random = new Random('pictures', name)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Array.from({ length: random.few(0.85, 20) }, (_, i) =>
    [`res/drawable/picture${i}.png`, new Content(Buffer.concat([signature, random.noise(4000 + random.below(90000))]), { stored: true })])
})

function texts (app, release) {
  const random = new Random('texts', app.package, String(release.code))
  const items = Array.from({ length: 50 + random.below(500) }, (_, i) => ({ id: i, value: random.below(1e6) }))
  return [['assets/items.json', new Content(Buffer.from(JSON.stringify(items)))]]
}

// ---- the manifest ---------------------------------------------------------------------------------------------------

function manifestText (app, release, channel) {
  const components = release.sdks.flatMap(row => row.manifest.split(' ').filter(item => item)).map(item => {
    const [kind, name] = item.split(':')
    if (kind === 'meta-data') return `<meta-data android:name="${name}" android:value="${new Random(app.package, name).take(12).toString('hex')}" />`
    const provider = kind === 'provider' ? ` android:authorities="${app.package}.${name.split('.').pop()}"` : ''
    return `<${kind} android:name="${name}"${provider} android:exported="false" />`
  })
  if (channel) components.push(`<meta-data android:name="APP_CHANNEL" android:value="${channel}" />`)
  return `<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="${app.package}"
    android:versionCode="${release.code}" android:versionName="${release.name}">
  <uses-sdk android:minSdkVersion="16" android:targetSdkVersion="${22 + new Random('target', app.package).below(12)}" />
  <uses-permission android:name="android.permission.INTERNET" />
  ${app.permissions.map(name => `<uses-permission android:name="android.permission.${name}" />`).join('\n  ')}
  <application android:name="${app.package}.HostApplication" android:label="App">
    <activity android:name="${app.package}.MainActivity" android:exported="true">
      <intent-filter>
        <action android:name="android.intent.action.MAIN" />
        <category android:name="android.intent.category.LAUNCHER" />
      </intent-filter>
    </activity>
    ${components.join('\n    ')}
  </application>
</manifest>
`
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'sdkprint-crawl.'))
process.on('exit', () => fs.rmSync(scratch, { recursive: true }))

const binaryManifest = once(text => {
  fs.writeFileSync(path.join(scratch, 'AndroidManifest.xml'), text)
  const [source, apk] = [path.join(scratch, 'AndroidManifest.xml'), path.join(scratch, 'manifest.apk')]
  execFileSync('aapt', ['package', '-f', '-M', source, '-I', framework, '-F', apk], { stdio: ['ignore', 'ignore', 'inherit'] })
  return new Content(execFileSync('unzip', ['-p', apk, 'AndroidManifest.xml'], { maxBuffer: 1 << 24 }))
})

// ---- all of it ------------------------------------------------------------------------------------------------------

function writeRelease (app, release) {
  const developer = developerOf(app.developer)
  const common = [...dexFiles(app, release), ...libraries(app, release), ...pictures(app.package), ...texts(app, release)]
  for (const channel of release.channels) {
    const inManifest = channel !== 'default' && app.channelIn === 'manifest'
    const marked = channel !== 'default' && !inManifest
    const manifest = binaryManifest(manifestText(app, release, inManifest ? channel : ''))
    const file = path.join('made', app.package, `${app.package}-${release.code}-${channel}.apk`)
    fs.mkdirSync(path.dirname(path.join(out, file)), { recursive: true })
    writeApk(path.join(out, file), [['AndroidManifest.xml', manifest], ...common], developer,
      marked ? [[`META-INF/channel_${channel}`, new Content(Buffer.alloc(0), { stored: true })]] : [])
    const sdks = release.sdks.map(row => `${row.name}@${row.version}`).join(',')
    console.log([file, app.package, release.code, release.name, app.developer, developer.digest, channel, app.ownBuild ? 'own' : 'shared', sdks || '-'].join('\t'))
  }
}

plan(Number(files), readRows()).forEach((app, number) => {
  if (number % Number(parts) !== Number(part)) return
  for (const release of app.releases) writeRelease(app, release)
})
