import { generateKeyPairSync } from 'node:crypto'
import { test } from 'tap'
import { signCheckpoint } from '../../src/ledger/checkpoint.js'
import { eraseFacts } from '../../src/ledger/erase-facts.js'
import { exportLedger } from '../../src/ledger/export-ledger.js'
import { issueCheckpoint } from '../../src/ledger/issue-checkpoint.js'
import { appendLeaves, EMPTY_EDGE, leafHashOf, rootOf } from '../../src/ledger/merkle-tree.js'
import { signReceipt, verifyReceipt } from '../../src/ledger/receipt.js'
import { reviewDecision } from '../../src/ledger/review-decision.js'
import { signerOf } from '../../src/ledger/signed-note.js'
import type { StoredEntry } from '../../src/ledger/stores/store.js'
import { type Kept, verifyExport } from '../../src/ledger/verify-export.js'
import type { Decision } from '../../src/model/decision.js'
import { canonicalJson } from '../../src/rulebook/digest.js'
import { AFTER_CORRECTION, decide, town, townLedger } from '../support/town-ledger.js'

type Ledger = Pick<Awaited<ReturnType<typeof townLedger>>, 'store' | 'signer'>
type Line = Record<string, never> & { kind: string; id: string; body: string; leafIndex: number }

/** A log of seven entries, its export, and what an auditor kept of it: the checkpoint after four. */
async function audited(t: Parameters<typeof townLedger>[0]) {
  const ledger = await townLedger(t, t.testdir())
  const now = new Date(AFTER_CORRECTION)
  const decisions: Decision[] = []
  for (const caseReference of ['a', 'b', 'c', 'd'])
    decisions.push(await decide(ledger, { caseReference }))
  const { note } = await issueCheckpoint(ledger, now)
  const entry = async (index: number) =>
    (await ledger.store.entry(decisions[index]?.id as string)) as StoredEntry
  const about = { json: said, actor: 'w', office: 'north' }
  const { id: review } = await reviewDecision(ledger, await entry(1), about, now)
  await eraseFacts(ledger, await entry(2), { actor: 'p', office: null }, now)
  decisions.push(await decide(ledger, { caseReference: 'e' }))
  const lines = await exported(ledger)
  const { signer } = ledger
  const kept: Kept = {
    checkpoints: [{ name: 'kept', text: note }],
    receipts: decisions.map(({ id, receipt }) => ({ name: `receipt ${id}`, receipt })),
    verifiers: [signer.verifier],
  }
  return { ledger, lines, kept, decisions, review, signer }
}

const said = {
  programme: 'town/living',
  subject: { kind: 'household' },
  outcome: 'eligible',
  reason: 'r',
}

/** The lines of an export with facts. */
async function exported({ store, signer }: Ledger): Promise<Line[]> {
  const lines: Line[] = []
  for await (const line of exportLedger({ store, rulebook: town, signer, withFacts: true }))
    lines.push(JSON.parse(JSON.stringify(line)))
  return lines
}

/** The lines of the same log as it is exported without facts. */
const withoutFacts = (lines: readonly Line[]): readonly object[] =>
  lines
    .filter(({ kind }) => kind !== 'facts')
    .map((line) => ('withFacts' in line ? { ...line, withFacts: false } : line))

async function* texts(lines: readonly object[]): AsyncGenerator<string> {
  for (const line of lines) yield JSON.stringify(line)
}

const entriesOf = (lines: readonly Line[]) => lines.filter(({ kind }) => kind === 'entry')

/** The same lines with the entry at an index changed. */
const edited = (lines: readonly Line[], index: number, edit: (line: Line) => object) =>
  lines.map((line) =>
    line.kind === 'entry' && line.leafIndex === index ? { ...line, ...edit(line) } : line,
  ) as Line[]

