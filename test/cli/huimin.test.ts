import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { COMMANDS } from '../../src/cli/commands.js'
import type { Table } from '../../src/cli/dispatch.js'
import { table } from '../../src/cli/table.js'
import { signerOf, verifierText } from '../../src/ledger/signed-note.js'
import { BASE } from '../support/rulebooks.js'
import { runHuimin } from '../support/run-huimin.js'
import { noSmallDisk, smallDisk } from '../support/small-disk.js'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

t.test('the program answers with exit code, output and one line of error', async (t) => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' })
  const help = run('--help')
  t.equal(help.status, 0)
  t.match(help.stdout, /^huimin COMMAND .*\n\n(.*\n)* {2}rules +check, compare/)
  const wrong = run('rules', 'chekc')
  t.equal(wrong.status, 2)
  t.equal(wrong.stdout, '')
  t.match(wrong.stderr, /^huimin rules: no command "chekc"; one of check, .+\n$/)
})

t.test('a reader that stops early is no fault', async (t) => {
  const { status, stderr } = spawnSync('sh', ['-c', `${process.execPath} ${MAIN} --json | true`], {
    encoding: 'utf8',
  })
  t.equal(stderr, '')
  t.equal(status, 0)
})

/** What verifies as bad, and the arguments that ask for it. */
function badExport(t: Test): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  const keys = `${verifierText(signerOf('log', privateKey).verifier)}\n`
  const folder = t.testdir({ log: 'nonsense\n', keys })
  return `verify ${folder}/log --public-key ${folder}/keys`
}

t.test('a bad answer stays bad when nobody reads it', async (t) => {
  const line = `${process.execPath} ${MAIN} ${badExport(t)}`
  const { stderr } = spawnSync('sh', ['-c', `{ ${line}; echo $? >&2; } | true`], {
    encoding: 'utf8',
  })
  t.equal(stderr, '1\n')
})

t.test(
  'what cannot be printed is one line of error, and never exit 0',
  { skip: noSmallDisk() },
  async (t) => {
    const disk = smallDisk(t, '16k')
    const ontoDisk = (line: string, ...stdio: ('pipe' | number)[]) =>
      spawnSync(process.execPath, [MAIN, ...line.split(' ')], {
        encoding: 'utf8',
        stdio: ['ignore', ...stdio],
      })
    const file = openSync(`${disk}/out`, 'w')
    const said = /^cannot write to standard output: ENOSPC[^\n]+\n$/
    t.match(ontoDisk('openapi', file, 'pipe'), { status: 2, stderr: said }, 'room for a part')
    t.match(ontoDisk(badExport(t), file, 'pipe'), { status: 1, stderr: said }, 'no room at all')
    t.equal(ontoDisk('rules chekc', 'pipe', file).status, 2, 'nor is there room for errors')
    closeSync(file)
  },
)

t.test('what is printed into a file is printed whole', async (t) => {
  const path = `${t.testdir()}/out`
  const file = openSync(path, 'a')
  for (const line of ['--help', '--json'])
    spawnSync(process.execPath, [MAIN, line], { stdio: ['ignore', file, 'ignore'] })
  closeSync(file)
  const [help, json] = [await runHuimin('--help'), await runHuimin('--json')]
  t.equal(readFileSync(path, 'utf8'), help.out + json.out)
})

const WRONG: readonly (readonly [line: string, message: string])[] = [
  ['', 'huimin: which command? one of determine, '],
  ['rules', 'huimin rules: which command? one of check, '],
  ['rules check now', 'huimin rules check [--json]'],
  ['rules check --hukou', "Unknown option '--hukou'"],
  ['rules diff a', 'huimin rules diff A B'],
  ['rules diff a b', 'there is no rule version "a"'],
  ['rules test town/nothing', 'there is no programme "town/nothing"'],
  ['rules coverage nothing', 'there is no document "nothing"'],
  ['rules publish', '--by is needed'],
  ['rules publish --by encoder-1', '--reviewer is needed'],
  ['rules publish --by a --reviewer b', '"a" is no role such as encoder-1'],
  ['rules publish --by a-1 --reviewer a-1', 'publication takes two hands'],
  ['rules new living 2021-01-01', '"living" is no CITY/PROGRAMME'],
  ['rules new town/living 2021-02-29', '"2021-02-29" is no day YYYY-MM-DD'],
]
for (const [line, message] of WRONG) {
  t.test(`wrong use is one line on stderr and exit 2: huimin ${line}`, async (t) => {
    const { code, out, err } = await runHuimin(line, { project: BASE })
    t.strictSame([code, out], [2, ''])
    t.ok(err.startsWith(message), err)
    t.match(err, /^[^\n]+\n$/)
  })
}

async function leaves(entries: Table, prefix: string): Promise<readonly string[]> {
  const names = [...entries].map(async ([name, { load }]) => {
    const found = await load()
    return found instanceof Map ? leaves(found, `${prefix}${name} `) : [`${prefix}${name}`]
  })
  return (await Promise.all(names)).flat()
}

t.test('every command has help that begins with its usage', async (t) => {
  for (const command of await leaves(COMMANDS, '')) {
    const { code, out } = await runHuimin(`${command} --help`)
    t.equal(code, 0, command)
    t.ok(out.startsWith(`huimin ${command}`), out)
    t.match(out, '--json')
  }
})

t.test('the list of commands is JSON too', async (t) => {
  const { code, out } = await runHuimin('rules --json')
  t.equal(code, 0)
  t.match(JSON.parse(out)[0], { name: 'check', summary: 'load the rulebook and name every defect' })
  t.equal((await runHuimin('rules -h')).code, 0)
})

t.test('a fault of our own is not taken for wrong use', async (t) => {
  const broken = () => {
    throw new TypeError('broken')
  }
  await t.rejects(runHuimin('--help', { out: broken }), { message: 'broken' })
})

t.test('columns are aligned, Chinese characters counting two', async (t) => {
  t.equal(
    table([
      ['a', '名'],
      ['低保金', 1],
      ['bb', 'c'],
    ]),
    'a       名\n低保金  1\nbb      c\n',
  )
  t.equal(table([]), '')
})
