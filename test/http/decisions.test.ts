import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { test } from 'tap'
import { selectVersions } from '../../src/determination/select-versions.js'
import { parseCheckpoint } from '../../src/ledger/checkpoint.js'
import { leafHashOf } from '../../src/ledger/merkle-tree.js'
import { verifyReceipt } from '../../src/ledger/receipt.js'
import { parseVerifier, type Verifier, verifyNote } from '../../src/ledger/signed-note.js'
import { isConsistent, rootOfInclusion } from '../../src/ledger/verify-proof.js'
import { Decision, Replay, Review } from '../../src/model/decision.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import { decisionRequest, ledgerService, record } from '../support/ledger-service.js'
import { freshSchema, noPostgres, STORES } from '../support/stores.js'
import { until } from '../support/until.js'
import { withoutRandom } from '../support/without-random.js'

test('a decision is recorded with the determination anyone would get, and a receipt', async (t) => {
  const service = await ledgerService(t)
  const { ask } = service
  const { caseReference: _, purpose: __, legalBasis: ___, ...question } = decisionRequest
  const open = (await ask(null, 'POST', '/v1/determinations', question)).json()
  const answer = await ask('caseworker', 'POST', '/v1/decisions', decisionRequest, {
    'idempotency-key': 'one',
  })
  t.equal(answer.statusCode, 201)
  t.equal(answer.headers['cache-control'], 'no-store')
  const decision = Decision.parse(answer.json())
  t.match(decision, {
    recordedAt: '2026-11-24T02:00:00.000Z',
    caseReference: 'case-1',
    office: 'local',
    actor: 'local-caseworker',
    outcomes: [{ programme: 'dongguan/minimum-living', outcome: 'eligible' }],
    factsErasedAt: null,
    reviews: [],
  })
  t.strictSame(decision.determination, open)
  const found = await ask('caseworker', 'GET', `/v1/decisions/${decision.id}`)
  t.strictSame(found.json(), answer.json())

  const keys = (await ask('auditor', 'GET', '/v1/log/public-keys')).json()
  const verifier = parseVerifier(keys.keys[0].verifier) as Verifier
  t.equal(verifyReceipt(decision.receipt, [verifier]), 'good')
  const { entries } = (await ask('auditor', 'GET', '/v1/log/entries?from=0&to=10')).json()
  t.equal(leafHashOf(entries[0].body).toString('base64'), decision.receipt.leafHash)
  t.notMatch(withoutRandom(entries[0].body), /2100|1950-05-01/, 'no fact is kept for ever')
  const facts = await service.ledger.store.facts(decision.id)
  const digest = createHash('sha256')
    .update(Buffer.from(facts?.salt as string, 'base64'))
    .update(facts?.text as string)
  t.equal(JSON.parse(entries[0].body).factsCommitment, `sha256:${digest.digest('hex')}`)
  const sealed = (await ask('auditor', 'GET', `/v1/decisions/${decision.id}/facts`)).json()
  t.strictSame(sealed, { id: decision.id, salt: facts?.salt, facts: facts?.text })
  t.strictSame(JSON.parse(sealed.facts), {
    request: decisionRequest,
    determination: decision.determination,
  })
})

test('detail and include shape nothing: a decision is recorded whole', async (t) => {
  const service = await ledgerService(t)
  const whole = await record(service)
  const asked = { ...decisionRequest, detail: 'summary', include: ['unknown'] }
  t.strictSame((await record(service, asked)).determination, whole.determination)
})

test('the same key and body give the same decision, another body is refused', async (t) => {
  const { ask, clock } = await ledgerService(t)
  const send = (body: unknown, key = 'k') =>
    ask('caseworker', 'POST', '/v1/decisions', body, { 'idempotency-key': key })
  const first = await send(decisionRequest)
  clock.now = new Date('2026-12-01T00:00:00Z')
  const again = await send(JSON.stringify(decisionRequest, null, 3))
  t.strictSame([again.statusCode, again.json()], [200, first.json()])
  const other = await send({ ...decisionRequest, purpose: 'another' })
  t.strictSame([other.statusCode, other.json().code], [422, 'idempotency-key-reused'])
  const wrong = await send({ ...decisionRequest, purpose: '' })
  t.equal(wrong.statusCode, 400, 'what is wrong in itself is 400')
  const { asOf: _, ...defaulted } = decisionRequest
  t.equal((await send(defaulted)).statusCode, 422, 'compared before defaults')
})