/** Lines whose log the operator rebuilt: new places, hashes and checkpoints of its own. */
function rebuilt(lines: readonly Line[], signer: Parameters<typeof signCheckpoint>[2]) {
  const entries = entriesOf(lines).map((line, leafIndex) => ({
    ...line,
    leafIndex,
    leafHash: leafHashOf(line.body).toString('base64'),
  }))
  const leaves = entries.map(({ leafHash }) => Buffer.from(leafHash, 'base64'))
  const note = signCheckpoint(leaves.length, rootOf(appendLeaves(EMPTY_EDGE, leaves).edge), signer)
  const rules = lines.filter(({ kind }) => kind === 'rule')
  return [...entries, ...rules, { kind: 'checkpoint', size: leaves.length, note }]
}

test('a log that is what it was verifies, and says what was looked at', async (t) => {
  const { lines, kept } = await audited(t)
  t.strictSame(await verifyExport(texts(lines), kept), {
    good: true,
    entries: 7,
    checkpoints: 3,
    receipts: 5,
    facts: 5,
    findings: [],
  })
  t.match(await verifyExport(texts(withoutFacts(lines)), { ...kept, receipts: [] }), {
    good: true,
    facts: 0,
  })
})

test('facts that vanished without an erasure are found, those that were erased are not missed', async (t) => {
  const { lines, kept, decisions, review } = await audited(t)
  const found = async (changed: readonly object[], held: Kept = kept) =>
    (await verifyExport(texts(changed), held)).findings.map(({ problem, id }) => [problem, id])
  const first = decisions[0]?.id
  const noFactsOf = (id?: string) =>
    lines.filter((line) => line.kind !== 'facts' || (id !== undefined && line.id !== id))
  t.match((await verifyExport(texts(noFactsOf(first)), kept)).findings, [
    {
      problem: 'facts-missing',
      id: first,
      message: `entry 0, ${first}, has no facts here, and no erasure of them is in the log`,
    },
  ])
  t.strictSame(await found(noFactsOf(review)), [['facts-missing', review]])
  const all = [0, 1, 3, 4].map((index) => ['facts-missing', decisions[index]?.id])
  all.splice(3, 0, ['facts-missing', review])
  t.strictSame(await found(noFactsOf()), all, 'all of them: the export says that it has facts')
  const silent = withoutFacts(lines)
  t.strictSame(await found(silent), [], 'one made without')
  t.strictSame(await found(silent, { ...kept, withFacts: true }), all, 'and facts were asked for')
  const unsaid = noFactsOf(first).map(({ withFacts: _, ...line }: Line) => line)
  t.strictSame(await found(unsaid), [['facts-missing', first]], 'any facts say so too')
})

test('a reason given before an erasure must be gone, one given after it may be here', async (t) => {
  const { ledger, kept, lines: earlier, decisions, review } = await audited(t)
  const now = new Date(Date.parse(AFTER_CORRECTION) + 1)
  const reasoned = (await ledger.store.entry(decisions[1]?.id as string)) as StoredEntry
  const before = earlier.find(({ kind, id }) => kind === 'facts' && id === review)
  await eraseFacts(ledger, reasoned, { actor: 'p', office: null }, now)
  await reviewDecision(ledger, reasoned, { json: said, actor: 'w', office: 'north' }, now)
  const lines = await exported(ledger)
  t.match(await verifyExport(texts(lines), kept), { good: true })
  const place = lines.findIndex(({ kind, id }) => kind === 'entry' && id === before?.id)
  t.match(await verifyExport(texts(lines.toSpliced(place + 1, 0, before as Line)), kept), {
    findings: [
      {
        problem: 'not-erased',
        id: before?.id,
        message: `the facts of ${before?.id} were to be erased and are here`,
      },
    ],
  })
  await eraseFacts(ledger, reasoned, { actor: 'p', office: null }, now)
  t.match(await verifyExport(texts(await exported(ledger)), kept), { good: true }, 'erased again')
})

test('of a reason and an erasure of one moment either may come first', async (t) => {
  const { ledger, kept, decisions } = await audited(t)
  const now = new Date(Date.parse(AFTER_CORRECTION) + 1)
  const reasoned = (await ledger.store.entry(decisions[0]?.id as string)) as StoredEntry
  await reviewDecision(ledger, reasoned, { json: said, actor: 'w', office: 'north' }, now)
  const reason = (await exported(ledger)).findLast(({ kind }) => kind === 'facts') as Line
  await eraseFacts(ledger, reasoned, { actor: 'p', office: null }, now)
  const lines = await exported(ledger)
  const place = lines.findIndex(({ kind, id }) => kind === 'entry' && id === reason.id)
  t.match(await verifyExport(texts(lines.toSpliced(place + 1, 0, reason)), kept), { good: true })
})

