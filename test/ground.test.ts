import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { test } from 'tap'

const root = new URL('..', import.meta.url)
const read = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'))
const installed = (name: string) => {
  const { version } = read(`node_modules/${name}/package.json`)
  const [major, minor] = version.split('.').map(Number)
  return { version, major, minor }
}

test('the native SQLite addon loads in this Node and answers', async (t) => {
  const database = new Database(':memory:')
  t.teardown(() => database.close())
  const row = database.prepare('select 610 as standard, sqlite_version() as version').get()
  t.match(row, { standard: 610, version: /^3\./ })
})

test('the rule engine cannot reach a JSONPath that runs code', async (t) => {
  const { version, major, minor } = installed('jsonpath-plus')
  t.equal(major, 10, version)
  t.ok(minor >= 4, `${version} has the fix of 10.4.0`)
})

test('cookie still supports the oldest Node we promise', async (t) => {
  const { version, major } = installed('cookie')
  t.ok(major < 2, version)
})

test('every dependency is one exact version', async (t) => {
  const { dependencies, devDependencies } = read('package.json')
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    t.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name)
  }
})