test('concurrent twins: one is made, the others find it', async (t) => {
  const { ask } = await ledgerService(t)
  const twins = await Promise.all(
    Array.from({ length: 6 }, () =>
      ask('caseworker', 'POST', '/v1/decisions', decisionRequest, { 'idempotency-key': 'twin' }),
    ),
  )
  t.strictSame(twins.map(({ statusCode }) => statusCode).sort(), [200, 200, 200, 200, 200, 201])
  t.equal(new Set(twins.map(({ body }) => body)).size, 1)
  const others = await Promise.all(
    ['a', 'b'].map((purpose) =>
      ask(
        'caseworker',
        'POST',
        '/v1/decisions',
        { ...decisionRequest, purpose },
        { 'idempotency-key': 'x' },
      ),
    ),
  )
  t.strictSame(others.map(({ statusCode }) => statusCode).sort(), [201, 422])
})

test('what is wrong in a decision request is named, all of it at once', async (t) => {
  const { ask } = await ledgerService(t)
  const faults = async (
    body: unknown,
    headers: Record<string, string> = { 'idempotency-key': 'k' },
  ) => {
    const answer = await ask('caseworker', 'POST', '/v1/decisions', body, headers)
    const { code, errors } = answer.json()
    return [
      answer.statusCode,
      code,
      ...(errors ?? []).map(({ pointer }: { pointer: string }) => pointer),
    ]
  }
  const { programmes: _, caseReference: __, ...without } = decisionRequest
  t.strictSame(await faults(without), [400, 'invalid-request', '/caseReference', '/programmes'])
  t.strictSame(
    await faults({
      ...decisionRequest,
      caseReference: '张三',
      legalBasis: 'x'.repeat(65),
      household: { incme: 1, members: [{ id: 'a' }] },
    }),
    [400, 'unknown-fact', '/caseReference', '/legalBasis', '/household/incme'],
  )
  t.strictSame(await faults({ ...decisionRequest, purpose: 'x'.repeat(201) }), [
    400,
    'invalid-request',
    '/purpose',
  ])
  t.strictSame(
    await faults({ ...decisionRequest, purpose: ' \u3000' }),
    [400, 'invalid-request', '/purpose'],
    'spaces are no purpose',
  )
  t.match(await faults({ ...decisionRequest, note: 1 }), [400, 'invalid-request', '/note'])
  t.match(await faults('[]'), [400, 'invalid-request'])
  t.strictSame(await faults(decisionRequest, {}), [400, 'invalid-request', '/Idempotency-Key'])
  t.strictSame(await faults(decisionRequest, { 'idempotency-key': 'x'.repeat(129) }), [
    400,
    'invalid-request',
    '/Idempotency-Key',
  ])
  t.strictSame(await faults(decisionRequest, { 'idempotency-key': '' }), [
    400,
    'invalid-request',
    '/Idempotency-Key',
  ])
})

test('when the engines disagree nothing is stored, and an alarm is counted', async (t) => {
  // A rulebook of its own, whose compiled program is then broken.
  const rulebook = loadRulebook({ layers: [{ rules: 'rules', seeds: 'seeds' }] })
  const { ask, ledger } = await ledgerService(t, { rulebook })
  const { asOf, jurisdiction, programmes, household } = decisionRequest
  const request = {
    asOf,
    knownAt: '2026-11-22T00:00:00.000Z',
    jurisdiction,
    programmes,
    household,
    include: [],
    detail: 'full' as const,
  }
  selectVersions(rulebook, request).plan.household.program.cellWords.fill(0)
  const answer = await ask('caseworker', 'POST', '/v1/decisions', decisionRequest, {
    'idempotency-key': 'k',
  })
  t.strictSame([answer.statusCode, answer.json().code], [500, 'engines-disagree'])
  t.equal(await ledger.store.size(), 0)
  t.equal(await ledger.store.byKey('local', 'k'), null)
  t.match((await ask(null, 'GET', '/metrics')).body, /huimin_engine_disagreements_total 1\n/)
})

test('an empty replay reproduces the decision exactly', async (t) => {
  const service = await ledgerService(t)
  const { id, determination } = await record(service)
  for (const body of [{}, { rules: 'recorded' }, undefined]) {
    const answer = await service.ask('caseworker', 'POST', `/v1/decisions/${id}/replays`, body)
    t.equal(answer.statusCode, 200)
    t.strictSame(Replay.parse(answer.json()), { reproduced: true, differences: [], determination })
  }
})