test('a reason that stands after an erasure may be here, whatever its clock said', async (t) => {
  const { ledger, kept, decisions } = await audited(t)
  const [before, now] = [0, 1].map((later) => new Date(Date.parse(AFTER_CORRECTION) + later))
  const reasoned = (await ledger.store.entry(decisions[0]?.id as string)) as StoredEntry
  await eraseFacts(ledger, reasoned, { actor: 'p', office: null }, now as Date)
  await reviewDecision(
    ledger,
    reasoned,
    { json: said, actor: 'w', office: 'north' },
    before as Date,
  )
  const lines = await exported(ledger)
  t.equal(
    lines.findLast(({ kind }) => kind === 'entry')?.id,
    lines.findLast(({ kind }) => kind === 'facts')?.id,
  )
  t.match(await verifyExport(texts(lines), kept), { good: true })
})

test('in which order a store gives what a decision is found by says nothing', async (t) => {
  const { ledger, kept } = await audited(t)
  const { store, signer } = ledger
  await decide(ledger, { programmes: ['town/elders', 'town/living'] })
  const logged: typeof store.logged = async (from, to) =>
    (await store.logged(from, to)).map((entry) => ({
      ...entry,
      outcomes: entry.outcomes.toReversed(),
    }))
  for (const reads of [store, { ...store, logged }])
    t.match(await verifyExport(texts(await exported({ store: reads, signer })), kept), {
      good: true,
    })
})

test('an erasure while the log is exported is in the export', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  const decisions = [await decide(ledger), await decide(ledger)]
  const [, second] = decisions
  const entry = (await ledger.store.entry(second?.id as string)) as StoredEntry
  const facts: typeof ledger.store.facts = async (id) => {
    if (id === decisions[0]?.id)
      await eraseFacts(ledger, entry, { actor: 'p', office: null }, new Date(AFTER_CORRECTION))
    return ledger.store.facts(id)
  }
  const { verifier } = ledger.signer
  const kept = { checkpoints: [], receipts: [], verifiers: [verifier] }
  const lines = await exported({ ...ledger, store: { ...ledger.store, facts } })
  t.match(await verifyExport(texts(lines), kept), { good: true, entries: 3, facts: 1 })
  const leafIndex = async () => null
  const unplaced = await exported({ ...ledger, store: { ...ledger.store, leafIndex } })
  t.match(await verifyExport(texts(unplaced), kept), { good: true, entries: 3 })
})

test('what a line says twice, or not cleanly, is found and the line named', async (t) => {
  const { lines, kept } = await audited(t)
  const made = lines.map((line) => JSON.stringify(line))
  const found = async (changed: readonly (string | Uint8Array)[]) =>
    (
      await verifyExport(
        (async function* () {
          yield* changed
        })(),
        kept,
      )
    ).findings.map(({ problem, message }) => `${problem}: ${message}`)
  t.strictSame(await found(made.map((text) => Buffer.from(text))), [], 'bytes as well as text')
  const facts = lines.findIndex(({ kind }) => kind === 'facts')
  t.strictSame(await found(made.toSpliced(facts + 1, 0, made[facts] as string)), [
    `repeated: the facts of ${lines[facts]?.id} stand here again on line ${facts + 2}`,
  ])
  const last = made.length - 1
  const checkpoint = made[last] as string
  const resized = checkpoint.replace(/"size":7/, '"size":6')
  t.strictSame(await found(made.with(last, resized)), [
    `checkpoint-size: the checkpoint on line ${last + 1} says 6 entries, and 7 in its note`,
  ])
  t.match(await found([...made, '{"kind":"checkpoint","size":7,"note":"none"}']), [
    `unreadable-checkpoint: the checkpoint on line ${last + 2} cannot be read`,
  ])
  const repeated = checkpoint.replace('{', '{"size":7,')
  t.strictSame(await found([...made, repeated]), [`unreadable: line ${last + 2} repeats a key`])
  const [head, tail] = ['{"note":"', `",${checkpoint.slice(1)}`].map((text) => Buffer.from(text))
  const unclean = Buffer.concat([head as Buffer, Buffer.of(0xff), tail as Buffer])
  t.strictSame(await found([...made, unclean]), [`unreadable: line ${last + 2} is not clean UTF-8`])
})

