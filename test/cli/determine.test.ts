import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { BASE } from '../support/rulebooks.js'
import { runHuimin } from '../support/run-huimin.js'

const REQUEST = {
  asOf: '2020-06-01',
  knownAt: '2026-11-22T00:00:00Z',
  jurisdiction: '990001',
  household: { hukouCode: '990001', income: 1199.98, members: [{ id: 'm1' }, { id: 'm2' }] },
}
const input = () => JSON.stringify(REQUEST)

t.test('a determination from standard input is a table', async (t) => {
  const { code, out } = await runHuimin('determine -', { project: BASE, input })
  t.equal(code, 0)
  t.match(out, /^town\/living +household +eligible +0.02 +standard law-1$/m)
  t.match(out, /^town\/elders +m1 +unknown +- +members\/m1\/dateOfBirth$/m)
})

t.test('a programme that is not in force is a row with its reason', async (t) => {
  const input = () => JSON.stringify({ ...REQUEST, asOf: '2015-01-01' })
  const { out } = await runHuimin('determine -', { project: BASE, input })
  t.match(out, /^town\/living +- +before-first-version +- +-$/m)
})

t.test('where the start of a figure is not stated nothing is missing', async (t) => {
  const input = () => JSON.stringify({ ...REQUEST, asOf: '2019-06-01' })
  const { out } = await runHuimin('determine -', { project: BASE, input })
  t.match(out, /^town\/living +household +unknown +- +-$/m)
})

t.test('a determination from a file, as JSON and in the language asked for', async (t) => {
  const cwd = t.testdir()
  writeFileSync(join(cwd, 'request.json'), input())
  const zh = await runHuimin('determine request.json --json', { project: BASE, cwd })
  t.match(JSON.parse(zh.out), {
    asOf: '2020-06-01',
    determinations: [{}, {}, { title: '最低生活保障' }],
  })
  const en = await runHuimin('determine request.json --json --language en', { project: BASE, cwd })
  t.match(JSON.parse(en.out).determinations[2], {
    title: 'Minimum living',
    entitlement: { amount: 0.02 },
  })
})

t.test('a request that is refused says why and exits 1', async (t) => {
  const input = () => JSON.stringify({ ...REQUEST, household: { members: [], incme: 1 } })
  const { code, out } = await runHuimin('determine - --language en', { project: BASE, input })
  t.equal(code, 1)
  t.match(out, /^[^\n]+\n(\/household[^\n]+\n)+$/)
  t.match((await runHuimin('determine -', { project: BASE, input: () => '' })).out, /\n\/: .+\n$/)
  t.match(
    (await runHuimin('determine -', { project: BASE, input: () => '\uFEFF{}' })).out,
    /^[^\n]+\n$/,
  )
  const json = await runHuimin('determine - --json', { project: BASE, input: () => '{' })
  t.equal(json.code, 1)
  t.match(JSON.parse(json.out), { code: 'malformed-json' })
})

t.test('a rulebook that does not load is not a refused request', async (t) => {
  const env = { RULEBOOK_DIRS: join(BASE, '../../bad/one-hand') }
  const { code, out, err } = await runHuimin('determine -', { project: BASE, input, env })
  t.strictSame([code, out], [1, ''])
  t.match(err, /^one-hand\/town/)
})

t.test('a file that is not there, or a language we have not, is wrong use', async (t) => {
  t.match(await runHuimin('determine nothing.json', { project: BASE }), {
    code: 2,
    err: 'cannot read nothing.json\n',
  })
  t.match(await runHuimin('determine - --language fr', { project: BASE }), {
    code: 2,
    err: '--language is one of zh, en\n',
  })
})

t.test('the program reads standard input and the clock of the machine', async (t) => {
  const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
  const request = {
    asOf: '2020-06-01',
    jurisdiction: '441900',
    household: { members: [{ id: 'm1' }] },
  }
  const { status, stdout } = spawnSync(process.execPath, [main, 'determine', '-', '--json'], {
    encoding: 'utf8',
    input: JSON.stringify(request),
  })
  t.equal(status, 0)
  t.match(JSON.parse(stdout), { asOf: '2020-06-01', jurisdiction: '441900' })
})