test('a replay on another clock names what differs', async (t) => {
  const service = await ledgerService(t)
  const { id } = await record(service)
  const replay = async (body: object) =>
    (await service.ask('auditor', 'POST', `/v1/decisions/${id}/replays`, body)).json()
  const earlier = await replay({ asOf: '2020-03-05' })
  t.equal(earlier.reproduced, false)
  t.strictSame(
    earlier.differences.map(({ field, recorded, replayed }: Record<string, unknown>) => [
      field,
      recorded,
      replayed,
    ]),
    [
      ['outcome', 'eligible', 'ineligible'],
      ['amount', 20, null],
      ['clauses', earlier.differences[2].recorded, earlier.differences[2].replayed],
      ['reasons/all/1/met', true, false],
      ['reasons/all/1/required', 1060, 980],
    ],
  )
  const unpublished = await replay({ knownAt: '2026-11-20T00:00:00Z' })
  t.strictSame(
    unpublished.differences.map(({ field, replayed }: Record<string, unknown>) => [
      field,
      replayed,
    ]),
    [['outcome', null]],
    'no version was known then',
  )
  t.equal((await replay({ rules: 'current' })).reproduced, true)
  t.equal((await replay({ rules: 'current', asOf: '2020-03-05' })).reproduced, false)
})

/** Changes the database of a service behind its back. */
function tamper({ folder }: { readonly folder: string }, sql: string): void {
  const database = new Database(`${folder}/ledger.db`)
  database.exec(sql)
  database.close()
}

test('a decision whose stored bytes were altered is not reproduced, and the replay says in what', async (t) => {
  const service = await ledgerService(t)
  const { id, receipt } = await record(service)
  const { id: other } = await record(service)
  const replay = async (one: string) =>
    Replay.parse((await service.ask('auditor', 'POST', `/v1/decisions/${one}/replays`, {})).json())
  tamper(
    service,
    `drop trigger entries_no_update; drop trigger facts_no_update;
     update entries set body = replace(body, '"eligible"', '"ineligible"') where id = '${id}';
     update facts set facts = replace(facts, 'PIPL 13(3)', 'none') where entry_id = '${other}'`,
  )
  const entry = await service.ledger.store.entry(id)
  const replayed = leafHashOf(entry?.body as string).toString('base64')
  const whole = { programme: null, subject: null }
  t.match(await replay(id), {
    reproduced: false,
    differences: [
      { ...whole, field: 'leafHash', recorded: receipt.leafHash, replayed },
      {
        programme: 'dongguan/minimum-living',
        subject: { kind: 'household' },
        field: 'outcome',
        recorded: 'ineligible',
        replayed: 'eligible',
      },
    ],
    determination: { determinations: [{ outcome: 'eligible' }] },
  })
  const { body } = (await service.ledger.store.entry(other)) as { body: string }
  const sealed = await replay(other)
  t.match(sealed, { reproduced: false, differences: [{ ...whole, field: 'factsCommitment' }] })
  const [difference] = sealed.differences
  t.equal(difference?.recorded, JSON.parse(body).factsCommitment)
  t.match(difference?.replayed, /^sha256:[0-9a-f]{64}$/)
  t.not(difference?.replayed, difference?.recorded)
})

test('facts that are missing although nobody erased them are not said to be erased', async (t) => {
  const service = await ledgerService(t)
  const { ask } = service
  const { id } = await record(service, decisionRequest, 'lost')
  tamper(service, 'drop trigger facts_no_delete; delete from facts')
  for (const answer of [
    await ask('caseworker', 'GET', `/v1/decisions/${id}/facts`),
    await ask('auditor', 'POST', `/v1/decisions/${id}/replays`, {}),
    await ask('caseworker', 'POST', '/v1/decisions', decisionRequest, {
      'idempotency-key': 'lost',
    }),
  ])
    t.match(
      [answer.statusCode, answer.json()],
      [404, { code: 'not-found', detail: 'the facts are missing although nobody erased them' }],
    )
})

