import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { backupLines, restoreLines } from '../../src/ledger/backup.js'
import { parseCheckpoint } from '../../src/ledger/checkpoint.js'
import { parseDecisionRequest } from '../../src/ledger/decision-request.js'
import { engineDigest } from '../../src/ledger/engine-digest.js'
import { eraseFacts } from '../../src/ledger/erase-facts.js'
import { exportLedger } from '../../src/ledger/export-ledger.js'
import { issueCheckpoint } from '../../src/ledger/issue-checkpoint.js'
import { openLedger } from '../../src/ledger/open-ledger.js'
import { openEmpty, openReader } from '../../src/ledger/open-reader.js'
import { parseRecalculationTerms, recalculate } from '../../src/ledger/recalculate.js'
import { recordDecision } from '../../src/ledger/record-decision.js'
import {
  parseNote,
  parseVerifier,
  type Verifier,
  verifyNote,
} from '../../src/ledger/signed-note.js'
import { signingKey } from '../../src/ledger/signing-key.js'
import { ledgerReads } from '../../src/ledger/stores/ledger-reads.js'
import { besideSqlite, openSqlite } from '../../src/ledger/stores/sqlite.js'
import type { StoredEntry } from '../../src/ledger/stores/store.js'
import type { Rulebook } from '../../src/rulebook/rulebook.js'
import {
  AFTER_CORRECTION,
  BEFORE_CORRECTION,
  decide,
  replay,
  type TownVersion,
  town,
  townLedger,
  townRequest,
  withVersion,
  worklist,
} from '../support/town-ledger.js'
import { until } from '../support/until.js'

/** For a day on which the correction is no longer in force. */
const elder = {
  programmes: ['town/elders'],
  asOf: '2024-01-01',
  household: { members: [{ id: 'm1', dateOfBirth: '1940-01-01' }] },
}

test('a decision made before a correction replays under the version it was made under', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const decision = await decide(ledger, elder, BEFORE_CORRECTION)
  t.match(decision.outcomes, [{ ruleVersion: 'town/elders@2020-01-01', outcome: 'eligible' }])
  const exact = await replay(ledger, decision, town)
  t.strictSame(exact.determination, decision.determination, 'byte for byte')
  t.equal(exact.reproduced, true)
  const now = await replay(ledger, decision, town, { rules: 'current' })
  t.match(now, {
    reproduced: false,
    differences: [
      {
        subject: { kind: 'member', id: 'm1' },
        field: 'outcome',
        recorded: 'eligible',
        replayed: null,
      },
    ],
  })
  t.match(now.determination.notInForce, [{ reason: 'after-last-version' }])
  const later = await replay(ledger, decision, town, { asOf: '2022-06-01' })
  t.strictSame(
    later.differences.map(({ field }) => field),
    ['reasons/all/0/actual'],
    'the recorded clock knows nothing of the correction: only the age differs',
  )
})

test('of requests that start together under one key the first to be stored counts', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const common = { idempotencyKey: 'one', actor: 'w', office: 'north', language: 'en' as const }
  const send = (json: unknown) =>
    recordDecision(ledger, town, { json, ...common }, new Date(AFTER_CORRECTION))
  const [a, b, c] = await Promise.allSettled([
    send(townRequest()),
    send(townRequest()),
    send(townRequest({ purpose: 'another' })),
  ])
  t.match(a, { value: { repeated: false } })
  t.match(b, { value: { repeated: true } })
  t.match(c, { reason: { code: 'idempotency-key-reused' } })
  t.equal(await ledger.store.size(), 1)
})

test('a version published later into the past does not change what was decided', async (t) => {
  const folder = t.testdir({ data: {}, book: {} })
  const ledger = await townLedger(t, `${folder}/data`)
  const decision = await decide(ledger)
  const corrected = await withVersion(
    `${folder}/book`,
    'town/living@2020-01-01',
    raise,
    '2026-11-23T00:00:00Z',
  )
  t.equal((await replay(ledger, decision, corrected)).reproduced, true)
  const { differences } = await replay(ledger, decision, corrected, { rules: 'current' })
  t.strictSame(
    differences.map(({ field, recorded, replayed }) => [field, recorded, replayed]),
    [
      ['amount', 200, 300],
      ['reasons/all/1/required', 600, 650],
    ],
  )
})

