import { Agent, request as send } from 'node:http'
import { test } from 'tap'
import { DeterminationAnswer } from '../../src/model/determination.js'
import { household, listen, request, serve } from './listen.js'

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