test('a replay that is asked for wrongly is refused', async (t) => {
  const service = await ledgerService(t)
  const { id } = await record(service)
  const refused = async (body: unknown) => {
    const answer = await service.ask('auditor', 'POST', `/v1/decisions/${id}/replays`, body)
    return [answer.statusCode, answer.json().errors?.[0]?.pointer]
  }
  t.strictSame(await refused({ rules: 'current', knownAt: '2026-11-22T00:00:00Z' }), [
    400,
    '/knownAt',
  ])
  t.strictSame(await refused({ rules: 'newest' }), [400, '/rules'])
  t.strictSame(await refused({ asOf: '2020-02-30' }), [400, '/asOf'])
  t.strictSame(await refused({ knownAt: '2027-01-01T00:00:00Z' }), [400, '/knownAt'])
  t.strictSame(await refused({ asof: '2020-01-01' }), [400, '/asof'])
  t.strictSame(
    await refused({ asOf: '2000-01-01' }),
    [400, '/household/members/1/dateOfBirth'],
    'nobody is born after the day asked for',
  )
})

test('where no body is needed, one of no bytes is none, whatever type it is said to have', async (t) => {
  const service = await ledgerService(t)
  const { id } = await record(service)
  for (const [role, method, url, status] of [
    ['caseworker', 'POST', `/v1/decisions/${id}/replays`, 200],
    ['auditor', 'POST', '/v1/recalculations', 200],
    ['privacy', 'DELETE', `/v1/decisions/${id}/facts`, 204],
    ['caseworker', 'POST', `/v1/decisions/${id}/reviews`, 400],
  ] as const)
    t.equal((await service.ask(role, method, url, '')).statusCode, status, url)
})

test('a review is appended with its reason; the computed outcome stays', async (t) => {
  const service = await ledgerService(t)
  const { id } = await record(service)
  const said = {
    programme: 'dongguan/minimum-living',
    subject: { kind: 'household' },
    outcome: 'ineligible',
    reason: 'the family moved away',
  }
  const answer = await service.ask('caseworker', 'POST', `/v1/decisions/${id}/reviews`, said)
  t.equal(answer.statusCode, 201)
  const review = Review.parse(answer.json())
  t.match(review, { ...said, computed: 'eligible', decision: id, actor: 'local-caseworker' })
  const decision = (await service.ask('auditor', 'GET', `/v1/decisions/${id}`)).json()
  t.strictSame(decision.reviews, [answer.json()])
  t.equal(decision.outcomes[0].outcome, 'eligible')
  const refused = async (body: unknown) => {
    const { statusCode, json } = await service.ask(
      'caseworker',
      'POST',
      `/v1/decisions/${id}/reviews`,
      body,
    )
    return [statusCode, json().errors?.[0]?.pointer]
  }
  t.strictSame(await refused({ ...said, reason: '' }), [400, '/reason'])
  t.strictSame(await refused({ ...said, reason: ' \n' }), [400, '/reason'])
  t.strictSame(await refused({ ...said, programme: 'dongguan/other' }), [400, '/programme'])
  t.strictSame(await refused({ ...said, subject: { kind: 'member', id: 'm1' } }), [400, '/subject'])
  t.strictSame(await refused({ ...said, outcome: 'yes' }), [400, '/outcome'])
  const codes = async (body: unknown) => {
    const answer = await service.ask('caseworker', 'POST', `/v1/decisions/${id}/reviews`, body)
    return answer.json().errors.map(({ pointer, code }: Record<string, string>) => [pointer, code])
  }
  t.strictSame(
    await codes({}),
    ['/programme', '/subject', '/outcome', '/reason'].map((pointer) => [pointer, 'required']),
  )
  t.strictSame(await codes({ ...said, outcome: 'yes', subject: {} }), [
    ['/subject/kind', 'required'],
    ['/outcome', 'unknown-code'],
  ])
})

test('erased facts are gone from every answer; the rest stays and the log still proves it', async (t) => {
  const service = await ledgerService(t)
  const { ask } = service
  const { id } = await record(service, decisionRequest, 'erased')
  const { id: other } = await record(service)
  const said = {
    programme: 'dongguan/minimum-living',
    subject: { kind: 'household' },
    outcome: 'eligible',
    reason: 'seen',
  }
  await ask('caseworker', 'POST', `/v1/decisions/${id}/reviews`, said)
  for (const _ of [1, 2]) {
    const erased = await ask('privacy', 'DELETE', `/v1/decisions/${id}/facts`)
    t.strictSame([erased.statusCode, erased.body], [204, ''])
  }
  const decision = Decision.parse((await ask('caseworker', 'GET', `/v1/decisions/${id}`)).json())
  t.match(decision, {
    determination: null,
    factsErasedAt: '2026-11-24T02:00:00.000Z',
    outcomes: [{ outcome: 'eligible' }],
    reviews: [{ reason: null }],
  })
  const gone = [
    await ask('caseworker', 'GET', `/v1/decisions/${id}/facts`),
    await ask('caseworker', 'POST', `/v1/decisions/${id}/replays`, {}),
    await ask('caseworker', 'POST', '/v1/decisions', decisionRequest, {
      'idempotency-key': 'erased',
    }),
  ]
  t.strictSame(
    gone.map((answer) => [answer.statusCode, answer.json().code]),
    [
      [410, 'facts-erased'],
      [410, 'facts-erased'],
      [410, 'facts-erased'],
    ],
  )
  t.equal(
    (await ask('caseworker', 'POST', `/v1/decisions/${other}/replays`, {})).json().reproduced,
    true,
  )
  t.equal(await service.ledger.store.size(), 4, 'two decisions, a review, one erasure')
  const proof = (await ask('auditor', 'GET', `/v1/log/proofs/inclusion/${id}`)).json()
  t.equal(proof.leafHash, decision.receipt.leafHash)
})