test('empty lines of an export are passed over', async (t) => {
  const { lines, kept } = await audited(t)
  const spaced = async function* () {
    for await (const text of texts(lines)) yield* ['', text]
    yield ''
  }
  t.match(await verifyExport(spaced(), kept), { good: true, entries: 7 })
})

test('facts that stand elsewhere than after their entry are none that were verified', async (t) => {
  const { lines, kept, decisions } = await audited(t)
  const facts = lines.find(({ kind }) => kind === 'facts') as Line
  t.equal(facts.id, decisions[0]?.id)
  const others = lines.filter((line) => line !== facts)
  for (const at of [0, 2, others.length]) {
    const moved = [...others.slice(0, at), { ...facts, facts: '{}' }, ...others.slice(at)]
    t.match(
      (await verifyExport(texts(moved), kept)).findings,
      [
        {
          problem: 'facts',
          id: facts.id,
          message: `the facts of ${facts.id} do not follow their entry`,
        },
      ],
      `line ${at + 1}`,
    )
  }
})

test('a rule that is missing names the first decision made under it', async (t) => {
  const { lines, kept, decisions } = await audited(t)
  const without = lines.filter(({ kind }) => kind !== 'rule')
  const id = 'town/living@2020-01-01'
  t.strictSame((await verifyExport(texts(without), kept)).findings, [
    {
      problem: 'rule-missing',
      id,
      message: `${id}, under which ${decisions[0]?.id} was made, is missing`,
    },
  ])
})

test('an export of a log that grows meanwhile holds no checkpoint over what came after', async (t) => {
  const ledger = await townLedger(t, t.testdir())
  await decide(ledger)
  await decide(ledger)
  await issueCheckpoint(ledger, new Date(AFTER_CORRECTION))
  const sizes = [1, 2]
  const store = { ...ledger.store, size: async () => sizes.shift() as number }
  const lines: Line[] = []
  for await (const line of exportLedger({ ...ledger, store, rulebook: town, withFacts: false }))
    lines.push(JSON.parse(JSON.stringify(line)))
  const kept = { checkpoints: [], receipts: [], verifiers: [ledger.signer.verifier] }
  t.match(await verifyExport(texts(lines), kept), { good: true, entries: 1 })
})

