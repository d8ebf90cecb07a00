// Decides what the crawl consists of: developers, their apps, the apps' releases, the channels each release is
// published on, and which SDK releases are inside. Only decisions; make.js writes the files.
//
// The shares are guesses at what a store looks like, not measurements of one: SDKs by Zipf's law, most developers with one
// app and a few with many, Chinese app stores with a package for each channel, releases that update some SDKs.
'use strict'
const { Random } = require('./random')

const kChannels = ['huawei', 'xiaomi', 'oppo', 'vivo', 'yingyongbao', 'baidu', 'qihoo360', 'wandoujia', 'meizu', 'samsung']
const kAbis = ['arm64-v8a', 'armeabi-v7a', 'armeabi', 'x86']
const kPermissions = ['ACCESS_COARSE_LOCATION', 'ACCESS_FINE_LOCATION', 'ACCESS_NETWORK_STATE', 'ACCESS_WIFI_STATE', 'CAMERA',
  'READ_CONTACTS', 'READ_EXTERNAL_STORAGE', 'READ_PHONE_STATE', 'RECORD_AUDIO', 'VIBRATE', 'WAKE_LOCK', 'WRITE_EXTERNAL_STORAGE']

const kMostPopular = 0.6 // share of apps that have the first SDK of the list
const kZipf = 0.75
const kBuildsItsOwn = 0.4 // developers whose builds change the vendors' DEX files, as shrinkers do
const kUpdates = 0.35, kAdds = 0.3, kRemoves = 0.1 // what a release does: to each SDK, once, to each SDK

/** SDKs by popularity, each with its releases, oldest first. */
function byPopularity (rows) {
  const sdks = new Map()
  for (const row of rows) sdks.set(row.name, [...(sdks.get(row.name) || []), row])
  return [...sdks.values()]
}

function firstMix (random, sdks) {
  const mix = new Map()
  sdks.forEach((releases, rank) => {
    if (random.chance(kMostPopular / (rank + 1) ** kZipf)) mix.set(releases[0].name, random.below(releases.length))
  })
  return mix
}

function nextMix (random, sdks, mix) {
  const next = new Map()
  for (const [name, release] of mix) {
    const last = sdks.find(releases => releases[0].name === name).length - 1
    if (!random.chance(kRemoves)) next.set(name, random.chance(kUpdates) ? Math.min(release + 1, last) : release)
  }
  if (random.chance(kAdds)) {
    const releases = sdks[Math.floor(random.fraction() ** 2 * sdks.length)]
    if (!next.has(releases[0].name)) next.set(releases[0].name, releases.length - 1)
  }
  return next
}

/** The rows of a mix and those that come with them; of two releases of one SDK the newer. */
function rowsOf (mix, sdks, rows) {
  const chosen = new Map()
  const add = row => {
    const other = chosen.get(row.name)
    if (!other || rows.indexOf(row) > rows.indexOf(other)) chosen.set(row.name, row)
    if (row.with) add(rows.find(one => `${one.name}@${one.version}` === row.with))
  }
  for (const releases of sdks) if (mix.has(releases[0].name)) add(releases[mix.get(releases[0].name)])
  return [...chosen.values()]
}

function planApp (developer, number, sdks, rows) {
  const random = new Random('app', developer, number)
  const word = random.take(4).toString('hex').slice(0, 7)
  const app = {
    developer,
    package: `xyz.a${word}.app`,
    template: random.fraction(),
    ownBuild: new Random('developer builds', developer).chance(kBuildsItsOwn),
    abis: kAbis.slice(random.below(2), 1 + random.few(0.5, 3)),
    permissions: kPermissions.filter(() => random.chance(0.4)),
    channelIn: random.chance(0.75) ? 'META-INF' : 'manifest',
    channels: random.chance(0.55) ? ['default'] : kChannels.slice(0, 1 + random.few(0.7, 9)),
    releases: []
  }
  let mix = firstMix(random, sdks)
  for (let release = random.few(0.6, 8), code = 1 + random.below(40); release > 0; --release, code += 1 + random.below(3)) {
    app.releases.push({ code, name: `${1 + Math.floor(code / 10)}.${code % 10}.${random.below(5)}`, sdks: rowsOf(mix, sdks, rows) })
    mix = nextMix(random, sdks, mix)
  }
  return app
}

/** Apps of as many developers as `files` need; the last app's channels are cut, so that it is exactly so many. */
function plan (files, rows) {
  const sdks = byPopularity(rows)
  const apps = []
  for (let number = 0, left = files; left > 0; ++number) {
    const developer = `Developer ${String(number + 1).padStart(4, '0')}`
    for (let i = new Random('apps of', developer).few(0.45, 12); i > 0 && left > 0; --i) {
      const app = planApp(developer, i, sdks, rows)
      for (const release of app.releases) {
        release.channels = app.channels.slice(0, left)
        left -= release.channels.length
      }
      app.releases = app.releases.filter(release => release.channels.length > 0)
      apps.push(app)
    }
  }
  return apps
}

module.exports = { plan }