test('decisions are listed newest first, filtered, and page by page', async (t) => {
  const service = await ledgerService(t)
  const { ask, clock } = service
  const ids: string[] = []
  for (const caseReference of ['a', 'b', 'a']) {
    ids.unshift((await record(service, { ...decisionRequest, caseReference })).id)
    clock.now = new Date(clock.now.getTime() + 60_000)
  }
  const list = async (query: string) =>
    (await ask('caseworker', 'GET', `/v1/decisions?${query}`)).json()
  const idsOf = async (query: string) =>
    (await list(query)).items.map(({ id }: { id: string }) => id)
  t.strictSame(await idsOf(''), ids)
  t.strictSame(await idsOf('caseReference=a'), [ids[0], ids[2]])
  t.strictSame(await idsOf('outcome=ineligible'), [])
  t.strictSame(await idsOf('programme=dongguan/minimum-living&outcome=eligible'), ids)
  t.strictSame(await idsOf('jurisdiction=441900'), ids)
  t.strictSame(await idsOf('jurisdiction=440400'), [], 'no programme of Zhuhai was asked for')
  t.strictSame(await idsOf('jurisdiction=441900&outcome=unknown'), [])
  t.strictSame(await idsOf('from=2026-11-24&to=2026-11-24T02:01:00Z'), [ids[2]])
  const first = await list('limit=2')
  t.equal(first.items.length, 2)
  t.strictSame(Object.keys(first.items[0]).includes('determination'), false)
  const second = await list(`limit=2&cursor=${first.next}`)
  t.strictSame([second.items.map(({ id }: { id: string }) => id), second.next], [[ids[2]], null])
  const cursorOf = (text: string) => `cursor=${Buffer.from(text).toString('base64url')}`
  for (const query of [
    ...['limit=0', 'outcome=yes', 'cursor=x', 'from=yesterday', 'colour=red'],
    ...['jurisdiction=000000', 'jurisdiction=%25'],
    ...['caseReference=', 'caseReference=a%20b', 'caseReference=%00'],
    ...[cursorOf('zzz zzz'), cursorOf('2026-11-24T02:00:00.000Z \0'), cursorOf('a b c')],
  ])
    t.equal((await ask('auditor', 'GET', `/v1/decisions?${query}`)).statusCode, 400, query)
})

test('a recalculation streams the decisions that change, then a summary', async (t) => {
  const service = await ledgerService(t)
  const { id } = await record(service)
  const ask = async (body: unknown) => {
    const answer = await service.ask('auditor', 'POST', '/v1/recalculations', body)
    t.equal(answer.headers['content-type'], 'application/x-ndjson')
    return answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }
  t.match(await ask({}), [{ kind: 'summary', decisions: 1, changed: 0 }])
  t.match(await ask(undefined), [{ kind: 'summary', decisions: 1, changed: 0 }])
  t.match(await ask({ asOf: '2020-03-05' }), [
    {
      kind: 'changed',
      id,
      changes: [
        { recorded: { outcome: 'eligible', amount: 20 }, replayed: { outcome: 'ineligible' } },
      ],
    },
    { kind: 'summary', decisions: 1, changed: 1 },
  ])
  t.match(await ask({ programme: 'dongguan/two-cancer-screening', from: '2020-01-01' }), [
    { kind: 'summary', decisions: 0 },
  ])
  for (const body of [
    { rules: 'x' },
    { from: 'x' },
    { programme: 'x' },
    { rules: 'current', knownAt: '2026-11-22T00:00:00Z' },
    { knownAt: '2099-01-01T00:00:00Z' },
  ])
    t.equal((await service.ask('auditor', 'POST', '/v1/recalculations', body)).statusCode, 400)
})

