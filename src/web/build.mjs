// Builds the pages into dist/web when something they are made of has changed (`npm run build`).
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const ROOT = join(import.meta.dirname, '../..')
const OUT = join(ROOT, 'dist/web')
const STAMP = join(ROOT, 'dist/.web-stamp')
const SAMPLES = join(ROOT, 'seeds/households')

const stamp = digestOf([import.meta.dirname, SAMPLES, join(ROOT, 'package-lock.json')])
const built = existsSync(join(OUT, 'index.html')) && existsSync(STAMP)
if (!built || readFileSync(STAMP, 'utf8') !== stamp) {
  const { build } = await import('vite')
  await build({ configFile: join(import.meta.dirname, 'vite.config.js'), logLevel: 'error' })
  writeFileSync(join(OUT, 'samples.json'), JSON.stringify(samples()))
  for (const file of filesIn(OUT)) compress(file)
  writeFileSync(STAMP, stamp)
}

/** The sample households, for "fill in an example". */
function samples() {
  return filesIn(SAMPLES).map((file) => ({
    id: file.slice(SAMPLES.length + 1, -'.json'.length),
    ...JSON.parse(readFileSync(file, 'utf8')),
  }))
}

function digestOf(places) {
  const hash = createHash('sha256')
  for (const file of places.flatMap(filesIn)) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

/** A file, or every file of a folder, in order. */
function filesIn(place) {
  if (!existsSync(place)) return []
  if (place.includes('.') && /\.\w+$/.test(place)) return [place]
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Beside each text a copy in both encodings, so that serving costs nothing. */
function compress(file) {
  if (!/\.(js|css|html|json|svg)$/.test(file)) return
  const bytes = readFileSync(file)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
}