test('each kind of tampering is caught with its own message', async (t) => {
  const { lines, kept, decisions, signer } = await audited(t)
  const found = async (changed: readonly object[], held: Kept = kept) =>
    (await verifyExport(texts(changed), held)).findings.map(
      ({ problem, message }) => `${problem}: ${message}`,
    )
  const id = decisions[1]?.id as string

  const flipped = edited(lines, 1, ({ body }) => ({
    body: body.replace('"eligible"', '"ineligible"'),
  }))
  t.strictSame(
    await found(flipped),
    [`altered: entry 1, ${id}, was altered: its bytes do not have its leaf hash`],
    'one byte',
  )

  const dropped = lines.filter((line) => line.kind !== 'entry' || line.leafIndex !== 1)
  t.match(
    await found(dropped),
    [
      /^facts: /,
      'removed: entry 1 is missing',
      /^truncated: the checkpoint on line \d+ covers 7 entries, of which 6 are here$/,
      /^missing-decision: .* is about /,
      /^never-logged: .*it was removed$/,
    ],
    'one dropped',
  )

  const without = lines.filter(({ leafIndex }) => leafIndex !== 1 && leafIndex !== 2)
  t.ok((await found(without)).includes('removed: entries 1 to 2 are missing'), 'two dropped')

  const entries = entriesOf(lines)
  for (const [order, expected] of [
    [[0, 1, 2, 3, 5, 4, 6], ['reordered: entry 4, ID, stands after entry 5']],
    [
      [0, 1, 3, 4, 6, 1, 2],
      [
        'reordered: entry 1, ID, stands after entry 6',
        'repeated: ID stands in the log twice',
        'reordered: entry 2, ID, stands after entry 6',
        'removed: entry 5 is missing',
      ],
    ],
    [
      [0, 1, 3, 0, 4, 5, 6],
      [
        'reordered: entry 0, ID, stands after entry 3',
        'repeated: ID stands in the log twice',
        'removed: entry 2 is missing',
      ],
    ],
    [
      [0, 5, 3, 6],
      [
        'reordered: entry 3, ID, stands after entry 5',
        'removed: entries 1 to 2 are missing',
        'removed: entry 4 is missing',
      ],
    ],
    [
      [1, 5, 4, 6, 2],
      [
        'reordered: entry 4, ID, stands after entry 5',
        'reordered: entry 2, ID, stands after entry 6',
        'removed: entry 0 is missing',
        'removed: entry 3 is missing',
      ],
    ],
  ] as const) {
    const others = withoutFacts(lines).slice(entries.length)
    const said = await found([...order.map((place) => entries[place] as Line), ...others])
    t.strictSame(
      said.filter((line) => /^re/.test(line)).map((line) => line.replace(/[0-9a-f-]{36}/g, 'ID')),
      expected,
      'what stands elsewhere is not missing',
    )
  }

  const added = rebuilt(
    [
      ...lines.slice(0, 2),
      {
        ...entries[0],
        body: canonicalJson({ ...JSON.parse(entries[0]?.body as string), id: 'forged' }),
        id: 'forged',
      },
      ...lines.slice(2),
    ] as Line[],
    signer,
  )
  t.match(
    await found(added, { ...kept, receipts: [] }),
    [/^forked: kept states another root for 4 entries: among entries 0 to 3 something was/],
    'one added, the log rebuilt and signed again',
  )

  const late = {
    ...entries[6],
    id: 'late',
    leafIndex: 7,
    body: canonicalJson({ ...JSON.parse(entries[6]?.body as string), id: 'late' }),
  }
  const extended = [
    ...entries,
    { ...late, leafHash: leafHashOf(late.body).toString('base64') },
    ...withoutFacts(lines).slice(entries.length),
  ]
  t.strictSame(
    await found(extended),
    ['not-covered: no checkpoint covers entries 7 to 7: they prove nothing'],
    'one added at the end',
  )

  const forged = edited(lines, 6, ({ body, columns }) => ({
    body: body.replace('"eligible"', '"ineligible"'),
    columns: { ...Object(columns), outcomes: ['town/living ineligible'] },
  }))
  const fork = rebuilt(forged, signer)
  t.match(
    await found(fork),
    [/^altered: .* is not what receipt .* was given for: it was altered$/],
    'a fork after the kept checkpoint: the receipt tells',
  )
  t.match(
    await found([...fork, ...lines.filter(({ kind }) => kind === 'checkpoint')], {
      ...kept,
      receipts: [],
    }),
    [/^forked: the checkpoint on line \d+ states another root for 7 entries: two versions/],
  )

  const short = rebuilt(
    lines.filter((line) => line.kind !== 'entry' || line.leafIndex < 3),
    signer,
  )
  t.match(await found(short, { ...kept, receipts: kept.receipts.slice(0, 1) }), [
    'truncated: kept covers 4 entries, of which 3 are here: the log was cut short',
  ])

  const other = signerOf(signer.name, generateKeyPairSync('ed25519').privateKey)
  t.match(
    await found(rebuilt(lines, other)),
    [/^unknown-key: the checkpoint on line \d+ is signed with another key/, /^not-covered: /],
    're-signed with another key',
  )

  const broken = lines.map((line) =>
    line.kind === 'checkpoint'
      ? { ...line, note: String(line.note).replace(/\n(\d)\n/, '\n3\n') }
      : line,
  )
  t.match(await found(broken), [
    'checkpoint-size: the checkpoint on line 14 says 4 entries, and 3 in its note',
    /^checkpoint-size: .* says 7 entries, and 3 in its note$/,
    /^bad-signature: the checkpoint on line \d+ does not have/,
    /^bad-signature/,
    /^not-covered/,
  ])

  const rule = lines.map((line) =>
    line.kind === 'rule'
      ? { ...line, rule: { ...Object(line.rule), reviewBy: '2099-01-01' } }
      : line,
  )
  t.match(
    await found(rule),
    [
      /^rule-changed: town\/living@2020-01-01 does not have the digest it is exported with$/,
      /^rule-changed: town\/living@2020-01-01 is not what it was when/,
    ],
    'a rule changed',
  )
  const stated = lines.map((line) => (line.kind === 'rule' ? { ...line, digest: 'other' } : line))
  t.match(await found(stated), [/^rule-changed: .* does not have the digest/])
  const [version] = lines.filter(({ kind }) => kind === 'rule')
  t.match(
    await found([{ ...version, rule: {} }, ...lines]),
    [/^rule-changed/, 'repeated: town/living@2020-01-01 stands in the export twice'],
    'another version before the right one',
  )
  t.match(await found(lines.filter(({ kind }) => kind !== 'rule')), [
    /^rule-missing: town\/living@2020-01-01, under which/,
  ])

  const facts = lines.map((line) =>
    line.kind === 'facts' && line.id === id
      ? { ...line, facts: String(line.facts).replace('1000', '1001') }
      : line,
  )
  t.strictSame(await found(facts), [
    `facts: entry 1, ${id}, has other facts than its body commits to: they were altered`,
  ])

  const columns = edited(lines, 1, ({ columns }) => ({
    columns: { ...Object(columns), caseReference: 'z' },
  }))
  t.strictSame(await found(columns), [
    `columns: entry 1, ${id}, is found under another caseReference than its body says`,
  ])
  for (const outcomes of [[], ['town/living ineligible'], undefined])
    t.strictSame(
      await found(
        edited(lines, 1, ({ columns }) => ({ columns: { ...Object(columns), outcomes } })),
      ),
      [`columns: entry 1, ${id}, is found under other outcomes than its body says`],
    )
  const review = edited(lines, 4, ({ columns }) => ({
    columns: { ...Object(columns), decision: 'z' },
  }))
  t.match(await found(review), [/^columns: entry 4, .* is found under another decision than/])
  const renamed = edited(lines, 3, () => ({ id: 'other' }))
  t.match(await found(renamed), [/is found under another id/])

  const twice = [...entries, { ...entries[0], leafIndex: 7 }, ...withoutFacts(lines).slice(-3)]
  t.match(await found(twice), [/^repeated: .* stands in the log twice$/, /^not-covered/])

  const kept2 = {
    ...kept,
    checkpoints: [
      {
        name: 'kept',
        text: signCheckpoint(4, Buffer.alloc(32), signerOf('other.log', signer.privateKey)),
      },
    ],
  }
  t.match(
    await found(lines, {
      ...kept2,
      verifiers: [signer.verifier, signerOf('other.log', signer.privateKey).verifier],
    }),
    [
      /^another-log: the checkpoint on line \d+ is of another log$/,
      /^another-log: the checkpoint/,
      /^forked: kept/,
    ],
  )
  t.match(await found(lines, { ...kept, checkpoints: [{ name: 'kept', text: 'nonsense' }] }), [
    'unreadable-checkpoint: kept cannot be read',
  ])

  const erased = JSON.parse(entries[5]?.body as string).decision
  const back = lines.flatMap((line) =>
    line.kind === 'entry' && line.id === erased
      ? [line, { kind: 'facts', id: erased, salt: 'AA==', facts: '{}' }]
      : [line],
  )
  t.match(await found(back), [
    /^facts: .* other facts/,
    /^not-erased: the facts of .* were to be erased and are here$/,
  ])

  const erasure = entries[5]?.id
  const ofErasure = lines.flatMap((line) =>
    line.kind === 'entry' && line.id === erasure
      ? [line, { kind: 'facts', id: erasure, salt: 'AA==', facts: '{}' }]
      : [line],
  )
  t.match(await found(ofErasure), [/^facts: .* has other facts/])
  const noJson = { kind: 'entry', leafIndex: 0, id: 'x', columns: {}, body: '{' }
  const hashed = { ...noJson, leafHash: leafHashOf('{').toString('base64') }
  t.match(await found([hashed]), [/^unreadable-body: entry 0, x, has a body/])
  t.match(await found(['text' as never, ...lines]), ['unreadable: line 1 cannot be read'])
  t.match(
    await found([
      {
        kind: 'entry',
        leafIndex: 0,
        id: 'x',
        leafHash: leafHashOf('{"a": 1}').toString('base64'),
        body: '{"a": 1}',
        columns: {},
      },
    ]),
    [/^unreadable-body: entry 0, x, has a body/],
  )
  t.match(
    (
      await verifyExport(
        (async function* () {
          yield '{not json'
          yield ''
        })(),
        kept,
      )
    ).findings[0],
    { problem: 'unreadable' },
  )
})