test('a programme that nobody knows is refused, not answered with an empty list', async (t) => {
  const service = await ledgerService(t)
  await record(service)
  const programme = 'dongguan/nope'
  for (const answer of [
    await service.ask('caseworker', 'GET', `/v1/decisions?programme=${programme}`),
    await service.ask('auditor', 'POST', '/v1/recalculations', { programme }),
  ]) {
    t.equal(answer.statusCode, 400)
    t.match(answer.json(), {
      code: 'unknown-programme',
      errors: [
        { pointer: '/programme', code: 'unknown-programme', message: /no decision is about/ },
      ],
    })
  }
})

test('the log proves each entry and each earlier checkpoint', async (t) => {
  const service = await ledgerService(t)
  const { ask } = service
  const text = async (url: string) => (await ask('auditor', 'GET', url)).body
  const json = async (url: string) => JSON.parse(await text(url))
  const { origin, keys } = await json('/v1/log/public-keys')
  const verifiers = [parseVerifier(keys[0].verifier) as Verifier]
  const checkpoint = async () => {
    const found = parseCheckpoint(await text('/v1/log/checkpoint'))
    t.equal(found?.origin, origin)
    t.equal(verifyNote(found?.note as never, verifiers), 'good')
    return found as NonNullable<typeof found>
  }
  t.equal((await checkpoint()).size, 0)
  const { headers } = await ask('auditor', 'GET', '/v1/log/checkpoint')
  t.equal(headers['last-modified'], 'Tue, 24 Nov 2026 02:00:00 GMT')
  const recorded = [await record(service), await record(service), await record(service)]
  const from = await checkpoint()
  t.equal(from.size, 3)
  recorded.push(await record(service), await record(service))
  for (const { id, receipt } of recorded) {
    const { leafIndex, treeSize, leafHash, hashes } = await json(`/v1/log/proofs/inclusion/${id}`)
    t.equal(leafHash, receipt.leafHash)
    const root = rootOfInclusion({
      leaf: Buffer.from(leafHash, 'base64'),
      index: leafIndex,
      size: treeSize,
      hashes: hashes.map((hash: string) => Buffer.from(hash, 'base64')),
    })
    t.strictSame([treeSize, root], [5, (await checkpoint()).root])
  }
  const earlier = await json(`/v1/log/proofs/inclusion/${recorded[1].id}?treeSize=3`)
  t.match(earlier, { leafIndex: 1, treeSize: 3 })
  t.strictSame(
    rootOfInclusion({
      leaf: Buffer.from(earlier.leafHash, 'base64'),
      index: 1,
      size: 3,
      hashes: earlier.hashes.map((hash: string) => Buffer.from(hash, 'base64')),
    }),
    from.root,
    'and in an earlier checkpoint',
  )
  const proof = await json('/v1/log/proofs/consistency?from=3&to=5')
  const hashes = proof.hashes.map((hash: string) => Buffer.from(hash, 'base64'))
  t.ok(isConsistent({ from, to: await checkpoint(), hashes }))
  t.strictSame((await json('/v1/log/proofs/consistency?from=0&to=5')).hashes, [])
  t.equal((await json('/v1/log/entries?from=1&to=3')).entries.length, 2)
  const status = async (url: string) => (await ask('auditor', 'GET', url)).statusCode
  t.equal(await status('/v1/log/proofs/inclusion/none'), 404)
  for (const size of ['3', '6', '-1', 'x'])
    t.equal(await status(`/v1/log/proofs/inclusion/${recorded[3].id}?treeSize=${size}`), 400, size)
  t.equal(await status('/v1/log/proofs/consistency?from=3&to=9'), 400)
  t.equal(await status('/v1/log/proofs/consistency?from=4&to=3'), 400)
  t.equal(await status('/v1/log/proofs/consistency?from=-1&to=3'), 400)
  t.equal(await status('/v1/log/entries?from=0&to=1001'), 400)
  t.equal(await status('/v1/log/entries?from=2&to=1'), 400)
  t.equal(await status('/v1/log/entries'), 400)
  t.strictSame(await json('/v1/log/deliveries'), { deliveries: [] })
})