/** The standard was 650 all along. */
const raise = ({ parameters }: TownVersion) => ({
  version: '2020-01-01.2',
  supersedes: '2020-01-01',
  parameters: { standard: { ...parameters.standard, value: 650 } },
})

test('a version that was lost or changed, or a fact that means something else, is 409', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const decision = await decide(ledger)
  const version = town.programmes.get('town/living')
  const without = (versions: readonly object[]) =>
    ({
      ...town,
      programmes: new Map([...town.programmes, ['town/living', { ...version, versions }]]),
    }) as Rulebook
  const versions = version?.versions ?? []
  const changed = { code: 'rulebook-changed' }
  await t.rejects(replay(ledger, decision, without([])), {
    ...changed,
    message: /town\/living@2020-01-01 is lost/,
  })
  await t.rejects(
    replay(ledger, decision, without(versions.map((one) => ({ ...one, digest: 'sha256:0' })))),
    changed,
  )
  const facts = town.facts.map((fact) =>
    fact.id === 'household.income' ? { ...fact, max: 5 } : fact,
  )
  await t.rejects(replay(ledger, decision, { ...town, facts }), {
    ...changed,
    message: /^household\.income/,
  })
  const fewer = [...town.interpretations].filter(([id]) => id !== 'local-only')
  const lost = { ...town, interpretations: new Map(fewer) }
  await t.rejects(replay(ledger, decision, lost), changed)
  const labels = town.facts.map((fact) => ({ ...fact, label: { zh: '新', en: 'new' } }))
  t.equal(
    (await replay(ledger, decision, { ...town, facts: labels })).reproduced,
    true,
    'words may improve',
  )
  const none = { ...town, programmes: new Map() } as Rulebook
  await t.rejects(replay(ledger, decision, none, { rules: 'current' }), changed)
  const lines = await worklist(ledger, without([]), { rules: 'recorded' })
  t.match(lines, [
    { kind: 'not-replayed', id: decision.id, reason: 'rulebook-changed' },
    { kind: 'summary', notReplayed: 1 },
  ])
})

test('arrears run from the day asked for, or the start of the change, to the next decision of the case, or today', async (t) => {
  const folder = t.testdir({ data: {}, book: {} })
  const ledger = await townLedger(t, `${folder}/data`)
  const corrected = await withVersion(
    `${folder}/book`,
    'town/living@2020-01-01',
    raise,
    '2026-11-23T00:00:00Z',
  )
  const first = await decide(
    ledger,
    { caseReference: 'a', asOf: '2020-06-15' },
    '2026-11-22T01:00:00Z',
  )
  await decide(ledger, { caseReference: 'b', asOf: '2020-06-15' }, '2026-11-22T02:00:00Z')
  await decide(ledger, { caseReference: 'a', asOf: '2020-09-14' }, '2026-11-22T03:00:00Z')
  const poor = { hukouCode: '990001', income: 5000, members: [{ id: 'm1' }] }
  await decide(ledger, { caseReference: 'c', household: poor }, '2026-11-22T04:00:00Z')
  const [a, b, a2, summary, ...more] = await worklist(ledger, corrected)
  t.strictSame(more, [])
  t.strictSame(a, {
    kind: 'changed',
    id: first.id,
    recordedAt: '2026-11-22T01:00:00.000Z',
    office: 'north',
    caseReference: 'a',
    changes: [
      {
        programme: 'town/living',
        subject: { kind: 'household' },
        recorded: {
          outcome: 'eligible',
          amount: 200,
          unit: 'CNY/month',
          ruleVersion: 'town/living@2020-01-01',
        },
        replayed: {
          outcome: 'eligible',
          amount: 300,
          unit: 'CNY/month',
          ruleVersion: 'town/living@2020-01-01.2',
        },
        arrears: {
          monthlyDifference: 100,
          from: '2020-06-15',
          to: '2020-09-14',
          months: 2,
          arrears: 200,
          overpayment: 0,
        },
      },
    ],
  })
  t.match(b, { changes: [{ arrears: { to: '2026-11-24', months: 77, arrears: 7700 } }] })
  t.match(a2, { changes: [{ arrears: { from: '2020-09-14', to: '2026-11-24', months: 74 } }] })
  t.match(summary, {
    kind: 'summary',
    decisions: 4,
    changed: 3,
    erased: 0,
    arrears: 15300,
    overpayment: 0,
  })
  t.match(
    await worklist(ledger, corrected, { from: '2026-11-22T03:00:00Z', to: '2026-11-22T04:00:00Z' }),
    [{ caseReference: 'a' }, { decisions: 1 }],
  )
  t.match(await worklist(ledger, corrected, { programme: 'town/elders' }), [{ decisions: 0 }])
})

