import { test } from 'tap'
import { ProblemSchema } from '../../src/http/describe.js'
import { digestOf } from '../../src/rulebook/digest.js'
import type { LoadedProgramme, Rulebook } from '../../src/rulebook/rulebook.js'
import { rulebook, serve } from '../support/listen.js'

const MINIMUM_LIVING = '/v1/programmes/dongguan/minimum-living'

test('programmes are listed for all jurisdictions or for one', async (t) => {
  const app = await serve(t)
  const { jurisdictions } = (await app.inject('/v1/jurisdictions')).json()
  t.hasStrict(jurisdictions, [...rulebook.jurisdictions.values()])
  const { programmes } = (await app.inject('/v1/programmes')).json()
  t.equal(programmes.length, rulebook.programmes.size)
  const dongguan = (await app.inject('/v1/programmes?jurisdiction=441900')).json().programmes
  t.ok(dongguan.length > 0 && dongguan.length < programmes.length)
  for (const { id, jurisdiction } of dongguan)
    t.match({ id, jurisdiction }, { id: /^dongguan\//, jurisdiction: '441900' })
})

test('a query that is not understood is refused by name', async (t) => {
  const app = await serve(t)
  const refuses = async (query: string, code: string, detail: string) => {
    const headers = { 'accept-language': 'en' }
    const answer = await app.inject({ url: `/v1/programmes?${query}`, headers })
    t.match(ProblemSchema.parse(answer.json()), { status: 400, code, detail }, query)
  }
  const wrong = '/jurisdiction: is not what this parameter takes'
  await refuses('jurisdiction=dongguan', 'invalid-request', wrong)
  await refuses('jurisdiction=441900&jurisdiction=440100', 'invalid-request', wrong)
  await refuses('city=dongguan', 'invalid-request', '/city: is no parameter here')
  await refuses('jurisdiction=110000', 'unknown-jurisdiction', 'There is no such jurisdiction')
})

test('a programme shows its versions on both clocks', async (t) => {
  const app = await serve(t)
  const programme = (await app.inject(MINIMUM_LIVING)).json()
  t.match(programme, {
    id: 'dongguan/minimum-living',
    jurisdiction: '441900',
    subject: 'household',
  })
  t.match(programme.versions, [
    {
      version: 'undated',
      validFrom: null,
      publishedAt: '2026-11-21T00:00:00Z',
      supersededBy: null,
    },
    { version: '2020-03-06', validFrom: '2020-03-06', digest: /^sha256:[\da-f]{64}$/ },
  ])
})

test('a programme names the base facts that its versions read', async (t) => {
  const app = await serve(t)
  const { facts } = (await app.inject(MINIMUM_LIVING)).json()
  t.strictSame(facts, [
    'household.hukouCode',
    'household.meetsDibaoPropertyRule',
    'household.monthlyIncomeTotal',
  ])
  const { programmes } = (await app.inject('/v1/programmes')).json()
  for (const { id, facts } of programmes)
    for (const fact of facts) {
      const { derive } = rulebook.facts.find((one) => one.id === fact) ?? {}
      t.equal(derive, undefined, `${id}: ${fact} follows from no other`)
    }
})

test('the facts of an amount are among those a programme reads', async (t) => {
  const app = await serve(t)
  const { facts } = (await app.inject('/v1/programmes/yuancheng/rural-five-guarantees')).json()
  t.ok(facts.includes('household.localRuralNetIncomePerHeadLastYear'))
})

test('a rule version has its comparisons in words, a difference a sentence', async (t) => {
  const app = await serve(t)
  const { words } = (await app.inject(`${MINIMUM_LIVING}/versions/2020-03-06`)).json()
  t.match(words[1], {
    condition: '/all/1',
    zh: '家庭人均月收入低于1060元/人/月',
    en: 'Household income per head and month is below 1060 CNY a person a month',
  })
  const diff = (await app.inject(`${MINIMUM_LIVING}/versions/undated/diff/2020-03-06`)).json()
  t.equal(diff.words.length, diff.changes.length)
  t.match(diff.words[0], { zh: /980 提高到 1,060/, en: /rises from 980 to 1,060/ })
})

test('the worked cases of a programme name the version they cover', async (t) => {
  const app = await serve(t)
  const { cases } = (await app.inject(`${MINIMUM_LIVING}/cases`)).json()
  t.match(cases[0], {
    name: 'two people with 2,100 yuan receive 10 yuan each',
    asOf: '2020-06-01',
    version: '2020-03-06',
    expect: [{ outcome: 'eligible', amount: 20 }],
  })
  t.notOk('household' in cases[0])
  t.ok(cases.some(({ version }: { version: string }) => version === 'undated'))
  const early = cases.find(({ version }: { version: string | null }) => version === null)
  t.match(early.expect, [{ notInForce: /./ }])
  t.equal((await app.inject('/v1/programmes/dongguan/nothing/cases')).statusCode, 404)
})

test('a rule version is shown exactly as published', async (t) => {
  const app = await serve(t)
  const { id, digest, rule } = (await app.inject(`${MINIMUM_LIVING}/versions/2020-03-06`)).json()
  t.equal(id, 'dongguan/minimum-living@2020-03-06')
  t.equal(rule.parameters.standard.value, 1060)
  t.equal(digest, digestOf(rule), 'the digest can be computed anew')
})

test('two versions are compared', async (t) => {
  const app = await serve(t)
  const diff = (await app.inject(`${MINIMUM_LIVING}/versions/undated/diff/2020-03-06`)).json()
  t.match(diff, {
    from: 'dongguan/minimum-living@undated',
    to: 'dongguan/minimum-living@2020-03-06',
  })
  const standard = {
    kind: 'parameter-changed',
    name: 'standard',
    from: { value: 980 },
    to: { value: 1060 },
  }
  t.match(diff.changes[0], standard)
})

test('facts and interpretations are the rulebook itself', async (t) => {
  const app = await serve(t)
  const { facts } = (await app.inject('/v1/facts')).json()
  t.strictSame(facts, JSON.parse(JSON.stringify(rulebook.facts)))
  const { interpretations } = (await app.inject('/v1/interpretations')).json()
  t.equal(interpretations.length, rulebook.interpretations.size)
})

test('a document shows what became of each clause', async (t) => {
  const app = await serve(t)
  const { documents } = (await app.inject('/v1/documents')).json()
  t.equal(documents.length, rulebook.documents.size)
  for (const document of documents) t.notHas(document, { file: String }, document.id)
  const one = (await app.inject('/v1/documents/001')).json()
  const clause = one.clauses.find(({ id }: { id: string }) => id === 'dg2020-07-dibao')
  t.match(clause, { status: 'encoded', document: '001', quote: /1060/ })
  t.ok(clause.versions.includes('dongguan/minimum-living@2020-03-06'))
  const counted = Object.values<number>(one.coverage).reduce((sum, count) => sum + count)
  t.equal(counted, one.clauses.length)
})

test('a clause stands in its paragraph when the documents are at hand', async (t) => {
  const without = await serve(t)
  const bare = (await without.inject('/v1/clauses/dg2020-07-dibao')).json()
  t.match(bare, { id: 'dg2020-07-dibao', document: '001' })
  t.notOk('paragraph' in bare)
  const paragraphs = new Map([['dg2020-07-dibao', '……低保標準從每人每月980元提高到1060元……']])
  const at = await serve(t, { rulebook: { ...rulebook, paragraphs } })
  t.match((await at.inject('/v1/clauses/dg2020-07-dibao')).json(), {
    paragraph: /980元提高到1060元/,
  })
})

test('what is not there is 404, before any body is read', async (t) => {
  const app = await serve(t)
  const versions = `${MINIMUM_LIVING}/versions`
  const places = [
    '/v1/documents/999',
    '/v1/clauses/none',
    '/v1/programmes/dongguan/none',
    '/v2',
    '/docs/static/none',
  ]
  const more = [
    `${versions}/1999-01-01`,
    `${versions}/undated/diff/none`,
    `/v1/clauses/${'a'.repeat(101)}`,
  ]
  for (const url of [...places, ...more, '/v1/programmes/dongguan/none/versions/undated']) {
    const answer = await app.inject({ url, headers: { 'accept-language': 'en' } })
    t.match(
      answer,
      { statusCode: 404, headers: { 'content-type': 'application/problem+json' } },
      url,
    )
    t.match(answer.json(), { code: 'not-found', title: 'Not found', status: 404 })
  }
  const headers = { 'content-type': 'application/json' }
  const posted = await app.inject({ method: 'POST', url: '/v1/none', headers, payload: '{' })
  t.equal(posted.statusCode, 404)
  t.match((await app.inject('/v1/%zz')).json(), { status: 400, code: 'invalid-request' })
})

test('a draft is not shown', async (t) => {
  const app = await serve(t, { rulebook: withDraft(rulebook) })
  const { versions } = (await app.inject(MINIMUM_LIVING)).json()
  t.strictSame(
    versions.map(({ version }: { version: string }) => version),
    ['undated'],
  )
  t.equal((await app.inject(`${MINIMUM_LIVING}/versions/2020-03-06`)).statusCode, 404)
})

function withDraft(book: Rulebook): Rulebook {
  const loaded = book.programmes.get('dongguan/minimum-living') as LoadedProgramme
  const versions = loaded.versions.map((version) =>
    version.rule.version.validFrom === null ? version : { ...version, publishedAt: null },
  )
  const programmes = new Map(book.programmes).set('dongguan/minimum-living', {
    ...loaded,
    versions,
  })
  return { ...book, programmes }
}

test('a correction is named by the version it supersedes', async (t) => {
  const app = await serve(t, { rulebook: withCorrection(rulebook) })
  const { versions } = (await app.inject(MINIMUM_LIVING)).json()
  t.match(versions, [
    { version: 'undated' },
    { supersededBy: '2020-03-06.2' },
    { supersedes: '2020-03-06' },
  ])
})

function withCorrection(book: Rulebook): Rulebook {
  const loaded = book.programmes.get('dongguan/minimum-living') as LoadedProgramme
  const mistaken = loaded.versions[1] as LoadedProgramme['versions'][0]
  const version = { ...mistaken.rule.version, version: '2020-03-06.2', supersedes: '2020-03-06' }
  const correction = { ...mistaken, rule: { ...mistaken.rule, version } }
  const versions = [...loaded.versions, correction]
  const programmes = new Map(book.programmes).set('dongguan/minimum-living', {
    ...loaded,
    versions,
  })
  return { ...book, programmes }
}

test('a client that has the answer already is told so', async (t) => {
  const app = await serve(t)
  for (const url of ['/v1/facts', '/v1/programmes', MINIMUM_LIVING, '/v1/documents/001']) {
    const { etag, 'cache-control': caching } = (await app.inject(url)).headers
    t.match(etag, /^W\/"/)
    t.equal(caching, 'public, no-cache')
    const again = await app.inject({ url, headers: { 'if-none-match': String(etag) } })
    t.match(again, { statusCode: 304, body: '' }, url)
  }
  t.equal((await app.inject('/v1/documents/999')).headers['cache-control'], 'no-store')
})
