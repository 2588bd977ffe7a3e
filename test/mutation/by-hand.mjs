// Applies each mutation of mutations.mjs alone to a copy of the tree and runs the tests of its area:
// `node test/mutation/by-hand.mjs [sql|http|browser]`. Fails when one survives.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MUTATIONS } from './mutations.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const LEFT_OUT = ['.git', 'node_modules', 'data', '.bench', '.screenshots', '.tap', '.stryker']

/** What is made anew before the tests of an area, and the tests, the quickest first. */
const AREAS = {
  sql: { build: [], tests: ['test/agreement/three-engines.test.ts'] },
  http: { build: ['tsc', '--noCheck'], tests: ['test/http'] },
  browser: { build: ['node', 'src/web/build.mjs'], tests: ['test/browser'] },
}

const asked = process.argv[2]
if (asked !== undefined && !(asked in AREAS)) throw new Error(`one of ${Object.keys(AREAS)}`)
const copy = join(mkdtempSync(join(tmpdir(), 'mutation-')), 'tree')
let survived = 0
try {
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  for (const area of asked === undefined ? Object.keys(AREAS) : [asked]) tryArea(area)
} finally {
  rmSync(join(copy, '..'), { recursive: true })
}
console.log(`${survived} survived`)
process.exitCode = survived === 0 ? 0 : 1

function tryArea(area) {
  const sound = MUTATIONS[area].flatMap(({ tests }) => tests ?? AREAS[area].tests)
  if (!passes(area, [...new Set(sound)])) throw new Error(`${area}: fails without a mutation`)
  for (const mutation of MUTATIONS[area]) {
    const lives = tryOne(area, mutation)
    console.log(`${lives ? 'SURVIVED' : 'killed'} - ${area}: ${mutation.what}`)
    if (lives) survived += 1
  }
}

/** Whether the tests pass all the same. */
function tryOne(area, { file, from, to, tests = AREAS[area].tests }) {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`)
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
  try {
    return passes(area, tests)
  } finally {
    writeFileSync(path, text)
  }
}

function passes(area, tests) {
  const { build } = AREAS[area]
  if (build.length > 0 && !runs(build)) throw new Error(`${area}: does not build`)
  return runs(['tap', '--disable-coverage', '--bail', '--reporter=silent', ...tests])
}

function runs([command, ...args]) {
  const env = { ...process.env, PATH: `${join(copy, 'node_modules/.bin')}:${process.env.PATH}` }
  return spawnSync(command, args, { cwd: copy, env, stdio: 'ignore' }).status === 0
}