test('a change that starts later counts from its start; one a later decision replaced counts nothing', async (t) => {
  const folder = t.testdir({ data: {}, book: {} })
  const ledger = await townLedger(t, `${folder}/data`)
  const later = (version: TownVersion) => ({
    ...raise(version),
    version: '2020-03-01',
    validFrom: '2020-03-01',
    supersedes: null,
  })
  const corrected = await withVersion(
    `${folder}/book`,
    'town/living@2020-01-01',
    later,
    '2026-11-23T00:00:00Z',
  )
  await decide(ledger, { asOf: '2020-06-15' })
  await decide(ledger, { asOf: '2020-06-15' }, '2026-11-22T13:00:00Z')
  const lines = await worklist(ledger, corrected, {}, '2026-12-14T15:59:59Z')
  t.match(
    lines[0],
    { changes: [{ arrears: { from: '2020-06-15', to: '2020-06-15', months: 0, arrears: 0 } }] },
    'replaced on the same day',
  )
  t.match(lines[1], { changes: [{ arrears: { to: '2026-12-14', months: 77, arrears: 7700 } }] })
  await decide(ledger, { caseReference: 'early', asOf: '2020-02-01' }, '2026-11-22T14:00:00Z')
  const asked = await worklist(ledger, corrected, { asOf: '2020-06-15', rules: 'current' })
  const early = asked.find((line) => line.kind === 'changed' && line.caseReference === 'early')
  t.match(early, { changes: [{ arrears: { from: '2020-03-01', months: 80 } }] })
  const before = await worklist(ledger, corrected, { asOf: '2020-02-01', rules: 'current' })
  t.match(before, [{ kind: 'summary', changed: 0 }], 'in February the change had not begun')
})

test('what was paid and is no longer due is overpayment; what pays by no month has none', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  await decide(ledger, elder, BEFORE_CORRECTION)
  const unknown = { household: { hukouCode: '990001', members: [{ id: 'm1' }] } }
  await decide(ledger, unknown)
  const lines = await worklist(ledger, town)
  t.match(lines, [
    {
      changes: [
        {
          recorded: { amount: 100 },
          replayed: null,
          arrears: {
            monthlyDifference: -100,
            from: '2024-01-01',
            months: 34,
            arrears: 0,
            overpayment: 3400,
          },
        },
      ],
    },
    { kind: 'summary', decisions: 2, changed: 1, overpayment: 3400 },
  ])
  const open = await worklist(ledger, town, { asOf: '2014-01-01' })
  t.match(
    open[1],
    { changes: [{ recorded: { outcome: 'unknown' }, arrears: null }] },
    'an open outcome pays nothing that is known',
  )
  const born = await worklist(ledger, town, { asOf: '1930-01-01' })
  t.match(
    born[0],
    { kind: 'not-replayed', reason: 'invalid-request' },
    'nobody is born after the day asked for',
  )
})