test('a line that is no line of an export is a finding, never a crash', async (t) => {
  const { lines, kept } = await audited(t)
  const first = (kind: string) => lines.find((line) => line.kind === kind) as Line
  for (const line of [
    null,
    5,
    [],
    {},
    { kind: 'note' },
    ...['entry', 'facts', 'rule', 'checkpoint'].map((kind) => ({ kind })),
    { ...first('entry'), body: {} },
    { ...first('entry'), leafHash: null },
    { ...first('entry'), leafHash: `A${first('entry').leafHash}` },
    { ...first('entry'), leafHash: `${first('entry').leafHash}A` },
    { ...first('entry'), columns: null },
    { ...first('entry'), leafIndex: '0' },
    { ...first('facts'), salt: 7 },
    { ...first('facts'), salt: `${first('facts').salt}AAAA` },
    { ...first('facts'), facts: null },
    { ...first('rule'), rule: 'text' },
    { ...first('checkpoint'), note: 5 },
  ])
    t.match(
      (await verifyExport(texts([...lines, line as object]), kept)).findings,
      [{ problem: 'unreadable', message: `line ${lines.length + 1} cannot be read` }],
      JSON.stringify(line)?.slice(0, 60),
    )
})

test('an export without its end proves nothing, however little there is of it', async (t) => {
  const { kept } = await audited(t)
  const problems = async (lines: readonly object[]) =>
    (await verifyExport(texts(lines), { ...kept, receipts: [], checkpoints: [] })).findings.map(
      ({ problem }) => problem,
    )
  t.strictSame(await problems([]), ['cut-short'])
  t.match(
    (await verifyExport(texts([]), { checkpoints: [], receipts: [], verifiers: [] })).findings,
    [{ message: 'the export has no checkpoint of its own: its end is missing' }],
  )
  const empty = await townLedger(t, `${t.testdirName}/empty`)
  const lines: object[] = []
  for await (const line of exportLedger({ ...empty, rulebook: town, withFacts: true }))
    lines.push(line)
  const { verifier } = empty.signer
  t.match(
    await verifyExport(texts(lines), { checkpoints: [], receipts: [], verifiers: [verifier] }),
    { good: true, entries: 0, checkpoints: 1 },
  )
})

test('receipts that are not of the log’s keys, or were bent, are refused', async (t) => {
  const { lines, kept, signer } = await audited(t)
  const receipt = kept.receipts[0]?.receipt as Parameters<typeof signReceipt>[0] & {
    signature: string
    keyId: string
  }
  const problems = async (one: typeof receipt) =>
    (
      await verifyExport(texts(lines), { ...kept, receipts: [{ name: 'r', receipt: one }] })
    ).findings.map(({ message }) => message)
  const other = signerOf(signer.name, generateKeyPairSync('ed25519').privateKey)
  t.strictSame(await problems(signReceipt(receipt, other)), ['r has another key than those given'])
  t.strictSame(await problems({ ...receipt, recordedAt: 'later' }), ['r has no right signature'])
  const namesake = { ...other.verifier, keyId: signer.keyId }
  t.equal(
    verifyReceipt(receipt, [namesake, signer.verifier]),
    'good',
    'beside another key whose id is the same by chance',
  )
  const never = signReceipt({ ...receipt, id: 'never' }, signer)
  t.match(await problems(never), [
    /promised never a place, and it is not in the log: it was removed$/,
  ])
})
