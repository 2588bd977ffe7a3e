import { Agent, request as send } from 'node:http'
import { test } from 'tap'
import { DeterminationAnswer } from '../../src/model/determination.js'
import { household, listen, request, serve } from '../support/listen.js'

test('the household of the contract gets its answer', async (t) => {
  const app = await serve(t)
  const answer = await app.inject({ method: 'POST', url: '/v1/determinations', payload: request })
  t.match(answer, {
    statusCode: 200,
    headers: { 'cache-control': 'no-store', 'content-language': 'zh' },
  })
  const { determinations } = DeterminationAnswer.parse(answer.json())
  t.match(determinations, [
    {
      programme: 'dongguan/minimum-living',
      ruleVersion: 'dongguan/minimum-living@2020-03-06',
      outcome: 'eligible',
      entitlement: { kind: 'top-up', amount: 20, bound: 'exact', unit: 'CNY/month' },
      clauses: ['dg2020-07-dibao', 'sa2014-11', 'sa2014-9', 'sa2014-12'],
      missing: [],
      needs: null,
    },
  ])
})

test('what is left out is filled in: today in Shanghai, every programme', async (t) => {
  const app = await serve(t, { clock: () => new Date('2026-11-21T16:30:00Z') })
  const payload = { jurisdiction: '441900', household }
  const answer = (await app.inject({ method: 'POST', url: '/v1/determinations', payload })).json()
  t.match(DeterminationAnswer.parse(answer), {
    asOf: '2026-11-22',
    knownAt: '2026-11-21T16:30:00.000Z',
  })
  t.ok(answer.determinations.length > 5)
})

test('texts are in the language asked for, everything else is the same', async (t) => {
  const app = await serve(t)
  const ask = async (language: string) => {
    const headers = { 'accept-language': language }
    return app.inject({ method: 'POST', url: '/v1/determinations', headers, payload: request })
  }
  const [zh, en] = [await ask('zh-CN,zh;q=0.9'), await ask('en-GB')]
  t.equal(zh.headers['content-language'], 'zh')
  t.equal(en.headers['content-language'], 'en')
  const [chinese, english] = [zh.json().determinations[0], en.json().determinations[0]]
  t.match(chinese.title, /最低生活保障/)
  t.notMatch(english.title, /\p{Script=Han}/u)
  for (const field of [
    'outcome',
    'clauses',
    'missing',
    'ruleDigest',
    'interpretations',
    'warnings',
  ]) {
    t.strictSame(english[field], chinese[field], field)
  }
})

test('4,000 mixed requests on 32 connections get exactly the answers they get one by one', async (t) => {
  const port = await listen(t)
  const bodies = mixedBodies()
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  t.teardown(() => agent.destroy())
  const alone: string[] = []
  for (const body of bodies) alone.push(await ask(port, body, agent))
  const numbers = Array.from({ length: 4_000 }, (_, index) => (index * 7) % bodies.length)
  const answers = await Promise.all(
    numbers.map((number) => ask(port, String(bodies[number]), agent)),
  )
  const different = answers.filter((answer, index) => answer !== alone[Number(numbers[index])])
  t.equal(different.length, 0)
  t.ok(new Set(alone).size > 30, 'the requests are not all alike')
})

/** Good and bad requests, of several cities and years, with more and fewer facts. */
function mixedBodies(): readonly string[] {
  const cities = ['441900', '440100', '440400', '441602']
  return Array.from({ length: 64 }, (_, index) => {
    const monthlyIncomeTotal = index % 3 === 0 ? null : 1000 + 40 * index
    const misspelt = index % 5 === 0 && { monthlyIncomes: 1 }
    const body = JSON.stringify({
      asOf: `20${10 + (index % 15)}-06-01`,
      knownAt: request.knownAt,
      jurisdiction: cities[index % 4],
      household: { ...household, monthlyIncomeTotal, ...misspelt },
    })
    return index % 16 === 9 ? body.slice(0, -1) : body
  })
}