test('more than a page of everything: recalculated, exported, backed up and put back', async (t) => {
  const folder = t.testdir({ data: {}, new: {} })
  const ledger = await townLedger(t, `${folder}/data`)
  const many = Array.from({ length: 503 }, (_, index) =>
    decide(ledger, { caseReference: `c${index % 9}` }),
  )
  const [first] = await Promise.all(many)
  const erased = (await ledger.store.entry(first?.id as string)) as StoredEntry
  await eraseFacts(ledger, erased, { actor: 'p', office: null }, new Date())
  const seen: number[] = []
  const { store, signer } = ledger
  const terms = parseRecalculationTerms({ rules: 'recorded' }, new Date())
  const progress = (count: number) => seen.push(count)
  for await (const line of recalculate({ store, rulebook: town, terms, now: new Date(), progress }))
    t.match(line, { kind: 'summary', decisions: 503, changed: 0, erased: 1 })
  t.equal(seen.at(-1), 503)

  for (let size = 1; size <= 501; size++)
    await store.addCheckpoint({ size, note: 'n', issuedAt: 'now' })
  const kinds: string[] = []
  for await (const line of exportLedger({ store, rulebook: town, signer, withFacts: false }))
    kinds.push((line as { kind: string }).kind)
  t.equal(kinds.filter((kind) => kind === 'entry').length, 504)
  t.ok(kinds.filter((kind) => kind === 'checkpoint').length >= 502)

  const [from, to] = [
    await openReader({ DATA_DIR: `${folder}/data` }),
    await openEmpty({ DATA_DIR: `${folder}/new` }),
  ]
  const lines: string[] = []
  for await (const line of backupLines(from.db)) lines.push(line.trimEnd())
  await from.close()
  const each = async function* () {
    yield* lines
  }
  t.equal(await restoreLines(to.db, each()), lines.length - 2)
  t.strictSame(await ledgerReads(to.db).logged(0, 600), await store.logged(0, 600))
  await to.close()
})

test('a programme that is determined only now is a difference; what fails otherwise ends the list', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const decision = await decide(ledger, { asOf: '2014-01-01' })
  t.match(decision.outcomes, [])
  const { differences } = await replay(ledger, decision, town, { asOf: '2020-06-01' })
  t.match(differences, [
    { programme: 'town/living', field: 'outcome', recorded: null, replayed: 'eligible' },
  ])
  t.match((await worklist(ledger, town, { asOf: '2020-06-01' }))[0], {
    changes: [
      {
        recorded: null,
        replayed: { amount: 200 },
        arrears: { from: '2020-01-01', arrears: 16400 },
      },
    ],
  })
  const gone = { ...town, jurisdictions: new Map() } as Rulebook
  t.match((await worklist(ledger, gone))[0], {
    kind: 'not-replayed',
    reason: 'unknown-jurisdiction',
  })
  const broken = { ...town, jurisdictions: null } as unknown as Rulebook
  const fault = { name: 'TypeError', message: /of null/ }
  await t.rejects(worklist(ledger, broken), fault)
  t.throws(() => parseDecisionRequest(broken, townRequest(), new Date()), fault)
})

test('the signing key is made once, for its owner only, and a given one is used instead', async (t) => {
  const folder = t.testdir({ a: {}, b: { 'bad.pem': 'no key' } })
  const place = { DATA_DIR: `${folder}/a` }
  const clock = () => new Date(AFTER_CORRECTION)
  const first = await openLedger(place, clock)
  const { keyId } = first.signer
  await first.close()
  t.equal(statSync(`${folder}/a/signing-key.pem`).mode & 0o777, 0o600)
  const again = await openLedger(place, clock)
  t.equal(again.signer.keyId, keyId)
  await again.close()
  const given = await openLedger(
    { DATA_DIR: `${folder}/b`, SIGNING_KEY_FILE: `${folder}/a/signing-key.pem` },
    clock,
  )
  t.strictSame(
    given.signer.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    readFileSync(`${folder}/a/signing-key.pem`, 'utf8'),
  )
  await given.close()
  const place2 = { DATA_DIR: `${folder}/b/bad.pem` }
  await t.rejects(openLedger(place2, clock), {
    message: `DATA_DIR ${folder}/b/bad.pem cannot be used: EEXIST`,
  })
  // Nobody can write there, whatever the rights of the process.
  for (const DATA_DIR of ['/proc/self', '/proc/nope', '/proc/nope/deeper'])
    await t.rejects(openLedger({ DATA_DIR }, clock), {
      message: new RegExp(`^DATA_DIR ${DATA_DIR} cannot be used: E[A-Z]+$`),
    })
  const bad = (SIGNING_KEY_FILE: string) =>
    openLedger({ DATA_DIR: `${folder}/b`, SIGNING_KEY_FILE }, clock)
  await t.rejects(bad(`${folder}/b/bad.pem`), /holds no Ed25519 private key/)
  await t.rejects(bad(`${folder}/none.pem`), /cannot be read/)
  await t.rejects(bad(`${folder}/b`), /cannot be read/)
})