for (const { name, skip } of STORES)
  test(`${name}: an id that no text can be is not found`, { skip }, async (t) => {
    const { ask } = await ledgerService(t, {
      ...(name === 'PostgreSQL' && { url: await freshSchema(t) }),
    })
    for (const [role, method, url] of [
      ['caseworker', 'GET', '/v1/decisions/%00'],
      ['privacy', 'DELETE', '/v1/decisions/%00/facts'],
      ['auditor', 'GET', '/v1/log/proofs/inclusion/a%00'],
    ] as const)
      t.equal((await ask(role, method, url)).statusCode, 404, url)
  })

test('on PostgreSQL a decision gets its place a little later', { skip: noPostgres }, async (t) => {
  const service = await ledgerService(t, { url: await freshSchema(t) })
  const { id } = await record(service, decisionRequest, 'k')
  const proof = () => service.ask('auditor', 'GET', `/v1/log/proofs/inclusion/${id}`)
  const first = await proof()
  if (first.statusCode !== 200) t.match(first.json(), { status: 404, code: 'not-yet-sequenced' })
  await until(async () => (await proof()).statusCode === 200)
  t.match((await proof()).json(), { leafIndex: 0, treeSize: 1, hashes: [] })
  const again = await service.ask('caseworker', 'POST', '/v1/decisions', decisionRequest, {
    'idempotency-key': 'k',
  })
  t.strictSame([again.statusCode, again.json().id], [200, id])
  t.equal((await service.ask('privacy', 'DELETE', `/v1/decisions/${id}/facts`)).statusCode, 204)
  t.equal((await service.ask('auditor', 'POST', `/v1/decisions/${id}/replays`, {})).statusCode, 410)
})

test('who may do what: 401 before 403 before 404 before the body', async (t) => {
  const service = await ledgerService(t)
  const { id } = await record(service)
  const allowed: [string, 'GET' | 'POST' | 'DELETE', string, readonly string[]][] = [
    ['record', 'POST', '/v1/decisions', ['caseworker']],
    ['list', 'GET', '/v1/decisions', ['caseworker', 'auditor']],
    ['read', 'GET', `/v1/decisions/${id}`, ['caseworker', 'auditor']],
    ['replay', 'POST', `/v1/decisions/${id}/replays`, ['caseworker', 'auditor']],
    ['review', 'POST', `/v1/decisions/${id}/reviews`, ['caseworker']],
    ['recalculate', 'POST', '/v1/recalculations', ['auditor']],
    ['checkpoint', 'GET', '/v1/log/checkpoint', ['auditor']],
    ['keys', 'GET', '/v1/log/public-keys', ['auditor']],
    ['deliveries', 'GET', '/v1/log/deliveries', ['auditor']],
    ['entries', 'GET', '/v1/log/entries?from=0&to=1', ['auditor']],
    ['inclusion', 'GET', `/v1/log/proofs/inclusion/${id}`, ['auditor']],
    ['consistency', 'GET', '/v1/log/proofs/consistency?from=0&to=1', ['auditor']],
    ['erase', 'DELETE', `/v1/decisions/${id}/facts`, ['privacy']],
  ]
  for (const [name, method, url, roles] of allowed) {
    const body = method === 'POST' ? '{"not": json' : undefined
    const nobody = await service.ask(null, method, url, body)
    t.strictSame(
      [nobody.statusCode, nobody.headers['www-authenticate']],
      [401, 'Bearer'],
      `${name}: nobody`,
    )
    const wrong = await service.ask(null, method, url, body, {
      authorization: `Bearer ${'x'.repeat(40)}`,
    })
    t.equal(wrong.statusCode, 401, `${name}: a wrong key`)
    for (const role of ['caseworker', 'auditor', 'privacy'] as const) {
      const { statusCode } = await service.ask(role, method, url, body)
      if (roles.includes(role))
        t.ok([200, 204, 400].includes(statusCode), `${name}: ${role} ${statusCode}`)
      else t.equal(statusCode, 403, `${name}: ${role}`)
      if (!url.includes(id) || !roles.includes(role)) continue
      const missing = await service.ask(role, method, url.replace(id, 'none'), body)
      t.equal(missing.statusCode, 404, `${name}: ${role}, no such decision`)
    }
  }
  const basic = await service.ask(null, 'GET', '/v1/decisions', undefined, {
    authorization: 'Basic eDp5',
  })
  t.equal(basic.statusCode, 401)
})

