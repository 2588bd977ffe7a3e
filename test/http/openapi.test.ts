import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { answered, ask, connect, ruleOf } from '../../openapi/examples/portal.js'
import { runCommand } from '../../src/cli/command.js'
import { openapi } from '../../src/cli/commands/openapi.js'
import { ProblemSchema } from '../../src/http/describe.js'
import { openApiDocument } from '../../src/http/openapi-document.js'
import { DeterminationAnswer } from '../../src/model/determination.js'
import { listen, now, request, rulebook, serve } from '../support/listen.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8')
const REGENERATE = 'npm run openapi writes it'

/** Runs a tool of the project; what it prints. */
const run = (tool: string, ...args: string[]) =>
  execFileSync(`${ROOT}/node_modules/.bin/${tool}`, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    stdio: 'pipe',
  })

test('openapi.json is what the routes and the dictionary say', async (t) => {
  const fresh = JSON.parse(await openApiDocument(rulebook, () => now))
  t.strictSame(JSON.parse(read('openapi/openapi.json')), fresh, REGENERATE)
})

test('openapi.json has no fault that a linter knows', async (t) => {
  t.doesNotThrow(() => run('redocly', 'lint', '--config', '.redocly.yaml', 'openapi/openapi.json'))
})

test('client.d.ts are the types of openapi.json', async (t) => {
  const out = `${t.testdir()}/client.d.ts`
  run('openapi-typescript', 'openapi/openapi.json', '-o', out)
  t.equal(read('openapi/client.d.ts') === readFileSync(out, 'utf8'), true, REGENERATE)
})

test('huimin openapi prints the document or writes it', async (t) => {
  const cwd = t.testdir()
  let printed = ''
  const io = {
    out: (text: string) => {
      printed += text
    },
    err: () => {},
    env: {},
    cwd,
    now: () => now,
    input: () => '',
  }
  t.equal(await runCommand(openapi, [], io), 0)
  t.match(JSON.parse(printed), { openapi: '3.1.0' })
  t.equal(await runCommand(openapi, ['--out', 'openapi.json'], io), 0)
  t.equal(readFileSync(`${cwd}/openapi.json`, 'utf8'), printed)
})

const examples = readdirSync(`${ROOT}/openapi/examples`).filter((file) =>
  file.endsWith('.request.json'),
)

for (const file of examples) {
  test(`the example ${file} gets the answer beside it`, async (t) => {
    const app = await serve(t)
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/determinations',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      payload: read(`openapi/examples/${file}`),
    })
    const expected = JSON.parse(read(`openapi/examples/${file.replace('.request.', '.response.')}`))
    const shape = answer.statusCode === 200 ? DeterminationAnswer : ProblemSchema
    t.strictSame(withoutWords(shape.parse(answer.json())), withoutWords(shape.parse(expected)))
  })
}

test('the portal of the examples asks until it knows, and shows clause, rule and problem', async (t) => {
  const api = connect(`http://127.0.0.1:${await listen(t)}`)
  const members = [{ id: 'm1' }, { id: 'm2' }]
  const known = { hukouCode: '441900', meetsDibaoPropertyRule: true, members }
  const half = { ...request, household: known }
  const open = await ask(api, half)
  t.match(open.lines, [/: not settled yet, missing household\.monthlyIncomeTotal$/])
  const question = open.next
  if (question === undefined) throw new Error('no question')
  const { lines, next, rule = '' } = await ask(api, answered(half, question, 9000))
  t.match(lines, [/: The household is not entitled\.$/, /below 1060 .*\(東府〔2020〕1號 .*第九条/])
  t.equal(next, undefined)
  const { lines: granted } = await ask(api, answered(half, question, 2000))
  t.match(granted, [/: The household is entitled\.$/, /^東府〔2020〕1號 四\(二\)7: /])
  t.match(granted.at(-1), /official copy/, 'a warning belongs on the page')
  const before = await ask(api, { ...answered(half, question, 2000), asOf: '2019-06-01' })
  t.match(before.lines, [/: not settled yet, The text gives the former figure but not since when/])
  t.match(await ruleOf(api, rule), { validFrom: '2020-03-06' })
  const member = { kind: 'member', id: 'm2' } as const
  const told = answered(half, { ...question, fact: 'member.sex', subject: member }, '1')
  t.match(told.household.members, [
    { id: 'm1', sex: undefined },
    { id: 'm2', sex: '1' },
  ])
  const wrong = await ask(api, { ...half, jurisdiction: '东莞' })
  t.match(wrong, { lines: [/^invalid-request: \/jurisdiction: must be six digits/] })
})

/** Words may be improved, and the digest of the whole rulebook changes with each of them. */
const WORDS = [
  'text',
  'title',
  'chosenBecause',
  'why',
  'steps',
  'quote',
  'number',
  'rulebook',
  'message',
  'detail',
]

function withoutWords(json: unknown): unknown {
  return JSON.parse(
    JSON.stringify(json, (key, value) => {
      if (WORDS.includes(key)) return undefined
      const isTexts = key === 'interpretations' && !Array.isArray(value)
      return isTexts ? Object.keys(value) : value
    }),
  )
}