test('another key takes over: the old one is retired, its checkpoints stay good', async (t) => {
  const folder = t.testdir()
  const clock = () => new Date(AFTER_CORRECTION)
  const first = await openLedger({ DATA_DIR: folder }, clock)
  await decide(first)
  const old = await issueCheckpoint(first, clock())
  t.strictSame(await issueCheckpoint(first, clock()), old, 'no new one while nothing grows')
  await first.close()
  const { generateKeyPairSync } = await import('node:crypto')
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(`${folder}/signing-key.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const second = await townLedger(t, folder)
  const keys = await second.store.keys()
  t.match(keys.map(({ retiredAt }) => retiredAt !== null).sort(), [false, true])
  const verifiers = keys.map(({ verifier }) => parseVerifier(verifier) as Verifier)
  t.equal(verifyNote(parseNote(old.note) as never, verifiers), 'good')
  await decide(second)
  const { note } = await issueCheckpoint(second, clock())
  t.equal(verifyNote(parseNote(note) as never, verifiers), 'good')
  t.equal(
    verifyNote(
      parseNote(note) as never,
      verifiers.filter(({ keyId }) => keyId !== second.signer.keyId),
    ),
    'unknown-key',
  )
})

test('a key that was retired and signs again is not listed as retired, and all that was signed verifies', async (t) => {
  const folder = t.testdir({ a: {}, b: {}, ledger: {} })
  const clock = () => new Date(AFTER_CORRECTION)
  const notes: string[] = []
  for (const name of ['a', 'b', 'a']) {
    signingKey(`${folder}/${name}`)
    const place = {
      DATA_DIR: `${folder}/ledger`,
      SIGNING_KEY_FILE: `${folder}/${name}/signing-key.pem`,
    }
    const ledger = await openLedger(place, clock)
    await decide(ledger)
    notes.push((await issueCheckpoint(ledger, clock())).note)
    const keys = await ledger.store.keys()
    t.strictSame(
      keys.filter(({ retiredAt }) => retiredAt === null).map(({ keyId }) => keyId),
      [ledger.signer.keyId],
    )
    const verifiers = keys.map(({ verifier }) => parseVerifier(verifier) as Verifier)
    for (const note of notes) t.equal(verifyNote(parseNote(note) as never, verifiers), 'good')
    await ledger.close()
  }
})

test('a checkpoint appears by itself within a second or two', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  await decide(ledger)
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  t.equal((await ledger.store.latestCheckpoint())?.size, 1)
})

test('what is no note, checkpoint or verifier line is none', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const { note } = await issueCheckpoint(ledger, new Date())
  const [{ verifier } = { verifier: '' }] = await ledger.store.keys()
  t.ok(parseCheckpoint(note))
  t.equal(parseCheckpoint(note.replace('\n0\n', '\n1234567890\n'))?.size, 1_234_567_890)
  for (const bad of [
    '',
    'x',
    'a\n\nb',
    note.slice(0, -1),
    note.replace('— ', '- '),
    note.replace(/ [\w+/]+=*\n$/, ' AAAA\n'),
  ])
    t.equal(parseNote(bad), null, JSON.stringify(bad))
  for (const bad of [
    '',
    note.replace(/\n0\n[^\n]+\n/, '\n'),
    note.replace(/^[^\n]+/, ''),
    note.replace(/\n0\n/, '\n00\n'),
    note.replace(/\n0\n/, '\n12345678901\n'),
    note.replace(/\n0\n/, '\n-1\n'),
    note.replace(/(\n0\n)[^\n]+/, '$1abc'),
  ])
    t.equal(parseCheckpoint(bad), null, JSON.stringify(bad))
  for (const bad of [
    '',
    'x',
    verifier.replace(/\+[0-9a-f]{8}\+/, '+00000000+'),
    verifier.replace(/\+A/, '+B'),
    `any ${verifier}`,
    `${verifier} any`,
  ])
    t.equal(parseVerifier(bad), null, bad)
  const verifiers = [parseVerifier(verifier) as Verifier]
  const parsed = parseNote(note)
  t.equal(verifyNote({ ...parsed, text: 'other\n' } as never, verifiers), 'bad-signature')
})

test('an export holds each rule once, in order, and goes without one that is lost', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const { store, signer } = ledger
  await decide(ledger)
  await decide(ledger, elder, BEFORE_CORRECTION)
  await decide(ledger)
  const rulesOf = async (rulebook: Rulebook) => {
    const ids: string[] = []
    for await (const line of exportLedger({ store, rulebook, signer, withFacts: false })) {
      const { kind, id } = line as { kind: string; id: string }
      if (kind === 'rule') ids.push(id)
    }
    return ids
  }
  // The living standard was decided first; the elders' programme comes first by name.
  const living = 'town/living@2020-01-01'
  t.strictSame(await rulesOf(town), ['town/elders@2020-01-01', living])
  const programmes = new Map([...town.programmes].filter(([id]) => id !== 'town/elders'))
  t.strictSame(await rulesOf({ ...town, programmes }), [living])
})

test('the digest of the engine names the code that runs', async (t) => {
  const source = fileURLToPath(new URL('../../src/', import.meta.url))
  const hash = createHash('sha256')
  for (const folder of ['model', 'engine', 'rulebook', 'determination']) {
    const code = readdirSync(`${source}${folder}`).filter((name) =>
      /^[a-z0-9-]+\.[jt]s$/.test(name),
    )
    t.ok(code.length > 10)
    for (const name of code.sort()) {
      const bytes = readFileSync(`${source}${folder}/${name}`)
      hash.update(`${folder}/${name} ${bytes.length}\n`).update(bytes)
    }
  }
  t.equal(engineDigest(), `sha256:${hash.digest('hex')}`)
  t.equal(engineDigest(), engineDigest())
})

test('erased facts cannot be found in any file of the data folder', async (t) => {
  const folder = t.testdir()
  const store = await openSqlite(folder)
  const marker = 'MARKER-31337'
  const entry = (
    id: string,
    kind: 'decision' | 'erasure',
    decision: string | null,
    facts: object | null,
  ) =>
    ({
      id,
      kind,
      body: id,
      leafHash: 'AA==',
      recordedAt: 'now',
      office: 'n',
      caseReference: null,
      decision,
      signature: 's',
      keyId: 'k',
      idempotency: null,
      facts,
      outcomes: [],
    }) as never
  await store.append(
    entry('d', 'decision', null, { salt: marker, text: `${marker}${'x'.repeat(9_000)}${marker}` }),
  )
  const files = () =>
    ['ledger.db', 'ledger.db-wal']
      .map((name) => readFileSync(`${folder}/${name}`, 'latin1'))
      .join('')
  t.match(files(), marker)
  for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm'])
    t.equal(statSync(`${folder}/${name}`).mode & 0o077, 0, `${name} is its owner’s only`)
  const reader = besideSqlite(folder, 'read')
  const moment = await reader.db.startTransaction().execute()
  await moment.selectFrom('facts').selectAll().execute()
  const start = Date.now()
  await store.append(entry('e', 'erasure', 'd', null))
  t.ok(Date.now() - start < 2_000, 'nobody waits for one who reads an earlier moment')
  t.match(files(), marker, 'who still needs the pages')
  await moment.rollback().execute()
  await reader.close()
  await until(async () => !files().includes(marker))

  const again = besideSqlite(folder, 'read')
  const later = await again.db.startTransaction().execute()
  await later.selectFrom('facts').selectAll().execute()
  await store.append(entry('f', 'erasure', 'e', null))
  await store.close()
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  await later.rollback().execute()
  await again.close()
  const opened = await openSqlite(folder)
  t.equal(statSync(`${folder}/ledger.db-wal`).size, 0, 'a start finishes what the end could not')
  await opened.close()
})