test('an office sees its own decisions only; nobody without an office records', async (t) => {
  const callers: Record<string, { actor: string; office: string | null; scopes: string[] }> = {
    north: { actor: 'n', office: 'north', scopes: ['decisions:write', 'decisions:read'] },
    south: { actor: 's', office: 'south', scopes: ['decisions:write', 'decisions:read'] },
    none: { actor: 'x', office: null, scopes: ['decisions:write', 'decisions:read'] },
    eraser: { actor: 'e', office: 'south', scopes: ['decisions:read', 'privacy'] },
    chief: { actor: 'c', office: 'south', scopes: ['decisions:write', 'audit'] },
  }
  const { ask } = await ledgerService(t, { authenticate: async (token) => callers[token] ?? null })
  const as = (who: string, method: 'GET' | 'POST', url: string, body?: unknown) =>
    ask(null, method, url, body, { authorization: `Bearer ${who}`, 'idempotency-key': 'k' })
  const { id } = (await as('north', 'POST', '/v1/decisions', decisionRequest)).json()
  t.equal((await as('north', 'GET', `/v1/decisions/${id}`)).statusCode, 200)
  t.equal((await as('south', 'GET', `/v1/decisions/${id}`)).statusCode, 404)
  t.equal((await as('south', 'POST', `/v1/decisions/${id}/replays`, {})).statusCode, 404)
  t.equal((await as('south', 'POST', `/v1/decisions/${id}/reviews`, {})).statusCode, 404)
  t.strictSame((await as('south', 'GET', '/v1/decisions')).json().items, [])
  t.equal(
    (await as('south', 'POST', '/v1/decisions', decisionRequest)).statusCode,
    201,
    'keys are an office’s own',
  )
  t.equal((await as('eraser', 'GET', `/v1/decisions/${id}`)).statusCode, 404)
  t.equal((await as('eraser', 'POST', `/v1/decisions/${id}/replays`, {})).statusCode, 404)
  const seen = (await as('eraser', 'GET', '/v1/decisions')).json().items
  t.match(seen, [{ office: 'south' }], 'who may erase in every office does not read every office')
  t.equal((await as('chief', 'GET', `/v1/decisions/${id}`)).statusCode, 200)
  t.equal(
    (await as('chief', 'POST', `/v1/decisions/${id}/reviews`, {})).statusCode,
    404,
    'who may read every office does not write in every office',
  )
  t.equal((await as('none', 'POST', '/v1/decisions', decisionRequest)).statusCode, 403)
  t.strictSame((await as('none', 'GET', '/v1/decisions')).json().items, [])
})

test('without a store, what needs one is unavailable and the service is not ready', async (t) => {
  const service = await ledgerService(t)
  t.equal((await service.ask(null, 'GET', '/readyz')).statusCode, 200)
  await service.ledger.close()
  for (const [role, method, url, body] of [
    ['caseworker', 'POST', '/v1/decisions', decisionRequest],
    ['auditor', 'GET', '/v1/decisions/x', undefined],
    ['auditor', 'GET', '/v1/log/checkpoint', undefined],
    ['auditor', 'GET', '/readyz', undefined],
  ] as const) {
    const answer = await service.ask(role, method, url, body, { 'idempotency-key': 'k' })
    t.strictSame([answer.statusCode, answer.json().code], [503, 'store-unavailable'], url)
  }
  t.equal((await service.ask(null, 'GET', '/healthz')).statusCode, 200)
  const { ask } = await ledgerService(t, { ledger: undefined as never })
  t.equal((await ask('auditor', 'GET', '/v1/decisions/x')).statusCode, 503)
  t.equal((await ask(null, 'GET', '/readyz')).statusCode, 503)
})

test('who read which decision stands in the log, and no fact does', async (t) => {
  let log = ''
  const logTo = {
    write: (line: string) => {
      log += line
    },
  }
  const service = await ledgerService(t, {
    settings: { RATE_LIMIT: 600_000, LOG_LEVEL: 'info' },
    logTo,
  })
  const { id } = await record(service)
  await service.ask('auditor', 'GET', `/v1/decisions/${id}`)
  await service.ask('caseworker', 'POST', `/v1/decisions/${id}/replays`, {})
  await service.ask('auditor', 'GET', '/v1/log/entries?from=0&to=1')
  const read = log
    .split('\n')
    .filter((line) => line.includes('decision read'))
    .map((line) => JSON.parse(line))
  t.match(read, [
    { actor: 'local-auditor', act: 'read', decisions: [id] },
    { actor: 'local-caseworker', act: 'replay', decisions: [id] },
    { actor: 'local-auditor', act: 'entries', decisions: undefined },
  ])
  t.notMatch(withoutRandom(log), /2100|1950-05-01|case-1/)
})