function ask(port: number, body: string, agent: Agent): Promise<string> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const options = {
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/v1/determinations',
      headers,
      agent,
    }
    const asked = send(options, async (answer) => {
      let text = `${answer.statusCode} `
      for await (const chunk of answer.setEncoding('utf8')) text += chunk
      resolve(text)
    })
    asked.on('error', reject).end(body)
  })
}

const HARDSHIP = 'dongguan/extreme-hardship-support'
const alone = (facts: object) => ({
  hukouCode: '441900',
  isDisabled: false,
  hasLabourCapacity: false,
  hasLivelihoodSource: false,
  hasAbleLegalSupporter: false,
  ...facts,
})

test('a change to come names its day, by age or by a published rule', async (t) => {
  const app = await serve(t)
  const changes = async (asked: object) => {
    const payload = { jurisdiction: '441900', ...asked }
    const url = '/v1/determinations/changes'
    const answer = await app.inject({ method: 'POST', url, payload })
    t.match(answer, { statusCode: 200, headers: { 'cache-control': 'no-store' } })
    return answer.json().changes
  }
  const members = [
    { id: 'leap', dateOfBirth: '1964-02-29', ...alone({}) },
    { id: 'child', dateOfBirth: '2010-05-01', ...alone({}) },
    { id: 'young', dateOfBirth: '1990-05-01', ...alone({}) },
  ]
  const subject = (id: string) => ({ kind: 'member', id })
  const ruleVersion = `${HARDSHIP}@2020-03-06`
  t.strictSame(
    await changes({ asOf: '2023-06-01', programmes: [HARDSHIP], household: { members } }),
    [
      { subject: subject('leap'), on: '2024-02-29', outcome: 'eligible' },
      { subject: subject('child'), on: '2026-05-01', outcome: 'ineligible' },
    ].map((one) => ({ programme: HARDSHIP, ...one, because: 'date', ruleVersion })),
    'the third is 60 only in 27 years',
  )
  t.match(
    await changes({
      asOf: '2023-06-01',
      programmes: [HARDSHIP],
      household: { members: [{ id: 'leap', dateOfBirth: '1963-02-28', ...alone({}) }] },
    }),
    [],
  )
  t.match(
    await changes({
      asOf: '2020-03-05',
      programmes: ['dongguan/minimum-living'],
      household: { ...household, monthlyIncomeTotal: 2000 },
    }),
    [
      {
        subject: { kind: 'household' },
        on: '2020-03-06',
        outcome: 'eligible',
        because: 'rule',
        ruleVersion: 'dongguan/minimum-living@2020-03-06',
      },
    ],
  )
})

test('born on 29 February, a change in an ordinary year comes on 1 March', async (t) => {
  const app = await serve(t)
  const payload = {
    jurisdiction: '441900',
    asOf: '2020-06-01',
    programmes: [HARDSHIP],
    household: { members: [{ id: 'm1', dateOfBirth: '2008-02-29', ...alone({}) }] },
  }
  const answer = await app.inject({ method: 'POST', url: '/v1/determinations/changes', payload })
  t.match(answer.json().changes, [{ on: '2024-02-29', outcome: 'ineligible' }])
  const born = { ...payload, household: { members: [{ id: 'm1', dateOfBirth: '2008-02-29' }] } }
  const minor = { ...born, programmes: ['dongguan/orphan-basic-living'] }
  const household = {
    members: [{ id: 'm1', dateOfBirth: '2004-02-29', hukouCode: '441900', isOrphan: true }],
  }
  const orphan = await app.inject({
    method: 'POST',
    url: '/v1/determinations/changes',
    payload: { ...minor, asOf: '2020-06-01', household },
  })
  t.match(orphan.json().changes, [{ on: '2022-03-01', outcome: 'ineligible' }])
})

test('changes of a request that is not understood are refused like its answer', async (t) => {
  const app = await serve(t)
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/determinations/changes',
    payload: { jurisdiction: '441900', household: { members: [{ id: 'm1', hukou: 'x' }] } },
  })
  t.match(answer.json(), { status: 400, code: 'unknown-fact' })
})
